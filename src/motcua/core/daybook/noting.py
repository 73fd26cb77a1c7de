"""What the book says of a dossier beyond the list: whom it went to, what came back, who handed out.

All of it is read from what the acts wrote: the work that each opened and ended, the tie of a
dossier to another. Personal values stand behind the masks of every list.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

from motcua.core.access.actors import Actor
from motcua.core.access.masks import is_masked, masked, party_grade
from motcua.core.access.rows import visible
from motcua.core.agencies.queries import Node, agency
from motcua.core.daybook import words
from motcua.core.daybook.numbering import Numbering
from motcua.core.daybook.rules import Place
from motcua.core.dossiers.clearance import is_clear_in_list, name_in_list
from motcua.core.dossiers.handing import receivers_of
from motcua.core.dossiers.listing import Line
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.dossiers.renamed import renamed
from motcua.core.dossiers.ties import PART
from motcua.core.people.models import Party
from motcua.core.places import BITS
from motcua.core.procedures.declaration import Text
from motcua.core.sql import Row, Sql, Tx, instant, marks, reading

RESOLVED = "resolved"
"""The state in which the result lies with the one-stop."""


@dataclass(frozen=True, slots=True)
class Tied:
    """What a dossier hangs on; `code` is empty where the reader may not read that one."""

    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A line of the book; instants in UTC, what has not happened is None or empty.

    `way` is how the result went out: `counter`, `online`, or `linked` to the dossier that this one
    is a part of. `handed_by` is the officer who recorded that.
    """

    line: Line
    place: Place
    name: str
    address: str
    phone: str
    sets: int
    lead: Node | None
    passed_at: datetime.datetime | None
    result_at: datetime.datetime | None
    returned_at: datetime.datetime | None
    way: str
    handed_by: str
    tied: Tied | None
    remarks: tuple[Text, ...]
    sample: bool


@dataclass(slots=True)
class _Course:
    """How a dossier went, step by step."""

    returned_at: datetime.datetime | None = None
    sample: bool = False
    items: list[WorkItem] = field(default_factory=list)
    enders: dict[int, str] = field(default_factory=dict)


def noted(actor: Actor, lines: Sequence[Line], numbering: Numbering) -> list[Noted]:
    """Give the lines of the book for dossiers that an actor may read; all have a code."""
    if not lines:
        return []
    tx = reading()
    courses, ties = _courses(tx, lines), _ties(tx, actor, lines)
    receivers = receivers_of(tx, [line.id for line in lines if line.closed])
    people = {one.applicant_id for one in lines if one.applicant_id is not None}
    parties = Party.objects.in_bulk(people)
    return [
        _noted(
            actor,
            line,
            numbering.of(line.receiving_agency_id, line.code or ""),
            parties.get(line.applicant_id or 0),
            courses.get(line.id, _Course()),
            ties.get(line.id),
            receivers.get(line.id, ""),
        )
        for line in lines
    ]


def _noted(
    actor: Actor,
    line: Line,
    place: Place,
    party: Party | None,
    course: _Course,
    tied: Tied | None,
    receiver: str,
) -> Noted:
    main = [one for one in renamed(line.id, course.items) if one.leg is None]
    working, waiting = _parted(line, main)
    clear = is_clear_in_list(actor, line)
    last = next((one for one in reversed(main) if one.ended_at == course.returned_at), None)
    handed = course.returned_at is not None
    return Noted(
        line=line,
        place=place,
        name=name_in_list(actor, line),
        address=_shown(party, "address", clear=clear),
        phone=_shown(party, "phone", clear=clear),
        sets=line.declaration.sets,
        lead=agency(working[-1].agency_id) if working else None,
        passed_at=working[0].began_at if working else None,
        result_at=waiting[-1].began_at if waiting else None,
        returned_at=course.returned_at,
        way=_way(line, tied, waiting) if handed else "",
        handed_by=course.enders.get(last.pk, "") if last is not None and handed else "",
        tied=tied,
        remarks=(*_remarks(line, working, tied), *_received(receiver, clear=clear)),
        sample=course.sample,
    )


