"""What is stored is read back the same, and a typing error is named."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings

from motcua.kernel.flow.codec import (
    Unreadable,
    definition_from_dict,
    definition_to_dict,
    marking_from_dict,
    marking_to_dict,
)
from motcua.kernel.flow.definition import Kind, Marking, Move
from motcua.kernel.flow.engine import Order
from motcua.kernel.tests.flow.random_flows import definitions, walks
from motcua.kernel.tests.flow.sample import ASKED, PERMIT, run

few = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


def via_json(data):
    return json.loads(json.dumps(data))


@few
@given(walks())
def test_markings_come_back(walk):
    for act in walk.acts:
        assert marking_from_dict(via_json(marking_to_dict(act.after))) == act.after


@few
@given(definitions())
def test_definitions_come_back(definition):
    assert definition_from_dict(via_json(definition_to_dict(definition))) == definition


def test_a_marking_is_compact():
    assert marking_to_dict(Marking("reception")) == {"at": "reception"}


def test_the_keys_of_a_stored_marking():
    marking = run(*ASKED, Order("reply", leg=1), "supplement")
    assert marking_to_dict(marking) == {
        "at": "appraising",
        "waiting": True,
        "legs": [[1, "fire", True], [2, "water"]],
        "settled": ["fire"],
        "used": {"supplement": 1},
        "next": 3,
    }


def test_a_stored_definition_spells_defaults_out():
    move = definition_to_dict(PERMIT)["moves"][3]
    assert move["key"] == "name"
    assert (move["join"], move["at_most"], move["target"]) == ("all", 0, None)


def test_optional_fields_may_be_left_out():
    row = {"key": "go", "kind": "forward", "sources": ["a"]}
    definition = definition_from_dict({"start": "a", "moves": [row]})
    assert definition.moves == (Move("go", Kind.FORWARD, ("a",)),)


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ({}, "definition"),
        ({"start": 1}, "definition"),
        ({"start": "a", "stpes": []}, "definition"),
        ({"start": "a", "steps": {}}, "steps"),
        ({"start": "a", "steps": ["a"]}, "steps[0]"),
        ({"start": "a", "ends": [{"key": "e", "state": "x"}]}, "ends[0].outcome"),
        ({"start": "a", "moves": [{"key": "m", "kind": "fly"}]}, "moves[0].kind"),
        ({"start": "a", "moves": [{"key": "m", "knid": "fly"}]}, "moves[0]"),
        ({"start": "a", "legs": [{"minutes": True, "key": "k"}]}, "legs[0].agency"),
        (
            {"start": "a", "legs": [{"key": "k", "agency": "same", "post": "p", "minutes": True}]},
            "legs[0].minutes",
        ),
        (
            {"start": "a", "moves": [{"key": "m", "kind": "back", "sources": "abc"}]},
            "moves[0].sources",
        ),
    ],
)
def test_a_typing_error_is_named(data, where):
    with pytest.raises(Unreadable) as caught:
        definition_from_dict(data)
    assert caught.value.details["where"] == where


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"at": None},
        {"at": "a", "waiting": 1},
        {"at": "a", "legs": [[1]]},
        {"at": "a", "legs": [["1", "fire"]]},
        {"at": "a", "used": []},
        {"at": "a", "next": "2"},
        {"at": "a", "settled": "fire"},
    ],
)
def test_a_broken_marking_is_refused(data):
    with pytest.raises(Unreadable):
        marking_from_dict(data)
