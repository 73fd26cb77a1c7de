"""A time stamping authority and lists of revoked certificates, over HTTP."""

from __future__ import annotations

import time
from http.client import HTTPException
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from motcua.core.official.signing import ServiceSilent

_STAMP_SECONDS, _LIST_SECONDS = 20, 4
_STAMP_BYTES, _LIST_BYTES = 256 * 1024, 8 * 1024 * 1024
_FRESH_SECONDS = 900.0
_WAYS = frozenset({"http", "https"})


class HttpStamps:
    """An authority at an address (RFC 3161, section 3.4)."""

    def __init__(self, address: str) -> None:
        if urlsplit(address).scheme not in _WAYS:
            raise ValueError(address)
        self._address = address

    def stamp(self, request: bytes) -> bytes:
        """Send a request and give the answer."""
        asked = Request(  # noqa: S310 - the scheme was looked at
            self._address,
            data=request,
            headers={
                "Content-Type": "application/timestamp-query",
                "Accept": "application/timestamp-reply",
            },
        )
        try:
            with urlopen(asked, timeout=_STAMP_SECONDS) as answer:  # noqa: S310
                return bytes(answer.read(_STAMP_BYTES))
        except (OSError, URLError, HTTPException) as error:
            raise ServiceSilent from error


class HttpLists:
    """Fetches lists, keeps each for a quarter of an hour, and waits no longer than seconds."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, bytes | None]] = {}

    def fetch(self, address: str) -> bytes | None:
        """Give the list at an address; None where it is not to be had or too large."""
        until, body = self._kept.get(address, (0.0, None))
        now = time.monotonic()
        if until < now:
            body = _got(address)
            self._kept = {**self._kept, address: (now + _FRESH_SECONDS, body)}
        return body


def _got(address: str) -> bytes | None:
    if urlsplit(address).scheme not in _WAYS:
        return None
    try:
        with urlopen(address, timeout=_LIST_SECONDS) as answer:  # noqa: S310 - looked at above
            body = bytes(answer.read(_LIST_BYTES + 1))
    except (OSError, URLError, HTTPException, ValueError):
        return None
    return body if len(body) <= _LIST_BYTES else None
