"""National days off and swapped working days, with dated rows of the city's own over them."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass

import holidays
from holidays.version import __version__ as library_version

from motcua.kernel.calendar.days import Closure, DayOff, WorkedDay
from motcua.kernel.calendar.model import Calendar
from motcua.kernel.calendar.shift import OFFICE_WEEK, Shift, Week
from motcua.kernel.calendar.wording import date_text
from motcua.kernel.errors import Refused

_SATURDAY = 5
_SWAPPED = re.compile(r"Ngày nghỉ \(thay cho ngày (\d{2})/(\d{2})/(\d{4})\)")


class UnknownCountry(Refused):
    """The holiday library has no such country."""

    code = "calendar.unknown_country"
    vi = "Không có ngày lễ của quốc gia “{country}”; ví dụ đúng: VN."
    en = "There are no holidays for the country “{country}”; a right one is VN."


class DayKind(enum.StrEnum):
    """What an override makes of a day."""

    OFF = "off"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class DayOverride:
    """A dated row that wins over the library, kept and corrected by an officer.

    On Monday to Friday a ``work`` row only takes away the day off, so that the weekday's own
    shifts hold; on a weekend it makes a worked day with ``shifts`` (``None``: Monday's).
    """

    day: dt.date
    kind: DayKind
    vi: str
    en: str
    legal_ref: str
    shifts: tuple[Shift, ...] | None = None


@dataclass(frozen=True, slots=True)
class NationalDays:
    """Days off and worked days of a span, in order of date, at most one row a day."""

    days_off: tuple[DayOff, ...]
    worked_days: tuple[WorkedDay, ...]


def national_days(
    country: str, years: range, overrides: Iterable[DayOverride] = ()
) -> NationalDays:
    """Give the days off and swapped working days of ``years`` (step 1) in a country.

    They come from the ``holidays`` library (its version is the row's reference), named in
    Vietnamese and English where it knows them. Of several overrides for a day the last wins.
    Raises ``UnknownCountry``.
    """
    days: dict[dt.date, DayOff | WorkedDay] = {}
    for row in _library_rows(country, years):
        days[row.day] = row
    for override in overrides:
        days.pop(override.day, None)
        if (made := _row(override)) is not None:
            days[override.day] = made
    rows = [days[day] for day in sorted(days) if day.year in years]
    return NationalDays(
        tuple(row for row in rows if isinstance(row, DayOff)),
        tuple(row for row in rows if isinstance(row, WorkedDay)),
    )


def build_calendar(
    first_year: int,
    last_year: int,
    *,
    weekly: Week = OFFICE_WEEK,
    zone: str = "Asia/Ho_Chi_Minh",
    country: str = "VN",
    overrides: Iterable[DayOverride] = (),
    closures: Iterable[Closure] = (),
) -> Calendar:
    """Lay out the calendar of an agency over the national days; raises what both parts raise."""
    national = national_days(country, range(first_year, last_year + 1), overrides)
    return Calendar(
        first_year=first_year,
        last_year=last_year,
        weekly=weekly,
        zone=zone,
        days_off=national.days_off,
        worked_days=national.worked_days,
        closures=tuple(closures),
    )


def _row(override: DayOverride) -> DayOff | WorkedDay | None:
    day, vi, en, legal_ref = override.day, override.vi, override.en, override.legal_ref
    if override.kind is DayKind.OFF:
        return DayOff(day, vi, en, legal_ref)
    if day.weekday() < _SATURDAY and override.shifts is None:
        return None
    return WorkedDay(day, vi, en, legal_ref, override.shifts)


def _library_rows(country: str, years: range) -> list[DayOff | WorkedDay]:
    if not years:
        return []
    # A swapped day may lie in the year before or after the day off that declares it.
    wider = range(years.start - 1, years.stop + 1)
    vi, en = (_holidays(country, wider, language) for language in ("vi", "en_US"))
    source = f"holidays {library_version} ({country})"
    swaps = {worked: day for day, name in vi.items() if (worked := _swapped_with(name))}
    rows: list[DayOff | WorkedDay] = [
        DayOff(day, *_names(vi[day], en[day]), source) for day in sorted(vi)
    ]
    rows += [
        WorkedDay(day, *_worked_names(swaps.get(day)), source)
        for day in sorted(vi.weekend_workdays)
    ]
    return rows


def _holidays(country: str, years: range, language: str) -> holidays.HolidayBase:
    try:
        return holidays.country_holidays(country, years=years, language=language)
    except NotImplementedError:
        raise UnknownCountry(country=country) from None


def _names(vi: str, en: str) -> tuple[str, str]:
    # The library writes the swapped date month first in English, which nobody here reads.
    worked = _swapped_with(vi)
    if worked is None:
        return vi, en
    return (
        f"Nghỉ hoán đổi với ngày {date_text(worked)}",
        f"Day off swapped with {date_text(worked)}",
    )


def _worked_names(off: dt.date | None) -> tuple[str, str]:
    if off is None:
        return "Ngày làm bù", "Swapped working day"
    return f"Làm bù cho ngày {date_text(off)}", f"Worked in place of {date_text(off)}"


def _swapped_with(name: str) -> dt.date | None:
    match = _SWAPPED.search(name)
    return dt.date(*map(int, match.groups()[::-1])) if match else None
