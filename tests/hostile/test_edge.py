"""The edge before a really started web server: what comes in slowly, without end or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.hostile.edge_app import LARGE, LIMIT

pytestmark = pytest.mark.fuzz

PATIENCE = 30
MANY = 64


@dataclass
class Server:
    process: subprocess.Popen
    port: int

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def ask(self, method="POST", path="/", body=None, **headers) -> tuple[str | None, bytes]:
        """Give the length that an answer says it has, and the answer."""
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(asking):
            asking.request(method, path, body, headers)
            answer = asking.getresponse()
            return answer.headers["Content-Length"], answer.read()

    def told(self, *args, **kwargs) -> dict:
        return json.loads(self.ask(*args, **kwargs)[1])

    def open_files(self) -> int:
        """Count the files that the worker holds open: the large one, and those without a name."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        held = Path(f"/proc/{children.read_text().split()[-1]}/fd")
        own = [one for one in held.iterdir() if int(one.name) > 2]  # the rest is the test run's
        found = [str(one.readlink()) for one in own if os.path.lexists(one)]
        return sum(one.endswith(("/large", "(deleted)")) for one in found)


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    yield from _started(tmp_path_factory.mktemp("edge"))


@pytest.fixture
def own_server(tmp_path) -> Iterator[Server]:
    """Give a server that the test may stop."""
    yield from _started(tmp_path)


def _started(folder) -> Iterator[Server]:
    large = folder / "large"
    large.write_bytes(b"x" * LARGE)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    env = {**os.environ, "EDGE_LARGE": str(large)}
    env["PYTHONPATH"] = os.pathsep.join(["src", "."])
    command = [sys.executable, "-m", "granian", "--interface", "asginl", "--no-ws"]
    command += ["--port", str(port), "tests.hostile.edge_app:application"]
    with subprocess.Popen(command, env=env) as process:
        try:
            until(lambda: _listens(port))
            yield Server(process, port)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(come) -> None:
    deadline = time.monotonic() + PATIENCE
    while not come():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.05)


def head(method="POST", path="/", *more: str) -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: a", *more, "", ""]).encode()


def all_of(client: socket.socket) -> bytes:
    """Read until the server hangs up."""
    whole = b""
    with contextlib.suppress(ConnectionError):
        while piece := client.recv(65536):
            whole += piece
    return whole


@pytest.mark.parametrize("size", [0, 1, 1000, 64 * 1024, 64 * 1024 + 1, LIMIT])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_arrives_whole_and_with_its_length(server, size, chunked):
    body = os.urandom(size)
    sent = iter([body[:100], body[100:]]) if chunked else body
    told = server.told(body=sent)
    assert told["sha256"] == hashlib.sha256(body).hexdigest()
    assert told["length"] == (str(size) if size else None)
    assert "HTTP_TRANSFER_ENCODING" not in told["headers"]


def test_a_large_body_leaves_no_file_behind(server):
    """It lies in one while it comes, and only then."""
    until(lambda: server.open_files() == 0)
    with server.connect() as client:
        client.sendall(head("POST", "/", f"Content-Length: {LIMIT}", "Connection: close"))
        client.sendall(b"x" * (LIMIT - 1))
        until(lambda: server.open_files() == 1)
        client.sendall(b"x")
        assert all_of(client).startswith(b"HTTP/1.1 200 ")
    until(lambda: server.open_files() == 0)


@pytest.mark.parametrize(
    "said",
    [
        head("POST", "/", f"Content-Length: {LIMIT + 1}"),
        head("POST", "/", "Transfer-Encoding: chunked") + b"FFFFF\r\n" + b"x" * 0xFFFFF + b"\r\n",
    ],
)
def test_a_body_over_the_limit_is_refused_and_hung_up(server, said):
    with server.connect() as client:
        client.sendall(said)
        answer = client.recv(200)
        assert answer.startswith(b"HTTP/1.1 413 ")
        client.shutdown(socket.SHUT_WR)
        assert b"BodyTooLarge" in answer + all_of(client)


def test_whoever_sends_too_much_reads_why(server):
    """Hung up on at once, the sender would see a broken connection and no answer."""
    with server.connect() as client:
        client.sendall(head("POST", "/", f"Content-Length: {LIMIT * 5}"))
        client.sendall(b"x" * LIMIT * 5)
        assert b"BodyTooLarge" in all_of(client)


