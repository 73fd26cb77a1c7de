"""Working calendars as this process knows them, built from rows over the national days."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping

from django.db import transaction

from motcua.core.clock.models import CalendarDay, WorkCalendar
from motcua.kernel.calendar import (
    OFFICE_WEEK,
    Calendar,
    Closure,
    DayKind,
    DayOverride,
    Shift,
    UnknownCalendar,
    build_calendar,
)

# Announced in December 2025 (memory) and unknown to the holiday library.
_ANNOUNCED = {
    "VN": (
        (
            "2026-01-02",
            "off",
            "Nghỉ hoán đổi với ngày 10/01/2026",
            "Day off swapped with 10/01/2026",
        ),
        ("2026-01-10", "work", "Làm bù cho ngày 02/01/2026", "Worked in place of 02/01/2026"),
    )
}
UNCONFIRMED = "Chưa đối chiếu với văn bản"

# A changed calendar is seen by every process after this long; recomputing what is open is an
# action of its own, so a few seconds of the old one lose nothing.
_FRESH_SECONDS = 5.0


class Calendars(Mapping[str, Calendar]):
    """Calendars by key; each is rebuilt when its revision has changed."""

    def __init__(self) -> None:
        self._built: dict[str, tuple[int, Calendar]] = {}
        self._former: dict[tuple[str, int], Calendar] = {}
        self._checked = 0.0

    def __getitem__(self, key: str) -> Calendar:
        if time.monotonic() - self._checked > _FRESH_SECONDS or key not in self._built:
            self._refresh()
        try:
            return self._built[key][1]
        except KeyError:
            raise UnknownCalendar(calendar=key) from None

    def __iter__(self) -> Iterator[str]:
        self._refresh()
        return iter(self._built)

    def __len__(self) -> int:
        self._refresh()
        return len(self._built)

    def known(self, key: str) -> tuple[int, Calendar]:
        """Give a calendar with its revision, both of one moment."""
        self[key]
        return self._built[key]

    def before(self, key: str, revision: int | None) -> Calendar:
        """Give a calendar as it was at a revision; None: the first."""
        wanted, (latest, now) = revision or 1, self.known(key)
        if wanted >= latest:
            return now
        if (key, wanted) not in self._former:
            row = WorkCalendar.objects.get(key=key)
            self._former[key, wanted] = build(row, revision=wanted)
        return self._former[key, wanted]

    def forget(self) -> None:
        """Build every calendar anew (after a change, and between tests)."""
        self._built, self._checked = {}, 0.0
        self._former = {}

    def _refresh(self) -> None:
        for row in WorkCalendar.objects.all():
            if self._built.get(row.key, (0,))[0] != row.revision:
                self._built[row.key] = (row.revision, build(row))
        self._checked = time.monotonic()


calendars = Calendars()


def ensure_national(country: str, time_zone: str, *, first_year: int, last_year: int) -> None:
    """Write the national office calendar where it is missing, with the days announced since."""
    if not WorkCalendar.objects.filter(key="national").exists():
        _write_national(country, time_zone, first_year, last_year)
    calendars.forget()


@transaction.atomic
def _write_national(country: str, time_zone: str, first_year: int, last_year: int) -> None:
    shifts = {
        str(weekday): [f"{_hour(shift.begin)}-{_hour(shift.end)}" for shift in shifts]
        for weekday, shifts in enumerate(OFFICE_WEEK)
    }
    row, is_new = WorkCalendar.objects.get_or_create(
        key="national",
        defaults={
            "name_vi": "Lịch làm việc hành chính",
            "name_en": "Office calendar",
            "time_zone": time_zone,
            "country": country,
            "shifts": shifts,
            "first_year": first_year,
            "last_year": last_year,
        },
    )
    if is_new:  # another process may have been first
        CalendarDay.objects.bulk_create(_announced(row))


def _announced(calendar: WorkCalendar) -> list[CalendarDay]:
    """Rows like any other, so that an officer can correct them."""
    return [
        CalendarDay(
            calendar=calendar, day=day, kind=kind, name_vi=vi, name_en=en, legal_ref=UNCONFIRMED
        )
        for day, kind, vi, en in _ANNOUNCED.get(calendar.country, ())
    ]


def _hour(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def build(
    row: WorkCalendar, *, revision: int | None = None, more: Iterable[CalendarDay] = ()
) -> Calendar:
    """Lay a calendar out: as it was at a `revision`, or with `more` days that are not in it yet.

    The day of a later revision wins over that of an earlier one.
    """
    rows = CalendarDay.objects.filter(calendar=row).order_by("day", "id")
    if revision is not None:
        rows = rows.filter(revision__lte=revision)
    days = [*rows, *more]
    return build_calendar(
        row.first_year,
        row.last_year,
        weekly=tuple(_shifts(row.shifts.get(str(weekday), [])) for weekday in range(7)),
        zone=row.time_zone,
        country=row.country,
        overrides=[_override(day) for day in days if _is_override(day)],
        closures=[_closure(day) for day in days if not _is_override(day)],
    )


def _shifts(texts: list[str]) -> tuple[Shift, ...]:
    return tuple(Shift.parse(text) for text in texts)


def _is_override(day: CalendarDay) -> bool:
    return day.kind != CalendarDay.Kind.CLOSURE


def _override(day: CalendarDay) -> DayOverride:
    return DayOverride(day.day, DayKind(day.kind), day.name_vi, day.name_en, day.legal_ref)


def _closure(day: CalendarDay) -> Closure:
    part = None
    if day.closed_from is not None and day.closed_to is not None:
        part = Shift.parse(f"{day.closed_from:%H:%M}-{day.closed_to:%H:%M}")
    return Closure(day.day, day.name_vi, day.name_en, day.legal_ref, part)
