"""Reading dossiers: every function demands an actor, and nothing is read around the row filter."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from motcua.core.access.actors import Actor
from motcua.core.access.masks import clear_scopes
from motcua.core.access.rows import condition, reads, sees
from motcua.core.access.scopes import agency_scope, party_scope
from motcua.core.agencies.powers import Lent
from motcua.core.agencies.queries import LARGEST_ID
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers import listing
from motcua.core.dossiers.by_phone import by_phone
from motcua.core.dossiers.listing import (
    NOTHING,
    Asked,
    Hits,
    Line,
    Page,
    found_page,
    not_theirs,
    page_of,
)
from motcua.core.dossiers.models import WorkItem
from motcua.core.dossiers.owing import owes
from motcua.core.dossiers.rules import HOUSE, NotYours, OwnDossier, allowed, concerns
from motcua.core.dossiers.situation import NotFound, Snapshot, find_id, late_legs, read
from motcua.core.dossiers.spelling import restored
from motcua.core.dossiers.ties import awaited
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.queries import declared, published
from motcua.core.procedures.reading_flow import END_STATES
from motcua.core.search.words import NOTHING_BESIDES, Besides, readings
from motcua.core.sql import Tx, reading
from motcua.kernel.calendar import Unit
from motcua.kernel.codes import parse_lookup
from motcua.kernel.errors import Refused
from motcua.kernel.flow.definition import Join, Kind, Move
from motcua.kernel.flow.options import Option
from motcua.kernel.flow.options import options as flow_options

PAGE = 20
_WHOLE = (Join.ALL, Join.ASKED)
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
    """One page of a list with its exact total; with `more` it is a least (see `listing`)."""

    rows: list[Line]
    total: int
    page: int
    more: bool = False
    size: int = PAGE

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True, slots=True)
class Choice:
    """A move of the current step: `why_not` is None where this actor can make it now."""

    move: Move
    leg: int | None
    why_not: Refused | None


def find_one(actor: Actor, code: str) -> Snapshot:
    """Give the dossier behind a code or a look-up number, if the actor may read it."""
    tx = reading()
    snapshot = read(tx, _number_of(tx, code))
    if not sees(tx, actor, snapshot.id):
        own = concerns(actor, snapshot) and reads(tx, actor, snapshot.id)
        raise OwnDossier if own else NotFound
    return snapshot


def _number_of(tx: Tx, code: str) -> int:
    """Find the dossier of a code as it stands, else as it may be meant."""
    try:
        return find_id(tx, spelled(code))
    except NotFound:
        for meant in restored(code):
            with suppress(NotFound):
                return find_id(tx, meant)
        raise


def spelled(code: str) -> str:
    """Give a look-up number its one spelling; a dossier code is taken in upper case.

    Characters that no number has (NUL, half a surrogate pair) give one that nothing is found by.
    """
    try:
        return parse_lookup(code)
    except Refused:
        return code.strip().upper() if code.isprintable() else ""


def dossiers(actor: Actor, wanted: Filter, *, page: int = 1, size: int = PAGE) -> Listed:
    """Give a page of the dossiers an actor may read, earliest due first, with the exact total."""
    page = min(max(page, 1), _LAST_PAGE)
    found = stretch(actor, wanted, size=size, start=(page - 1) * size)
    return Listed(found.lines, found.total, page, more=found.more, size=size)


def stretch(actor: Actor, wanted: Filter, *, size: int, start: int = 0) -> Page:
    """Give some rows of the list in its order, with the total: all of one moment."""
    if not spelled_out(wanted):
        return NOTHING
    tx, asked = reading(), asked_of(wanted)
    if not wanted.words.strip():
        return page_of(tx, actor, asked, size=size, start=start)
    number = spelled(wanted.words)
    for found in _readings(actor, wanted.words):
        page = found_page(tx, actor, asked, found, number, size=size, start=start)
        if page is not None:
            return page
    return NOTHING


def spelled_out(wanted: Filter) -> bool:
    """Tell whether a filter holds what a database can be asked."""
    codes = wanted.state + wanted.procedure
    return codes.isprintable() and (wanted.agency_id or 0) <= LARGEST_ID


def _readings(actor: Actor, words: str) -> tuple[Hits, ...]:
    """Searches: for a telephone, then for words.

    Words go through the agencies where they work too, of which the filter leaves theirs.

    Who reads less than the agencies they look through has the rest left out before the cut, and so
    have officers the dossiers in which they are a party.
    """
    agencies = dict.fromkeys([*actor.agencies(), *(one.agency_id for one in actor.lent)])
    beside = [one for one in map(agency_scope, agencies) if one not in actor.scopes]
    limit = listing.FOUND_AT_MOST + 1
    found = readings(
        reading(),
        text=words,
        scopes=(*actor.scopes, *beside),
        clear=clear_scopes(actor),
        besides=_besides(actor, filtered=bool(beside and actor.scopes)),
        limit=limit,
    )
    return (*by_phone(actor, words, limit), *found)


def _besides(actor: Actor, *, filtered: bool) -> Besides:
    if not (filtered or actor.barred):
        return NOTHING_BESIDES
    right, scopes = condition(actor) if filtered else ("1 = 1", ())
    parties = tuple(map(party_scope, sorted(actor.barred)))
    return Besides(right + not_theirs("{id}", len(parties)), (*scopes, *parties))


def asked_of(wanted: Filter) -> Asked:
    """Give a filter, words aside, as conditions on the columns."""
    told: list[tuple[str, object]] = []
    if wanted.state:
        told.append(("d.state = %s", wanted.state))
    if wanted.procedure:
        of_code = "d.procedure_id = (SELECT id FROM procedures_procedure WHERE code = %s)"
        told.append((of_code, wanted.procedure))
    if wanted.agency_id is not None:
        told.append(("d.holding_agency_id = %s", wanted.agency_id))
    befores = [one for one in (wanted.late_at, wanted.apology_by) if one is not None]
    if wanted.apology_by is not None:
        # A receipt promises the due date; only an apology promises a later one.
        told.append(("(d.promised_at IS NULL OR d.promised_at <= d.due_at)", None))
    return Asked(
        tuple(condition for condition, _ in told),
        tuple(value for _, value in told if value is not None),
        open_only=wanted.open_only or bool(wanted.state and wanted.state not in END_STATES),
        before=min(befores, default=None),
    )


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


def worklist(actor: Actor) -> QuerySet[WorkItem]:
    """Give the open work that is the actor's: in a post of theirs, by name where one is given."""
    named = Q(officer=None) | Q(officer_id=actor.officer_id)
    mine = [Q(agency_id=one.agency_id, post=one.post) & named for one in actor.posts]
    mine += [_lent_work(lent) for lent in actor.lent]
    # Every alternative begins with agency and post, so that each walks its part of the index.
    rows = WorkItem.objects.filter(reduce(or_, mine, Q() if mine else Q(pk=None)), ended_at=None)
    if actor.barred:
        rows = rows.exclude(dossier__applicant_id__in=actor.barred)
    found = rows.select_related(
        "dossier__version__procedure", "dossier__applicant", "agency", "officer"
    )
    return found.defer("dossier__version__source", "dossier__version__body")


def _lent_work(lent: Lent) -> Q:
    """Give the work of a post that was lent: offered to it, or in the name of who is away."""
    there = Q(agency_id=lent.agency_id, post=lent.post)
    work = there & (Q(officer=None) | Q(officer_id=lent.giver_id))
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
            why_not = option.why_not or _mine(actor, snapshot, option.move)
            why_not = why_not or awaited(reading(), snapshot.id, declaration, option.move.key)
            found.append(Choice(option.move, None, why_not))
    return tuple(found)


def _offered(found: tuple[Option, ...]) -> Iterator[Option]:
    """Leave out what only the house does, and the way round late opinions while none is late."""
    plain = {
        one.move.target
        for one in found
        if one.move.kind is Kind.FORWARD and one.move.join in _WHOLE and one.why_not is None
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
