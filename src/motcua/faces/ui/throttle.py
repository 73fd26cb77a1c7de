"""Guessing is slowed down: after some wrong tries a name or an address must wait."""

from __future__ import annotations

import hashlib

from django.core.cache import cache

from motcua.kernel.errors import Refused

WINDOW_SECONDS = 15 * 60
MAX_MISSES = 8
MAX_FROM_ADDRESS = 200
"""Names that begin with `from:` are addresses: a whole office, or a proxy, may share one."""


class TooManyTries(Refused):
    """Too many wrong tries in a short time."""

    code = "ui.too_many_tries"
    vi = "Đã thử sai quá nhiều lần. Hãy đợi {minutes} phút rồi thử lại, hoặc gọi 1022."
    en = "Too many wrong tries. Wait {minutes} minutes and try again, or call 1022."
    status = 429
    retry = True


def check(what: str, *names: str) -> None:
    """Refuse where one of the names has missed too often lately."""
    for name in names:
        limit = MAX_FROM_ADDRESS if name.startswith("from:") else MAX_MISSES
        if int(cache.get(_key(what, name), 0)) >= limit:
            raise TooManyTries(minutes=WINDOW_SECONDS // 60)


def missed(what: str, *names: str) -> None:
    """Count a wrong try."""
    for name in names:
        key = _key(what, name)
        if not cache.add(key, 1, WINDOW_SECONDS):
            cache.incr(key)


def passed(what: str, *names: str) -> None:
    """Forget the wrong tries of who got it right."""
    cache.delete_many([_key(what, name) for name in names])


def _key(what: str, name: str) -> str:
    digest = hashlib.sha256(name.casefold().encode("utf-8", "replace")).hexdigest()
    return f"tries:{what}:{digest}"
