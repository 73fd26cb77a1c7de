"""Back-off and slots."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from motcua.core.jobs.rules import FIRST_DELAY, LONGEST_DELAY, delay, next_slot
from motcua.core.jobs.tests.setting import DAY


def test_the_delay_doubles():
    assert [delay(tries) // FIRST_DELAY for tries in (1, 2, 3, 4)] == [1, 2, 4, 8]


@given(st.integers(1, 10_000))
def test_the_delay_never_shrinks_and_has_a_bound(tries):
    assert delay(tries) <= delay(tries + 1) <= LONGEST_DELAY


@given(st.integers(1, 100_000), st.integers(0, 10_000_000))
def test_the_next_slot_is_the_first_of_the_grid_after_now(every, passed):
    at = DAY + timedelta(seconds=passed)
    slot = next_slot(DAY, every, at)
    assert at < slot <= at + timedelta(seconds=every)
    assert (slot - DAY) % timedelta(seconds=every) == timedelta(0)
