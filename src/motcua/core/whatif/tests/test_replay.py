"""One office, told by hand: a queue that an absent officer leaves longer."""

from __future__ import annotations

import datetime as dt

from motcua.core.whatif.rules import Assumptions, Case, Load, Turn, breaks, replay
from motcua.kernel.calendar import Clock, Limit, build_calendar

CALENDAR = build_calendar(2025, 2028, country="VN")
DESK, OTHERS = (1, "specialist"), (2, "specialist")


def at(day: int, hour: int) -> dt.datetime:
    """Give an hour of a day of March 2026, whose 2nd is a Monday, in Hanoi."""
    return dt.datetime(2026, 3, day, hour - 7, tzinfo=dt.UTC)


def case(number: int, *turns: Turn, limit: str = "2 working_day") -> Case:
    clock = Clock(Limit.parse(limit)).start(turns[0].began, "national").stop(turns[-1].ended)
    return Case(number, "p", clock, turns[-1].ended, turns)


def played(cases, **assumptions):
    named = {"national": CALENDAR}
    return replay(cases, Assumptions(**assumptions), {1: CALENDAR, 2: CALENDAR}, named)


TWO = [case(1, Turn(DESK, at(2, 8), at(2, 12))), case(2, Turn(DESK, at(2, 8), at(2, 17)))]


def test_one_of_two_takes_twice_as_long_and_the_next_waits():
    found = played(TWO, staff={DESK: (2, 1)})
    assert [one.finished for one in found.outcomes] == [at(2, 17), at(3, 17)]
    assert found.loads[DESK] == Load(turns=2, minutes=480 + 960, late=0, longest=2)


def test_a_shorter_limit_charges_who_holds_it_then():
    found = played(TWO, limits={"p": Limit.parse("0.5 working_day")})
    assert [(one.late, one.charged) for one in found.outcomes] == [(False, None), (True, DESK)]
    assert breaks(played(TWO).loads[DESK], found.loads[DESK])


def test_a_few_late_ones_break_no_office():
    few = Load(turns=100, minutes=1, late=5, longest=1)
    assert not breaks(Load(turns=100, minutes=1, late=0, longest=1), few)
    assert not breaks(Load(turns=100, minutes=1, late=9, longest=1), Load(100, 1, 9, 1))


def test_who_asked_for_an_opinion_waits_for_it():
    turns = Turn(OTHERS, at(2, 10), at(2, 17), opinion=True), Turn(DESK, at(2, 8), at(3, 9))
    found = played([case(1, *turns)], staff={OTHERS: (2, 1)})
    assert found.outcomes[0].finished == at(3, 16)  # 12 hours of work instead of 6, then an hour


def test_an_answer_takes_as_long_as_it_took():
    first, then = Turn(DESK, at(2, 8), at(2, 12)), Turn(DESK, at(3, 12), at(3, 17))
    clock = Clock(Limit.parse("2 working_day")).start(first.began, "national")
    clock = clock.pause(first.ended).resume(then.began).stop(then.ended)
    found = played([Case(1, "p", clock, then.ended, (first, then))], staff={DESK: (2, 1)})
    (one,) = found.outcomes
    # Ready on the 2nd at 17:00, answered a day later, then eight hours: all of the sixteen.
    assert (one.finished, one.due) == (at(4, 17), at(4, 17))


def opened(number: int, *turns: Turn, limit: str = "2 working_day") -> Case:
    clock = Clock(Limit.parse(limit)).start(turns[0].began, "national")
    return Case(number, "p", clock, turns[-1].ended, turns, open=True)


def test_an_open_one_breaks_a_shorter_limit_that_ended_before_the_cut_off():
    one = opened(1, Turn(OTHERS, at(2, 8), at(2, 12)), Turn(DESK, at(2, 12), at(3, 12), open=True))
    assert played([one]).late == 0
    (told,) = played([one], limits={"p": Limit.parse("1 working_day")}).outcomes
    assert (told.late, told.charged, told.due) == (True, DESK, at(2, 17))


def test_an_open_one_counts_as_in_hand_until_the_cut_off_and_holds_up_no_other():
    lasting = opened(2, Turn(DESK, at(2, 8), at(2, 17), open=True))
    found = played([TWO[0], lasting], staff={DESK: (2, 1)})
    assert [one.finished for one in found.outcomes] == [at(2, 17), at(2, 17)]
    assert found.loads[DESK] == Load(turns=2, minutes=480 + 480, late=0, longest=2)


def test_one_that_waits_for_its_applicant_is_in_nobodys_hands():
    turn = Turn(DESK, at(2, 8), at(2, 12))
    clock = Clock(Limit.parse("2 working_day")).start(turn.began, "national").pause(turn.ended)
    found = played([Case(1, "p", clock, at(6, 17), (turn,), open=True)])
    assert (found.late, found.loads[DESK].minutes) == (0, 240)
