"""From what a form, a file or a program sends to what a record keeps: read, resolved, measured."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from motcua.core.agencies.queries import tree
from motcua.core.procedures.declaration import FieldRule, FieldType, Grade
from motcua.core.procedures.fields import FieldMissing, validate_fields
from motcua.core.registers.declaration import AGENCY, GEOMETRY, ReferenceRule, RegisterDeclaration
from motcua.core.registers.references import Resolver
from motcua.core.registers.rules import KeyUnusable, Measured, measure, natural_of
from motcua.kernel import geometry
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.geometry import Shape
from motcua.kernel.vietnamese import Language, fold, format_date

KEY = "key"
"""The name under which a refusal of the natural key as a whole is told."""

_LONGEST_TITLE = 300
_SEARCHED = 2000
_COUNTRY = "+84"

Kept = dict[str, str | int | bool]


class NoShapeHere(Refused):
    """The register keeps no shapes."""

    code = "registers.no_shape"
    vi = "Sổ này không ghi vị trí trên bản đồ."
    en = "This register keeps no shapes."


class AsBefore:
    """Said of a part that a file leaves as it is."""


AS_BEFORE = AsBefore()


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody says of a record: raw values and shape, and since which day it is so."""

    values: Mapping[str, object]
    geometry: object = None
    since: datetime.date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a record is to keep; `labels` are the words of its references, for title and search."""

    values: Kept
    shape: Shape | None
    natural: str
    title: str
    search: str
    hidden: str
    measured: Measured
    targets: dict[str, int] = field(default_factory=dict)

    @property
    def geometry(self) -> str:
        """The shape in its one spelling."""
        return self.shape.text() if self.shape else ""


def prepare(
    declaration: RegisterDeclaration,
    order: Order,
    resolver: Resolver,
    *,
    on: datetime.date,
    before: Kept | None = None,
) -> Prepared:
    """Read what is said of a record; raises `Invalid` with a refusal for each part that is wrong.

    `before` is what the record keeps now: secret values that are not said again stay, and so does
    a reference to what was retired since.
    """
    problems: dict[str, Refused] = {}
    said = dict(order.values)
    labels: dict[str, str] = {}
    found = _references(declaration, said, resolver, before or {}, problems, labels)
    plain = _fields(declaration, said, before or {}, on, problems)
    shape = _shape(declaration, order.geometry, problems)
    if problems:
        raise Invalid(problems)
    values = _ordered(declaration, {**found, **plain})
    try:
        natural = natural_of(declaration, values)
    except KeyUnusable as refused:
        raise Invalid({KEY: refused}) from refused
    shown, hidden = _words(declaration, values, labels)
    return Prepared(
        values=values,
        shape=shape,
        natural=natural,
        title=_title(declaration, values, labels),
        search=shown,
        hidden=hidden,
        measured=measure(declaration, values, placed=shape is not None, on=on),
        targets={one.key: int(values[one.key]) for one in _linking(declaration, values)},
    )


def _references(
    declaration: RegisterDeclaration,
    said: dict[str, object],
    resolver: Resolver,
    before: Kept,
    problems: dict[str, Refused],
    labels: dict[str, str],
) -> Kept:
    kept: Kept = {}
    for rule in declaration.references:
        raw = said.pop(rule.key, None)
        if raw is AS_BEFORE and rule.key not in before:
            raw = None
        if _same(rule, raw, before):
            kept[rule.key] = before[rule.key]
            continue
        try:
            found = resolver.find(rule, raw)
        except Refused as refused:
            problems[rule.key] = refused
            continue
        if found is not None:
            kept[rule.key], labels[rule.key] = found.kept, found.title
        elif rule.required:
            problems[rule.key] = FieldMissing()
    return kept


def _same(rule: ReferenceRule, raw: object, before: Kept) -> bool:
    """Tell whether a reference says what it said before, which may have ended since."""
    value = before.get(rule.key)
    if value is None:
        return False
    return raw is AS_BEFORE or raw == reference_text(rule, value)


def reference_text(rule: ReferenceRule, value: str | int) -> str:
    """Write a reference as forms and files say it again."""
    if rule.to_register:
        return f"#{value}"
    if rule.to == AGENCY:
        node = tree().nodes.get(int(value))
        return node.code if node else str(value)
    return str(value)


def _fields(
    declaration: RegisterDeclaration,
    said: dict[str, object],
    before: Kept,
    on: datetime.date,
    problems: dict[str, Refused],
) -> Kept:
    for rule in declaration.fields:
        raw = said.get(rule.key)
        if raw is AS_BEFORE or (rule.grade is Grade.SECRET and not raw and rule.key in before):
            said[rule.key] = before.get(rule.key)
    try:
        return validate_fields(declaration.fields, said, on=on)
    except Invalid as invalid:
        problems.update(invalid.problems)
        return {}


def _shape(
    declaration: RegisterDeclaration, told: object, problems: dict[str, Refused]
) -> Shape | None:
    kind = declaration.form.kind
    if kind is None:
        if told not in (None, ""):
            problems[GEOMETRY] = NoShapeHere()
        return None
    try:
        shape = geometry.parse(told, kind)
    except Refused as refused:
        problems[GEOMETRY] = refused
        return None
    if shape is None and declaration.form_required:
        problems[GEOMETRY] = FieldMissing()
    return shape


def _ordered(declaration: RegisterDeclaration, values: Kept) -> Kept:
    return {one.key: values[one.key] for one in declaration.parts() if one.key in values}


def _linking(declaration: RegisterDeclaration, values: Kept) -> list[ReferenceRule]:
    return [one for one in declaration.references if one.to_register and one.key in values]


def _title(declaration: RegisterDeclaration, values: Kept, labels: Mapping[str, str]) -> str:
    parts = [_written(declaration, key, values[key], labels) for key in declaration.natural]
    return " · ".join(parts)[:_LONGEST_TITLE]


def _written(
    declaration: RegisterDeclaration, key: str, value: str | int, labels: Mapping[str, str]
) -> str:
    """Write a value of the natural key as a title bears it, in Vietnamese."""
    if key in labels:
        return labels[key]
    rule = declaration.field_rules.get(key)
    if rule is None:
        return f"#{value}"
    return in_words(rule, value)


def in_words(rule: FieldRule, value: str | int, language: Language = "vi") -> str:
    """Write a value as people read it; numbers stay digits."""
    match rule.type:
        case FieldType.CHOICE:
            named = {one.key: one.label.text(language) for one in rule.choices}
            return named.get(str(value), str(value))
        case FieldType.DATE:
            return format_date(datetime.date.fromisoformat(str(value)), language)
        case FieldType.PHONE:
            return national(str(value))
    return str(value)


def national(number: str) -> str:
    """Write a number of this country as it is dialled here."""
    return f"0{number.removeprefix(_COUNTRY)}" if number.startswith(_COUNTRY) else number


def _words(
    declaration: RegisterDeclaration, values: Kept, labels: Mapping[str, str]
) -> tuple[str, str]:
    """Give the folded words that everybody's search finds, and those of personal values."""
    shown, hidden = list(labels.values()), list[str]()
    for rule in declaration.fields:
        value = values.get(rule.key)
        if value is None or isinstance(value, bool) or rule.grade is Grade.SECRET:
            continue
        into = shown if rule.grade is Grade.PUBLIC else hidden
        into += [in_words(rule, value), *_other_words(rule, value)]
    return _folded(shown), _folded(hidden)


def _other_words(rule: FieldRule, value: str | int) -> list[str]:
    if rule.type is FieldType.CHOICE:
        return [in_words(rule, value, "en")]
    return [str(value)] if rule.type is FieldType.PHONE else []


def _folded(texts: Sequence[str]) -> str:
    found = fold(" ".join(texts))[:_SEARCHED]
    return f" {found}" if found else ""
