"""Who asks: what a form says of an applicant, checked and kept."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from motcua.core.people.models import Party
from motcua.core.people.numbers import number_hash, open_number, seal_number
from motcua.core.sql import Sql, Tx
from motcua.kernel.codes import PersonalNumber, Phone, TaxCode
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.vietnamese import clean


class NameMissing(Refused):
    """The applicant has no name."""

    code = "people.name_missing"
    vi = "Chưa nhập họ và tên (hoặc tên tổ chức) của người nộp."
    en = "Enter the applicant's name."


class PhoneMissing(Refused):
    """Nothing to reach the applicant by."""

    code = "people.phone_missing"
    vi = "Chưa nhập số điện thoại để nhận thông báo và tra cứu."
    en = "Enter a phone number for notices and look-up."


class KindUnknown(Refused):
    """The kind of applicant is neither person nor enterprise."""

    code = "people.kind_unknown"
    vi = "Loại người nộp phải là “person” (công dân) hoặc “enterprise” (tổ chức)."
    en = "The kind of applicant is “person” or “enterprise”."


class EmailWrong(Refused):
    """The e-mail address cannot be one."""

    code = "people.email_wrong"
    vi = "Địa chỉ thư điện tử “{email}” chưa đúng."
    en = "“{email}” is not an e-mail address."


class UnknownField(Refused):
    """Nothing of this name is kept about an applicant."""

    code = "people.unknown_field"
    vi = "Không có mục “{field}” về người nộp."
    en = "Nothing called “{field}” is kept about an applicant."


class NotText(Refused):
    """A field about the applicant is not text."""

    code = "people.not_text"
    vi = "Ô “{field}” phải là chữ."
    en = "“{field}” must be text."


class TaxCodeOfAnother(Refused):
    """A personal number serves as tax code, but not the one that was stated."""

    code = "people.tax_code_of_another"
    vi = "Mã số thuế 12 số chính là số định danh cá nhân, nhưng hai ô đang ghi hai số khác nhau."
    en = "A tax code of 12 digits is the personal number itself, but the two fields differ."


@dataclass(frozen=True, slots=True)
class Applicant:
    """What was stated about an applicant, normalised; empty text where nothing was stated."""

    name: str
    kind: str = "person"
    number: str = ""
    tax_code: str = ""
    phone: str = ""
    phone_as_given: str = ""
    email: str = ""
    address: str = ""

    def committed(self) -> dict[str, str]:
        """Give what the ledger commits to."""
        return {name: getattr(self, name) for name in _STATED}


_STATED = tuple(field.name for field in fields(Applicant))
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_LIMITS = {"name": 200, "kind": 12, "number": 20, "tax_code": 20, "phone": 40, "email": 254}
_FIELDS = (*_LIMITS, "address")
PERSONAL_DIGITS = 12


def stated(raw: Mapping[str, object], *, on: datetime.date) -> Applicant:
    """Check and normalise what a form or a client says of an applicant; all faults at once."""
    problems: dict[str, Refused] = {}
    text = {field: _text(field, raw.get(field), problems) for field in _FIELDS}
    for field in raw.keys() - set(_FIELDS):
        problems[field] = UnknownField(field=field)
    applicant = _checked(text, problems, on)
    if problems:
        raise Invalid({f"applicant.{field}": problem for field, problem in problems.items()})
    return applicant


def _text(field: str, value: object, problems: dict[str, Refused]) -> str:
    if value is None:
        return ""
    try:
        if not isinstance(value, str):
            raise NotText(field=field)
        return clean(value, limit=_LIMITS.get(field, 300))
    except Refused as refusal:
        problems[field] = refusal
        return ""


def _checked(text: dict[str, str], problems: dict[str, Refused], on: datetime.date) -> Applicant:
    if not text["name"]:
        problems.setdefault("name", NameMissing())
    if text["kind"] not in {"", "person", "enterprise"}:
        problems["kind"] = KindUnknown()
    if not text["phone"]:
        problems.setdefault("phone", PhoneMissing())
    if text["email"] and not _EMAIL.fullmatch(text["email"]):
        problems["email"] = EmailWrong(email=text["email"])

    def read(field: str, parse: Callable[[str], str]) -> str:
        try:
            return parse(text[field]) if text[field] else ""
        except Refused as refusal:
            problems[field] = refusal
            return ""

    number = read("number", lambda given: PersonalNumber.parse(given, on=on).digits)
    tax_code = read("tax_code", lambda given: TaxCode.parse(given, on=on).text)
    number, tax_code = _kept_once(number, tax_code, problems)
    return Applicant(
        name=text["name"],
        kind=text["kind"] or "person",
        number=number,
        tax_code=tax_code,
        phone=read("phone", lambda given: Phone.parse(given).number),
        phone_as_given=text["phone"],
        email=text["email"],
        address=text["address"],
    )


def _kept_once(number: str, tax_code: str, problems: dict[str, Refused]) -> tuple[str, str]:
    """Keep a personal number that serves as tax code once, and only under the cipher."""
    if len(tax_code) != PERSONAL_DIGITS:
        return number, tax_code
    if number not in {"", tax_code}:
        problems["tax_code"] = TaxCodeOfAnother()
    return tax_code, ""


def as_stated(party: Party) -> dict[str, str]:
    """Give what the ledger committed to, from the row (the number is decrypted)."""
    number = open_number(bytes(party.number_cipher)) if party.number_cipher else ""
    return Applicant(
        name=party.name,
        kind=party.kind,
        number=number,
        tax_code=party.tax_code,
        phone=party.phone,
        phone_as_given=party.phone_as_given,
        email=party.email,
        address=party.address,
    ).committed()


def shown_as(party: Party) -> dict[str, str]:
    """Give the same as people read it: the phone in the spelling in which it was given."""
    told = as_stated(party)
    return {**told, "phone": told["phone_as_given"] or told["phone"]}


_ADD = Sql(
    "INSERT INTO people_party (kind, name, number_cipher, number_hash, tax_code, phone,"
    " phone_as_given, email, address, sample)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id"
)


def add(tx: Tx, applicant: Applicant, *, sample: bool = False) -> int:
    """Write a party and give its id."""
    number = applicant.number
    row = tx.one(
        _ADD,
        applicant.kind,
        applicant.name,
        seal_number(number) if number else b"",
        number_hash(number) if number else b"",
        applicant.tax_code,
        applicant.phone,
        applicant.phone_as_given,
        applicant.email,
        applicant.address,
        sample,
    )
    assert row is not None
    return int(row[0])
