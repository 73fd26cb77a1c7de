"""`python -m benchmarks.load.asking TIMES`: ask the house in process and tell what each took."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any
from urllib.parse import quote

_WARM = 20
Asker = Callable[[str], Any]
"""Asks for an address and gives the answer."""


def main() -> int:
    """Ask every question as every reader, and print what was found as JSON."""
    from motcua.site.cli.django import ready

    ready()
    from benchmarks.load.keys import officers, readers
    from motcua.site.seeding import city

    times = int(sys.argv[1])
    told = [
        _measured(str(kind), reader, _by_key(token), paths, times)
        for reader, token in readers().items()
        for kind, paths in _questions(reader)
    ]
    desks = {**officers(), "specialist": city.username("specialist", 1)}
    for reader, username in desks.items():
        ask = _by_browser(username)
        told += [_measured("page", reader, ask, paths, times) for paths in _pages()]
    print(json.dumps(told, ensure_ascii=False))
    return 0


def _questions(reader: str) -> Iterator[tuple[str, list[str]]]:
    """Give what is asked: lists as they are used, one dossier, words that many or few match."""
    from motcua.core.agencies.queries import agency_by_code
    from motcua.core.dossiers.models import Dossier
    from motcua.core.now import now
    from motcua.site.seeding import city

    commune = city.commune_code(1)
    held = agency_by_code(commune, on=now().date()).id
    codes = list(Dossier.objects.filter(holding_agency_id=held).values_list("code", "lookup")[:300])
    Random(1).shuffle(codes)
    listed = "/api/v1/dossiers"
    yield "list", [f"{listed}?page={page}" for page in (1, 1, 2, 5)]
    yield "list", [f"{listed}?open=true", f"{listed}?late=true"]
    yield "filtered", [f"{listed}?state=processing"]
    yield "filtered", [f"{listed}?agency={commune}"]
    if reader == "commune":
        yield "code", [f"/api/v1/dossiers/{code or lookup}" for code, lookup in codes]
    for words in ("nguyen van an", "nguyen", "do tai", f"{codes[0][1]}"):
        yield "words", [f"{listed}?q={quote(words)}"]


def _pages() -> Iterator[list[str]]:
    """Give the pages of the desk that show fifty rows, as officers open them."""
    yield ["/ban/viec", "/ban/viec?sap-xep=moi", "/ban/viec?page=2"]
    yield ["/ban/viec-don-vi", "/ban/viec-don-vi?sap-xep=moi", "/ban/viec-don-vi?page=2"]
    yield ["/ban/ho-so", "/ban/ho-so?page=2", "/ban/ho-so?dang-mo=1"]


def _measured(
    kind: str, reader: str, ask: Asker, paths: list[str], times: int
) -> dict[str, object]:
    from benchmarks.lists import spread

    for number in range(_WARM):
        ask(paths[number % len(paths)])
    with _counted() as statements:
        ask(paths[0])
        counted = len(statements)
    seconds, answer = [], None
    for number in range(times):
        began = time.perf_counter()
        answer = ask(paths[number % len(paths)])
        seconds.append(time.perf_counter() - began)
    assert answer is not None
    total, more = _total(answer)
    if kind == "words" and more:
        kind = "common words"  # so many that a list says “more than”: told, and under no bar
    about = {"kind": kind, "reader": reader, "path": paths[0], "total": total}
    return {**about, "statements": counted, "told": statements, **spread(seconds)}


def _total(answer: Any) -> tuple[object, bool]:  # noqa: ANN401 - what a test client gives
    """Read how many there are, and whether that is a least: off a page, how many rows it draws."""
    if answer.headers["Content-Type"].startswith("text/html"):
        return answer.content.count(b"<tr class="), False
    told = answer.json()
    return told.get("total"), bool(told.get("more"))


def _by_key(token: str) -> Asker:
    from django.test import Client

    return _asking(Client(headers={"authorization": f"Bearer {token}"}))


def _by_browser(username: str) -> Asker:
    """Let an officer ask who has signed in with both factors; sessions are begun by no ceremony."""
    from django.conf import settings
    from django.test import Client

    from motcua.core.accounts import sessions
    from motcua.core.accounts.managing import by_username
    from motcua.core.now import now

    account = by_username(username)
    token = sessions.begin(account=account, at=now(), by="benchmark", address="127.0.0.1")
    client = Client()
    session = client.session
    session["sign_in"] = token
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    return _asking(client)


def _asking(client: Any) -> Asker:  # noqa: ANN401 - Django's test client is a name in functions
    def ask(path: str) -> Any:  # noqa: ANN401
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code, answer.content[:300])
        return answer

    return ask


@contextmanager
def _counted() -> Iterator[list[str]]:
    """Collect what reaches the database, by the ORM or beside it."""
    from django.db import connection

    from motcua.core import sql

    told: list[str] = []
    tx = sql.reading()
    before = tx._execute  # noqa: SLF001 - the one place where statements of our own pass

    def noted(statement: sql.Sql, values: Any) -> Any:  # noqa: ANN401
        told.append(statement.sqlite[:120])
        return before(statement, values)

    def by_orm(execute: Any, text: str, *rest: Any) -> Any:  # noqa: ANN401
        told.append(" ".join(text.split())[:120])
        return execute(text, *rest)

    tx._execute = noted  # noqa: SLF001
    try:
        with connection.execute_wrapper(by_orm):
            yield told
    finally:
        tx._execute = before  # noqa: SLF001


if __name__ == "__main__":
    sys.exit(main())
