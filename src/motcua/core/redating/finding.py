"""Which open dossiers get new dates by the calendars of now: read page by page, nothing written.

The legal date is counted anew from the stretches of the clock, so asking twice gives nothing the
second time. Work keeps the working minutes that it had from its beginning; each row names the
revision of the calendar by which it was counted. What a batch has dated after the calendars last
changed, and nobody has acted on since, need not be counted again: `settled` names the entry of
that change.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.db import DEFAULT_DB_ALIAS, connections

from motcua.core.agencies.queries import agency
from motcua.core.clock.calendars import Calendars
from motcua.core.dossiers.situation import told as stamp
from motcua.core.ledger.models import Entry
from motcua.core.places import places
from motcua.core.procedures.queries import declared
from motcua.core.redating.rules import is_due, kept_up, later_window
from motcua.core.sql import Row, Sql, Tx, carry_home, instant, still
from motcua.kernel.calendar import Clock, Kind, Segment
from motcua.kernel.canonical import encode
from motcua.kernel.errors import Refused

PAGE = 4000
"""Dossiers a batch where others write as well: whoever acts on one of them waits for it."""
WIDE_PAGE = 12_000
"""Dossiers a batch on SQLite, where every writer waits for it: a good half second at the dawn of
the day. Neighbours in an index then share its pages, each of which is written once."""

_FROM = -(2**62)
_DOSSIERS = Sql(
    "SELECT id, seq, redated, version_id, procedure_id, receiving_agency_id, holding_agency_id,"
    " origin, finished_at, due_at, promised_at, answer_by, wake_at, code, lookup, confidentiality,"
    " paused_since FROM dossiers_dossier d WHERE id > %s AND NOT closed AND NOT EXISTS (SELECT 1"
    " FROM clock_redated r WHERE r.id = (d.id << 24) | d.redated AND r.seq = d.seq"
    " AND r.batch > %s) ORDER BY id LIMIT %s"
)
_NOTHING = 2**31 - 1  # no batch has a higher number
_PLACES = "id BETWEEN %s AND %s"
# `IS TRUE` hides the condition from the index of all open work, which PostgreSQL would walk whole.
_WORK = Sql(
    "SELECT dossier_id, id, leg, agency_id, began_at, due_at, calendar_revision"
    f" FROM dossiers_workitem WHERE {_PLACES} AND (ended_at IS NULL) IS TRUE"
    " AND due_at IS NOT NULL ORDER BY id"
)
_CLOCK = Sql(
    "SELECT id >> 24, began_at, ended_at, kind, calendar, anew FROM clock_clocksegment"
    f" WHERE {_PLACES} ORDER BY id"
)


@dataclass(slots=True)
class Work:
    """The new due date of a piece of open work."""

    id: int
    leg: int | None
    before: datetime.datetime
    due: datetime.datetime
    revision: int


@dataclass
class Moving:
    """A dossier whose dates move, as it was read."""

    id: int
    seq: int
    redated: int
    procedure_id: int
    agency_id: int
    code: str
    is_open_to_lists: bool
    owed: bool
    paused: bool
    promised: datetime.datetime | None
    before: datetime.datetime | None
    due: datetime.datetime | None
    answer_by: datetime.datetime | None
    wake: datetime.datetime | None
    work: list[Work] = field(default_factory=list)
    window: tuple[datetime.datetime, datetime.datetime | None] | None = None

    @property
    def moves(self) -> bool:
        """Whether anything moves at all."""
        return bool(self.work) or self.window is not None or self.due != self.before

    @cached_property
    def told(self) -> str:
        """Give what the ledger commits to: the dates after it."""
        said: dict[str, object] = {"due": stamp(self.due)}
        if self.work:
            said["work"] = [[one.leg, stamp(one.due)] for one in self.work]
        if self.window is not None:
            said["answer_by"], said["wake"] = (stamp(one) for one in self.window)
        return encode(said, trusted=True).decode()


@dataclass(slots=True)
class Found:
    """A page: how many open dossiers were looked at, what moves, and what could not be counted."""

    last: int
    looked: int
    moving: list[Moving]
    refused: list[tuple[int, Refused]]


def pages(known: Calendars, *, settled: int = _NOTHING, size: int = PAGE) -> Iterator[Found]:
    """Give page after page of what moves by the calendars of now."""
    after = _FROM
    while (found := page_after(after, known, settled=settled, size=size)) is not None:
        yield found
        after = found.last


def pages_ahead(known: Calendars, *, settled: int = _NOTHING, size: int = PAGE) -> Iterator[Found]:
    """Give the same pages, each counted while the one before it is worked on.

    The next page is read by a thread with a connection of its own, so not within a transaction;
    it also carries home what was written meanwhile, for which the next commit need not stop.
    """
    if connections[DEFAULT_DB_ALIAS].in_atomic_block:
        yield from pages(known, settled=settled, size=size)
        return

    def ahead(after: int) -> Found | None:
        carry_home()
        return page_after(after, known, settled=settled, size=size)

    with ThreadPoolExecutor(max_workers=1) as reader:
        try:
            coming = reader.submit(ahead, _FROM)
            while (found := coming.result()) is not None:
                coming = reader.submit(ahead, found.last)
                yield found
        finally:
            reader.submit(connections.close_all)


def page_after(
    after: int, known: Calendars, *, settled: int = _NOTHING, size: int = PAGE
) -> Found | None:
    """Read a page of open dossiers and count their dates; None after the last."""
    with still() as tx:
        rows = tx.all(_DOSSIERS, after, settled, size)
        if not rows:
            return None
        between = (places(rows[0][0])[0], places(rows[-1][0])[1])
        work, clock = _by_dossier(tx, _WORK, between), _by_dossier(tx, _CLOCK, between)
    found = Found(int(rows[-1][0]), len(rows), [], [])
    for row in rows:
        one = _moving(row)
        try:
            _count(one, row, work.get(one.id, []), clock.get(one.id, []), known)
        except Refused as refusal:  # a calendar that ends too early
            found.refused.append((one.id, refusal))
            continue
        if one.moves:
            one.told  # noqa: B018 - worded here, while the page before is written
            found.moving.append(one)
    return found


def _by_dossier(tx: Tx, sql: Sql, between: tuple[int, int]) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in tx.all(sql, *between):
        found[row[0]].append(row)
    return found


# A dossier says the same instant several times: due, promised, and due for its step.
_at = lru_cache(maxsize=1024)(instant)


def _moving(row: Row) -> Moving:
    due = _at(row[9])
    return Moving(
        id=row[0],
        seq=row[1],
        redated=row[2] or 0,
        procedure_id=row[4],
        agency_id=row[6],
        code=row[13] or row[14],
        is_open_to_lists=row[15] == "normal",
        owed=row[8] is None,
        paused=row[16] is not None,
        promised=_at(row[10]),
        before=due,
        due=due,
        answer_by=_at(row[11]),
        wake=_at(row[12]),
    )


def _count(
    one: Moving, row: Row, work: Sequence[Row], clock: Sequence[Row], known: Calendars
) -> None:
    segments = tuple(_segment(one) for one in clock)
    elsewhere = row[7] == "imported" and not segments  # dates that another system gave
    if one.owed and segments:
        limit = declared(row[3]).limit
        if limit is not None:
            one.due = is_due(limit, Clock(limit, segments), known)
    last = segments[-1].began if segments and segments[-1].kind is Kind.RUN else None
    for item in work:
        if elsewhere and item[6] is None:
            continue
        _count_work(one, item, last if item[2] is None else None, known)
    if one.answer_by is not None:
        _count_window(one, row, known)


def _segment(row: Row) -> Segment:
    began = _at(row[1])
    assert began is not None
    return Segment(began, _at(row[2]), Kind(row[3]), row[4], anew=bool(row[5]))


def _count_work(one: Moving, row: Row, resumed: datetime.datetime | None, known: Calendars) -> None:
    _, number, leg, agency_id, began_at, due_at, counted_by = row
    key = agency(agency_id).calendar
    revision, calendar = known.known(key)
    if (counted_by or 1) >= revision:
        return
    began, due = _at(began_at), _at(due_at)
    assert began is not None
    assert due is not None
    since = began if resumed is None else max(began, resumed)  # an answer counts a step anew
    new = kept_up(known.before(key, counted_by), calendar, since=since, due=due)
    if new != due:
        one.work.append(Work(number, leg, due, new, revision))


def _count_window(one: Moving, row: Row, known: Calendars) -> None:
    """The window that the last request opened; it is never shorter than what the paper says."""
    assert one.answer_by is not None
    declaration = declared(row[3])
    rules = [rule.key for rule in declaration.windows]
    asked = Entry.objects.of(one.id).filter(act__in=rules).values_list("act", "at").last()
    window = declaration.window(asked[0]) if asked is not None else None
    if asked is None or window is None:
        return
    calendar = known[agency(row[5]).calendar]
    later = later_window(one.answer_by, window.limit, calendar, asked[1])
    if later != one.answer_by:
        one.window = (later, later if one.wake == one.answer_by else one.wake)
