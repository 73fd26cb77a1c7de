"""Pure: sharing masts, and how far the streets of an undergrounding project have come.

Whom to ask to share a mast before one is built, and where none may stand, as Hanoi's plan of shared
works has it (HANDBOOK §9.1): QĐ 5800/QĐ-UBND of 22/8/2017. A street counts as done only once it is
accepted (HANDBOOK §9.2); 17 of 18 are 94.4 %.
"""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from motcua.kernel.errors import Refused
from motcua.kernel.geometry import Position, distance
from motcua.kernel.vietnamese import fold

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


GROUND = "ground"


def class_of(kind: str, height: int) -> str:
    """Give the class of a mast on the ground (TT 14/2013); of one on a building, nobody knows yet.

    `kind` is the answer of the permit's form, `height` in metres, 0 where it is not said.
    """
    if kind != GROUND or not height:
        return ""
    return "a2b" if height < _HIGH else "a2c"


_HIGH = 50


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement on shared use: its record and number, who lets whom, how much, on which days."""

    record: int
    code: str
    owner: int
    tenant: int
    taken: int
    starts_on: datetime.date
    ends_on: datetime.date | None
    ended: bool

    def in_force(self, on: datetime.date) -> bool:
        """Tell whether it holds on a day; what ended without a day of it holds no more."""
        last = self.ends_on or (datetime.date.min if self.ended else datetime.date.max)
        return self.starts_on <= on <= last


class Odd(StrEnum):
    """How a work and the agreements on it in force do not agree."""

    OVER = "over"  # more is let than there is
    UNCOUNTED = "uncounted"  # more is let than the work's own record has as taken
    UNTOLD = "untold"  # an operator shares it by an agreement, and its record does not say so
    UNAGREED = "unagreed"  # its record has an operator on it of whom there is no agreement
    NOT_OWNER = "not_owner"  # whoever lets it is not whose work it is


@dataclass(frozen=True, slots=True)
class Shared:
    """A mast or span that is shared: what its record says, and the agreements on it in force.

    `room` and `used` count ducts of a span, operators on a mast; None where that is not known.
    `tenants` are the operators beside its owner that the record of a mast has.
    """

    register: str
    record: int
    title: str
    owner: int | None
    room: int | None
    used: int | None
    tenants: frozenset[int]
    agreements: tuple[Agreement, ...]
    is_mast: bool

    @property
    def taken(self) -> int:
        """How much of it is let: ducts of a span, operators on a mast."""
        if self.is_mast:
            return len({one.tenant for one in self.agreements})
        return sum(one.taken for one in self.agreements)

    def odd(self) -> tuple[Odd, ...]:
        """Tell in what its record and the agreements do not agree."""
        let = {one.tenant for one in self.agreements}
        room = None if self.room is None else self.room - self.is_mast  # its owner has a place
        found = {
            Odd.OVER: room is not None and self.taken > room,
            Odd.UNCOUNTED: not self.is_mast and self.used is not None and self.taken > self.used,
            Odd.UNTOLD: self.is_mast and bool(let - self.tenants),
            Odd.UNAGREED: self.is_mast and bool(self.tenants - let),
            Odd.NOT_OWNER: any(one.owner != self.owner for one in self.agreements),
        }
        return tuple(one for one, is_so in found.items() if is_so)


class Stand(StrEnum):
    """How far a street is: the words of the city's reports."""

    GUIDED = "guided"  # listed for a phase; nothing is done on the spot yet
    UNDER_WAY = "under_way"  # from the survey on, until it is accepted
    DONE = "done"  # accepted, handed over or not


class NotAMast(Refused):
    """A dossier of something else is to be issued as the permit of a mast."""

    code = "telecom.not_a_mast"
    vi = "Hồ sơ này không phải hồ sơ cấp phép cột ăng ten."
    en = "This dossier does not ask for the permit of a mast."


