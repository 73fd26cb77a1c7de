"""Guessing one thing is stopped soon; an address that many share is stopped late."""

from __future__ import annotations

import pytest

from motcua.faces.ui import throttle
from motcua.faces.ui.throttle import MAX_FROM_ADDRESS, MAX_MISSES, TooManyTries


def miss(times: int, *names: str) -> None:
    for _ in range(times):
        throttle.missed("x", *names)


def test_a_name_waits_after_its_misses():
    miss(MAX_MISSES, "name:An")
    with pytest.raises(TooManyTries):
        throttle.check("x", "name:an")


def test_one_miss_less_passes():
    miss(MAX_MISSES - 1, "name:an")
    throttle.check("x", "name:an")


def test_others_and_other_doors_are_not_held_up():
    miss(MAX_MISSES, "name:an")
    throttle.check("x", "name:binh")
    throttle.check("y", "name:an")


def test_getting_it_right_forgets():
    miss(MAX_MISSES, "name:an")
    throttle.passed("x", "name:an")
    throttle.check("x", "name:an")


def test_a_shared_address_bears_more():
    miss(MAX_FROM_ADDRESS - 1, "from:127.0.0.1")
    throttle.check("x", "from:127.0.0.1")
    miss(1, "from:127.0.0.1")
    with pytest.raises(TooManyTries):
        throttle.check("x", "from:127.0.0.1")


def test_many_other_names_do_not_push_a_name_out():
    """Whoever guesses could otherwise buy new tries with misses on names of no account."""
    miss(MAX_MISSES, "name:an")
    for number in range(2000):
        miss(1, f"name:{number}")
    with pytest.raises(TooManyTries):
        throttle.check("x", "name:an")
