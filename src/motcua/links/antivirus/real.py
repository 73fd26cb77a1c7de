"""clamd, the daemon of ClamAV, asked over its socket by INSTREAM (clamd(8)).

The bytes travel through the socket, so the daemon needs no right to read our folders. It must take
streams as large as our files: `StreamMaxLength` in its configuration.
"""

from __future__ import annotations

import socket
import struct
from pathlib import Path
from urllib.parse import urlsplit

from motcua.links.antivirus.port import Finding, ScannerSilent, VirusFound

_SECONDS = 20
_CHUNK = 64 * 1024
_LONGEST_ANSWER = 4096
_FOUND, _CLEAN = " FOUND", ": OK"


class Clamd:
    """Asks one daemon at `unix:/path` or `tcp://host:port`; a connection for each file."""

    def __init__(self, address: str) -> None:
        self.address = address

    def scan(self, path: Path) -> None:
        """Send the bytes and read what the daemon says of them."""
        try:
            answer = self._streamed(path)
        except OSError as error:
            raise ScannerSilent from error
        if answer.endswith(_FOUND):
            raise VirusFound(found=answer.removesuffix(_FOUND).partition(": ")[2])
        if not answer.endswith(_CLEAN):  # a limit of the daemon, or no clamd at all
            raise ScannerSilent

    def check(self) -> list[Finding]:
        """Ask whether somebody is there."""
        try:
            with self._connected() as daemon:
                daemon.sendall(b"zPING\0")
                ok = _answer(daemon) == "PONG"
        except OSError:
            ok = False
        vi = "Bộ quét mã độc trả lời" if ok else "Bộ quét mã độc không trả lời; tệp bị từ chối"
        en = "The malware scanner answers" if ok else "The malware scanner is silent; files refused"
        return [Finding(code="antivirus.clamd", ok=ok, vi=vi, en=en)]

    def _streamed(self, path: Path) -> str:
        with self._connected() as daemon, path.open("rb") as file:
            daemon.sendall(b"zINSTREAM\0")
            while chunk := file.read(_CHUNK):
                daemon.sendall(struct.pack("!I", len(chunk)) + chunk)
            daemon.sendall(struct.pack("!I", 0))
            return _answer(daemon)

    def _connected(self) -> socket.socket:
        told = urlsplit(self.address)
        if told.scheme == "tcp":
            return socket.create_connection((told.hostname or "", told.port or 0), _SECONDS)
        daemon = socket.socket(socket.AF_UNIX)
        daemon.settimeout(_SECONDS)
        try:
            daemon.connect(told.path)
        except OSError:
            daemon.close()
            raise
        return daemon


def _answer(daemon: socket.socket) -> str:
    """Read up to the zero byte that ends an answer."""
    told = b""
    while b"\0" not in told and len(told) < _LONGEST_ANSWER:
        more = daemon.recv(_LONGEST_ANSWER)
        if not more:
            break
        told += more
    return told.partition(b"\0")[0].decode(errors="replace").strip()
