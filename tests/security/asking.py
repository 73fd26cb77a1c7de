"""One request of the walk: sent, undone, and read to its last byte."""

from __future__ import annotations

import re
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.http import QueryDict
from django.utils.functional import cached_property

from tests.security.actors import Knocker
from tests.security.texts import body_of, compared, told_by

_TEMPLATES = str(Path("django", "template"))
_PASSING = {"Content-Length", "Date", "Expires", "Last-Modified", "Set-Cookie"}
_TOKENS = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}'
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: where from, and everything it says."""

    method: str
    address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[str, ...]
    body: bytes

    @property
    def told(self) -> str:
        """Give all that is told, in lower case."""
        return told_by(self.body, f"{self.headers} {self.cookies}")

    def plain(self, echoes: Mapping[str, str]) -> tuple[object, ...]:
        """Give what must be equal where nothing may be told: all but what was sent, and tokens."""
        headers = [(name, _TOKENS.sub("", _plain(v, echoes))) for name, v in self.headers]
        body = _plain(compared(self.body), echoes)
        names = sorted(one.partition("=")[0] for one in self.cookies)
        return self.status, sorted(headers), names, _TOKENS.sub("", body)

    def __str__(self) -> str:
        return f"{self.method} {self.address} → {self.status}"


def _plain(text: str, echoes: Mapping[str, str]) -> str:
    for one, other in echoes.items():
        text = text.replace(one, other)
    return text


def ask(
    who: Knocker,
    method: str,
    address: str,
    data: object = None,
    *,
    headers: Mapping[str, str] | None = None,
    form: str = "application/json",
) -> Answer:
    """Send a request as an actor, and undo what it wrote: the next one finds the same house."""
    cookies = SimpleCookie(who.client.cookies.output(header="", sep=";"))
    sent = {"headers": {**who.headers, **(headers or {})}, "follow": False}
    if method == "POST" and address.startswith("/api/"):
        sent["content_type"] = form
    knock = who.client.post if method == "POST" else who.client.get
    with transaction.atomic():
        response = knock(address, data, **sent) if data is not None else knock(address, **sent)
        answer = Answer(
            method,
            address,
            response.status_code,
            tuple((k, v) for k, v in response.headers.items() if k not in _PASSING),
            tuple(one.OutputString() for one in response.cookies.values()),
            body_of(response),
        )
        transaction.set_rollback(True)
    who.client.cookies = cookies
    return answer


class _Noting(QueryDict):
    """The parameters of a request, noting which ones a view asks for.

    What a template shows again of its address, such as the box of the search, decides nothing.
    """

    asked: set[str] = set()

    def __getitem__(self, key):
        if _TEMPLATES not in sys._getframe(1).f_code.co_filename:
            _Noting.asked.add(key)
        return super().__getitem__(key)

    def getlist(self, key, default=None):
        _Noting.asked.add(key)
        return super().getlist(key, default)

    def __contains__(self, key):
        _Noting.asked.add(key)
        return super().__contains__(key)


@contextmanager
def noting() -> Iterator[set[str]]:
    """Note the names of the parameters that views look for in an address."""
    _Noting.asked = set()
    parameters = cached_property(lambda self: _Noting(self.META.get("QUERY_STRING", "")))
    parameters.__set_name__(WSGIRequest, "GET")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WSGIRequest, "GET", parameters)
        yield _Noting.asked


def fresh_key() -> str:
    """Give a request key that nobody used."""
    return str(uuid.uuid4())
