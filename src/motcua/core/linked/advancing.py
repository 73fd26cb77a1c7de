"""Opening the parts of a dossier when they are due, and taking them back with it.

The act that received or ended a dossier stores a job, which asks here what is to be done. Each
part is opened and taken back by an act of its own, so a job that was killed goes on where it
stopped.
"""

from __future__ import annotations

import datetime

from motcua.core.access.actors import house
from motcua.core.agencies.heirs import named
from motcua.core.agencies.queries import Node, agency, tree
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers import answers
from motcua.core.dossiers.filing import FROM_DOSSIER, file
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.moving import move
from motcua.core.dossiers.orders import Filing, Handed, MoveOrder
from motcua.core.dossiers.situation import Snapshot, read
from motcua.core.dossiers.ties import (
    GRANTED,
    PART,
    Hanging,
    Part,
    PartThere,
    falls_away,
    parts_of,
    whole_of,
)
from motcua.core.files.models import Evidence
from motcua.core.files.store import Stored
from motcua.core.people.parties import shown_as
from motcua.core.procedures.declaration import Declaration, PartRule
from motcua.core.procedures.queries import declared
from motcua.core.sql import reading
from motcua.kernel.flow.definition import Kind

JOB = "linked"
_STATED = ("name", "kind", "number", "tax_code", "phone", "email", "address")
_REASON = "Hồ sơ liên thông {code} đã kết thúc mà không có kết quả."


def advance(*, dossier_id: int, at: datetime.datetime) -> int:
    """Do what a dossier, or the one it is a part of, now asks for; give how many parts moved."""
    tx = reading()
    whole = whole_of(tx, dossier_id) or read(tx, dossier_id)
    declaration = declared(whole.version_id)
    if not declaration.parts or whole.now.code is None:
        return 0
    parts = parts_of(tx, whole.id)
    if whole.now.closed:
        return _take_back(whole, parts, at) if whole.now.outcome != GRANTED else 0
    due = [rule for rule in declaration.parts if _is_due(declaration, rule, parts)]
    return sum(_open(whole, rule, at) for rule in due)


def _is_due(declaration: Declaration, rule: PartRule, parts: dict[str, Part]) -> bool:
    """A part is opened once, and not before what it follows has its result."""
    if rule.key in parts or falls_away(declaration, rule, parts):
        return False
    return not rule.after or (rule.after in parts and parts[rule.after].finished)


def _open(whole: Snapshot, rule: PartRule, at: datetime.datetime) -> bool:
    """File a part and receive it in one act: its papers were looked at when the whole came in."""
    row = Dossier.objects.select_related("applicant").get(pk=whole.id)
    if row.applicant is None:  # erased meanwhile
        return False
    said = answers.read(row.fields)
    given = {theirs: said[ours] for theirs, ours in rule.fields.items() if ours in said}
    applicant = shown_as(row.applicant)
    filing = Filing(
        procedure=rule.procedure,
        agency_id=_agency(whole, rule, at).id,
        applicant={name: applicant[name] for name in _STATED},
        fields={**given, **rule.answers},
        evidence=_papers(whole, rule),
        channel=FROM_DOSSIER,
        area=row.area,
    )
    hanging = Hanging(of=whole.id, kind=PART, key=rule.key)
    origin = whole.origin if whole.origin == "sample" else "live"
    try:
        file(
            actor=house(JOB),
            at=at,
            filing=filing,
            key=None,
            take_in=True,
            origin=origin,
            hanging=hanging,
        )
    except PartThere:  # another worker was first
        return False
    return True


def _agency(whole: Snapshot, rule: PartRule, at: datetime.datetime) -> Node:
    receiving = agency(whole.desk_agency_id)
    match rule.agency:
        case "receiving":
            return receiving
        case "superior":
            return tree().superior(receiving.id)
        case _:
            on = calendars[receiving.calendar].local(at).date()
            code = rule.agency.removeprefix("code:")
            return named(code, whole.procedure_id, whole.area, on)


def _papers(whole: Snapshot, rule: PartRule) -> tuple[Handed, ...]:
    """Give the papers of the whole that the part asks for, the same bytes under its own names."""
    rows = Evidence.objects.filter(dossier_id=whole.id).select_related("file").order_by("id")
    theirs = [
        (key, row) for key, ours in rule.papers.items() for row in rows if row.component == ours
    ]
    return tuple(
        Handed(
            key,
            file=Stored(row.file.sha256, row.file.size, row.file.media_type) if row.file else None,
            name=row.name,
            originals=row.originals,
            copies=row.copies,
        )
        for key, row in theirs
    )


def _take_back(whole: Snapshot, parts: dict[str, Part], at: datetime.datetime) -> int:
    """Withdraw the parts that have no result yet; what was decided stands."""
    reason = _REASON.format(code=whole.now.code)
    done = 0
    for part in parts.values():
        snapshot = read(reading(), part.dossier_id)
        flow = declared(snapshot.version_id).flow
        back = next(
            (
                one.key
                for one in flow.moves
                if one.kind is Kind.WITHDRAW and snapshot.now.step in one.sources
            ),
            None,
        )
        if back is not None and not part.finished:
            order = MoveOrder(move=back, reason=reason)
            move(actor=house(JOB), at=at, dossier_id=snapshot.id, order=order, key=None)
            done += 1
    return done
