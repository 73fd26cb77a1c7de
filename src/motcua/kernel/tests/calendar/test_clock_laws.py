"""Laws of a clock that was paused, restarted and handed over, minute by minute."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from motcua.kernel.calendar import Calendar, Clock, DayOff, Limit, Shift, State, Unit
from motcua.kernel.tests.calendar.samples import FIRST, HANOI

MINUTE = dt.timedelta(minutes=1)
ORIGIN = dt.datetime(2026, 1, 1, tzinfo=HANOI)
DAYS = 30
MORNINGS = ((Shift.parse("07:30-11:30"),),) * 6 + ((),)
CALENDARS = {
    "city": Calendar(2026, 2026),
    "heir": Calendar(2026, 2026, weekly=MORNINGS, days_off=(DayOff(FIRST, "Lễ", "Holiday"),)),
}
# Both once more, by the minute: 1 January 2026 is a Thursday.
BELLS = {
    "city": [
        (day + 3) % 7 < 5 and minute // 60 in {8, 9, 10, 11, 13, 14, 15, 16}
        for day in range(DAYS)
        for minute in range(1440)
    ],
    "heir": [
        day > 0 and (day + 3) % 7 < 6 and 450 <= minute < 690
        for day in range(DAYS)
        for minute in range(1440)
    ],
}
ACTS = {
    State.RUNNING: ("pause", "pause", "hand_over", "restart"),
    State.PAUSED: ("resume", "resume", "hand_over", "restart"),
}
STILL = ("hand_over", State.PAUSED)
quick = settings(max_examples=80, deadline=None)


@dataclass(frozen=True)
class Story:
    """A clock and, told beside it, on which calendar it counts from which minute (or on none)."""

    clock: Clock
    counts: tuple[tuple[int, str | None], ...]

    def counted(self, last: int = DAYS * 1440) -> list[int]:
        """The minutes before ``last`` that count, found one by one."""
        return [
            minute
            for (low, calendar), (high, _) in itertools.pairwise([*self.counts, (last, None)])
            for minute in range(low, min(high, last))
            if calendar and BELLS[calendar][minute]
        ]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """A clock that runs or is paused after up to five acts in its first nine days."""
    moments = sorted(draw(st.lists(st.integers(0, 9 * 1440), min_size=1, max_size=6)))
    calendar = draw(st.sampled_from([*CALENDARS]))
    began, *turns = moments
    clock = Clock(Limit(draw(st.integers(1, 3000)), Unit.WORKING_MINUTE)).start(at(began), calendar)
    counts: list[tuple[int, str | None]] = [(began, calendar)]
    for moment in turns:
        act = draw(st.sampled_from(ACTS[clock.state]))
        calendar = draw(st.sampled_from([*CALENDARS]))
        counting = None if act == "pause" or (act, clock.state) == STILL else calendar
        if act == "restart":
            counts.clear()
        where = () if act == "pause" else (calendar,)
        clock = getattr(clock, act)(at(moment), *where)
        counts.append((moment, counting))
    return Story(clock, tuple(counts))


def at(minute: int) -> dt.datetime:
    return ORIGIN + minute * MINUTE


@quick
@given(stories())
def test_due_is_the_minute_in_which_the_last_of_the_limit_is_counted(story) -> None:
    minutes = story.counted()
    due = story.clock.due(CALENDARS)
    limit = story.clock.limit.minutes
    if story.clock.state is State.PAUSED and len(minutes) < limit:
        assert due is None
        return
    assert len(minutes) >= limit
    assert due == at(minutes[limit - 1] + 1)


@quick
@given(stories())
def test_what_is_used_by_the_due_is_the_limit(story) -> None:
    due = story.clock.due(CALENDARS)
    assume(due is not None)
    assert story.clock.used(CALENDARS, due) == story.clock.limit.minutes
    assert story.clock.used(CALENDARS, due - MINUTE) == story.clock.limit.minutes - 1


@quick
@given(stories(), st.integers(0, 12 * 1440))
def test_used_is_what_was_counted_one_by_one(story, moment) -> None:
    assert story.clock.used(CALENDARS, at(moment)) == len(story.counted(moment))


@quick
@given(stories(), st.integers(9 * 1440, 12 * 1440))
def test_a_restart_forgets_and_counts_the_whole_limit(story, moment) -> None:
    again = story.clock.restart(at(moment), "heir")
    assert again.used(CALENDARS, at(moment)) == 0
    assert again.due(CALENDARS) == story.clock.limit.due(CALENDARS["heir"], at(moment))


@quick
@given(stories(), st.integers(9 * 1440, 12 * 1440), st.sampled_from([*CALENDARS]))
def test_a_hand_over_leaves_the_past_alone(story, moment, heir) -> None:
    assume(story.clock.state is State.RUNNING)
    handed = story.clock.hand_over(at(moment), heir)
    used, due = story.clock.used(CALENDARS, at(moment)), story.clock.due(CALENDARS)
    assert handed.used(CALENDARS, at(moment)) == used
    assert due > at(moment) or handed.due(CALENDARS) == due
