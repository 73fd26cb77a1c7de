"""Reading dossiers: every function demands an actor, and nothing is read around the row filter."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils.timezone import localtime

from motcua.core.access.actors import Actor
from motcua.core.access.masks import clear_scopes
from motcua.core.access.rows import condition, reads, sees, visible
from motcua.core.access.scopes import agency_scope
from motcua.core.agencies.powers import Lent
from motcua.core.agencies.queries import LARGEST_ID
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.dossiers.owing import owes
from motcua.core.dossiers.rules import HOUSE, NotYours, OwnDossier, allowed, concerns
from motcua.core.dossiers.situation import NotFound, Snapshot, find_id, late_legs, read
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.queries import declared, published
from motcua.core.search.words import NOTHING_BESIDES, Besides, find
from motcua.core.sql import reading
from motcua.kernel.calendar import Unit
from motcua.kernel.codes import parse_lookup
from motcua.kernel.errors import Refused
from motcua.kernel.flow.definition import Join, Kind, Move
from motcua.kernel.flow.options import Option
from motcua.kernel.flow.options import options as flow_options

PAGE = 20
FOUND_AT_MOST = 10_000
_LAST_PAGE = 10**9  # beyond any list, within what a database counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What a list is narrowed to; empty values narrow nothing."""

    state: str = ""
    procedure: str = ""
    agency_id: int | None = None
    open_only: bool = False
    late_at: datetime.datetime | None = None
    apology_by: datetime.datetime | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list with its exact total."""

    rows: list[Dossier]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class Choice:
    """A move of the current step: `why_not` is None where this actor can make it now."""

    move: Move
    leg: int | None
    why_not: Refused | None


def find_one(actor: Actor, code: str) -> Snapshot:
    """Give the dossier behind a code or a look-up number, if the actor may read it."""
    tx = reading()
    snapshot = read(tx, find_id(tx, spelled(code)))
    if not sees(tx, actor, snapshot.id):
        own = concerns(actor, snapshot) and reads(tx, actor, snapshot.id)
        raise OwnDossier if own else NotFound
    return snapshot


def spelled(code: str) -> str:
    """Give a look-up number its one spelling; a dossier code is taken in upper case.

    Characters that no number has (NUL, half a surrogate pair) give one that nothing is found by.
    """
    try:
        return parse_lookup(code)
    except Refused:
        return code.strip().upper() if code.isprintable() else ""


def dossiers(actor: Actor, wanted: Filter, *, page: int = 1) -> Listed:
    """Give a page of the dossiers an actor may read, earliest due first, with the exact total."""
    rows = narrowed(visible(Dossier.objects.all(), actor), actor, wanted)
    total = rows.count()
    page = min(max(page, 1), _LAST_PAGE)
    start = (page - 1) * PAGE
    found = (
        rows.select_related("receiving_agency", "holding_agency", "applicant", "version__procedure")
        .defer("version__source", "version__body")
        .order_by("closed", F("due_at").asc(nulls_last=True), "id")
    )
    return Listed(list(found[start : start + PAGE]), total, page)


def narrowed(rows: QuerySet[Dossier], actor: Actor, wanted: Filter) -> QuerySet[Dossier]:
    """Apply a filter to rows that are already the actor's."""
    if wanted.words.strip():
        ids = find(
            reading(),
            text=wanted.words,
            scopes=_searched(actor),
            clear=clear_scopes(actor),
            besides=_besides(actor),
            limit=FOUND_AT_MOST,
        )
        number = spelled(wanted.words)
        rows = rows.filter(Q(pk__in=ids) | Q(code=number) | Q(lookup=number))
    if not (wanted.state + wanted.procedure).isprintable() or (wanted.agency_id or 0) > LARGEST_ID:
        return rows.none()
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.procedure:
        rows = rows.filter(version__procedure__code=wanted.procedure)
    if wanted.agency_id is not None:
        rows = rows.filter(holding_agency_id=wanted.agency_id)
    if wanted.open_only:
        rows = rows.filter(closed=False)
    return _by_deadline(rows, wanted)


def _by_deadline(rows: QuerySet[Dossier], wanted: Filter) -> QuerySet[Dossier]:
    if wanted.late_at is not None:
        rows = rows.filter(due_at__lt=wanted.late_at, finished_at=None)
    if wanted.apology_by is not None:
        rows = rows.filter(_not_apologised, due_at__lt=wanted.apology_by, finished_at=None)
    return rows


