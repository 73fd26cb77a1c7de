"""When was a restore last tried? One line a drill, kept beside the archives."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

_BOOK = "drills.jsonl"


def last_drills(folder: Path) -> dict[str, dict[str, Any]]:
    """Give the last drill of each archive, by its name."""
    path = folder / _BOOK
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {told["archive"]: told for told in map(json.loads, lines)}


def write_drill(folder: Path, told: dict[str, Any]) -> None:
    """Add a line to the book and bring it to the disk."""
    with (folder / _BOOK).open("a", encoding="utf-8") as book:
        book.write(json.dumps(told, ensure_ascii=False) + "\n")
        book.flush()
        os.fsync(book.fileno())
