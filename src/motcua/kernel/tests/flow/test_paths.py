"""Paths through the sample procedure and through crooked ones."""

from __future__ import annotations

from dataclasses import replace
from graphlib import CycleError
from itertools import pairwise

import pytest

from motcua.kernel.flow.definition import ClockOp, Definition, Kind, Move, Step
from motcua.kernel.flow.paths import (
    clocked_path,
    forward_cycle,
    longest_path,
    main_moves,
    main_path,
    minutes,
)
from motcua.kernel.tests.flow.sample import INSIDE, LIMIT, PERMIT, changed

DETOUR = replace(
    PERMIT,
    steps=(*PERMIT.steps, Step("visiting", "processing", "expert", minutes=100)),
    moves=(
        *PERMIT.moves,
        Move("visit", Kind.FORWARD, ("appraising",), "visiting"),
        Move("report", Kind.FORWARD, ("visiting",), "signing"),
    ),
)


def test_main_path_takes_first_declared_forward_moves():
    assert main_path(DETOUR) == ("reception", *INSIDE, "returning", "returned")
    keys = [move.key for move in main_moves(DETOUR)]
    assert keys == ["receive", "assign", "propose", "sign", "hand"]


def test_clocked_path_is_what_lies_between_start_and_stop():
    assert clocked_path(PERMIT) == INSIDE
    assert minutes(PERMIT, clocked_path(PERMIT)) == LIMIT


def test_steps_before_the_start_are_not_on_the_clock():
    late = changed(receive={"clock": None}, assign={"clock": ClockOp.START})
    assert clocked_path(late) == ("appraising", "signing")


def test_uncounted_steps_add_nothing():
    assert minutes(PERMIT, ("signing", "returning")) == 240


def test_longest_path_takes_the_detour():
    assert longest_path(DETOUR) == ("assigning", "appraising", "visiting", "signing")


def test_no_path_without_a_start():
    assert longest_path(changed(receive={"clock": None})) == ()


def test_a_clock_started_where_the_token_stays():
    definition = changed(
        receive={"clock": None},
        name={"sources": ("assigning",), "clock": ClockOp.START},
    )
    assert longest_path(definition) == INSIDE


def test_a_clock_started_by_a_hand_over_within_the_step():
    definition = changed(receive={"clock": None}, transfer={"clock": ClockOp.START})
    assert longest_path(definition) == ("appraising", "signing")


def test_a_circle_is_walked_once_and_named():
    circle = changed(hand={"target": "assigning"})
    assert main_path(circle) == ("reception", *INSIDE, "returning")
    steps = forward_cycle(circle)
    assert steps[0] == steps[-1]
    assert set(steps) == {*INSIDE, "returning"}
    with pytest.raises(CycleError):
        longest_path(circle)


def test_the_circle_is_named_in_the_direction_of_its_moves():
    steps = forward_cycle(changed(hand={"target": "assigning"}))
    arrows = {(source, m.target) for m in PERMIT.moves for source in m.sources}
    arrows.add(("returning", "assigning"))
    assert set(pairwise(steps)) <= arrows


def test_an_unknown_target_ends_the_path():
    assert main_path(Definition("a", (), (), (Move("go", Kind.FORWARD, ("a",), "b"),))) == ("a",)
