"""A register on the desk: the boxes of its forms, its quality in words, a record's versions."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import tree
from motcua.core.areas.models import Area
from motcua.core.areas.queries import living
from motcua.core.people.models import Officer
from motcua.core.procedures.declaration import FieldRule, FieldType, Grade
from motcua.core.registers.declaration import AGENCY, AREA, GEOMETRY, Form, RegisterDeclaration
from motcua.core.registers.declaration import ReferenceRule as Reference
from motcua.core.registers.models import Record, RecordVersion
from motcua.core.registers.preparing import Kept, national, reference_text
from motcua.core.registers.quality import Quality
from motcua.core.registers.querying import BROKEN, INCOMPLETE, STALE
from motcua.core.registers.references import agency_name, titles
from motcua.core.registers.showing import Cell, Shower, differences
from motcua.faces.desk.words import language
from motcua.faces.ui.boxes import Box
from motcua.faces.ui.forms import field_box
from motcua.kernel import geometry
from motcua.kernel.vietnamese import format_percent, sort_key

_OTHERS = 1000
"""Areas and agencies are offered in a list up to so many; beyond, their code is typed."""


def boxes_of(declaration: RegisterDeclaration, sent: QueryDict, on: datetime.date) -> list[Box]:
    """Give the boxes of the form of a record, filled with what was sent."""
    found = [
        _reference_box(part, sent, on)
        if isinstance(part, Reference)
        else field_box(part, sent, language())
        for part in declaration.parts()
    ]
    if declaration.form is not Form.NONE:
        found.append(_shape_box(declaration, sent))
    return found


def _reference_box(rule: Reference, sent: QueryDict, on: datetime.date) -> Box:
    name = f"fields.{rule.key}"
    offered = _offered(rule, on)
    hint = rule.hint.text(language()) if rule.hint else ""
    if rule.to_register:
        hint = hint or _("Ghi khóa của bản ghi, ví dụ mã, hoặc #số thứ tự")
    return Box(
        name=name,
        label=rule.label.text(language()),
        kind="choice" if offered else "text",
        value=str(sent.get(name, "")),
        hint=hint,
        required=rule.required,
        choices=offered,
        width="" if offered else "middle",
    )


def _offered(rule: Reference, on: datetime.date) -> tuple[tuple[str, str], ...]:
    """Give the areas or agencies of today that a reference may name."""
    if rule.to == AGENCY:
        named = [(node.code, node.name(language())) for node in tree().living(on)]
    elif rule.to == AREA:
        rows = Area.objects.filter(living(on)).values_list("unit_id", "kind", "name")
        named = [(unit, f"{kind} {name}") for unit, kind, name in rows[: _OTHERS + 1]]
    else:
        return ()
    if len(named) > _OTHERS:
        return ()
    return tuple(sorted(named, key=lambda one: sort_key(one[1])))


def _shape_box(declaration: RegisterDeclaration, sent: QueryDict) -> Box:
    return Box(
        name=GEOMETRY,
        label=_("Vị trí trên bản đồ"),
        kind="text" if declaration.form is Form.POINT else "multiline",
        value=str(sent.get(GEOMETRY, "")),
        hint=_("Vĩ độ, kinh độ; đường và vùng ghi mỗi điểm một dòng. Ví dụ: 21.0285, 105.8542"),
        required=declaration.form_required,
        width="middle",
    )


def filled(declaration: RegisterDeclaration, record: Record, values: Kept) -> dict[str, str]:
    """Give what the form of a record shows first; secret values are not shown again."""
    found = dict[str, str]()
    for part in declaration.parts():
        value = values.get(part.key)
        if value is None or (isinstance(part, FieldRule) and part.grade is Grade.SECRET):
            continue
        name = f"fields.{part.key}"
        found.update(_typed(part, name, value))
    shape = geometry.kept(record.geometry)
    if shape is not None:
        found[GEOMETRY] = shape.lines() if len(shape.parts) == 1 else shape.wkt()
    return found


def _typed(part: FieldRule | Reference, name: str, value: str | int) -> Mapping[str, str]:
    if isinstance(part, Reference):
        return {name: reference_text(part, value)}
    match part.type:
        case FieldType.DATE:
            day = datetime.date.fromisoformat(str(value))
            parts = {"day": day.day, "month": day.month, "year": day.year}
            return {f"{name}.{key}": str(number) for key, number in parts.items()}
        case FieldType.BOOLEAN:
            return {name: "true" if value else "false"}
        case FieldType.PHONE:
            return {name: national(str(value))}
    return {name: str(value)}


@dataclass(frozen=True, slots=True)
class Share:
    """One of the three measures: its name, its share in words, and which records fail it."""

    name: str
    text: str
    level: int
    failing: int
    key: str


def shares(told: Quality) -> list[Share]:
    """Give complete, clean and alive of some records."""
    return [
        _share(_("Đủ"), told.complete_share, told.total - told.whole, INCOMPLETE),
        _share(_("Sạch"), told.clean_share, told.total - told.clean, BROKEN),
        _share(_("Sống"), told.alive_share, told.total - told.alive, STALE),
    ]


def _share(name: str, share: float | None, failing: int, key: str) -> Share:
    if share is None:
        return Share(name, "–", 0, 0, key)
    text = format_percent(Decimal(str(round(share, 4))), language())
    return Share(name, text, round(share * 100), failing, key)


def failing_words(declaration: RegisterDeclaration, key: str) -> str:
    """Say what the records of a list fail."""
    known = {
        INCOMPLETE: _("Chưa đủ thông tin"),
        BROKEN: _("Vi phạm quy tắc"),
        STALE: _("Quá hạn xác nhận"),
    }
    rules = {one.key: one.says.text(language()) for one in declaration.rules}
    return known.get(key) or rules.get(key, "")


@dataclass(frozen=True, slots=True)
class Told:
    """A version in the history: what was done, by whom, and each part that changed."""

    number: int
    act: str
    who: str
    since: datetime.date
    recorded_at: datetime.datetime
    reason: str
    changes: tuple[tuple[str, str, str], ...]


def history(
    actor: Actor, declaration: RegisterDeclaration, record: Record, versions: list[RecordVersion]
) -> list[Told]:
    """Tell the versions of a record, the last one first, with what each changed."""
    shower = Shower(actor, declaration, versions, language(), kept_by=record.agency_id)
    names = _names(versions)
    found, before = list[Told](), None
    for number, row in enumerate(versions, 1):
        found.append(
            Told(
                number=number,
                act=act_words(row.act),
                who=names.get(row.actor, _("Hệ thống")),
                since=row.since,
                recorded_at=row.recorded_at,
                reason=row.reason,
                changes=tuple(_changes(declaration, shower, before, row)),
            )
        )
        before = row
    return found[::-1]


def _changes(
    declaration: RegisterDeclaration,
    shower: Shower,
    before: RecordVersion | None,
    after: RecordVersion,
) -> Iterable[tuple[str, str, str]]:
    if before is not None and before.agency_id != after.agency_id:
        yield (
            _("Cơ quan phụ trách"),
            agency_name(before.agency_id, language()),
            agency_name(after.agency_id, language()),
        )
    was = shower.values(before) if before else {}
    keys = differences(declaration, was, shower.values(after))
    old = {one.key: one for one in shower.cells(before, keys)} if before and keys else {}
    for cell in shower.cells(after, keys) if keys else ():
        yield cell.label, _text(old.get(cell.key)), _text(cell)
    if (before.geometry if before else "") != after.geometry:
        yield _("Vị trí trên bản đồ"), _place(before), _place(after)


def _text(cell: Cell | None) -> str:
    return cell.text if cell else ""


def _place(row: RecordVersion | None) -> str:
    shape = geometry.kept(row.geometry) if row else None
    return shape.lines() if shape else ""


def _names(versions: list[RecordVersion]) -> dict[str, str]:
    numbers = {row.actor.partition(":")[2] for row in versions if row.actor.startswith("officer:")}
    rows = Officer.objects.filter(pk__in=numbers).values_list("pk", "name")
    return {f"officer:{pk}": name for pk, name in rows}


def act_words(act: str) -> str:
    """Name an act on a record."""
    return {
        "enter": _("Ghi mới"),
        "change": _("Sửa"),
        "confirm": _("Xác nhận còn đúng"),
        "retire": _("Ngừng"),
        "restore": _("Khôi phục"),
        "reform": _("Cơ quan kế thừa tiếp nhận"),
        "erase": _("Xóa nội dung"),
    }.get(act, act)


def with_titles(boxes: list[Box], declaration: RegisterDeclaration) -> list[Box]:
    """Say beside a reference `#12` which record that is."""
    rules = {f"fields.{one.key}": one for one in declaration.references if one.to_register}
    numbers = {int(box.value[1:]) for box in boxes if box.name in rules and _is_number(box.value)}
    known = titles(numbers)
    return [
        replace(box, hint=f"{box.value}: {known[int(box.value[1:])][1]}. {box.hint}")
        if box.name in rules and _is_number(box.value) and int(box.value[1:]) in known
        else box
        for box in boxes
    ]


def _is_number(text: str) -> bool:
    digits = text.removeprefix("#")
    return text.startswith("#") and digits.isascii() and digits.isdigit() and len(digits) < 18
