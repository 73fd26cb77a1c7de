"""A full disk, told as such: nothing was written, and the request may be sent again later."""

from __future__ import annotations

import errno

from motcua.kernel.errors import Refused

_ERRNOS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SQLITE = {"SQLITE_FULL", "SQLITE_IOERR_WRITE"}  # the latter beyond a quota or limit of file size
_POSTGRES = "53100"  # disk_full
# What a server without room says to who wants to connect: it has no code for it (relcache.c).
_AT_THE_DOOR = ("could not write init file", "No space left on device")


class NoSpace(Refused):
    """The disk of the database or of the files is full."""

    code = "space.full"
    vi = "Máy chủ hết chỗ lưu nên chưa ghi nhận gì. Hãy gửi lại sau khi quản trị viên dọn chỗ."
    en = "The disk is full, so nothing was recorded. Send it again when the operator has made room."
    status = 507
    retry = True


def is_full(error: BaseException | None) -> bool:
    """Tell whether an error, or what caused it, is a full disk; drivers by their codes."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _ERRNOS:
            return True
        if getattr(error, "sqlite_errorname", "") in _SQLITE:
            return True
        if getattr(error, "sqlstate", "") == _POSTGRES:
            return True
        if type(error).__name__ == "OperationalError" and _at_the_door(str(error)):
            return True
        error = error.__cause__
    return False


def _at_the_door(said: str) -> bool:
    return any(words in said for words in _AT_THE_DOOR)
