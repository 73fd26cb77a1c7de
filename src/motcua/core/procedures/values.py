"""How a value of each field type is read; None means blank."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from motcua.core.procedures.declaration import FieldRule, FieldType
from motcua.core.procedures.patterns import compiled
from motcua.kernel.codes import PersonalNumber, Phone, TaxCode
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean, parse_date, parse_money, parse_number

Value = str | int | bool
MAX_NUMBER = 10**15
"""What the typed field table holds, and more đồng than any dossier is about."""

_YEARS = range(1800, 2201)
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+"
)
_TRUE = frozenset({"true", "on", "1"})
_FALSE = frozenset({"false", "off", "0"})


class NotText(Refused):
    """Something other than text was sent."""

    code = "field.not_text"
    vi = "Mục này nhận chữ; dữ liệu gửi lên có kiểu {kind}."
    en = "This field takes text; what was sent is {kind}."


class NotANumber(Refused):
    """Neither a JSON number nor the text of one."""

    code = "field.not_a_number"
    vi = "Mục này nhận số; dữ liệu gửi lên có kiểu {kind}."
    en = "This field takes a number; what was sent is {kind}."


class NotWhole(Refused):
    """A number with a fraction."""

    code = "field.not_whole"
    vi = "Mục này nhận số nguyên, không có phần lẻ."
    en = "This field takes a whole number, without a fraction."


class TooSmall(Refused):
    """Below the least value of the field."""

    code = "field.too_small"
    vi = "Giá trị nhỏ nhất là {least}."
    en = "The least value is {least}."


class TooLarge(Refused):
    """Above the greatest value of the field."""

    code = "field.too_large"
    vi = "Giá trị lớn nhất là {most}."
    en = "The greatest value is {most}."


class NotThisAge(Refused):
    """A day so far off that it must be a typing error."""

    code = "field.year"
    vi = "Năm {year} không hợp lệ; hãy xem lại ngày đã nhập."
    en = "The year {year} cannot be right; check the date."


class NotAChoice(Refused):
    """None of the answers that are offered."""

    code = "field.not_a_choice"
    vi = "Hãy chọn một trong các giá trị có sẵn."
    en = "Choose one of the answers that are offered."


class NotYesOrNo(Refused):
    """Neither true nor false."""

    code = "field.not_yes_or_no"
    vi = "Mục này chỉ nhận có hoặc không."
    en = "This field takes yes or no."


class EmailMalformed(Refused):
    """Not an e-mail address."""

    code = "field.email"
    vi = "Địa chỉ thư điện tử không đúng; ví dụ đúng: ten@example.vn."
    en = "The e-mail address is not valid; a right one: name@example.vn."


class PersonalTaxCode(Refused):
    """A personal number where anybody may read, search and sort."""

    code = "field.personal_tax_code"
    vi = "Mục này nhận mã số thuế của tổ chức (10 hoặc 13 số), không nhận số định danh cá nhân."
    en = "This field takes the tax code of an organisation (10 or 13 digits), no personal number."


class PatternMissed(Refused):
    """The words do not have the form that the field asks for."""

    code = "field.pattern"
    vi = "Nội dung không đúng dạng yêu cầu; hãy xem hướng dẫn của mục này."
    en = "This does not have the form asked for; see the hint of the field."


def _text(rule: FieldRule, raw: object, on: datetime.date | None = None) -> str | None:  # noqa: ARG001
    if not isinstance(raw, str):
        raise NotText(kind=type(raw).__name__)
    multiline = rule.type in {FieldType.MULTILINE, FieldType.ADDRESS}
    text = clean(raw, multiline=multiline, limit=rule.max_length)
    if text and rule.pattern and not compiled(rule.pattern).fullmatch(text):
        raise PatternMissed
    return text or None


def _number(rule: FieldRule, raw: object, on: datetime.date | None) -> int | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise NotANumber(kind=type(raw).__name__)
    if isinstance(raw, str):
        text = _text(rule, raw, on)
        return None if text is None else _within(rule, _typed(rule, text))
    if isinstance(raw, float) and not raw.is_integer():  # nan and infinity too
        raise NotWhole
    return _within(rule, int(raw))


def _typed(rule: FieldRule, text: str) -> int:
    if rule.type is FieldType.MONEY:
        return parse_money(text)
    number = parse_number(text)
    if number != number.to_integral_value():
        raise NotWhole
    return int(number)


def _within(rule: FieldRule, number: int) -> int:
    floor = 0 if rule.type is FieldType.MONEY else -MAX_NUMBER
    least = floor if rule.minimum is None else rule.minimum
    most = MAX_NUMBER if rule.maximum is None else rule.maximum
    if number < least:
        raise TooSmall(least=least)
    if number > most:
        raise TooLarge(most=most)
    return number


def _date(rule: FieldRule, raw: object, on: datetime.date | None) -> str | None:
    text = _text(rule, raw, on)
    if text is None:
        return None
    day = parse_date(text)
    if day.year not in _YEARS:
        raise NotThisAge(year=day.year)
    return day.isoformat()


def _choice(rule: FieldRule, raw: object, on: datetime.date | None) -> str | None:
    text = _text(rule, raw, on)
    if text is not None and text not in {choice.key for choice in rule.choices}:
        raise NotAChoice
    return text


def _boolean(rule: FieldRule, raw: object, on: datetime.date | None) -> bool | None:
    if isinstance(raw, bool):
        return raw
    if not isinstance(raw, str):
        raise NotYesOrNo
    text = _text(rule, raw, on)
    if text is None:
        return None
    if text.lower() not in _TRUE | _FALSE:
        raise NotYesOrNo
    return text.lower() in _TRUE


def _phone(rule: FieldRule, raw: object, on: datetime.date | None) -> str | None:
    text = _text(rule, raw, on)
    return None if text is None else Phone.parse(text).number


def _personal(rule: FieldRule, raw: object, on: datetime.date | None) -> str | None:
    text = _text(rule, raw, on)
    return None if text is None else PersonalNumber.parse(text, on=on or datetime.date.max).digits


def _tax(rule: FieldRule, raw: object, on: datetime.date | None) -> str | None:
    text = _text(rule, raw, on)
    if text is None:
        return None
    tax_code = TaxCode.parse(text, on=on or datetime.date.max)
    if tax_code.kind == "person" and not rule.personal:
        raise PersonalTaxCode
    return tax_code.text


def _email(rule: FieldRule, raw: object, on: datetime.date | None) -> str | None:
    text = _text(rule, raw, on)
    if text is not None and not _EMAIL.fullmatch(text):
        raise EmailMalformed
    return text


READERS: dict[FieldType, Callable[[FieldRule, object, datetime.date | None], Value | None]] = {
    FieldType.TEXT: _text,
    FieldType.MULTILINE: _text,
    FieldType.ADDRESS: _text,
    FieldType.NUMBER: _number,
    FieldType.MONEY: _number,
    FieldType.DATE: _date,
    FieldType.CHOICE: _choice,
    FieldType.BOOLEAN: _boolean,
    FieldType.PHONE: _phone,
    FieldType.PERSONAL_NUMBER: _personal,
    FieldType.TAX_CODE: _tax,
    FieldType.EMAIL: _email,
}
