"""The list in one statement: a page of rows and the exact total, walked along the scope rows.

A list is read far more often than anything else, and the ORM needs ten times as long to word it
as the database to answer it (DESIGN §14). Each scope's rows lie in the order of the list
(`scope_listed`), so a page takes the first few of each scope and merges them; a total counts each
scope's rows once, leaving out what an earlier scope has counted; the total of a whole agency is
kept (`motcua.core.access.totals`). Words are found first, newest first, at most `FOUND_AT_MOST` of
them, and the row filter is asked about those; where there are more, the newest stand first.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from motcua.core.access.actors import Actor
from motcua.core.access.scopes import ScopeKind, kind_of, party_scope
from motcua.core.access.totals import TOTAL, TOTAL_OPEN
from motcua.core.agencies.queries import Node, agency
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.queries import declared
from motcua.core.sql import Row, Sql, Tx, instant, marks

FOUND_AT_MOST = 10_000
"""Hits of a word search that are counted; more are told as “more than”."""


@dataclass(frozen=True, slots=True)
class Named:
    """Who asks, as far as a list tells."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier as a list shows it; instants in UTC."""

    id: int
    lookup: str
    code: str | None
    version_id: int
    state: str
    step: str
    outcome: str
    bucket: str
    channel: str
    subject: str
    receiving_agency_id: int
    holding_agency_id: int
    applicant_id: int | None
    applicant: Named | None
    filed_at: datetime.datetime
    received_at: datetime.datetime | None
    due_at: datetime.datetime | None
    promised_at: datetime.datetime | None
    paused_since: datetime.datetime | None
    finished_at: datetime.datetime | None
    closed: bool
    revision: int

    @property
    def pk(self) -> int:
        """The id, under the name that a model's row has it."""
        return self.id

    @property
    def receiving_agency(self) -> Node:
        """The agency that received it."""
        return agency(self.receiving_agency_id)

    @property
    def holding_agency(self) -> Node:
        """The agency that holds it now."""
        return agency(self.holding_agency_id)

    @property
    def declaration(self) -> Declaration:
        """The procedure version it runs under."""
        return declared(self.version_id)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to: conditions on the columns of `d`, and their values.

    `open_only`, and `before` when one whose result is owed is due, stand apart: the scope rows know
    them themselves, in the order in which they lie.
    """

    conditions: tuple[str, ...] = ()
    values: tuple[Any, ...] = ()
    open_only: bool = False
    before: datetime.datetime | None = None

    @property
    def narrows(self) -> tuple[str, ...]:
        """What a scope row `s` itself must fulfil, worded as its index is."""
        if self.before is not None:
            return ("s.is_open = TRUE", "(s.due_at IS NULL) = FALSE", "s.due_at < %s")
        return ("s.is_open = TRUE",) if self.open_only else ()

    @property
    def order(self) -> str:
        """In what order the list is: of late ones the first two columns are always the same.

        No planner knows that, and each would sort them.
        """
        return _ORDER if self.before is None else _ORDER_OF_LATE

    @property
    def sent(self) -> tuple[Any, ...]:
        """The values of `narrows` and of the conditions after it."""
        return self.values if self.before is None else (self.before, *self.values)


@dataclass(frozen=True, slots=True)
class Page:
    """A page and the total; with `more`, words hit more than were looked at: it is a least."""

    lines: list[Line]
    total: int
    more: bool = False


NOTHING = Page([], 0)


class Hits(Protocol):
    """A search as part of a statement: gives `id`s, newest first."""

    def sql(self, tx: Tx, /) -> str:
        """Give the text."""

    @property
    def values(self) -> tuple[object, ...]:
        """The values that the text takes."""


_COLUMNS = (
    "d.id, d.lookup, d.code, d.version_id, d.state, d.step, d.outcome, d.bucket, d.channel,"
    " d.subject, d.receiving_agency_id, d.holding_agency_id, d.applicant_id, p.kind, p.name,"
    " d.filed_at, d.received_at, d.due_at, d.promised_at, d.paused_since, d.finished_at, d.closed,"
    " d.revision"
)
LINE = len(_COLUMNS.split(","))
"""How many columns a line has."""

# Open ones first, earliest due first, those that owe no result after them; as `scope_listed` lies.
_ORDER = "{t}.is_open DESC, ({t}.due_at IS NULL), {t}.due_at, {t}.{id}"
_ORDER_OF_LATE = "{t}.due_at, {t}.{id}"
_OF_SCOPES = "r.dossier_id = {of} AND r.scope IN ({scopes}) AND r.until_at IS NULL"


def page_of(tx: Tx, actor: Actor, asked: Asked, *, size: int, start: int) -> Page:
    """Give a page of what an actor may read, with the exact total."""
    scopes = _large_first(actor.scopes)
    if not scopes:
        return NOTHING
    barred = [party_scope(one) for one in sorted(actor.barred)]
    kept = _kept(scopes, asked, barred)
    values: list[Any] = [scopes[0], scopes[0]] if kept else []
    for number, scope in enumerate(scopes):
        if number or not kept:
            values += [scope, *asked.sent, *barred, *scopes[:number]]
    for scope in scopes:
        values += [scope, *asked.sent, *barred, start + size]
    sql = _walk(
        len(scopes), len(barred), asked.conditions, asked.narrows, order=asked.order, kept=kept
    )
    return _read(tx.all(sql, *values, size, start), first=1)


def found_page(
    tx: Tx, actor: Actor, asked: Asked, found: Hits, number: str, *, size: int, start: int
) -> Page | None:
    """Give the same of what was found by words, or goes by a number; None where nothing was.

    Where more is found than is looked at, the newest come first: the order of the list would have
    to look at all of it, only to put in order a part that the limit cut off anyhow. What the actor
    may not read is no hit: it decides nothing, not even whether the next reading is asked.
    """
    if not actor.scopes:
        return NOTHING
    barred = [party_scope(one) for one in sorted(actor.barred)]
    sql = _among(
        found.sql(tx), len(actor.scopes), len(barred), asked.conditions, narrows=asked.narrows
    )
    narrowed = bool(asked.conditions or asked.narrows)
    near = FOUND_AT_MOST if narrowed else min(start + size, FOUND_AT_MOST)
    readable = [*actor.scopes, *barred]
    values = [*found.values, number, number, *readable, FOUND_AT_MOST, near, FOUND_AT_MOST + 2]
    rows = tx.all(sql, *values, *readable, *asked.sent, size, start)
    hits, page = rows[0][1], _read(rows, first=2)
    if hits <= FOUND_AT_MOST:
        return page if hits else None
    return Page(page.lines, page.total if narrowed else FOUND_AT_MOST, more=True)


def of_dossier(asked: Asked) -> tuple[str, ...]:
    """Give what `narrows` says of a scope row as it is said of the dossier itself."""
    if asked.before is not None:
        return ("NOT d.closed AND d.finished_at IS NULL AND d.due_at < %s",)
    return ("NOT d.closed",) if asked.open_only else ()


def _kept(scopes: Sequence[int], asked: Asked, barred: Sequence[int]) -> bool:
    """Tell whether the first scope's total is kept: a whole agency's, when all of it is asked."""
    whole = not asked.conditions and asked.before is None and not barred
    return whole and kind_of(scopes[0]) is ScopeKind.AGENCY


def _large_first(scopes: Sequence[int]) -> list[int]:
    """Put agencies first: what the small scopes add to them is then counted by few look-ups."""
    return sorted(scopes, key=lambda scope: kind_of(scope) is not ScopeKind.AGENCY)


@lru_cache(maxsize=256)
def _walk(
    scopes: int,
    barred: int,
    conditions: tuple[str, ...],
    narrows: tuple[str, ...],
    *,
    order: str,
    kept: bool,
) -> Sql:
    one = _of_one(barred, conditions, narrows)
    counted = [f"SELECT count(*) {one}{_not_in(number)}" for number in range(scopes)]
    if kept:
        counted[0] = TOTAL_OPEN if narrows else TOTAL
    counts = " + ".join(f"({count})" for count in counted)
    columns = "s.dossier_id AS id, s.is_open AS is_open, s.due_at AS due_at"
    walks = " UNION ".join(
        f"SELECT * FROM (SELECT {columns} {one} ORDER BY {_by(order, 's')} LIMIT %s) w{number}"
        for number in range(scopes)
    )
    return Sql(
        f"SELECT t.total, {_COLUMNS} FROM (SELECT {counts} AS total) t"
        f" LEFT JOIN (SELECT * FROM ({walks}) u ORDER BY {_by(order, 'u')}"
        " LIMIT %s OFFSET %s) l ON 1 = 1"
        " LEFT JOIN dossiers_dossier d ON d.id = l.id"
        " LEFT JOIN people_party p ON p.id = d.applicant_id"
        f" ORDER BY {_by(order, 'l')}",
        anew=True,
    )


def _by(order: str, table: str) -> str:
    """Say an order of the columns of a table; scope rows have another name for the dossier."""
    return order.format(t=table, id="dossier_id" if table == "s" else "id")


def _of_one(barred: int, conditions: tuple[str, ...], narrows: tuple[str, ...]) -> str:
    """Walk one scope, and look a dossier up only where its own columns are asked about."""
    joined = " JOIN dossiers_dossier d ON d.id = s.dossier_id" if conditions else ""
    narrowed = "".join(f" AND {condition}" for condition in (*narrows, *conditions))
    return (
        f"FROM access_scoperow s{joined} WHERE s.scope = %s AND s.until_at IS NULL"
        f"{narrowed}{not_theirs('s.dossier_id', barred)}"
    )


def _not_in(earlier: int) -> str:
    if not earlier:
        return ""
    there = _OF_SCOPES.format(of="s.dossier_id", scopes=marks(earlier))
    return f" AND NOT EXISTS (SELECT 1 FROM access_scoperow r WHERE {there})"


def not_theirs(of: str, barred: int) -> str:
    """Leave out dossiers in which the reader is a party (few officers ever applied)."""
    if not barred:
        return ""
    parties = f"b.dossier_id = {of} AND b.scope IN ({marks(barred)})"
    return f" AND NOT EXISTS (SELECT 1 FROM access_scoperow b WHERE {parties})"


@lru_cache(maxsize=256)
def _among(
    found: str, scopes: int, barred: int, conditions: tuple[str, ...], *, narrows: tuple[str, ...]
) -> Sql:
    there = _OF_SCOPES.format(of="n.id", scopes=marks(scopes))
    each = "s.dossier_id AS id, s.is_open AS is_open, s.due_at AS due_at"
    once = "DISTINCT " if scopes > 1 else ""
    joined = " JOIN dossiers_dossier d ON d.id = s.dossier_id" if conditions else ""
    narrowed = "".join(f" AND {condition}" for condition in (*narrows, *conditions))
    order = f"CASE WHEN (SELECT many FROM counted) THEN -{{t}}.id END, {_ORDER}"
    return Sql(
        f"WITH found AS ({found} UNION SELECT n.id FROM"
        " (SELECT id FROM dossiers_dossier WHERE code = %s"
        " UNION SELECT id FROM dossiers_dossier WHERE lookup = %s) n"
        f" WHERE EXISTS (SELECT 1 FROM access_scoperow r WHERE {there})"
        f"{not_theirs('n.id', barred)}),"
        " counted AS (SELECT count(*) AS hits, count(*) > %s AS many FROM found),"
        " near AS (SELECT id FROM found ORDER BY id DESC"
        " LIMIT CASE WHEN (SELECT many FROM counted) THEN %s ELSE %s END),"
        f" kept AS (SELECT {once}{each} FROM near"
        f" JOIN access_scoperow s ON s.dossier_id = near.id{joined}"
        f" WHERE s.scope IN ({marks(scopes)}) AND s.until_at IS NULL"
        f"{not_theirs('s.dossier_id', barred)}{narrowed})"
        f" SELECT t.total, t.hits, {_COLUMNS} FROM (SELECT (SELECT count(*) FROM kept) AS total,"
        " (SELECT hits FROM counted) AS hits) t"
        f" LEFT JOIN (SELECT * FROM kept ORDER BY {_by(order, 'kept')}"
        " LIMIT %s OFFSET %s) l ON 1 = 1"
        " LEFT JOIN dossiers_dossier d ON d.id = l.id"
        " LEFT JOIN people_party p ON p.id = d.applicant_id"
        f" ORDER BY {_by(order, 'l')}",
        anew=True,
    )


def lines_from(*besides: str) -> str:
    """Begin a statement that gives lines of dossiers `d`, and other columns from `LINE` on."""
    return (
        f"SELECT {', '.join((_COLUMNS, *besides))} FROM dossiers_dossier d"
        " LEFT JOIN people_party p ON p.id = d.applicant_id"
    )


def _read(rows: Sequence[Row], *, first: int) -> Page:
    """Read lines from their first column on; an empty page is one row of a total alone.

    PostgreSQL sums bigints to a numeric: the total is made a whole number here.
    """
    total = int(rows[0][0])
    return Page([line_of(row[first:]) for row in rows if row[first] is not None], total)


def line_of(row: Row) -> Line:
    """Read a line from the columns of `lines_from`."""
    who = None if row[13] is None else Named(row[13], row[14])
    filed, *others = map(instant, row[15:21])
    assert filed is not None  # no dossier without it
    told: Row = (*row[:13], who, filed, *others, bool(row[21]), row[22])
    return Line(*told)
