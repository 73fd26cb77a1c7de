"""Versions in time: what was so on a day, as it was known at an instant."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from motcua.core.registers.rules import version_at

FIRST = datetime.date(2026, 1, 1)
START = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
DAYS = st.integers(0, 40)


@dataclass(frozen=True)
class Said:
    """A version: its number, since when it holds, and when it was recorded."""

    pk: int
    since: datetime.date
    recorded_at: datetime.datetime


def day(number: int) -> datetime.date:
    return FIRST + datetime.timedelta(days=number)


def instant(number: int) -> datetime.datetime:
    return START + datetime.timedelta(hours=number)


@st.composite
def histories(draw) -> list[Said]:
    sinces = draw(st.lists(DAYS, min_size=1, max_size=12))
    return [Said(pk, day(since), instant(pk)) for pk, since in enumerate(sinces, 1)]


def painted(versions: list[Said], known: datetime.datetime | None) -> dict[int, int]:
    """Paint every day of a calendar, version by version, as somebody with a brush would."""
    calendar: dict[int, int] = {}
    for one in sorted(versions, key=lambda one: one.recorded_at):
        if known is None or one.recorded_at <= known:
            calendar.update({n: one.pk for n in range(45) if day(n) >= one.since})
    return calendar


@given(histories(), st.none() | st.integers(0, 13))
def test_every_day_shows_what_was_painted_there_last(versions, known):
    asked = None if known is None else instant(known)
    calendar = painted(versions, asked)
    for number in range(45):
        found = version_at(versions, on=day(number), known=asked)
        assert (found.pk if found else None) == calendar.get(number)


@given(histories(), st.randoms())
def test_the_order_of_the_rows_does_not_matter(versions, random):
    shuffled = list(versions)
    random.shuffle(shuffled)
    assert version_at(shuffled, on=day(45)) == version_at(versions, on=day(45))


@given(histories())
def test_the_last_version_is_the_present(versions):
    assert version_at(versions, on=day(45)).pk == len(versions)


@given(histories(), st.integers(0, 13), DAYS)
def test_what_was_known_then_does_not_change_by_what_came_later(versions, known, on):
    then = [one for one in versions if one.recorded_at <= instant(known)]
    assert version_at(versions, on=day(on), known=instant(known)) == version_at(then, on=day(on))
