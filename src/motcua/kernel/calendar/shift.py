"""Shifts: the stretches of a day in which an office works."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from motcua.kernel.errors import Refused

MINUTES_A_DAY = 24 * 60
_TEXT = re.compile(r"(\d{2}):([0-5]\d)[-–](\d{2}):([0-5]\d)")


class BadShift(Refused):
    """A shift must begin before it ends, within one day."""

    code = "calendar.bad_shift"
    vi = "Ca làm việc “{shift}” không hợp lệ; hãy ghi dạng 08:00-12:00, trong cùng một ngày."
    en = "The shift “{shift}” is not valid; write it like 08:00-12:00, within one day."


class OverlappingShifts(Refused):
    """Shifts of one day must follow one another."""

    code = "calendar.overlapping_shifts"
    vi = "Ca {later} phải bắt đầu sau khi ca {earlier} kết thúc."
    en = "The shift {later} must begin after the shift {earlier} has ended."


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """A stretch of a local day, ``begin`` inclusive and ``end`` exclusive.

    Both are minutes after local midnight; ``end`` may be 1440, the end of the day.
    """

    begin: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.begin < self.end <= MINUTES_A_DAY:
            raise BadShift(shift=f"{self.begin}-{self.end}")

    def __str__(self) -> str:
        return f"{clock_text(self.begin)}-{clock_text(self.end)}"

    @classmethod
    def parse(cls, text: str) -> Shift:
        """Read ``08:00-12:00``; raises ``BadShift``."""
        match = _TEXT.fullmatch(text.strip())
        if match is None:
            raise BadShift(shift=text)
        hour, minute, last_hour, last_minute = map(int, match.groups())
        begin, end = hour * 60 + minute, last_hour * 60 + last_minute
        if not 0 <= begin < end <= MINUTES_A_DAY:
            raise BadShift(shift=text)
        return cls(begin, end)


def clock_text(minute: int) -> str:
    """Write minutes after midnight as ``HH:MM``."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def in_order(shifts: Iterable[Shift]) -> tuple[Shift, ...]:
    """Give the shifts of one day sorted; raises ``OverlappingShifts``."""
    ordered = tuple(sorted(shifts))
    for earlier, later in itertools.pairwise(ordered):
        if later.begin < earlier.end:
            raise OverlappingShifts(earlier=str(earlier), later=str(later))
    return ordered


def without(shifts: Iterable[Shift], closed: Shift) -> tuple[Shift, ...]:
    """Cut a closed stretch out of the shifts of one day."""
    rest = []
    for shift in shifts:
        pieces = (
            (shift.begin, min(shift.end, closed.begin)),
            (max(shift.begin, closed.end), shift.end),
        )
        rest += [Shift(begin, end) for begin, end in pieces if begin < end]
    return tuple(rest)


Week = tuple[tuple[Shift, ...], ...]
"""The shifts of each weekday, Monday first."""

OFFICE_DAY = (Shift.parse("08:00-12:00"), Shift.parse("13:00-17:00"))
OFFICE_WEEK: Week = (OFFICE_DAY,) * 5 + ((), ())
