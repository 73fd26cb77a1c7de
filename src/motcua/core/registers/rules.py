"""Pure decisions on records: their natural key, what is measured of them, which version holds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from motcua.core.procedures.declaration import FieldRule, FieldType
from motcua.core.registers.declaration import GEOMETRY, ReferenceRule, RegisterDeclaration
from motcua.kernel import conditions
from motcua.kernel.conditions.tree import Plain
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import fold

LONGEST_KEY = 500
_EXACT = frozenset(
    {FieldType.CHOICE, FieldType.PHONE, FieldType.TAX_CODE, FieldType.EMAIL, FieldType.DATE}
)
_BETWEEN = "|"

Values = Mapping[str, str | int | bool]


class KeyUnusable(Refused):
    """What names the record is made of signs alone, or is too long."""

    code = "registers.key_unusable"
    vi = "Mục làm khóa phải có chữ hoặc số, và không dài quá {limit} ký tự."
    en = "What names the record needs letters or digits, at most {limit} of them."


@dataclass(frozen=True, slots=True)
class Measured:
    """How complete a record is, and which rules it breaks."""

    asked: int
    filled: int
    broken: tuple[str, ...]

    def broken_text(self) -> str:
        """Give the keys as their column keeps them, each between commas."""
        return f",{','.join(self.broken)}," if self.broken else ""


def natural_of(declaration: RegisterDeclaration, values: Values) -> str:
    """Give the key by which two records are the same thing. Raises `KeyUnusable`."""
    found = [_folded(declaration, key, values[key]) for key in declaration.natural]
    text = _BETWEEN.join(found)
    if not all(found) or len(text) > LONGEST_KEY:
        raise KeyUnusable(limit=LONGEST_KEY)
    return text


def _folded(declaration: RegisterDeclaration, key: str, value: str | int) -> str:
    part = declaration.part(key)
    if isinstance(part, ReferenceRule) or not isinstance(value, str):
        return str(value)
    assert isinstance(part, FieldRule)
    return value if part.type in _EXACT else fold(value)


def measure(
    declaration: RegisterDeclaration, values: Values, *, placed: bool, on: datetime.date
) -> Measured:
    """Measure a record as it is on a day; `placed` tells whether it has a shape."""
    there = {*values, GEOMETRY} if placed else set(values)
    asked = declaration.asked
    plain = _plain(declaration, values)
    if placed:
        plain[GEOMETRY] = GEOMETRY
    broken = tuple(
        rule.key
        for rule in declaration.rules
        if conditions.holds(rule.condition, plain, on=on) is False
    )
    return Measured(len(asked), sum(key in there for key in asked), broken)


def _plain(declaration: RegisterDeclaration, values: Values) -> dict[str, Plain]:
    """Give values as conditions compare them: days as dates, references as text."""
    rules = declaration.field_rules
    return {
        key: _day(value)
        if key in rules and rules[key].type is FieldType.DATE
        else value
        if key in rules
        else str(value)
        for key, value in values.items()
    }


def _day(value: object) -> datetime.date:
    assert isinstance(value, str)
    return datetime.date.fromisoformat(value)


class Painted(Protocol):
    """What choosing a version needs of it."""

    @property
    def pk(self) -> int: ...
    @property
    def since(self) -> datetime.date: ...
    @property
    def recorded_at(self) -> datetime.datetime: ...


P = TypeVar("P", bound=Painted)


def version_at(
    versions: Iterable[P], *, on: datetime.date, known: datetime.datetime | None = None
) -> P | None:
    """Give what was so on a day, as it was known at an instant (now unless said); None: nothing.

    Each version paints over all that was said before it of its day and later.
    """
    fitting = (
        one for one in versions if one.since <= on and (known is None or one.recorded_at <= known)
    )
    return max(fitting, key=lambda one: one.pk, default=None)
