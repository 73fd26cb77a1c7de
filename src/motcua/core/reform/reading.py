"""Plan files: TOML with everything, or a CSV with one succession a line; and writing the TOML."""

from __future__ import annotations

import csv
import datetime
import io
import json
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, TypeVar

from motcua.core.reform.faults import DocumentMissing, NothingEnds, PlanUnreadable
from motcua.core.reform.rules import KINDS, Founding, Order, Seat, Succession

FORMAT = 1
COLUMNS = ("from", "to", "kind", "procedure", "area")
_LONGEST = 300
_WHOLE = 100  # percent
_NAMES = {"ending": "from", "heir": "to", "new": "as"}  # field → word of the file

_ROOM = {
    **dict.fromkeys(("code", "parent", "ending", "heir"), 35),
    **dict.fromkeys(("post", "new", "tier", "calendar", "area", "areas"), 30),
    **dict.fromkeys(("name_vi", "name_en", "address"), 200),
    "short_name": 60,
    "code_102": 13,
    "phone": 20,
    "tier": 20,
    "procedures": 40,
}
"""Characters that a column takes; a longer word would stop the reform on its day."""

Part = TypeVar("Part", Succession, Seat, Founding)


def read_plan(text: str) -> Order:
    """Read a TOML file. Raises `PlanUnreadable`, `DocumentMissing` and `NothingEnds`."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PlanUnreadable(reason=str(error)[:_LONGEST]) from error
    if table.get("format") != FORMAT:
        raise PlanUnreadable(reason=f"format = {FORMAT}")
    unknown = table.keys() - {"format", "date", "document", "heir", "officer", "found"}
    if unknown:
        raise PlanUnreadable(reason=", ".join(sorted(unknown)))
    return _checked(
        _day(table.get("date")),
        table.get("document", ""),
        tuple(_parts(Succession, table, "heir")),
        tuple(_parts(Seat, table, "officer")),
        tuple(_parts(Founding, table, "found")),
    )


def read_csv(text: str, *, on: datetime.date, document: str) -> Order:
    """Read a CSV with the columns `from,to,kind,procedure,area`; the last three may be empty."""
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    if not {"from", "to"} <= {*(rows.fieldnames or ())} <= {*COLUMNS}:
        raise PlanUnreadable(reason=",".join(COLUMNS))
    successions = tuple(_line(row, rows.line_num) for row in rows)
    return _checked(on, document, successions, (), ())


def written(order: Order) -> str:
    """Write a plan as the one text it is kept and committed to as."""
    lines = [f"format = {FORMAT}", f"date = {order.on.isoformat()}"]
    lines.append(f"document = {_quoted(order.document)}")
    for founding in order.founds:
        lines += ["", "[[found]]", *_told(founding)]
    for succession in order.successions:
        lines += ["", "[[heir]]", *_told(succession)]
    for seat in order.seats:
        lines += ["", "[[officer]]", *_told(seat)]
    return "\n".join(lines) + "\n"


def _checked(
    on: datetime.date,
    document: object,
    successions: tuple[Succession, ...],
    seats: tuple[Seat, ...],
    founds: tuple[Founding, ...],
) -> Order:
    if not isinstance(document, str) or not document.strip():
        raise DocumentMissing
    if not successions:
        raise NothingEnds
    for one in successions:
        if one.kind not in KINDS:
            raise PlanUnreadable(reason=f"{one.ending}: kind = {' | '.join(KINDS)}")
    return Order(on, document.strip()[:_LONGEST], successions, seats, founds)


def _day(value: object) -> datetime.date:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    raise PlanUnreadable(reason="date = YYYY-MM-DD")


def _parts(kind: type[Part], table: dict[str, Any], name: str) -> Iterator[Part]:
    rows = table.get(name, [])
    if not isinstance(rows, list):
        raise PlanUnreadable(reason=f"[[{name}]]")
    for number, row in enumerate(rows, start=1):
        yield _part(kind, row, f"{name} {number}")


def _part(kind: type[Part], row: object, where: str) -> Part:
    if not isinstance(row, dict):
        raise PlanUnreadable(reason=where)
    given: dict[str, Any] = {**row}
    said: dict[str, Any] = {}
    for one in fields(kind):
        word = _NAMES.get(one.name, one.name)
        if word in given:
            value = given.pop(word)
            said[one.name] = tuple(value) if isinstance(value, list) else value
    wrong = [*given, *(name for name, value in said.items() if not _fits(name, value))]
    if wrong:
        raise PlanUnreadable(reason=f"{where}: {', '.join(wrong)}")
    try:
        return kind(**said)
    except TypeError as error:
        raise PlanUnreadable(reason=f"{where}: {error}"[:_LONGEST]) from error


def _fits(name: str, value: object) -> bool:
    if name == "share":
        return type(value) is int and 0 <= value <= _WHOLE
    if name in {"procedures", "areas"}:
        return isinstance(value, tuple) and all(_is_word(one, _ROOM[name]) for one in value)
    return _is_word(value, _ROOM.get(name, _LONGEST)) or (
        value == "" and name in {"heir", "address", "phone", "area"}
    )


def _is_word(value: object, room: int) -> bool:
    return isinstance(value, str) and 0 < len(value) <= room and value.isprintable()


def _line(row: dict[str, str | None], number: int) -> Succession:
    told = {column: (row.get(column) or "").strip() for column in COLUMNS}
    if not told["from"] or not told["to"] or row.get(None):  # type: ignore[call-overload]
        raise PlanUnreadable(reason=f"{number}: from, to")
    return Succession(
        ending=told["from"],
        heir=told["to"],
        kind=told["kind"] or "merged",
        procedures=(told["procedure"],) if told["procedure"] else (),
        areas=(told["area"],) if told["area"] else (),
    )


def _told(row: Succession | Seat | Founding) -> Iterator[str]:
    for one in fields(row):
        value = getattr(row, one.name)
        if value in {"", (), 0}:
            continue
        said = [*value] if isinstance(value, tuple) else value
        yield f"{_NAMES.get(one.name, one.name)} = {_quoted(said)}"


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
