"""Pure: whom to ask to share a mast before one is built, and where none may stand.

As Hanoi's plan of shared works has it (HANDBOOK §9.1): QĐ 5800/QĐ-UBND of 22/8/2017.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from motcua.kernel.errors import Refused
from motcua.kernel.geometry import Position, distance

INNER, SUBURB = "inner", "suburb"


class NoRuleThen(Refused):
    """No rule on sharing was in force on that day."""

    code = "telecom.no_rule_then"
    vi = "Ngày này chưa có quy định về khoảng cách dùng chung cột."
    en = "No rule on the distance for sharing masts was in force on that day."


class MastTooHigh(Refused):
    """A high mast is to stand in a zone without bulky ones."""

    code = "telecom.mast_too_high"
    vi = "Trong khu vực hạn chế không được dựng cột cồng kềnh cao từ {metres} m."
    en = "In a listed zone no bulky mast of {metres} m and more may stand."


@dataclass(frozen=True, slots=True)
class SharingRule:
    """Since a day: within how many metres masts are shared, by how many operators at most.

    `high` is the height in metres from which none may stand in a listed zone.
    """

    since: datetime.date
    metres: Mapping[str, int]
    most: int
    high: int
    source: str


RULES = (
    SharingRule(
        since=datetime.date(2017, 8, 22),
        metres={INNER: 100, SUBURB: 500},
        most=4,
        high=50,
        source="QĐ 5800/QĐ-UBND 22/8/2017",
    ),
)
"""Every rule there was, the first one first."""


@dataclass(frozen=True, slots=True)
class Mast:
    """A mast that stands or is to stand: its record, its place, and who is on it."""

    record: int
    place: Position
    operators: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """A mast within the distance, how far in metres, and whether another operator has room."""

    mast: Mast
    metres: float
    has_room: bool


def rule_on(on: datetime.date) -> SharingRule:
    """Give the rule of a day. Raises `NoRuleThen`."""
    found = [one for one in RULES if one.since <= on]
    if not found:
        raise NoRuleThen
    return max(found, key=lambda one: one.since)


def must_fit(rule: SharingRule, *, height: int, listed: bool) -> None:
    """Refuse what may not stand there: `MastTooHigh`."""
    if listed and height >= rule.high:
        raise MastTooHigh(metres=rule.high)


def to_ask(rule: SharingRule, place: Position, zone: str, masts: Iterable[Mast]) -> list[Near]:
    """Give the masts within the distance of a zone, the nearest first: their operators are asked.

    The first builds, the rest share: one who is on the mast with room left takes another in.
    """
    limit = rule.metres[zone]
    found = ((distance(place, one.place), one) for one in masts)
    near = [Near(one, far, len(one.operators) < rule.most) for far, one in found if far <= limit]
    return sorted(near, key=lambda one: (one.metres, one.mast.record))
