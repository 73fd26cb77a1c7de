"""Files with secrets: closed to strangers on this machine, or refused."""

from __future__ import annotations

import stat
from pathlib import Path

from motcua.kernel.errors import Refused


class SecretOpen(Refused):
    """A file with a secret can be read by everybody on this machine."""

    code = "settings.secret_open"
    vi = "Tệp bí mật {path} ai trên máy cũng đọc được. Hãy chạy: chmod o= {path}."
    en = "The secret file {path} can be read by everybody on this machine. Run: chmod o= {path}."


def closed(path: Path) -> Path:
    """Give the path of a file that strangers on this machine cannot read or write.

    Raises `SecretOpen`, and `FileNotFoundError`.
    """
    if path.stat().st_mode & stat.S_IRWXO:
        raise SecretOpen(path=path)
    return path
