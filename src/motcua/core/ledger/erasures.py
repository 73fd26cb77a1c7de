"""The list of what was erased, kept beside the seals at the witness: a restore does it again.

It names no person: the dossier, the hash of its first entry (by which it is known again in a
restored ledger, where numbers may be given anew) and the hash of the entry that erased it.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

FOLDER = "erasures"


def erasures(folder: Path | None = None) -> Iterator[dict[str, Any]]:
    """Give what the witness's list holds, in the order of its names."""
    place = (folder or Path(settings.MOTCUA_WITNESS)) / FOLDER
    for file in sorted(place.glob("[!.]*.json")):
        yield json.loads(file.read_text(encoding="utf-8"))


def keep_erasure(told: dict[str, Any], folder: Path | None = None) -> None:
    """Write one line of the list, durably; the same one again changes nothing."""
    place = (folder or Path(settings.MOTCUA_WITNESS)) / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{told['first']}-{told['entry'][:16]}.json"
    if path.exists():
        return
    draft = place / f".{secrets.token_hex(8)}"
    with draft.open("x", encoding="utf-8") as file:
        json.dump(told, file, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
