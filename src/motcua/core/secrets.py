"""Keys live in files outside the database: one file a key, readable by the service alone.

`settings.MOTCUA_KEYS` names the folder. A key is made on first use and never printed. Losing
`fields.key` loses the personal numbers; losing `seal.key` means new seals carry a new public key,
and the one before must be named in `seal.former` or the old seals count as another's.
"""

from __future__ import annotations

import os
import secrets
from functools import cache
from pathlib import Path

from django.conf import settings

from motcua.core.closed import closed


@cache
def key(name: str, size: int = 32) -> bytes:
    """Give the secret key of this name, making it (`size` random bytes) where it is missing."""
    path = Path(settings.MOTCUA_KEYS) / f"{name}.key"
    try:
        return closed(path).read_bytes()
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_once(path, secrets.token_bytes(size))
        return path.read_bytes()


def _write_once(path: Path, value: bytes) -> None:
    """Write a file that no other process may have written meanwhile (two may start at once)."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(value)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
