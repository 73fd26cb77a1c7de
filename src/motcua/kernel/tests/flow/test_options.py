"""Options explain what cannot be done just now."""

from __future__ import annotations

from motcua.kernel.flow.definition import Join
from motcua.kernel.flow.engine import Order
from motcua.kernel.flow.options import options
from motcua.kernel.tests.flow.sample import APPRAISING, ASKED, PERMIT, joined, run


def codes(marking, definition=PERMIT, **asked):
    found = options(definition, marking, **asked)
    return {one.move.key: one.why_not and one.why_not.code for one in found}


def test_all_moves_of_the_step_and_no_others_in_declared_order():
    assert list(codes(run())) == ["receive", "refuse", "withdraw"]


def test_a_needed_reason_closes_no_option():
    assert codes(run())["refuse"] is None


def test_appraising_at_rest():
    found = codes(run(*APPRAISING))
    assert found["answer"] == "flow.not_waiting"
    assert found["reply"] == "flow.no_such_leg"
    assert found["consult"] is found["propose"] is None


def test_appraising_with_all_legs_open():
    found = codes(run(*ASKED))
    assert found["consult"] == "flow.bad_legs"
    assert found["propose"] == "flow.legs_open"
    assert found["reply"] is None


def test_waiting_and_used_up():
    waiting = codes(run(*APPRAISING, "supplement"))
    assert waiting["propose"] == waiting["supplement"] == "flow.waiting"
    assert waiting["answer"] is None
    assert codes(run(*APPRAISING, "supplement", "answer"))["supplement"] == "flow.used_up"


def test_late_legs_open_the_way():
    marking = run(*APPRAISING, Order("consult", legs=("fire",)))
    by_deadline = joined(Join.DEADLINE)
    assert codes(marking, by_deadline)["propose"] == "flow.legs_open"
    assert codes(marking, by_deadline, late_legs=frozenset({1}))["propose"] is None


def test_an_ended_dossier_has_none():
    assert options(PERMIT, run("withdraw")) == ()
