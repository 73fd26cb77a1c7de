"""Why a duty is due when it is: a readable account, day by day, that adds up to the limit."""

from __future__ import annotations

import datetime as dt
import enum
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from motcua.kernel.calendar.days import Closure
from motcua.kernel.calendar.instant import instant_of
from motcua.kernel.calendar.limit import Limit
from motcua.kernel.calendar.model import Calendar
from motcua.kernel.calendar.shift import clock_text
from motcua.kernel.calendar.unit import Unit
from motcua.kernel.calendar.wording import count_text, day_text, length_text

_ONE_DAY = dt.timedelta(days=1)
_LONG_ROW = 4


class Sort(enum.Enum):
    """What a line of the account tells."""

    PART = "part"
    FULL = "full"
    REST = "rest"
    OFF = "off"
    AFTER_HOURS = "after_hours"


@dataclass(frozen=True, slots=True)
class Line:
    """One or several days of the account.

    ``minutes`` are those counted, ``worked`` the days in which some were, ``rests`` the weekly
    rest days inside the run; ``hours`` are the stretches of a single day on the wall clock.
    """

    sort: Sort
    first: dt.date
    last: dt.date
    minutes: int = 0
    worked: int = 0
    rests: int = 0
    hours: tuple[str, ...] = ()
    vi: str = ""
    en: str = ""


def account(calendar: Calendar, start: dt.datetime, due: dt.datetime) -> tuple[Line, ...]:
    """Tell what each local day from ``start`` to ``due`` counted; full and free days are folded.

    The minutes of the lines add up to ``calendar.used(start, due)``.
    """
    begin, end = calendar.minute(start), calendar.minute(due)
    return tuple(_gather(_fold(_days(calendar, begin, end))))


def explain(calendar: Calendar, start: dt.datetime, limit: Limit, language: str) -> tuple[str, ...]:
    """Explain in ``vi`` or ``en``, line by line, when ``limit`` ends if it starts at ``start``.

    Raises what ``Limit.due`` raises.
    """
    due = limit.due(calendar, start)
    if limit.unit is Unit.HOUR:
        lines: tuple[str, ...] = (_clock_hours(calendar, start, limit, language),)
    elif limit.counts_dates:
        lines = _dates(calendar, start, limit, language)
    else:
        lines = tuple(line_text(line, language) for line in account(calendar, start, due))
    return (*lines, _due_text(calendar, due, limit, language))


def line_text(line: Line, language: str) -> str:
    """Write one line of the account."""
    english = language == "en"
    days = day_text(line.first, language)
    if line.last != line.first:
        days += f" – {day_text(line.last, language)}"
    if line.sort is Sort.FULL and line.worked > 1:
        return f"{days}: {_run_text(line, language)}"
    if line.minutes:
        why = f" ({line.en if english else line.vi})" if line.vi else ""
        return f"{days}: {', '.join(line.hours)}, {length_text(line.minutes, language)}{why}"
    return f"{days}: {_nothing_text(line, language)}"


def _run_text(line: Line, language: str) -> str:
    length = length_text(line.minutes, language)
    if language == "en":
        rests = f" (without {count_text(line.rests, 'weekly rest day')})" if line.rests else ""
        return f"{count_text(line.worked, 'working day')}, {length}{rests}"
    rests = f" (không tính {line.rests} ngày nghỉ hằng tuần)" if line.rests else ""
    return f"{line.worked} ngày làm việc, {length}{rests}"


def _nothing_text(line: Line, language: str) -> str:
    english = language == "en"
    if line.sort is Sort.REST:
        return "weekly rest" if english else "nghỉ hằng tuần"
    if line.sort is Sort.AFTER_HOURS:
        return "outside working hours, 0 minutes" if english else "ngoài giờ làm việc, 0 phút"
    return f"off ({line.en})" if english else f"nghỉ ({line.vi})"


def _due_text(calendar: Calendar, due: dt.datetime, limit: Limit, language: str) -> str:
    wall = calendar.local(due)
    when = f"{wall:%H:%M} {day_text(wall.date(), language)}"
    if language == "en":
        return f"Due: {when} ({limit.text(language)})"
    return f"Đến hạn: {when} ({limit.text(language)})"


def _clock_hours(calendar: Calendar, start: dt.datetime, limit: Limit, language: str) -> str:
    wall = calendar.local(start)
    since = f"{wall:%H:%M} {day_text(wall.date(), language)}"
    length = length_text(limit.minutes, language)
    if language == "en":
        return f"{length} by the clock from {since}, nights and days off included"
    return f"{length} theo đồng hồ kể từ {since}, tính cả đêm và ngày nghỉ"


def _dates(calendar: Calendar, start: dt.datetime, limit: Limit, language: str) -> tuple[str, ...]:
    first, last = calendar.local(start).date(), limit.last_day(calendar, start)
    closing = calendar.local(calendar.close_of(last)).date()
    lines = [_received_text(first, limit, language)]
    if closing != last or last != first:
        lines.append(_last_text(last, language))
    free = (_whole_day(calendar, last + n * _ONE_DAY) for n in range((closing - last).days))
    lines += [line_text(line, language) for line in _fold(free)]
    return tuple(lines)


