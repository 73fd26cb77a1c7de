"""Values of a form, checked against the fields that a procedure declares.

Everything here is pure. A value arrives as JSON or as the text of an HTML form, and leaves in one
spelling: words in NFC, whole numbers and đồng as integers, days as ``2026-02-28``, telephone
numbers in E.164, identity numbers as bare digits.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motcua.core.procedures.declaration import Declaration, FieldRule, FieldType
from motcua.core.procedures.values import READERS, Value
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.vietnamese import fold

MAX_INDEXED_TEXT = 200
_NUMERIC = frozenset({FieldType.NUMBER, FieldType.MONEY, FieldType.BOOLEAN})
_EXACT = frozenset({FieldType.CHOICE, FieldType.PHONE, FieldType.TAX_CODE, FieldType.EMAIL})


class FieldMissing(Refused):
    """A required field is absent or blank."""

    code = "field.missing"
    vi = "Hãy điền mục này."
    en = "This field must be filled in."


class FieldUnknown(Refused):
    """The form declares no such field."""

    code = "field.unknown"
    vi = "Mẫu này không có mục “{field}”."
    en = "This form has no field “{field}”."


class NotAForm(Refused):
    """The values are not a table of fields."""

    code = "field.not_a_form"
    vi = "Dữ liệu gửi lên phải là một bảng gồm tên mục và giá trị."
    en = "What was sent must be a table of field names and values."


@dataclass(frozen=True, slots=True)
class Indexed:
    """One row of the typed field table: words are folded for search, codes are kept as they are.

    Exactly one of the three is filled: ``text`` (empty otherwise), ``number`` (đồng for money,
    1 or 0 for a boolean) or ``day``.
    """

    key: str
    text: str = ""
    number: int | None = None
    day: datetime.date | None = None


def validate(
    declaration: Declaration, values: Mapping[str, object], *, on: datetime.date | None = None
) -> dict[str, Value]:
    """Read the values of a procedure's form; see `validate_fields`."""
    return validate_fields(declaration.fields, values, on=on)


def validate_fields(
    rules: Sequence[FieldRule], values: Mapping[str, object], *, on: datetime.date | None = None
) -> dict[str, Value]:
    """Give the values in one spelling, in declared order; blank optional fields are left out.

    ``on`` is the day as of which identity numbers are read (without it a year of birth in the
    future passes). Raises `Invalid` with one refusal per field: `FieldMissing`, `FieldUnknown`,
    or what the reader of the field's type raises (`values`).
    """
    if not isinstance(values, Mapping):
        raise Invalid({"": NotAForm()})
    known = {rule.key for rule in rules}
    problems: dict[str, Refused] = {
        str(key): FieldUnknown(field=_shown(key)) for key in values if key not in known
    }
    accepted: dict[str, Value] = {}
    for rule in rules:
        try:
            value = _read(rule, values.get(rule.key), on)
        except Refused as refusal:
            problems[rule.key] = refusal
        else:
            if value is not None:
                accepted[rule.key] = value
    if problems:
        raise Invalid(problems)
    return accepted


def indexed(declaration: Declaration, values: Mapping[str, object]) -> tuple[Indexed, ...]:
    """Give the rows of the typed field table for values that `validate` gave."""
    return indexed_of(declaration.fields, values)


def indexed_of(rules: Sequence[FieldRule], values: Mapping[str, object]) -> tuple[Indexed, ...]:
    """Give the rows of a typed field table for values that `validate_fields` gave."""
    return tuple(
        indexed_value(rule, values[rule.key])
        for rule in rules
        if rule.indexed and rule.key in values
    )


def _read(rule: FieldRule, raw: object, on: datetime.date | None) -> Value | None:
    value = None if raw is None else READERS[rule.type](rule, raw, on)
    if value is None and rule.required:
        raise FieldMissing
    return value


def indexed_value(rule: FieldRule, value: object) -> Indexed:
    """Give one value as a typed field table holds it: what is looked for in the same spelling."""
    if rule.type in _NUMERIC:
        assert isinstance(value, int)
        return Indexed(rule.key, number=int(value))
    assert isinstance(value, str)
    if rule.type is FieldType.DATE:
        return Indexed(rule.key, day=datetime.date.fromisoformat(value))
    text = value if rule.type in _EXACT else fold(value)
    return Indexed(rule.key, text=text[:MAX_INDEXED_TEXT])


def _shown(key: object) -> str:
    return "".join(sign if sign.isprintable() else "�" for sign in str(key)[:40])
