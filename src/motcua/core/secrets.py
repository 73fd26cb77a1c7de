"""Keys live in files outside the database: one file a key, readable by the service alone.

`settings.MOTCUA_KEYS` names the folder. A key is made on first use and never printed. Losing
`fields.key` loses the personal numbers; losing `seal.key` means new seals carry a new public key,
and the one before must be named in `seal.former` or the old seals count as another's.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
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
        write_once(path, secrets.token_bytes(size))
        return path.read_bytes()


def write_once(path: Path, value: bytes) -> None:
    """Write a file that nobody else may have written meanwhile.

    Two processes may start at once, and two threads of one; each has a draft of its own.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(value)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
