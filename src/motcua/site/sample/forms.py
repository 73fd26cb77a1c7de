"""Filled-in forms for any procedure: from its declaration, a day and a source of chance."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from random import Random

from motcua.core.dossiers.orders import Filing, Handed
from motcua.core.files.store import Stored, keep
from motcua.core.procedures.declaration import Declaration, FieldRule, FieldType
from motcua.site.sample import pdf, people

_WORDS = "Theo nội dung kê khai kèm theo"

# What a field of this name takes; a field of another name gets what its type suggests.
_BY_KEY: dict[str, Callable[[Random], str]] = {
    "enterprise": people.firm_name,
    "organisation": lambda chance: people.word(chance, "bodies"),
    "representative": people.name,
    "contact": people.name,
    "owner": people.name,
    "editor": people.name,
    "child": people.name,
    "mother": people.name,
    "registered_name": people.name,
    "point": lambda chance: f"Điểm trò chơi {people.word(chance, 'firms')}",
    "bulletin": lambda chance: f"Bản tin {people.word(chance, 'firms')}",
    "title": lambda chance: people.word(chance, "titles"),
    "origin": lambda chance: people.word(chance, "countries"),
    "birthplace": lambda chance: people.word(chance, "hospitals"),
    "registered_at": lambda chance: people.word(chance, "wards"),
    "paper": lambda chance: people.word(chance, "papers"),
    "licence_number": lambda chance: f"{chance.randint(1, 240)}/GP-BC",
    "services": lambda _: "Dịch vụ thư có địa chỉ nhận đến 02 kg; dịch vụ gói, kiện",
    "contents": lambda chance: people.word(chance, "pictures"),
}
# What the form asks again of the applicant, where the applicant said it.
_SAME = {
    "enterprise": "name",
    "operator": "name",
    "tax_code": "tax_code",
    "head_office": "address",
    "phone": "phone",
    "email": "email",
}
# Days from the day of filing on which a date of this name lies.
_DAYS: dict[str, tuple[int, int]] = {
    "licence_date": (-3600, -3300),
    "licence_expiry": (32, 90),
    "from_day": (25, 35),
    "to_day": (40, 60),
    "born": (-50, -5),
}


def filing(
    declaration: Declaration,
    agency_id: int,
    chance: Random,
    *,
    on: datetime.date,
    channel: str,
    area: str = "",
) -> Filing:
    """Give a filing without faults: who asks, every required field, every required paper."""
    firm = any(rule.type is FieldType.TAX_CODE for rule in declaration.fields)
    applicant = people.enterprise(chance) if firm else people.person(chance)
    values = {
        rule.key: value
        for rule in declaration.fields
        if (value := _value(rule, applicant, chance, on)) is not None
    }
    return Filing(
        procedure=declaration.code,
        agency_id=agency_id,
        applicant=applicant,
        fields=values,
        evidence=papers(declaration, online=channel == "online"),
        channel=channel,
        area=area,
    )


def papers(declaration: Declaration, *, online: bool) -> tuple[Handed, ...]:
    """Give the required papers: as files online, as counted sheets at the counter."""
    rules = [rule for rule in declaration.evidence if rule.required]
    if online:
        kept = {rule.key: _kept(rule.name.vi) for rule in rules}
        return tuple(
            Handed(rule.key, file=kept[rule.key], name=f"{rule.key}.pdf") for rule in rules
        )
    return tuple(
        Handed(rule.key, originals=rule.originals or 1, copies=rule.copies) for rule in rules
    )


_files: dict[str, Stored] = {}


def _kept(title: str) -> Stored:
    """Write each made-up paper once: a thousand dossiers share a handful of files."""
    if title not in _files:
        _files[title] = keep([pdf.page(title)])
    return _files[title]


def _value(
    rule: FieldRule, applicant: dict[str, object], chance: Random, on: datetime.date
) -> object:
    """Give a value; None for optional fields that no name above knows."""
    same = applicant.get(_SAME.get(rule.key, ""))
    if same is not None:
        return same
    if rule.key in _BY_KEY:
        return _BY_KEY[rule.key](chance)
    return _of_type(rule, chance, on) if rule.required else None


def _of_type(rule: FieldRule, chance: Random, on: datetime.date) -> object:
    match rule.type:
        case FieldType.NUMBER | FieldType.MONEY:
            least = rule.minimum or 1
            return chance.randint(least, min(rule.maximum or least + 11, least + 11))
        case FieldType.DATE:
            first, last = _DAYS.get(rule.key, (-400, -30))
            return (on + datetime.timedelta(days=chance.randint(first, last))).isoformat()
        case FieldType.CHOICE:
            return chance.choice(rule.choices).key
        case FieldType.BOOLEAN:
            return chance.random() < 0.5
        case FieldType.EMAIL:
            return "nguoinop@thu.example"
        case _:
            return _identity(rule.type, chance) or _WORDS[: rule.max_length]


def _identity(kind: FieldType, chance: Random) -> str | None:
    given: dict[FieldType, Callable[[Random], str]] = {
        FieldType.PHONE: people.phone,
        FieldType.TAX_CODE: people.tax_code,
        FieldType.ADDRESS: people.address,
        FieldType.PERSONAL_NUMBER: lambda one: people.personal_number(one, "female"),
    }
    return given[kind](chance) if kind in given else None
