"""A look for malware at every file before it is kept, where the house has a scanner (links)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from motcua.kernel.errors import Refused

Scanner = Callable[[Path], None]
"""Looks at the bytes of a file; raises `VirusFound` or `ScannerSilent`."""

_scanner: list[Scanner] = []


class VirusFound(Refused):
    """The scanner knows what is in the file."""

    code = "files.virus_found"
    vi = "Tệp có mã độc ({found}) nên không được nhận. Hãy quét máy của bạn và gửi tệp khác."
    en = "The file carries malware ({found}) and is not taken. Scan your device; send another file."


class ScannerSilent(Refused):
    """The scanner does not answer, and no file is kept unseen."""

    code = "files.scanner_silent"
    vi = "Chưa kiểm tra được mã độc trong tệp nên chưa nhận. Hãy gửi lại sau ít phút."
    en = "The file could not be checked for malware, so it was not taken. Send it again later."
    status = 503
    retry = True


def scan_with(scanner: Scanner | None) -> None:
    """Let every file be looked at from now on; with None, no file."""
    _scanner[:] = [] if scanner is None else [scanner]


def scan(path: Path) -> None:
    """Look at a file that came in; raises `VirusFound` and `ScannerSilent`."""
    for scanner in _scanner:
        scanner(path)
