"""Reads: the masts around a place; the streets of undergrounding projects from their dossiers."""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localtime

from motcua.core.access.actors import Actor
from motcua.core.access.rows import visible
from motcua.core.dossiers import answers
from motcua.core.dossiers.erased import NO_FIELDS
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.dossiers.queries import choices, find_one
from motcua.core.procedures.declaration import FieldRule
from motcua.core.procedures.queries import declared
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record
from motcua.core.registers.past import stood_between, with_records
from motcua.core.registers.placing import Frame, within
from motcua.core.registers.references import area_names, titles
from motcua.core.registers.rights import readable
from motcua.core.registers.writing import metres_of
from motcua.kernel import geometry
from motcua.kernel.geometry import RADIUS, UNIT, Position
from motcua.kernel.vietnamese import fold
from motcua.systems.telecom.reactions import ISSUE, PERMITS
from motcua.systems.telecom.rules import (
    STANDS,
    Agreement,
    Mast,
    Shared,
    Stand,
    Street,
    Subject,
    Task,
    Work,
    class_of,
    rule_on,
)

SITES = "telecom_sites"
ON_IT = ("operator", "tenant_2", "tenant_3", "tenant_4")
_GONE = "removed"


def masts_around(actor: Actor, place: Position, metres: int) -> list[Mast]:
    """Give the masts in use within a square of so many metres around a place."""
    rows = readable(actor, register_of(SITES)).filter(retired=False)
    return [
        found
        for row in within(rows, _square(place, metres)).order_by("pk")
        if (found := _mast(row)) is not None
    ]


def _mast(row: Record) -> Mast | None:
    values, shape = answers.read(row.values), geometry.kept(row.geometry)
    if shape is None or values.get("state") == _GONE:
        return None
    on_it = tuple(int(values[key]) for key in ON_IT if key in values)
    return Mast(row.pk, shape.parts[0][0], on_it)


def _square(place: Position, metres: int) -> Frame:
    """Give a frame that holds the circle, a little larger; at the poles it is all around."""
    high = math.degrees(metres / RADIUS) * UNIT * 1.01
    wide = high / max(math.cos(math.radians(place[1] / UNIT)), 1e-6)
    east, north = place
    return Frame(
        max(round(east - wide), -180 * UNIT),
        max(round(north - high), -90 * UNIT),
        min(round(east + wide), 180 * UNIT),
        min(round(north + high), 90 * UNIT),
    )


SPANS, SHARES = "telecom_spans", "telecom_shares"
_AT_ONCE = 500


def shared_of(actor: Actor, on: datetime.date) -> list[Shared]:
    """Give the masts and spans that are shared on a day, what does not agree first.

    Those with an agreement in force that day, and masts whose record has others on them.
    """
    sites = register_of(SITES)
    rows = readable(actor, sites).filter(retired=False, values__contains='"tenant_2"')
    found = {row.pk: row for row in rows if answers.read(row.values).get("state") != _GONE}
    let: dict[int, list[Agreement]] = defaultdict(list)
    for one, work in _agreements(actor, on):
        let[work].append(one)
    missing = sorted(let.keys() - found.keys())
    for some in (missing[start : start + _AT_ONCE] for start in range(0, len(missing), _AT_ONCE)):
        for register in (SITES, SPANS):
            named = readable(actor, register_of(register)).filter(pk__in=some)
            found.update({row.pk: row for row in named})
    most = rule_on(on).most
    told = [_shared(row, tuple(let.get(number, ())), most) for number, row in found.items()]
    return sorted(told, key=lambda one: (not one.odd(), one.register, fold(one.title), one.record))


def _agreements(actor: Actor, on: datetime.date) -> Iterator[tuple[Agreement, int]]:
    """Give the agreements in force on a day, each with the number of what it is about."""
    rows = readable(actor, register_of(SHARES)).filter(retired=False).order_by("pk")
    for row in rows.iterator(chunk_size=_AT_ONCE):
        told = answers.read(row.values)
        work = told.get("site") or told.get("span")
        one = Agreement(
            record=row.pk,
            code=row.title,
            owner=int(told["owner"]),
            tenant=int(told["tenant"]),
            taken=int(told.get("taken", 0)),
            starts_on=datetime.date.fromisoformat(str(told["starts_on"])),
            ends_on=_day(told.get("ends_on")),
            ended=told.get("state") == "ended",
        )
        if work and one.in_force(on):
            yield one, int(work)


