"""Django's signing key, kept in a file like every other key (before settings exist)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from motcua.core.closed import closed


def django_secret(folder: Path) -> str:
    """Read `django.key` from the key folder, making it where it is missing."""
    path = folder / "django.key"
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = folder / f".django.key.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first; both read the same file below
        finally:
            draft.unlink()
    return closed(path).read_text()
