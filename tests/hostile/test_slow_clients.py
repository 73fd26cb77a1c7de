"""Clients that dawdle over headers, bodies or answers: others are served meanwhile.

A body that is really read occupies a process until it is there, unless an edge stands before it.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.browser.house import House, started

pytestmark = pytest.mark.fuzz

MANY = 40
MANY_SLOW = 64
PATIENCE = 10  # seconds a bystander waits; a starved house would never answer
HEADERS = b"GET /thu-tuc HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
BODY = (
    b"POST /api/v1/files HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/pdf\r\n"
    b"Content-Length: 1000000\r\n\r\n%PDF-"
)
FORM = (
    b"POST /tra-cuu HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\nso="
)
CHUNKED = (
    b"POST /api/v1/dossiers HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    b"Idempotency-Key: k\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"
)
ANSWER = b"GET /thu-tuc HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 50


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Give a house without an edge."""
    told = {"MOTCUA_EDGE": "0", "MOTCUA_LOG_LEVEL": "CRITICAL"}
    with started(tmp_path_factory.mktemp("house"), **told) as running:
        yield running


@pytest.fixture(scope="module")
def edged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Give a house with an edge, where no body may take longer than six seconds."""
    told = {"MOTCUA_BODY_SECONDS": "6", "MOTCUA_MAX_BODY_BYTES": "300000"}
    with started(tmp_path_factory.mktemp("edged"), MOTCUA_LOG_LEVEL="CRITICAL", **told) as running:
        yield running


def place(house: House) -> tuple[str, int]:
    parts = urlsplit(house.address)
    assert parts.hostname
    assert parts.port
    return parts.hostname, parts.port


def status(house: House) -> int:
    """Ask as a bystander, and give what is answered."""
    asking = http.client.HTTPConnection(*place(house), timeout=PATIENCE)
    try:
        asking.request("GET", "/tra-cuu")
        return asking.getresponse().status
    finally:
        asking.close()


@pytest.mark.parametrize(
    "said", [b"", HEADERS, FORM, CHUNKED, ANSWER], ids=lambda said: ascii(said[:18])
)
def test_slow_clients_starve_nobody(house, said):
    with contextlib.ExitStack() as slow:
        for _ in range(MANY):
            client = slow.enter_context(socket.create_connection(place(house), timeout=PATIENCE))
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            client.sendall(said)
        assert [status(house) for _ in range(3)] == [200, 200, 200]
    assert status(house) == 200


def test_a_body_without_end_is_refused_before_it_is_read(house):
    with socket.create_connection(place(house), timeout=PATIENCE) as client:
        client.sendall(BODY.replace(b"1000000", b"999999999999"))
        assert b" 413 " in client.recv(200)


def test_headers_without_end_are_cut_off(house):
    with socket.create_connection(place(house), timeout=PATIENCE) as client:
        with contextlib.suppress(ConnectionError):
            for _ in range(2000):
                client.sendall(b"GET / HTTP/1.1\r\nX: " if _ == 0 else b"x" * 1000)
        with contextlib.suppress(ConnectionError):
            assert not client.recv(200).startswith(b"HTTP/1.1 200")
    assert status(house) == 200


TRICKLED = {
    "form": FORM,
    "file": BODY.replace(b"1000000", b"200000"),
    "chunked": CHUNKED,
    "headers": HEADERS,
}


@pytest.mark.parametrize("said", TRICKLED.values(), ids=TRICKLED)
def test_before_an_edge_bodies_that_trickle_starve_nobody(edged, said):
    with contextlib.ExitStack() as slow:
        clients = [
            slow.enter_context(socket.create_connection(place(edged), timeout=PATIENCE))
            for _ in range(MANY_SLOW)
        ]
        for client in clients:
            client.sendall(said)
        for _ in range(3):
            for client in clients:
                client.sendall(b"x")
            assert status(edged) == 200
            time.sleep(1)


def heard(house: House, said: bytes) -> bytes:
    """Say something, and give all that is answered until the house hangs up."""
    whole = b""
    with socket.create_connection(place(house), timeout=PATIENCE) as client:
        with contextlib.suppress(ConnectionError):
            client.sendall(said)
        try:
            with contextlib.suppress(ConnectionError):
                while piece := client.recv(65536):
                    whole += piece
        except TimeoutError:
            pytest.fail(f"it does not hang up after {whole[:300]!r}")
    return whole


def test_before_an_edge_a_body_that_stops_is_told_so_in_the_shape_of_its_door(edged):
    assert b" 408 " in (page := heard(edged, FORM)).partition(b"\r\n")[0]
    assert "đến quá chậm".encode() in page
    assert b'"edge.body_too_slow"' in heard(edged, CHUNKED)


def test_before_an_edge_a_body_without_end_is_told_so_in_the_shape_of_its_door(edged):
    pieces = b"2710\r\n" + b"x" * 10_000 + b"\r\n"
    at_the_portal = CHUNKED.replace(b"/api/v1/dossiers", b"/tra-cuu")
    told = heard(edged, at_the_portal[: at_the_portal.index(b"5\r\n{")] + pieces * 31)
    assert b" 413 " in told.partition(b"\r\n")[0]
    assert b"ui.body_too_large" in told
    told = heard(edged, CHUNKED[: CHUNKED.index(b"5\r\n{")] + pieces * 31)
    assert b'"ui.body_too_large"' in told


def test_before_an_edge_a_whole_body_is_worked_on(edged):
    asking = http.client.HTTPConnection(*place(edged), timeout=PATIENCE)
    with contextlib.closing(asking):
        headers = {"Content-Type": "application/json", "Idempotency-Key": "k"}
        asking.request("POST", "/api/v1/dossiers", iter([b"{", b'"a": 1}']), headers)
        assert b"input.unknown" in asking.getresponse().read()