def _day(told: object) -> datetime.date | None:
    return datetime.date.fromisoformat(str(told)) if told else None


def _shared(row: Record, agreements: tuple[Agreement, ...], most: int) -> Shared:
    told, is_mast = answers.read(row.values), row.register == SITES
    others = frozenset(int(told[key]) for key in ON_IT[1:] if key in told) if is_mast else ()
    owner = told.get(ON_IT[0] if is_mast else "owner")
    ducts = (told.get("ducts"), told.get("ducts_used"))
    room, used = (most, 1 + len(others)) if is_mast else ducts
    return Shared(
        register=row.register,
        record=row.pk,
        title=row.title,
        owner=None if owner is None else int(owner),
        room=None if room is None else int(room),
        used=None if used is None else int(used),
        tenants=frozenset(others),
        agreements=agreements,
        is_mast=is_mast,
    )


OPERATORS = "telecom_operators"
_ISSUED = ("resolved", "returned")
_HEARD = "telecom"  # the leg of whoever was heard on the plan of the network
_BY_DOSSIER = "permit_dossier"


@dataclass(frozen=True, slots=True)
class Permit:
    """A mast that was permitted: what its dossier says, and its record once it stands in one."""

    dossier: int
    code: str
    operator: str
    place: str
    kind: str
    height: int
    shared: bool
    issued_on: datetime.date | None
    record: int | None


def permits_of(actor: Actor, *, most: int = 500) -> list[Permit]:
    """Give the permits that an actor reads, those not yet in the register first, the newest first.

    A permit stands in the register once a record names its dossier.
    """
    rows = Dossier.objects.filter(version__procedure__code=PERMITS, state__in=_ISSUED)
    rows = visible(rows.exclude(fields=NO_FIELDS).exclude(outcome="refused"), actor)
    told = list(rows.order_by("-pk")[:most])
    written = _sites_by_dossier()
    found = [_permit(row, written.get(row.code or "")) for row in told]
    return sorted(found, key=lambda one: one.record is not None)


def to_issue(actor: Actor, at: datetime.datetime, *, most: int = 100) -> list[Permit]:
    """Give the signed permits that an actor may issue now, the one that waits longest first."""
    rows = Dossier.objects.filter(version__procedure__code=PERMITS, step=ISSUE)
    rows = visible(rows.exclude(fields=NO_FIELDS), actor).order_by("pk")[:most]
    return [_permit(row, None) for row in rows if may_issue(actor, row.lookup, at)]


def may_issue(actor: Actor, code: str, at: datetime.datetime) -> bool:
    """Tell whether an actor may issue the permit of a dossier now. Raises `NotFound`."""
    made = choices(actor, find_one(actor, code), at)
    return any(one.move.key == ISSUE and one.why_not is None for one in made)


ASKED = ("permit", "permit_on", "permit_until", "code", "zone", "mast_class", "place")
"""What whoever issues a permit is asked: fields of the site, and where it stands."""

REQUIRED = ("permit", "permit_on", "place")


def asked_of_permit(
    row: Dossier, on: datetime.date
) -> list[tuple[str, FieldRule | None, str | int]]:
    """Give what is asked of a permit: its name, its field (none: the place), what it is usually."""
    told, rules = answers.read(row.fields), register_of(SITES).field_rules
    usual = {
        "permit_on": on.isoformat(),
        "code": row.code or "",
        "mast_class": class_of(str(told.get("kind")), int(told.get("height", 0))),
    }
    return [(name, rules.get(name), usual.get(name, "")) for name in ASKED]


