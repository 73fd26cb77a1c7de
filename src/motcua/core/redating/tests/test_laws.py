"""Laws of new dates, against a naive replay of the same duty by the changed calendar."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from motcua.core.redating.rules import is_due, kept_up, lateness, later_window
from motcua.kernel.calendar import Clock, DayKind, DayOverride, Limit, build_calendar

BEGIN = datetime.date(2026, 3, 2)
ZONE = datetime.timezone(datetime.timedelta(hours=7))
YEARS = (2025, 2027)


def calendar(days):
    rows = [DayOverride(day, kind, "x", "x", "x") for day, kind in days]
    return build_calendar(*YEARS, overrides=rows)


dates = st.integers(0, 60).map(lambda n: BEGIN + datetime.timedelta(days=n))
changes = st.lists(
    st.tuples(dates, st.sampled_from(DayKind)), max_size=5, unique_by=lambda one: one[0]
)
instants = st.integers(0, 40 * 24 * 60).map(
    lambda m: datetime.datetime(2026, 3, 2, tzinfo=ZONE) + datetime.timedelta(minutes=m)
)
minutes = st.integers(1, 30 * 8 * 60)
limits = st.sampled_from(
    ["5 working_day", "0.5 working_day", "4 working_hour", "30 hour", "10 calendar_day",
     "1 month", "same_day", "same_day late_after 15:00"]
).map(Limit.parse)  # fmt: skip
OLD = calendar([])


@given(changes, instants, minutes)
def test_work_gets_what_a_replay_from_its_beginning_gives(days, start, wanted):
    new = calendar(days)
    due = OLD.due(start, wanted)
    assert kept_up(OLD, new, since=start, due=due) == new.due(start, wanted)


@given(changes, instants, st.integers(0, 10 * 24 * 60), minutes)
def test_work_passed_on_before_the_changed_days_gets_the_same(days, start, later, wanted):
    """From any instant before the first changed day on, as much is left as from the beginning."""
    passed_on = start + datetime.timedelta(minutes=later)
    new = calendar([one for one in days if one[0] > passed_on.date()])
    due = OLD.due(start, wanted)
    if passed_on < due:
        assert kept_up(OLD, new, since=passed_on, due=due) == new.due(start, wanted)


@given(changes, changes, instants, minutes)
def test_two_changes_are_one(first, second, start, wanted):
    days = {**dict(first), **dict(second)}
    middle, last = calendar(first), calendar(list(days.items()))
    due = OLD.due(start, wanted)
    step = kept_up(OLD, middle, since=start, due=due)
    assert kept_up(middle, last, since=start, due=step) == kept_up(OLD, last, since=start, due=due)


@given(changes, instants, minutes)
def test_nothing_changed_is_nothing_moved(days, start, wanted):
    same = calendar(days)
    due = same.due(start, wanted)
    assert kept_up(same, same, since=start, due=due) == due


histories = st.lists(
    st.tuples(st.sampled_from(["pause", "resume", "restart", "hand_over", "stop"]),
              st.integers(1, 3000)),
    max_size=5,
)  # fmt: skip


def replay(limit, start, history):
    """Carry out what of a history a clock allows."""
    clock, at = Clock(limit).start(start, "one"), start
    for what, later in history:
        at += datetime.timedelta(minutes=later)
        state = clock.state
        if what == "pause" and state == "running":
            clock = clock.pause(at)
        elif what == "resume" and state == "paused":
            clock = clock.resume(at)
        elif what == "restart":
            clock = clock.restart(at)
        elif what == "hand_over" and state != "stopped":
            clock = clock.hand_over(at, "two")
        elif what == "stop" and state != "stopped":
            clock = clock.stop(at)
    return clock


@given(changes, limits, instants, histories)
def test_a_duty_gets_what_its_whole_history_gives(days, limit, start, history):
    known = {"one": calendar(days), "two": OLD}
    clock = replay(limit, start, history)
    assert is_due(limit, clock, known) == clock.due(known)


@given(changes, limits, instants)
def test_a_window_is_never_shorter_than_told(days, limit, asked_at):
    told = limit.due(OLD, asked_at)
    later = later_window(told, limit, calendar(days), asked_at)
    assert later >= told
    assert later_window(later, limit, calendar(days), asked_at) == later


@given(st.none() | instants, st.none() | instants, instants)
def test_lateness_begins_or_ends_and_never_both(before, after, at):
    found = lateness(before, after, at)
    assert not (found.begins and found.ends)
    assert (found.before == found.after) == (not found.begins and not found.ends)
