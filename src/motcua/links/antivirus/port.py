"""What every scanner promises, and what it raises."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from motcua.core.files.scanning import ScannerSilent, VirusFound
from motcua.core.upkeep.findings import Finding

__all__ = ["FileScanner", "Finding", "ScannerSilent", "VirusFound"]


class FileScanner(Protocol):
    """Looks at one file at a time, from any thread."""

    def scan(self, path: Path) -> None:
        """Return where nothing was found; raises `VirusFound` and `ScannerSilent`."""
        ...

    def check(self) -> list[Finding]:
        """Tell whether the scanner answers, without sending it a file."""
        ...
