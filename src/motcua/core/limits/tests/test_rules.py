"""The sliding window: never more than the rate in any window, and a wait that is long enough."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from motcua.core.limits.rules import Rate, Used, at_moment, fits, moment, wait

RATES = st.builds(Rate, st.just("x"), most=st.integers(1, 50), seconds=st.integers(1, 100))


def use(rate: Rate, used: Used, second: int) -> Used:
    """Count one use, as the row does."""
    seen = at_moment(used, moment(rate, second))
    return Used(seen.slot, seen.count + 1, seen.before)


@given(RATES, st.lists(st.integers(0, 40), max_size=300))
def test_no_slot_takes_more_and_no_window_much_more(rate, pauses):
    """An even spread is assumed, so a window may see a little more, but never twice the rate."""
    used, second, taken = Used(0, 0, 0), 0, []
    for pause in pauses:
        second += pause
        if fits(rate, used, moment(rate, second)):
            used = use(rate, used, second)
            taken.append(second)
    slots = [moment(rate, one).slot for one in taken]
    assert max(map(slots.count, slots), default=0) <= rate.most
    windows = (sum(one <= other < one + rate.seconds for other in taken) for one in taken)
    assert max(windows, default=0) < 2 * rate.most or rate.most == 1


@given(RATES, st.integers(0, 3), st.integers(0, 50), st.integers(0, 99), st.integers(0, 60))
def test_whoever_waits_as_told_gets_in_and_not_a_second_sooner(rate, free, before, over, more):
    used = Used(7, max(0, rate.most - free), min(before, rate.most))
    amount = min(free + more, rate.most)
    second = 7 * rate.seconds + over % rate.seconds
    if fits(rate, used, moment(rate, second), amount):
        return
    told = wait(rate, used, moment(rate, second), amount)
    assert fits(rate, used, moment(rate, second + told), amount)
    assert told == 1 or not fits(rate, used, moment(rate, second + told - 1), amount)


@given(RATES, st.integers(0, 50))
def test_after_two_windows_nothing_is_left(rate, count):
    used = Used(3, count, count)
    assert at_moment(used, moment(rate, 5 * rate.seconds)) == Used(5, 0, 0)


def test_a_clock_that_runs_behind_wins_nothing():
    rate, used = Rate("x", 5, 60), Used(9, 5, 0)
    assert not fits(rate, used, moment(rate, 8 * 60 + 59))


def test_more_than_the_rate_never_fits():
    rate = Rate("x", 5, 60)
    assert not fits(rate, Used(0, 0, 0), moment(rate, 0), 6)
    assert wait(rate, Used(0, 0, 0), moment(rate, 0), 6) == 60
