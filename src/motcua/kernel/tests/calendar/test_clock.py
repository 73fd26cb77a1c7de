"""Running clocks: pauses, restarts, hand-overs and acts out of order."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.kernel.calendar import (
    BackInTime,
    Calendar,
    Clock,
    ClockAlreadyPaused,
    ClockAlreadyStarted,
    ClockNotPaused,
    ClockNotStarted,
    ClockStopped,
    DayOff,
    Kind,
    Limit,
    NaiveInstant,
    Shift,
    State,
    UnknownCalendar,
)
from motcua.kernel.tests.calendar.samples import at, instants, office

NINE = "2/11/2026 09:00"
LIMITS = ["5 working_day", "6 working_hour", "30 hour", "5 calendar_day", "1 month", "same_day"]
CITY = {"city": Calendar(2026, 2026), "heir": Calendar(2026, 2026)}
quick = settings(max_examples=60, deadline=None)


def clock(limit: str = "5 working_day", began: str = NINE) -> Clock:
    return Clock(Limit.parse(limit)).start(at(began), "city")


def due(subject: Clock) -> dt.datetime | None:
    return subject.due({"city": office(), "heir": office()})


def test_states_follow_the_acts() -> None:
    paused = clock().pause(at("3/11/2026 09:00"))
    stopped = paused.resume(at("4/11/2026 09:00")).stop(at("5/11/2026 09:00"))
    states = [subject.state for subject in (Clock(paused.limit), clock(), paused, stopped)]
    assert states == [State.WAITING, State.RUNNING, State.PAUSED, State.STOPPED]
    assert [segment.kind for segment in stopped.segments] == [Kind.RUN, Kind.PAUSE, Kind.RUN]


def test_no_date_is_promised_before_the_start_or_in_a_pause() -> None:
    assert due(Clock(Limit.parse("5 working_day"))) is None
    assert due(clock().pause(at("3/11/2026 09:00"))) is None
    assert due(clock("5 calendar_day").pause(at("3/11/2026 09:00"))) is None


def test_a_due_that_passed_before_the_pause_stays() -> None:
    assert due(clock("2 working_hour").pause(at("4/11/2026 09:00"))) == at("2/11/2026 11:00")
    assert due(clock("same_day").pause(at("4/11/2026 09:00"))) == at("2/11/2026 17:00")


def test_a_limit_used_up_at_the_very_pause_is_due_then() -> None:
    subject = clock("3 working_hour").pause(at("2/11/2026 12:00"))
    assert due(subject) == at("2/11/2026 12:00")
    assert due(subject.resume(at("4/11/2026 09:00"))) == at("2/11/2026 12:00")


def test_the_day_that_ends_at_the_very_pause_was_the_last() -> None:
    subject = clock("same_day").pause(at("2/11/2026 17:00"))
    assert due(subject) == at("2/11/2026 17:00")
    assert due(subject.resume(at("4/11/2026 09:00"))) == at("2/11/2026 17:00")


def test_a_stopped_clock_keeps_the_due_it_had() -> None:
    for limit in LIMITS:
        running = clock(limit)
        assert due(running.stop(at("2/11/2026 10:00"))) == due(running)
    paused = clock().pause(at("3/11/2026 09:00"))
    assert due(paused.stop(at("4/11/2026 09:00"))) is None


def test_used_stands_still_in_a_pause_and_after_the_stop() -> None:
    subject = clock().pause(at("2/11/2026 11:00")).resume(at("3/11/2026 09:00"))
    subject = subject.stop(at("3/11/2026 10:00"))
    moments = ["1/11/2026 09:00", "2/11/2026 10:00", "2/11/2026 16:00", "5/11/2026 09:00"]
    assert [subject.used({"city": office()}, at(m)) for m in moments] == [0, 60, 120, 180]


@pytest.mark.parametrize(
    ("limit", "resumed", "expected"),
    [
        ("15 calendar_day", "10/11/2026 14:00", "23/11/2026 17:00"),
        ("15 calendar_day", "4/11/2026 16:00", "17/11/2026 17:00"),
        ("1 month", "5/11/2026 08:00", "3/12/2026 17:00"),
        ("2 calendar_day", "4/11/2026 17:00", "5/11/2026 17:00"),
        ("2 calendar_day", "4/11/2026 18:00", "5/11/2026 17:00"),
        ("30 hour", "5/11/2026 10:00", None),
    ],
)
def test_a_pause_moves_the_last_day_by_the_dates_passed(limit, resumed, expected) -> None:
    subject = clock(limit).pause(at("4/11/2026 10:00")).resume(at(resumed))
    assert due(subject) == (at(expected) if expected else at("3/11/2026 15:00"))


def test_a_restart_counts_dates_anew() -> None:
    subject = clock("15 calendar_day").pause(at("4/11/2026 10:00"))
    assert due(subject.restart(at("10/11/2026 14:00"))) == at("25/11/2026 17:00")


def test_a_stopped_clock_may_be_reopened_by_a_restart() -> None:
    subject = clock().stop(at("4/11/2026 10:00")).restart(at("10/11/2026 14:00"))
    assert (subject.state, due(subject)) == (State.RUNNING, at("17/11/2026 14:00"))


def test_a_hand_over_does_not_change_what_was_counted() -> None:
    handed = clock().hand_over(at("4/11/2026 10:00"), "heir")
    closed = replace(office(), days_off=(DayOff(dt.date(2026, 11, 3), "Bão", "Storm"),))
    calendars = {"city": office(), "heir": closed}
    assert handed.due(calendars) == due(clock())
    assert handed.used(calendars, at("4/11/2026 10:00")) == 17 * 60


def test_after_a_hand_over_the_heirs_calendar_counts() -> None:
    handed = clock().hand_over(at("4/11/2026 10:00"), "heir")
    closed = replace(office(), days_off=(DayOff(dt.date(2026, 11, 5), "Bão", "Storm"),))
    assert handed.due({"city": office(), "heir": closed}) == at("10/11/2026 09:00")


def test_after_a_hand_over_a_limit_in_dates_ends_by_the_heirs_calendar() -> None:
    handed = clock("5 calendar_day").hand_over(at("4/11/2026 10:00"), "heir")
    mornings = replace(office(), weekly=((Shift.parse("07:30-11:30"),),) * 6 + ((),))
    assert handed.due({"city": office(), "heir": mornings}) == at("7/11/2026 11:30")
    assert handed.due({"city": mornings, "heir": office()}) == at("9/11/2026 17:00")


def test_a_clock_handed_over_in_a_pause_stays_paused() -> None:
    handed = clock().pause(at("3/11/2026 09:00")).hand_over(at("4/11/2026 09:00"), "heir")
    assert handed.state is State.PAUSED
    assert handed.resume(at("5/11/2026 09:00")).segments[-1].calendar == "heir"


@quick
@given(st.sampled_from(LIMITS), st.lists(instants(), min_size=2, max_size=2))
def test_pause_and_resume_at_one_instant_change_nothing(limit, moments) -> None:
    began, turned = sorted(moments)
    running = Clock(Limit.parse(limit)).start(began, "city")
    turned_clock = running.pause(turned).resume(turned)
    assert turned_clock.due(CITY) == running.due(CITY)
    assert turned_clock.used(CITY, turned) == running.used(CITY, turned)


@quick
@given(st.sampled_from(LIMITS), st.lists(instants(), min_size=4, max_size=4))
def test_a_longer_pause_makes_nothing_due_earlier(limit, moments) -> None:
    began, paused, early, late = sorted(moments)
    pausing = Clock(Limit.parse(limit)).start(began, "city").pause(paused)
    unpaused = Clock(Limit.parse(limit)).start(began, "city").due(CITY)
    assert unpaused <= pausing.resume(early).due(CITY) <= pausing.resume(late).due(CITY)


@quick
@given(st.sampled_from(LIMITS), st.lists(instants(), min_size=4, max_size=4))
def test_a_hand_over_to_an_equal_calendar_changes_nothing(limit, moments) -> None:
    began, paused, handed, resumed = sorted(moments)
    pausing = Clock(Limit.parse(limit)).start(began, "city").pause(paused)
    plain = pausing.resume(resumed).due(CITY)
    assert pausing.hand_over(handed, "heir").resume(resumed).due(CITY) == plain


def test_acts_out_of_order_are_refused_by_name() -> None:
    ten = at("3/11/2026 10:00")
    waiting, running = Clock(Limit.parse("1 month")), clock()
    wrong = [
        (ClockNotStarted, lambda: waiting.pause(ten)),
        (ClockNotStarted, lambda: waiting.restart(ten)),
        (ClockNotStarted, lambda: waiting.stop(ten)),
        (ClockAlreadyStarted, lambda: running.start(ten, "city")),
        (ClockAlreadyPaused, lambda: running.pause(ten).pause(ten)),
        (ClockNotPaused, lambda: running.resume(ten)),
        (ClockStopped, lambda: running.stop(ten).pause(ten)),
        (ClockStopped, lambda: running.stop(ten).stop(ten)),
        (NaiveInstant, lambda: running.pause(ten.replace(tzinfo=None))),
        (UnknownCalendar, lambda: running.due({})),
    ]
    for refusal, act in wrong:
        with pytest.raises(refusal):
            act()


@pytest.mark.parametrize("act", ["pause", "restart", "stop"])
def test_no_act_goes_back_in_time(act: str) -> None:
    with pytest.raises(BackInTime):
        getattr(clock(), act)(at("2/11/2026 08:59"))
    with pytest.raises(BackInTime):
        clock().stop(at("4/11/2026 09:00")).restart(at("3/11/2026 09:00"))