def _received_text(first: dt.date, limit: Limit, language: str) -> str:
    day = day_text(first, language)
    if limit.unit is Unit.SAME_DAY:
        return f"{day}: received" if language == "en" else f"{day}: ngày nhận"
    if language == "en":
        return f"{day}: first day, not counted (Civil Code 2015, Article 147)"
    return f"{day}: ngày đầu tiên, không tính (Bộ luật Dân sự 2015, Điều 147)"


def _last_text(last: dt.date, language: str) -> str:
    day = day_text(last, language)
    return f"{day}: last day of the limit" if language == "en" else f"{day}: ngày cuối của thời hạn"


def _days(calendar: Calendar, begin: int, end: int) -> Iterator[Line]:
    day = calendar.local(instant_of(begin)).date()
    last = calendar.local(instant_of(end)).date()
    while day <= last:
        whole = _whole_day(calendar, day)
        parts = calendar.stretches(day)
        counted = [(max(low, begin), min(high, end)) for low, high in parts]
        counted = [(low, high) for low, high in counted if low < high]
        yield whole if tuple(counted) == parts else _clipped(calendar, whole, counted)
        day += _ONE_DAY


def _clipped(calendar: Calendar, whole: Line, counted: list[tuple[int, int]]) -> Line:
    minutes = sum(high - low for low, high in counted)
    sort = Sort.PART if counted else Sort.AFTER_HOURS
    hours = tuple(_hours(calendar, low, high) for low, high in counted)
    return replace(whole, sort=sort, minutes=minutes, worked=int(bool(counted)), hours=hours)


def _whole_day(calendar: Calendar, day: dt.date) -> Line:
    parts = calendar.stretches(day)
    minutes = sum(high - low for low, high in parts)
    hours = tuple(_hours(calendar, low, high) for low, high in parts)
    vi, en = _reason(calendar, day)
    worked_sort, free_sort = (Sort.PART, Sort.OFF) if vi else (Sort.FULL, Sort.REST)
    sort = worked_sort if parts else free_sort
    worked, rests = int(bool(parts)), int(sort is Sort.REST)
    return Line(sort, day, day, minutes, worked, rests, hours, vi, en)


def _reason(calendar: Calendar, day: dt.date) -> tuple[str, str]:
    """Give what makes a day unlike its weekday, in both languages; empty for an ordinary day."""
    special = calendar.specials.get(day)
    closures = calendar.closed.get(day, ())
    vi = [special.vi] if special else []
    en = [special.en] if special else []
    vi += [f"{_closed_hours('đóng cửa', closure)}: {closure.vi}" for closure in closures]
    en += [f"{_closed_hours('closed', closure)}: {closure.en}" for closure in closures]
    return "; ".join(vi), "; ".join(en)


def _closed_hours(word: str, closure: Closure) -> str:
    if closure.part is None:
        return word
    return f"{word} {clock_text(closure.part.begin)}–{clock_text(closure.part.end)}"


def _hours(calendar: Calendar, low: int, high: int) -> str:
    begin, end = calendar.local(instant_of(low)), instant_of(high).astimezone(calendar.tzinfo)
    until = "24:00" if end.date() > begin.date() else f"{end:%H:%M}"
    return f"{begin:%H:%M}–{until}"


def _fold(days: Iterable[Line]) -> list[Line]:
    """Join equal neighbours, and full weeks across their weekly rest."""
    lines: list[Line] = []
    for day in days:
        if lines and _alike(lines[-1], day):
            lines[-1] = _joined(lines[-1], day)
        else:
            lines.append(day)
        if [line.sort for line in lines[-3:]] == [Sort.FULL, Sort.REST, Sort.FULL]:
            before, rest, after = lines[-3:]
            lines[-3:] = [_joined(_joined(before, rest), after)]
    return lines


def _gather(lines: list[Line]) -> Iterator[Line]:
    """Join long rows of days off with names of their own, such as Tết, by the first and last."""
    for sort, group in itertools.groupby(lines, key=lambda line: line.sort):
        row = list(group)
        if sort is Sort.OFF and len(row) >= _LONG_ROW:
            first, last = row[0], row[-1]
            vi, en = f"{first.vi} … {last.vi}", f"{first.en} … {last.en}"
            yield replace(first, last=last.last, vi=vi, en=en)
        else:
            yield from row


def _alike(one: Line, other: Line) -> bool:
    foldable = one.sort in {Sort.FULL, Sort.REST, Sort.OFF}
    return foldable and (one.sort, one.vi, one.en) == (other.sort, other.vi, other.en)


def _joined(one: Line, other: Line) -> Line:
    return replace(
        one,
        last=other.last,
        minutes=one.minutes + other.minutes,
        worked=one.worked + other.worked,
        rests=one.rests + other.rests,
        hours=(),
    )