class SiteUnknown(Refused):
    """A permit is to be written on a site that is in no register."""

    code = "telecom.site_unknown"
    vi = "Cơ quan giữ sổ của hồ sơ này không có trạm đang dùng nào mang mã này."
    en = "The agency that keeps the register for this dossier has no site in use of this code."


class SiteOfAnother(Refused):
    """A permit is to be written on a site of another operator than the one that applied."""

    code = "telecom.site_of_another"
    vi = "Trạm mang mã này là của doanh nghiệp khác, không phải của doanh nghiệp nộp hồ sơ."
    en = "The site of this code is another operator's, not that of the one that applied."


class ListFaulty(Refused):
    """Lines of a list of streets are wrong: no street of it is listed."""

    code = "telecom.list_faulty"
    vi = "Chưa ghi phố nào vì có dòng sai: {lines}. Sửa tệp rồi tải lên lại."
    en = "No street was listed, for lines are wrong: {lines}. Mend the file and send it again."


class ListTooLong(Refused):
    """More streets than one list takes."""

    code = "telecom.list_too_long"
    vi = "Tệp có hơn {most} dòng; hãy chia theo đợt."
    en = "The file has more than {most} rows; cut it by phase."


class ListUnread(Refused):
    """What was looked at did not come back whole."""

    code = "telecom.list_unread"
    vi = "Không đọc lại được danh sách đã xem; hãy tải tệp lên lại."
    en = "The list that was looked at cannot be read again; send the file once more."


MOST_LISTED = 500
"""So many streets are listed at once."""

NEW, THERE, TWICE, WRONG = "new", "there", "twice", "wrong"
"""What a row of a list is: to be listed, listed before, a row of above again, or not to be read."""


def same_street(told: Mapping[str, object]) -> tuple[str, ...]:
    """Give what makes a stretch of a phase the same one, however it is typed."""
    keys = ("year", "phase", "street", "begins", "ends", "ward")
    return tuple(fold(str(told.get(key, ""))) for key in keys)


LATE = "late"
"""Beside the stands: not accepted, and the date of its phase is over."""

STANDS: Mapping[str, Stand] = {
    "approved": Stand.GUIDED,
    "surveying": Stand.UNDER_WAY,
    "digging": Stand.UNDER_WAY,
    "cables_moved": Stand.UNDER_WAY,
    "poles_cleared": Stand.UNDER_WAY,
    "accepted": Stand.DONE,
    "handed_over": Stand.DONE,
}
"""By step or end of the dossier. One that is not listed yet, or was taken off, counts nowhere."""


@dataclass(frozen=True, slots=True)
class Task:
    """What one operator has to do in a street: when it is due, and when it was noted as done."""

    operator: str
    due_at: datetime.datetime | None
    done_at: datetime.datetime | None

    def late(self, at: datetime.datetime) -> bool:
        """Tell whether it was not done in time, or is not done and its time is over."""
        return self.due_at is not None and (self.done_at or at) > self.due_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Street:
    """A street of a phase as its dossier says it; `metres` long, due by `phase_end`."""

    dossier: int
    code: str
    year: int
    phase: int
    phase_end: datetime.date
    street: str
    begins: str
    ends: str
    ward: str
    metres: int
    telecom: bool
    power: bool
    step: str
    stand: Stand
    accepted_on: datetime.date | None
    tasks: tuple[Task, ...] = ()

    def late(self, on: datetime.date) -> bool:
        """Tell whether the date of the phase is over and the street not accepted."""
        return self.stand is not Stand.DONE and self.phase_end < on

    @property
    def done_late(self) -> bool:
        """Whether it was accepted after the date of its phase."""
        return self.accepted_on is not None and self.accepted_on > self.phase_end

    def is_in(self, state: str, on: datetime.date) -> bool:
        """Tell whether it counts under a stand, under `LATE`, or (empty) at all."""
        return state in {"", self.stand} or (state == LATE and self.late(on))


