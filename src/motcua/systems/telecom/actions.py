"""Listing the streets of a phase from a file, all or none; issuing a permit with its site."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from motcua.core.access.actors import Actor
from motcua.core.agencies.models import Agency
from motcua.core.dossiers import answers
from motcua.core.dossiers.erased import NO_FIELDS
from motcua.core.dossiers.filing import file
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.moving import move
from motcua.core.dossiers.orders import Filing, MoveOrder
from motcua.core.procedures.declaration import FieldType
from motcua.core.procedures.fields import FieldMissing, validate
from motcua.core.procedures.queries import current
from motcua.core.registers.acts import Done, change, enter
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record
from motcua.core.registers.preparing import AS_BEFORE, Order
from motcua.core.registers.references import natural_text
from motcua.core.registers.rights import day_of, house_keeper
from motcua.core.registers.sheets import rows_of
from motcua.core.sql import act
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.vietnamese import fold
from motcua.systems.telecom.queries import OPERATORS, REQUIRED, SITES, STREETS, heard_on_plan
from motcua.systems.telecom.reactions import ISSUE, PERMITS
from motcua.systems.telecom.rules import (
    MOST_LISTED,
    NEW,
    THERE,
    TWICE,
    WRONG,
    ListFaulty,
    ListTooLong,
    NotAMast,
    SiteOfAnother,
    SiteUnknown,
    class_of,
    same_street,
)

CHANNEL = "office"
_HOTLINE = "1022"
_OFF = ("dropped", "withdrawn")

Told = Mapping[str, object]
Line = tuple[int, Told]


@dataclass(frozen=True, slots=True)
class Looked:
    """A row of a list: its line in the file, what it says, what it is, and what is wrong there."""

    line: int
    told: Told
    state: str
    problems: Mapping[str, Refused] = field(default_factory=dict)


def look_at(lines: Sequence[Line], *, agency_id: int, on: datetime.date) -> list[Looked]:
    """Tell of each row of a list what it would become. Raises `ListTooLong`."""
    if len(lines) > MOST_LISTED:
        raise ListTooLong(most=MOST_LISTED)
    there, seen = _listed(agency_id), set[tuple[str, ...]]()
    return [_look(line, told, there, seen, on) for line, told in lines]


def _look(
    line: int,
    told: Told,
    there: set[tuple[str, ...]],
    seen: set[tuple[str, ...]],
    on: datetime.date,
) -> Looked:
    try:
        values = validate(current(STREETS).declaration, told, on=on)
    except Invalid as invalid:
        return Looked(line, told, WRONG, invalid.problems)
    key = same_street(values)
    state = TWICE if key in seen else THERE if key in there else NEW
    seen.add(key)
    return Looked(line, values, state)


def _listed(agency_id: int) -> set[tuple[str, ...]]:
    """Give the stretches that are listed with an agency; one that was taken off may come again."""
    rows = Dossier.objects.filter(version__procedure__code=STREETS, receiving_agency=agency_id)
    rows = rows.exclude(fields=NO_FIELDS).exclude(step__in=_OFF)
    return {same_street(answers.read(text)) for text in rows.values_list("fields", flat=True)}


def list_streets(
    *, actor: Actor, at: datetime.datetime, agency_id: int, lines: Sequence[Line]
) -> int:
    """List every street of a file that is not listed yet; give how many those are.

    All or none; the same file again lists none. Raises `ListTooLong`, `ListFaulty` and what filing
    refuses (`NotYourCounter` above all).
    """
    with act():
        keeper = Agency.objects.select_for_update().get(pk=agency_id)  # one list at a time
        looked = look_at(lines, agency_id=agency_id, on=day_of(at))
        wrong = [str(one.line) for one in looked if one.state == WRONG]
        if wrong:
            raise ListFaulty(lines=", ".join(wrong[:20]))
        new = [one for one in looked if one.state == NEW]
        for one in new:
            filing = _filing(one.told, agency_id, keeper.phone or _HOTLINE)
            file(actor=actor, at=at, filing=filing, key=None, take_in=True)
    return len(new)


def _filing(told: Told, agency_id: int, phone: str) -> Filing:
    """File a street for its investor; who has no number of theirs is reached through the agency."""
    applicant = {"kind": "enterprise", "name": told["enterprise"], "phone": phone}
    return Filing(
        procedure=STREETS,
        agency_id=agency_id,
        applicant=applicant,
        fields=told,
        evidence=(),
        channel=CHANNEL,
    )


_YES = dict.fromkeys(("co", "x", "yes", "true", "1"), "true")
_NO = dict.fromkeys(("khong", "no", "false", "0"), "false")


def streets_in(body: bytes) -> list[tuple[int, dict[str, str]]]:
    """Read a list of streets, CSV or XLSX: the line of each, and its answers by field.

    Its columns are the fields of the procedure, by key or by name in either language. Raises what
    reading a file of records raises (`FileUnreadable`, `ColumnUnknown`, `NoRows`, `FileTooLong`).
    """
    fields = current(STREETS).declaration.fields
    columns = replace(register_of(OPERATORS), fields=fields, references=())
    flags = {one.key for one in fields if one.type is FieldType.BOOLEAN}
    return [(row.line, _street_of(row.cells, flags)) for row in rows_of(columns, body)]


def _street_of(cells: Mapping[str, str], flags: Collection[str]) -> dict[str, str]:
    told = {key: cell.strip() for key, cell in cells.items() if cell.strip()}
    said = _YES | _NO
    return {key: said.get(fold(one), one) if key in flags else one for key, one in told.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitOrder:
    """What the dossier of a mast does not say of its permit: raw values, by field of the site.

    `place` is a point as forms and files write it; operator and address follow from the dossier.
    With `there` the site of that code is in the register already, and the permit is written on it.
    """

    permit: str
    permit_on: str
    permit_until: str = ""
    code: str = ""
    zone: str = ""
    mast_class: str = ""
    place: str = ""
    there: bool = False


@dataclass(frozen=True, slots=True)
class Issued:
    """The record of the site that was entered with a permit, by this request or its twin."""

    record_id: int
    repeated: bool


def issue_permit(
    *,
    actor: Actor,
    at: datetime.datetime,
    dossier_id: int,
    order: PermitOrder,
    key: str,
    revision: int | None = None,
) -> Issued:
    """Issue the permit of a mast and enter its site, both or neither; give the site's record.

    Whoever may issue it enters the site by this act, for the agency that was heard on the plan of
    the network, in the name of the operator that applied, who is entered where nobody of that name
    is. A repeat under the same key gives the same record. Raises `Invalid`, and what making the
    move and entering a record raise.
    """
    missing = {name: FieldMissing() for name in REQUIRED if not getattr(order, name).strip()}
    if missing:
        raise Invalid(dict(missing))
    with act():
        made = move(
            actor=actor,
            at=at,
            dossier_id=dossier_id,
            order=MoveOrder(move=ISSUE),
            key=key,
            revision=revision,
            together=True,
        )
        row = Dossier.objects.select_related("version__procedure").get(pk=dossier_id)
        if row.version.procedure.code != PERMITS:
            raise NotAMast
        write = _write_on_site if order.there else _enter_site
        site = write(actor, at, row, order, key)
    return Issued(site.record_id, made.repeated)


def _enter_site(
    actor: Actor, at: datetime.datetime, row: Dossier, order: PermitOrder, key: str
) -> Done:
    agency_id = heard_on_plan(row)
    operator = _operator(actor, at, agency_id, str(answers.read(row.fields)["operator"]))
    return enter(
        actor=_as_keeper(actor, SITES, agency_id),
        at=at,
        declaration=register_of(SITES),
        agency_id=agency_id,
        order=Order(site_of(row, order, operator), order.place),
        key=key,
    )


def _write_on_site(
    actor: Actor, at: datetime.datetime, row: Dossier, order: PermitOrder, key: str
) -> Done:
    """Write a permit on a site of the operator that applied; what else is kept of it stays.

    Whoever issues it writes into the register of the agency that was heard, as when entering one.
    """
    sites, on = register_of(SITES), day_of(at)
    found = _in_use(SITES, natural_text(sites, order.code, on))
    if found is None or found.agency_id != heard_on_plan(row):
        raise Invalid({"code": SiteUnknown()})
    operator = _operator_named(str(answers.read(row.fields)["operator"]), on)
    if operator is None or answers.read(found.values)["operator"] != operator.pk:
        raise Invalid({"code": SiteOfAnother()})
    kept = {one.key: AS_BEFORE for one in sites.parts()}
    permit = {**site_of(row, order, ""), "permit_until": order.permit_until}
    said = kept | {name: value for name, value in permit.items() if name not in _OF_SITE}
    return change(
        actor=_as_keeper(actor, SITES, found.agency_id),
        at=at,
        declaration=sites,
        record_id=found.pk,
        revision=None,
        order=Order(said, order.place),
        key=key,
    )


_OF_SITE = frozenset({"code", "operator", "state"})
"""What a permit does not change of a site that stands."""


def site_of(row: Dossier, order: PermitOrder, operator: str) -> dict[str, object]:
    """Give what a site keeps of a permit and its dossier."""
    told = answers.read(row.fields)
    height = int(told["height"])
    said = {
        "code": order.code.strip() or row.code,
        "operator": operator,
        "address": told["place"],
        "height": height,
        "mast_class": order.mast_class or class_of(str(told["kind"]), height),
        "zone": order.zone,
        "permit": order.permit,
        "permit_on": order.permit_on,
        "permit_until": order.permit_until,
        "permit_dossier": row.code,
        "state": "permitted",
    }
    return {key: value for key, value in said.items() if value}


def _operator(actor: Actor, at: datetime.datetime, agency_id: int, name: str) -> str:
    """Give the number of the operator of that name as a reference, entering who is not there."""
    found = _operator_named(name, day_of(at))
    if found is not None:
        return f"#{found.pk}"
    made = enter(
        actor=_as_keeper(actor, OPERATORS, agency_id),
        at=at,
        declaration=register_of(OPERATORS),
        agency_id=agency_id,
        order=Order({"name": name, "kind": "telecom"}),
        key=None,
    )
    return f"#{made.record_id}"


def _operator_named(name: str, on: datetime.date) -> Record | None:
    return _in_use(OPERATORS, natural_text(register_of(OPERATORS), name, on))


def _in_use(register: str, natural: str | None) -> Record | None:
    rows = Record.objects.select_for_update().filter(register=register, natural=natural)
    return rows.filter(retired=False).first()


def _as_keeper(actor: Actor, register: str, agency_id: int) -> Actor:
    """Let an officer write into a register for this act alone; the entry names that officer."""
    keeper = house_keeper("mast_permit", register_of(register), agency_id)
    return replace(actor, posts=(*actor.posts, *keeper.posts))
