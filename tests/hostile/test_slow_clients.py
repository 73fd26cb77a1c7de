"""Clients that dawdle over headers, forms without a token or answers: others are served meanwhile.

A body that is really read occupies its process until it is there: docs/reference/threats.md says
what stands in front against that.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.browser.house import House, started

pytestmark = pytest.mark.fuzz

MANY = 40
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
    with started(tmp_path_factory.mktemp("house"), MOTCUA_LOG_LEVEL="CRITICAL") as running:
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
