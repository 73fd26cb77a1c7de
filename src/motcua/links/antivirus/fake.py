"""A stand-in for clamd that speaks its protocol on a socket: PING, and INSTREAM with chunks.

It takes the harmless test pattern of the antivirus trade (EICAR) for malware and nothing else, and
like the daemon refuses streams beyond its limit.
"""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path

PATTERN = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
_LENGTH = 4


class _Daemon(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    limit = 0


class _Talk(socketserver.StreamRequestHandler):
    """One connection: one command."""

    def handle(self) -> None:
        told = self._command()
        if told == b"zPING":
            self.wfile.write(b"PONG\0")
        elif told == b"zINSTREAM":
            assert isinstance(self.server, _Daemon)
            self.wfile.write(_looked_at(self.rfile, self.server.limit))
        else:
            self.wfile.write(b"UNKNOWN COMMAND\0")

    def _command(self) -> bytes:
        told = b""
        while (sign := self.rfile.read(1)) not in {b"\0", b""}:
            told += sign
        return told


def _looked_at(stream: BufferedIOBase, limit: int) -> bytes:
    content = b""
    while length := struct.unpack("!I", stream.read(_LENGTH))[0]:
        content += stream.read(length)
        if len(content) > limit:
            return b"INSTREAM size limit exceeded. ERROR\0"
    return b"stream: Eicar-Test-Signature FOUND\0" if PATTERN in content else b"stream: OK\0"


@contextmanager
def listening(path: Path, *, limit: int = 25 * 1024 * 1024) -> Iterator[str]:
    """Let a stand-in listen at a path; gives its address as the setting takes it."""
    with _Daemon(str(path), _Talk) as daemon:
        daemon.limit = limit
        thread = threading.Thread(target=daemon.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"unix:{path}"
        finally:
            daemon.shutdown()
            thread.join()