@dataclass(frozen=True, slots=True)
class Tally:
    """Streets counted by stand, those late, and metres: of all, and of those done."""

    streets: int
    stands: Mapping[str, int]
    metres: int
    metres_done: int

    @property
    def done(self) -> int:
        """How many are accepted."""
        return self.stands[Stand.DONE]

    @property
    def share(self) -> Decimal:
        """Which part of the streets is done, between 0 and 1; 0 of none."""
        return Decimal(self.done) / Decimal(self.streets) if self.streets else Decimal(0)


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of a year: the last date of its streets, and what they come to."""

    number: int
    ends_on: datetime.date
    tally: Tally


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the project, with its phases."""

    year: int
    phases: tuple[Phase, ...]
    tally: Tally


def tally(streets: Iterable[Street], on: datetime.date) -> Tally:
    """Count streets as of a day."""
    told = list(streets)
    stands = {str(stand): sum(one.stand is stand for one in told) for stand in Stand}
    done = sum(one.metres for one in told if one.stand is Stand.DONE)
    stands[LATE] = sum(one.late(on) for one in told)
    return Tally(len(told), stands, sum(one.metres for one in told), done)


def years(streets: Iterable[Street], on: datetime.date) -> list[Year]:
    """Count streets by year and phase as of a day, the newest year first."""
    found = []
    for year, those in sorted(_by(streets, lambda one: one.year).items(), reverse=True):
        phases = sorted(_by(those, lambda one: one.phase).items())
        told = [
            Phase(number, max(one.phase_end for one in some), tally(some, on))
            for number, some in phases
        ]
        found.append(Year(year, tuple(told), tally(those, on)))
    return found


K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


def _by(things: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    found: dict[K, list[T]] = defaultdict(list)
    for one in things:
        found[key(one)].append(one)
    return found


class Subject(StrEnum):
    """What is added up."""

    DUCTS = "ducts"  # spans underground
    AERIAL = "aerial"  # spans in the air
    CABLES = "cables"  # as long as the span on which each lies
    SITES = "sites"
    STREETS = "streets"  # whose lines are underground: accepted


@dataclass(frozen=True, slots=True)
class Work:
    """A thing that is added up: a record, or the dossier of a street (`code`).

    `area` and `operator` are keys, empty where none is told; `year` is that of its handover, for a
    site that since which it is on air, for a street that of its acceptance.
    """

    number: int
    title: str
    code: str
    area: str
    area_name: str
    operator: str
    operator_name: str
    year: int | None
    metres: float


@dataclass(frozen=True, slots=True)
class Group:
    """Works that have something in common: its key and words (none: not told), and their sums."""

    key: str
    label: str
    count: int
    metres: float


BLANK = "-"
"""The key of what is not told."""


def areas_of(works: Iterable[Work]) -> list[Group]:
    """Add works up by ward or commune, by name, what has none last."""
    return _grouped(works, lambda one: (one.area, one.area_name))


def operators_of(works: Iterable[Work]) -> list[Group]:
    """Add works up by operator, by name, what has none last."""
    return _grouped(works, lambda one: (one.operator, one.operator_name))


def years_of(works: Iterable[Work]) -> list[Group]:
    """Add works up by year, the first one first, what has none last."""
    return _grouped(works, lambda one: (str(one.year or ""),) * 2)


def _grouped(works: Iterable[Work], of: Callable[[Work], tuple[str, str]]) -> list[Group]:
    found = [
        Group(key or BLANK, of(those[0])[1], len(those), math.fsum(one.metres for one in those))
        for key, those in _by(works, lambda one: of(one)[0]).items()
    ]
    return sorted(found, key=lambda one: (one.key == BLANK, fold(one.label), one.key))


def is_of(work: Work, area: str, operator: str, year: str) -> bool:
    """Tell whether a work is of an area, an operator and a year; an empty one leaves all."""
    told = ((area, work.area), (operator, work.operator), (year, str(work.year or "")))
    return all(asked in {"", has or BLANK} for asked, has in told)