def _parted(line: Line, main: Sequence[WorkItem]) -> tuple[list[WorkItem], list[WorkItem]]:
    """Give the work of those who decide, and the stays at the counter with a result."""
    flow = line.declaration.flow
    resolved = {step.key for step in flow.steps if step.state == RESOLVED}
    working = [one for one in main if one.step != flow.start and one.step not in resolved]
    return working, [one for one in main if one.step in resolved]


def _way(line: Line, tied: Tied | None, waiting: Sequence[WorkItem]) -> str:
    """Say what the receipt promised; nothing where no counter held the result (a complaint)."""
    if not waiting:
        return ""
    if tied is not None and tied.kind == PART:
        return "linked"
    return "online" if line.channel == "online" else "counter"


def _shown(party: Party | None, attribute: str, *, clear: bool) -> str:
    if party is None:
        return ""
    stated = party.address if attribute == "address" else party.phone_as_given or party.phone
    hidden = is_masked(party_grade(party.kind, attribute), clearance=clear)
    return masked(attribute, stated) if hidden else stated


def _remarks(line: Line, working: Sequence[WorkItem], tied: Tied | None) -> Iterable[Text]:
    if tied is not None:
        yield words.hangs_on(tied.kind, tied.code)
    for before, after in pairwise(working):
        if before.result == "handed_over":
            yield words.handed_over(agency(after.agency_id), after.began_at)
    if line.due_at and line.promised_at and line.promised_at > line.due_at:
        yield words.promised_anew()  # a receipt promises the due date, an apology a later one
    if line.closed and line.outcome != "granted":
        yield words.ended(line.declaration, line.step, line.finished_at)
    elif line.paused_since is not None:
        yield words.waits(line.paused_since)
    if line.bucket == "late":
        yield words.late()


def _received(receiver: str, *, clear: bool) -> Iterable[Text]:
    """Say who took the result; their name is as personal as the applicant's."""
    if receiver and clear:
        yield words.received_by(receiver)


_PLACES = f"w.id BETWEEN d.id * {1 << BITS} AND d.id * {1 << BITS} + {(1 << BITS) - 1}"


@lru_cache(maxsize=64)
def _work_of(number: int) -> Sql:
    return Sql(
        "SELECT d.id, d.returned_at, d.origin, w.id, w.step, w.leg, w.agency_id, w.began_at,"
        " w.ended_at, w.result, o.name FROM dossiers_dossier d"
        f" JOIN dossiers_workitem w ON {_PLACES}"
        " LEFT JOIN people_officer o ON o.id = w.ended_by_id"
        f" WHERE d.id IN ({marks(number)}) ORDER BY w.id",
        anew=True,
    )


def _courses(tx: Tx, lines: Sequence[Line]) -> dict[int, _Course]:
    found: dict[int, _Course] = {}
    for dossier_id, returned_at, origin, *work, ender in tx.all(
        _work_of(len(lines)), *(one.id for one in lines)
    ):
        course = found.setdefault(dossier_id, _Course(instant(returned_at), origin == "sample"))
        item = _item(work)
        course.items.append(item)
        course.enders[item.pk] = ender or ""
    return found


def _item(row: Sequence[Any]) -> WorkItem:
    number, step, leg, agency_id, began, ended_at, result = row
    began_at = instant(began)
    assert began_at is not None  # no work without it
    return WorkItem(
        id=number,
        step=step,
        leg=leg,
        agency_id=agency_id,
        began_at=began_at,
        ended_at=instant(ended_at),
        result=result,
    )


@lru_cache(maxsize=64)
def _ties_of(number: int) -> Sql:
    return Sql(
        "SELECT t.dossier_id, t.kind, o.id, o.code, o.lookup FROM dossiers_tie t"
        f" JOIN dossiers_dossier o ON o.id = t.of_id WHERE t.dossier_id IN ({marks(number)})",
        anew=True,
    )


def _ties(tx: Tx, actor: Actor, lines: Sequence[Line]) -> dict[int, Tied]:
    rows: list[Row] = tx.all(_ties_of(len(lines)), *(one.id for one in lines))
    if not rows:
        return {}
    theirs = visible(Dossier.objects.filter(pk__in={row[2] for row in rows}), actor)
    seen = set(theirs.values_list("pk", flat=True))
    return {
        hanging: Tied(kind, (code or lookup) if of in seen else "")
        for hanging, kind, of, code, lookup in rows
    }
