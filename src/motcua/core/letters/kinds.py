"""The data that a letter will meet: its own sample, and one of each procedure that uses it.

A template is tried with all of them before it comes into force: whole, with every optional part
left out, with texts that go on over pages, and with texts that look like markup.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from motcua.core.letters.answers import shown
from motcua.core.letters.declared import Letter
from motcua.core.letters.qr import lookup_link, qr_svg
from motcua.core.letters.sources import folder, installed
from motcua.core.procedures.declaration import Declaration, FieldRule, FieldType, Text
from motcua.core.procedures.queries import published
from motcua.kernel.vietnamese import citation

SAMPLE = "sample.json"
OWN = "own"
"""The key of the template's own sample data."""

_HOSTILE = '#panic("x") *đậm* _nghiêng_ $x^2$ @ref `raw` <nhãn> [ngoặc] // /* {code}'
_LONG = "Nội dung dài để thử ngắt trang, " * 20
_MANY = 14
_EXAMPLES: Mapping[FieldType, object] = {
    FieldType.BOOLEAN: True,
    FieldType.MONEY: 8000,
    FieldType.NUMBER: 24,
    FieldType.DATE: "2027-02-05",
}
_OTHER = "Giá trị mẫu"

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Use:
    """A procedure that uses a letter, and the moves that send it (none: not sent by a move)."""

    code: str
    name: Text
    moves: tuple[Text, ...]
    declaration: Declaration


@dataclass(frozen=True, slots=True)
class Kind:
    """Data under a name that tells what they try."""

    key: str
    name: Text
    data: Data


def uses(letter: Letter) -> tuple[Use, ...]:
    """Give the published procedures that use a letter, by Vietnamese order."""
    found = (one.declaration for one in published(system=letter.system))
    return tuple(use for one in found if (use := _use(letter, one)) is not None)


def _use(letter: Letter, one: Declaration) -> Use | None:
    moves = tuple(
        one.move_names[move.key]
        for move in one.flow.moves
        if not letter.asked and move.letter == letter.key
    )
    wanted = {
        "": bool(moves),
        "always": True,
        "fees": bool(one.fees),
        "book": True,
    }
    return Use(one.code, one.name, moves, one) if wanted[letter.asked] else None


def kinds(letter: Letter) -> tuple[Kind, ...]:
    """Give all data that a letter is tried with, its own sample first."""
    return tuple(_kinds(letter))


def kind_of(letter: Letter, key: str) -> Kind:
    """Give data by key; the letter's own sample where there are none of that key."""
    found = kinds(letter)
    return next((one for one in found if one.key == key), found[0])


def _kinds(letter: Letter) -> Iterator[Kind]:
    base = _named(letter, _sample(letter), None)
    yield Kind(OWN, Text("dữ liệu mẫu", "sample data"), base)
    yield Kind("without", Text("không có phần tùy chọn", "no optional part"), _less(letter, base))
    yield Kind("long", Text("nội dung dài", "long texts"), _longer(base))
    hostile = Text("nội dung giống mã lệnh", "texts that look like code")
    yield Kind("hostile", hostile, _hostile(base))
    if letter.asked != "book":
        for use in uses(letter):
            yield from _of_use(letter, base, use)


def _of_use(letter: Letter, base: Data, use: Use) -> Iterator[Kind]:
    data = _named(letter, {**base, **_told(base, use.declaration)}, use.declaration)
    bare = _less(letter, data)
    yield Kind(use.code, Text(f"thủ tục {use.code}", f"procedure {use.code}"), data)
    without = Text(f"{use.code}, không có phần tùy chọn", f"{use.code}, no optional part")
    yield Kind(f"{use.code}-", without, bare)


def _told(base: Data, one: Declaration) -> Data:
    """Give what a procedure says in its letters."""
    return {
        "procedure": {
            **base["procedure"],
            "code": one.code,
            "name": one.name.vi,
            "group": one.group.vi,
            "limit": one.limit.text("vi") if one.limit else "Không quy định",
            "result": one.result.vi,
            "basis": [citation(law.text.strip().rstrip(".;")) for law in one.legal_basis],
        },
        "papers": [
            {"name": rule.name.vi, "forms": "01 bản chính", "note": ""} for rule in one.evidence
        ],
        "fields": [{"label": rule.label.vi, "value": _example(rule)} for rule in one.fields],
        "fee": {**base["fee"], "lines": [_fee(rule.name.vi) for rule in one.fees]},
    }


def _example(rule: FieldRule) -> str:
    if rule.type is FieldType.CHOICE:
        return shown(rule, rule.choices[0].key if rule.choices else "")
    return shown(rule, _EXAMPLES.get(rule.type, _OTHER))


def _fee(name: str) -> dict[str, str]:
    return {"name": name, "each": "8.000", "times": "2", "amount": "16.000", "exempt": ""}


def _named(letter: Letter, data: Data, declaration: Declaration | None) -> Data:
    """Put in the letter's name and the symbol of its look-up."""
    rules = declaration.letters if declaration and not letter.by_law else ()
    name = next((rule.name.vi for rule in rules if rule.key == letter.key), letter.told.vi)
    data = {**data, "letter": {"key": letter.key, "name": name}}
    if "lookup" in data:
        data["qr"] = qr_svg(lookup_link(data["lookup"]))
    return data


def _sample(letter: Letter) -> Data:
    told = _samples(letter.system)["book" if letter.asked == "book" else "dossier"]
    return _asked_for(json.loads(json.dumps(told)))


def _less(letter: Letter, data: Data) -> Data:
    left_out = _samples(letter.system)["without_book" if letter.asked == "book" else "without"]
    return _asked_for(_over(data, left_out))


def _over(data: Data, other: Mapping[str, Any]) -> Data:
    return {
        key: _over(said, other[key])
        if isinstance(said, dict) and isinstance(other.get(key), dict)
        else other.get(key, said)
        for key, said in data.items()
    }


def _longer(data: Data) -> Data:
    """Give data whose lists and remarks go on over pages, and whose names fill several lines."""
    grown = {
        key: said * _MANY if key in {"papers", "steps", "rows", "fields"} else said
        for key, said in data.items()
    }
    if "words" in data:
        grown["words"] = [_LONG] * _MANY
        grown["applicant"] = {**data["applicant"], "name": "Công ty có tên dài " * 9}
    return _asked_for(grown)


def _hostile(data: Data) -> Data:
    """Give data that would be markup or code if a template ran what people wrote."""
    if "rows" in data:
        return {**data, "rows": [{**one, "name": _HOSTILE} for one in data["rows"]]}
    named = {key: {**data[key], "name": _HOSTILE} for key in ("applicant", "officer")}
    papers = [{**one, "name": _HOSTILE} for one in data["papers"]]
    return _asked_for({**data, **named, "words": [_HOSTILE], "papers": papers})


def _asked_for(data: Data) -> Data:
    if "words" not in data:
        return data
    none = dict.fromkeys(("originals", "certified", "copies"), "")
    return {**data, "defects": [{"words": line, **none} for line in data["words"]]}


@cache
def _samples(system: str) -> dict[str, Data]:
    """Give the sample data of a system's letters; those of another one where it ships none."""
    for one in (system, *installed()):
        if SAMPLE in folder(one):
            found: dict[str, Data] = json.loads(folder(one)[SAMPLE])
            return found
    raise FileNotFoundError(SAMPLE)