def test_a_body_without_end_is_refused(server):
    with server.connect() as client:
        client.sendall(head("POST", "/", "Transfer-Encoding: chunked"))
        with contextlib.suppress(ConnectionError):
            for _ in range(LIMIT // 10_000 * 2):
                client.sendall(b"2710\r\n" + b"x" * 10_000 + b"\r\n")
        assert client.recv(200).startswith(b"HTTP/1.1 413 ")


def test_a_body_that_stops_is_refused_and_hung_up(server):
    with server.connect() as client:
        client.sendall(head("POST", "/", "Content-Length: 1000") + b"abc")
        assert b"BodyTooSlow" in all_of(client)


def test_many_who_trickle_hinder_nobody(server):
    with contextlib.ExitStack() as slow:
        clients = [slow.enter_context(server.connect()) for _ in range(MANY)]
        for client in clients:
            client.sendall(head("POST", "/", "Content-Length: 100000"))
        for _ in range(3):
            for client in clients:
                with contextlib.suppress(ConnectionError):
                    client.sendall(b"x")
            assert server.told(body=b"abc")["size"] == 3
            time.sleep(0.2)
    assert server.told("GET")["size"] == 0


@pytest.mark.parametrize("path", ["/large", "/pieces"])
def test_readers_who_read_nothing_hold_no_thread_and_not_the_application(server, path):
    before = server.told("GET")["left"]
    with contextlib.ExitStack() as slow:
        for _ in range(8):
            client = slow.enter_context(server.connect())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            client.sendall(head("GET", path))
        until(lambda: server.told("GET")["left"] == before + 8)
        assert server.told(body=b"abc")["size"] == 3
        assert server.open_files() == 8
    until(lambda: server.open_files() == 0)  # whoever hung up


@pytest.mark.parametrize("path", ["/large", "/pieces"])
def test_a_large_answer_arrives_whole(server, path):
    length, answer = server.ask("GET", path)
    assert length == str(LARGE)
    assert answer == b"x" * LARGE
    until(lambda: server.open_files() == 0)


def test_head_tells_the_length_and_sends_nothing(server):
    with server.connect() as client:
        client.sendall(head("HEAD", "/large") + head("GET", "/x", "Connection: close"))
        first, _, rest = all_of(client).partition(b"\r\n\r\n")
    assert f"content-length: {LARGE}".encode() in first
    assert rest.startswith(b"HTTP/1.1 200 OK\r\n")


def test_whoever_leaves_in_the_middle_is_never_heard(server):
    before = server.told("GET")["left"]
    for end in (b"abc", b"x" * 500_000):
        with server.connect() as client:
            client.sendall(head("POST", "/pieces", "Content-Length: 600000") + end)
    with server.connect() as client:
        client.sendall(head("POST", "/pieces", "Transfer-Encoding: chunked") + b"3\r\nabc\r\n")
    until(lambda: server.open_files() == 0)
    assert server.told("GET")["left"] == before


def test_requests_in_one_packet_are_answered_in_order(server):
    posted = head("POST", "/1", "Content-Length: 3") + b"abc"
    with server.connect() as client:
        client.sendall(posted + head("GET", "/2") + head("GET", "/3", "Connection: close"))
        answers = all_of(client)
    places = [answers.index(f'"path": "/{number}"'.encode()) for number in (1, 2, 3)]
    assert places == sorted(places)


def test_a_sender_who_waits_for_a_word_gets_it(server):
    with server.connect() as client:
        client.sendall(head("POST", "/", "Content-Length: 3", "Expect: 100-continue"))
        assert client.recv(200).startswith(b"HTTP/1.1 100 ")
        client.sendall(b"abc")
        assert client.recv(200).startswith(b"HTTP/1.1 200 ")


def test_a_sender_of_too_much_gets_no_such_word(server):
    said = head("POST", "/", f"Content-Length: {LIMIT * 9}", "Expect: 100-continue")
    with server.connect() as client:
        client.sendall(said)
        assert client.recv(200).startswith(b"HTTP/1.1 413 ")


def test_headers_that_come_twice_are_all_there(server):
    more = ("Cookie: a=1", "Cookie: b=2", "X-Forwarded-For: 1.1.1.1", "X-Forwarded-For: 2.2.2.2")
    with server.connect() as client:
        client.sendall(head("GET", "/", *more, "X_Forwarded_For: 6.6.6.6", "Connection: close"))
        top, _, body = all_of(client).partition(b"\r\n\r\n")
    headers = json.loads(body)["headers"]
    assert headers["HTTP_COOKIE"] == "a=1;b=2"
    assert headers["HTTP_X_FORWARDED_FOR"] == "1.1.1.1,2.2.2.2"
    assert top.count(b"set-cookie: ") == 2


def test_paths_keep_their_bytes(server):
    assert server.told("GET", "/a%20%C3%A9%ff%2F")["path"] == "/a \xc3\xa9\xff/"


def test_a_request_in_flight_is_answered_before_the_end(own_server):
    with own_server.connect() as client, own_server.connect() as slow:
        slow.sendall(head("POST", "/", "Content-Length: 1000") + b"abc")
        client.sendall(head("POST", "/slow", "Content-Length: 3") + b"abc")
        time.sleep(0.5)
        own_server.process.send_signal(signal.SIGTERM)
        assert b'"size": 3' in all_of(client)
    assert own_server.process.wait(PATIENCE) == 0
