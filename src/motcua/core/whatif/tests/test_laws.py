"""Laws of the replay: nothing changed is what happened, and a naive model says the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from motcua.core.whatif.rules import Assumptions, Case, Turn, replay
from motcua.core.whatif.tests.naive import BEGIN, ends, minute
from motcua.kernel.calendar import Calendar, Clock, Limit, Shift, build_calendar

ALWAYS = Calendar(2025, 2028, weekly=((Shift.parse("00:00-24:00"),),) * 7)
OFFICE_HOURS = build_calendar(2025, 2028, country="VN")
OFFICES = [(1, "counter"), (1, "specialist"), (2, "specialist")]
LIMIT = Limit.parse("2 working_day")


def after(minutes: int) -> dt.datetime:
    return BEGIN + dt.timedelta(minutes=minutes)


WHOLE = st.just(0)
MAYBE = st.booleans()


@st.composite
def cases(draw, seconds=WHOLE, opens=MAYBE):
    """Draw some dossiers, each with turns one after the other and pauses between some of them.

    Some are open: the last turn lasts until the cut-off, or they wait for an answer by then.
    """
    ended = [_case(draw, number, seconds) for number in range(draw(st.integers(1, 6)))]
    return [_opened(draw, case) if draw(opens) else case for case in ended]


def _opened(draw, case: Case) -> Case:
    *before, last = case.turns
    running = replace(case.clock.segments[-1], ended=None)
    clock = replace(case.clock, segments=(*case.clock.segments[:-1], running))
    if draw(st.booleans()):
        waits = after(minute(case.finished) + draw(st.integers(1, 900)))
        return replace(case, clock=clock.pause(case.finished), finished=waits, open=True)
    return replace(case, clock=clock, turns=(*before, replace(last, open=True)), open=True)


def _case(draw, number: int, seconds) -> Case:
    at = after(draw(st.integers(0, 3000)))
    clock, turns = Clock(LIMIT).start(at, "national"), []
    for _ in range(draw(st.integers(1, 4))):
        if turns and draw(st.booleans()):
            clock = clock.pause(at)
            at += dt.timedelta(minutes=draw(st.integers(0, 800)), seconds=draw(seconds))
            clock = clock.restart(at) if draw(st.booleans()) else clock.resume(at)
        began = at
        at += dt.timedelta(minutes=draw(st.integers(0, 900)), seconds=draw(seconds))
        turns.append(Turn(draw(st.sampled_from(OFFICES)), began, at))
    return Case(number, draw(st.sampled_from(["a", "b"])), clock.stop(at), at, tuple(turns))


def played(told, assumptions: Assumptions, calendar: Calendar = OFFICE_HOURS):
    return replay(told, assumptions, dict.fromkeys((1, 2), calendar), {"national": calendar})


staffs = st.dictionaries(
    st.sampled_from(OFFICES), st.tuples(st.integers(1, 4), st.integers(1, 4)), max_size=3
)
fewer = st.dictionaries(
    st.sampled_from(OFFICES), st.integers(1, 3).map(lambda left: (left + 1, left)), max_size=3
)


@given(cases(seconds=st.integers(0, 59)))
def test_what_changes_nothing_gives_what_was_recorded(told):
    found = played(told, Assumptions())
    named = {"national": OFFICE_HOURS}
    assert [(one.finished, one.due) for one in found.outcomes] == [
        (case.finished, case.clock.due(named)) for case in told
    ]


@given(cases(seconds=st.integers(0, 59)), staffs)
def test_as_many_as_before_change_nothing(told, staff):
    same = {office: (before, before) for office, (before, _) in staff.items()}
    assert played(told, Assumptions(staff=same)) == played(told, Assumptions())


@given(cases(seconds=st.integers(0, 59)), st.integers(1, 20), st.integers(0, 20))
def test_a_shorter_limit_never_makes_fewer_late(told, days, more):
    short, long = (
        played(told, Assumptions(limits={"a": Limit.parse(f"{one} working_day")}))
        for one in (days, days + more)
    )
    assert {one.id for one in long.outcomes if one.late} <= {
        one.id for one in short.outcomes if one.late
    }


@given(cases(), fewer)
def test_with_fewer_people_nothing_is_ready_earlier(told, staff):
    found = played(told, Assumptions(staff=staff))
    assert all(
        one.finished >= case.finished for one, case in zip(found.outcomes, told, strict=True)
    )


@given(cases(opens=st.just(value=False)), staffs)
def test_a_naive_model_says_the_same(told, staff):
    naive = ends(told, staff)
    found = played(told, Assumptions(staff=staff), ALWAYS)
    assert [minute(one.finished) for one in found.outcomes] == [
        naive[case.id, len(case.turns) - 1] for case in told
    ]


@given(cases(), fewer, st.integers(1, 5))
def test_every_late_one_is_charged_to_one_office(told, staff, days):
    limits = {"a": Limit.parse(f"{days} working_day")}
    found = played(told, Assumptions(limits=limits, staff=staff))
    assert sum(load.late for load in found.loads.values()) == found.late
    assert sum(load.turns for load in found.loads.values()) == sum(len(c.turns) for c in told)


@given(cases(), st.dictionaries(st.sampled_from(OFFICES), st.just((3, 1)), max_size=3))
def test_a_turn_that_is_not_over_holds_up_no_other(told, staff):
    cut = [
        replace(one, turns=tuple(turn for turn in one.turns if not turn.open)) if one.open else one
        for one in told
    ]
    whole, without = (played(one, Assumptions(staff=staff)) for one in (told, cut))
    assert [(one.finished, one.due) for one in whole.outcomes] == [
        (one.finished, one.due) for one in without.outcomes
    ]


@given(cases(), staffs)
def test_an_open_one_is_late_where_its_limit_ended_before_the_cut_off(told, staff):
    for case, one in zip(told, played(told, Assumptions(staff=staff)).outcomes, strict=True):
        if case.open:
            assert one.finished == case.finished
            assert one.late is (one.due is not None and one.due < case.finished)