def heard_on_plan(row: Dossier) -> int:
    """Give the agency that was heard on the plan of the network, else whose dossier it is."""
    rows = WorkItem.objects.filter(dossier=row.pk, step=_HEARD, leg__isnull=False)
    heard = rows.exclude(result=_CALLED_OFF).order_by("-pk").values_list("agency_id", flat=True)
    return int(heard.first() or row.holding_agency_id)


def _sites_by_dossier() -> dict[str, int]:
    """Give the records that name the dossier of their permit, by its code."""
    rows = Record.objects.filter(register=SITES, retired=False)
    rows = rows.filter(values__contains=f'"{_BY_DOSSIER}"')
    told = rows.order_by("pk").values_list("values", "pk")
    return {str(answers.read(values)[_BY_DOSSIER]): number for values, number in told}


def _permit(row: Dossier, record: int | None) -> Permit:
    told = answers.read(row.fields)
    return Permit(
        dossier=row.pk,
        code=row.code or row.lookup,
        operator=str(told.get("operator", "")),
        place=str(told.get("place", "")),
        kind=str(told.get("kind", "")),
        height=int(told.get("height", 0)),
        shared=bool(told.get("shared")),
        issued_on=localtime(row.finished_at).date() if row.finished_at else None,
        record=record,
    )


STREETS = "9.000092"
"""The procedure of one street."""

_ACCEPTED = "accepted"
_CALLED_OFF = "cancelled"


def streets_of(actor: Actor, language: str) -> list[Street]:
    """Give the streets that count and that an actor reads: by year, phase and name.

    One whose answers were erased says nothing of itself any more, and counts no more.
    """
    mine = Dossier.objects.filter(version__procedure__code=STREETS, step__in=STANDS)
    mine = mine.exclude(fields=NO_FIELDS)
    rows = list(visible(mine, actor).order_by("pk"))
    tasks, accepted = _works([row.pk for row in rows], _operators(rows, language))
    found = [_street(row, tasks.get(row.pk, ()), accepted.get(row.pk), language) for row in rows]
    return sorted(found, key=lambda one: (-one.year, one.phase, fold(one.street), one.dossier))


def _operators(rows: list[Dossier], language: str) -> dict[str, str]:
    """Give the names of the operators by leg, of every version that these streets follow."""
    names: dict[str, str] = {}
    for version in sorted({row.version_id for row in rows}):
        told = declared(version).leg_names
        names.update({key: words.text(language) for key, words in told.items()})
    return names


def _works(
    dossiers: list[int], operators: Mapping[str, str]
) -> tuple[dict[int, tuple[Task, ...]], dict[int, datetime.date]]:
    """Give the tasks of operators, the last one of each, and the days of acceptance."""
    tasks: dict[int, dict[str, Task]] = defaultdict(dict)
    accepted: dict[int, datetime.date] = {}
    for some in (dossiers[start : start + 500] for start in range(0, len(dossiers), 500)):
        rows = WorkItem.objects.filter(dossier__in=some).exclude(result=_CALLED_OFF)
        columns = ("dossier_id", "leg", "step", "began_at", "due_at", "ended_at")
        for number, leg, step, began, due, ended in rows.order_by("pk").values_list(*columns):
            if leg is not None:
                tasks[number][step] = Task(operators.get(step, step), due, ended)
            elif step == _ACCEPTED:
                accepted[number] = localtime(began).date()
    return {number: tuple(told.values()) for number, told in tasks.items()}, accepted


def _street(
    row: Dossier, tasks: tuple[Task, ...], accepted: datetime.date | None, language: str
) -> Street:
    told, declaration = answers.read(row.fields), declared(row.version_id)
    names = {**declaration.step_names, **declaration.end_names}
    return Street(
        dossier=row.pk,
        code=row.code or row.lookup,
        year=int(told["year"]),
        phase=int(told["phase"]),
        phase_end=datetime.date.fromisoformat(str(told["phase_end"])),
        street=str(told["street"]),
        begins=str(told.get("begins", "")),
        ends=str(told.get("ends", "")),
        ward=str(told["ward"]),
        metres=int(told["length"]),
        telecom=bool(told.get("telecom")),
        power=bool(told.get("power")),
        step=names[row.step].text(language),
        stand=STANDS[row.step],
        accepted_on=accepted,
        tasks=tasks,
    )


