"""Guessing one thing is stopped soon; an address that many share is stopped late."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.limits.guesses import (
    MOST_WRONG,
    MOST_WRONG_FROM_ADDRESS,
    WINDOW_SECONDS,
    TooManyTries,
    guess,
)
from motcua.kernel.errors import Refused

AT = datetime.datetime(2026, 11, 2, 1, tzinfo=datetime.UTC)
HERE = "192.0.2.1"


def wrong(times: int = 1, subject: str = "an", sender: str = HERE, what: str = "x") -> None:
    for _ in range(times):
        with pytest.raises(Refused), guess(what, subject, sender, at=AT):
            raise Refused


def right(subject: str = "an", sender: str = HERE, what: str = "x", at=AT) -> None:
    with guess(what, subject, sender, at=at):
        pass


@pytest.mark.django_db
class TestGuessing:
    def test_a_name_waits_after_its_wrong_tries(self):
        wrong(MOST_WRONG, "An")
        with pytest.raises(TooManyTries) as told:
            right("an")
        assert 0 < told.value.details["seconds"] <= 2 * WINDOW_SECONDS

    def test_one_less_passes_and_is_forgiven(self):
        for _ in range(3):
            wrong(MOST_WRONG - 1)
            right()

    def test_others_and_other_doors_are_not_held_up(self):
        wrong(MOST_WRONG)
        right("binh")
        right(what="y")

    def test_a_shared_address_bears_more_and_right_tries_cost_it_nothing(self):
        for number in range(MOST_WRONG_FROM_ADDRESS):
            right(str(number))
        for number in range(MOST_WRONG_FROM_ADDRESS):
            wrong(1, str(number))
        with pytest.raises(TooManyTries):
            right("somebody else")
        right("somebody else", sender="192.0.2.2")

    def test_waiting_as_told_is_enough(self):
        wrong(MOST_WRONG)
        with pytest.raises(TooManyTries) as told:
            right()
        right(at=AT + datetime.timedelta(seconds=told.value.details["seconds"]))