# A receipt promises the due date; only an apology promises a later one.
_not_apologised = Q(promised_at=None) | Q(promised_at__lte=F("due_at"))


def apologies_until(at: datetime.datetime) -> datetime.datetime:
    """Give before when what is due needs its apology by the end of the next working day.

    The letter goes out some days ahead of the due date: the most that any procedure asks for.
    """
    ahead = [one.declaration.apology for one in published() if one.declaration.apology]
    days = [int(one.amount) for one in ahead if one.unit is Unit.CALENDAR_DAY]
    local = localtime(at)
    tomorrow = calendars["national"].next_working_day(local.date())
    ends = tomorrow + datetime.timedelta(days=1 + max(days, default=0))
    return datetime.datetime.combine(ends, datetime.time(), local.tzinfo)


def _searched(actor: Actor) -> tuple[int, ...]:
    """Look through the agencies where they work too: of those rows only their own are left."""
    agencies = dict.fromkeys([*actor.agencies(), *(one.agency_id for one in actor.lent)])
    return (*actor.scopes, *map(agency_scope, agencies))


def _besides(actor: Actor) -> Besides:
    """Who reads less than the agencies they look through has the rest left out before the cut."""
    if {*_searched(actor)} <= {*actor.scopes} or not actor.scopes:
        return NOTHING_BESIDES
    return Besides(*condition(actor))


def worklist(actor: Actor) -> QuerySet[WorkItem]:
    """Give the open work that is the actor's: in a post of theirs, by name where one is given."""
    mine = Q(pk=None)
    for held in actor.posts:
        there = Q(agency_id=held.agency_id, post=held.post)
        mine |= (there & Q(officer=None)) | (there & Q(officer_id=actor.officer_id))
    for lent in actor.lent:
        mine |= _lent_work(lent)
    rows = WorkItem.objects.filter(mine, ended_at=None)
    if actor.barred:
        rows = rows.exclude(dossier__applicant_id__in=actor.barred)
    found = rows.select_related(
        "dossier__version__procedure", "dossier__applicant", "agency", "officer"
    )
    return found.defer("dossier__version__source", "dossier__version__body")


def _lent_work(lent: Lent) -> Q:
    """Give the work of a post that was lent: offered to it, or in the name of who is away."""
    there = Q(agency_id=lent.agency_id, post=lent.post)
    work = (there & Q(officer=None)) | (there & Q(officer_id=lent.giver_id))
    if lent.procedures:
        work &= Q(dossier__procedure_id__in=lent.procedures)
    return work & ~Q(dossier__applicant_id__in=lent.barred) if lent.barred else work


def choices(actor: Actor, snapshot: Snapshot, at: datetime.datetime) -> tuple[Choice, ...]:
    """Give the moves of the current step with the reason where one cannot be made now."""
    declaration = declared(snapshot.version_id)
    found: list[Choice] = []
    late = late_legs(snapshot, at)
    marking = snapshot.now.marking
    asks = any(move.paid and marking.at in move.sources for move in declaration.flow.moves)
    owing = asks and owes(reading(), snapshot, declaration)
    for option in _offered(flow_options(declaration.flow, marking, late_legs=late, owing=owing)):
        if option.move.kind is Kind.REPLY:
            found += _replies(actor, snapshot, option.move)
        else:
            found.append(
                Choice(option.move, None, option.why_not or _mine(actor, snapshot, option.move))
            )
    return tuple(found)


def _offered(found: tuple[Option, ...]) -> Iterator[Option]:
    """Leave out what only the house does, and the way round late opinions while none is late."""
    plain = {
        one.move.target
        for one in found
        if one.move.kind is Kind.FORWARD and one.move.join is Join.ALL and one.why_not is None
    }
    for one in found:
        beside = one.move.kind is Kind.FORWARD and one.move.join is Join.DEADLINE
        if one.move.by != (HOUSE,) and not (beside and one.move.target in plain):
            yield one


def _mine(actor: Actor, snapshot: Snapshot, move: Move) -> Refused | None:
    return None if allowed(move, actor, snapshot, None) else NotYours(holder=", ".join(move.by))


def _replies(actor: Actor, snapshot: Snapshot, move: Move) -> list[Choice]:
    """A reply is offered once for each open leg the actor holds."""
    return [
        Choice(move, item.leg, None)
        for item in snapshot.items
        if item.leg is not None and allowed(move, actor, snapshot, item.leg)
    ]


def declaration_of(snapshot: Snapshot) -> Declaration:
    """Give the procedure version a dossier runs under."""
    return declared(snapshot.version_id)