CABLES = "telecom_cables"
_LEFT_OUT = {SITES: _GONE, CABLES: "gone"}
_YEAR_OF = {SPANS: "handed_over_on", SITES: "on_air_on"}
_Stood = tuple[int, str, Mapping[str, Any], float]


def works_of(
    actor: Actor, subject: Subject, on: datetime.date, *, today: datetime.date, language: str
) -> list[Work]:
    """Give what stood on a day of what is added up, each once, with its ward, operator and year.

    What was taken down counts no more. A cable lies where its span does, and is as long. Raises
    `OfficersRead`.
    """
    if subject is Subject.STREETS:
        return [_work_of_street(one) for one in streets_of(actor, language) if _is_done(one, on)]
    if subject is Subject.SITES:
        return _named_works(SITES, _stood(actor, SITES, on, today))
    spans = list(_stood(actor, SPANS, on, today))
    if subject is Subject.CABLES:
        return _named_works(CABLES, _laid(_stood(actor, CABLES, on, today), spans))
    in_air = subject is Subject.AERIAL
    return _named_works(SPANS, [one for one in spans if (one[2]["kind"] == "aerial") is in_air])


def _is_done(street: Street, on: datetime.date) -> bool:
    accepted = street.accepted_on
    return street.stand is Stand.DONE and accepted is not None and accepted <= on


def _stood(
    actor: Actor, register: str, on: datetime.date, today: datetime.date
) -> Iterator[_Stood]:
    """Give number, title, values and metres of what was in use on a day."""
    rows = readable(actor, register_of(register))
    gone = _LEFT_OUT.get(register)
    if on >= today:
        now = rows.filter(retired=False).order_by("pk").iterator(chunk_size=_AT_ONCE)
        found = ((row.pk, row.title, row.values, row.metres) for row in now)
    else:
        then = with_records(list(stood_between(rows, on, on)))
        found = (
            (one.record.pk, one.record.title, one.version.values, _metres(one.version.geometry))
            for one in then
        )
    for number, title, text, metres in found:
        values = answers.read(text)
        if gone is None or values.get("state") != gone:
            yield number, title, values, metres or 0.0


def _metres(text: str) -> float | None:
    return metres_of(geometry.kept(text)) if text else None


def _laid(cables: Iterable[_Stood], spans: Iterable[_Stood]) -> Iterator[_Stood]:
    """Give cables the ward, the day and the length of the span on which each lies."""
    known = {number: (values, metres) for number, _title, values, metres in spans}
    for number, title, values, _none in cables:
        about, metres = known.get(int(values["span"]), ({}, 0.0))
        kept = {key: about[key] for key in ("area", _YEAR_OF[SPANS]) if key in about}
        yield number, title, {**values, **kept}, metres


def _named_works(register: str, stood: Iterable[_Stood]) -> list[Work]:
    rows, year = list(stood), _YEAR_OF.get(register, _YEAR_OF[SPANS])
    whose = ON_IT[0] if register == SITES else "owner"
    areas = area_names({str(values["area"]) for _n, _t, values, _m in rows if "area" in values})
    owners = titles({int(values[whose]) for _n, _t, values, _m in rows if whose in values})
    return [
        Work(
            number=number,
            title=title,
            code="",
            area=(area := str(values.get("area", ""))),
            area_name=areas.get(area, area),
            operator=(owner := str(values.get(whose, ""))),
            operator_name=owners[int(owner)][1] if owner and int(owner) in owners else owner,
            year=day.year if (day := _day(values.get(year))) else None,
            metres=metres,
        )
        for number, title, values, metres in rows
    ]


def _work_of_street(one: Street) -> Work:
    return Work(
        number=one.dossier,
        title=one.street,
        code=one.code,
        area=fold(one.ward),
        area_name=one.ward,
        operator="",
        operator_name="",
        year=one.accepted_on.year if one.accepted_on else None,
        metres=float(one.metres),
    )
