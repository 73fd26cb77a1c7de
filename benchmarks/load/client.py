"""A keep-alive HTTP/1.1 client of a few lines: it runs on the cores that it measures.

It speaks to loopback only, and reads what the house's own server sends: a status line, headers
with a content length, and that many bytes.
"""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from types import TracebackType

_HOST = "127.0.0.1"
_PATIENCE = 60.0
_END = b"\r\n\r\n"
_LENGTH = b"\r\ncontent-length:"


class Broken(Exception):
    """The server closed the connection, or sent what is no answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and the bytes of a body."""

    status: int
    body: bytes

    def json(self) -> dict[str, object]:
        """Read the body."""
        told = json.loads(self.body)
        assert isinstance(told, dict)
        return told


class Client:
    """One connection; a broken one is opened anew by the next call."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None
        self._rest = b""

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
        self._socket, self._rest = None, b""

    def get(self, path: str, token: str) -> Answer:
        """Read a path."""
        return self._ask(f"GET {path} HTTP/1.1\r\n{_heads(token)}\r\n".encode())

    def post(self, path: str, token: str, key: str, body: dict[str, object]) -> Answer:
        """Send a body under an idempotency key."""
        data = json.dumps(body).encode()
        heads = (
            f"POST {path} HTTP/1.1\r\n{_heads(token)}Content-Type: application/json\r\n"
            f"Idempotency-Key: {key}\r\nContent-Length: {len(data)}\r\n\r\n"
        )
        return self._ask(heads.encode() + data)

    def _ask(self, request: bytes) -> Answer:
        try:
            if self._socket is None:
                self._socket = socket.create_connection((_HOST, self._port), timeout=_PATIENCE)
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket.sendall(request)
            return self._answer(self._socket)
        except (OSError, ValueError, IndexError) as wrong:
            self.close()
            raise Broken(str(wrong)) from wrong

    def _answer(self, connection: socket.socket) -> Answer:
        held = self._rest
        while _END not in held:
            held += _more(connection)
        head, _, body = held.partition(_END)
        status = int(head.split(b" ", 2)[1])
        length = int(head.lower().partition(_LENGTH)[2].split(b"\r\n", 1)[0])
        while len(body) < length:
            body += _more(connection)
        self._rest = body[length:]
        return Answer(status, body[:length])


def _heads(token: str) -> str:
    return f"Host: {_HOST}\r\nAuthorization: Bearer {token}\r\nAccept: application/json\r\n"


def _more(connection: socket.socket) -> bytes:
    piece = connection.recv(65536)
    if not piece:
        raise Broken("closed")
    return piece
