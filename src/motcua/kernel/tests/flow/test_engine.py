"""Each rule of the engine by an example."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motcua.kernel.flow.definition import ClockOp, Join, Kind, Leg, LegsThen, Marking, Move
from motcua.kernel.flow.effects import (
    Assigned,
    ClockMoved,
    CodeGiven,
    Ended,
    LegCancelled,
    LegOpened,
    LegReplied,
    LetterDue,
    MessageDue,
    PromiseMoved,
    StepEntered,
    StepLeft,
)
from motcua.kernel.flow.engine import (
    BadLegs,
    LegsMissing,
    LegsOpen,
    NobodyAsked,
    NoSuchLeg,
    NotFromHere,
    NotWaiting,
    Order,
    ReasonMissing,
    UnknownMove,
    UsedUp,
    Waiting,
    apply,
    start,
)
from motcua.kernel.flow.engine import Ended as EndedAlready
from motcua.kernel.tests.flow.sample import APPRAISING, ASKED, PERMIT, changed, joined, run, told

REPLY_1 = Order("reply", leg=1)
REPLY_2 = Order("reply", leg=2)


def test_start_stands_on_the_start_step():
    assert start(PERMIT) == (Marking("reception"), (StepEntered("reception"),))


def test_reception_tells_all_in_the_documented_order():
    assert told("receive") == (
        StepLeft("reception"),
        ClockMoved(ClockOp.START),
        StepEntered("assigning"),
        CodeGiven(),
        LetterDue("receipt"),
        MessageDue("received"),
    )


def test_the_whole_way_ends_with_its_outcome():
    way = (*APPRAISING, "propose", "sign", "hand")
    assert run(*way) == Marking("returned")
    assert told(*way) == (StepLeft("returning"), Ended("returned", "granted"))


def test_unknown_move():
    with pytest.raises(UnknownMove, match="dance"):
        run("dance")


def test_move_of_another_step():
    with pytest.raises(NotFromHere) as caught:
        run("sign")
    assert caught.value.details == {"move": "sign", "at": "reception"}


SORRY = Move("sorry", Kind.APOLOGISE, ("appraising",), reason=True, at_most=1, letter="apology")
REOPEN = Move(
    "reopen",
    Kind.REOPEN,
    ("withdrawn",),
    "assigning",
    reason=True,
    clock=ClockOp.RESTART,
    at_most=1,
)
GROWN = replace(PERMIT, moves=(*PERMIT.moves, SORRY, REOPEN))


def test_an_apology_moves_the_promise_and_nothing_else_once():
    at = run(*APPRAISING, definition=GROWN)
    once, effects = apply(GROWN, at, Order("sorry", reason="bão"))
    assert effects == (PromiseMoved(), LetterDue("apology"))
    assert once == replace(at, used=(("sorry", 1),))
    with pytest.raises(UsedUp):
        apply(GROWN, once, Order("sorry", reason="bão"))


def test_no_apology_while_the_applicant_is_awaited():
    waiting = run(*APPRAISING, "supplement", definition=GROWN)
    with pytest.raises(Waiting):
        apply(GROWN, waiting, Order("sorry", reason="bão"))


def test_an_ended_dossier_is_reopened_on_a_step_as_often_as_allowed():
    ended = run("withdraw", definition=GROWN)
    again, effects = apply(GROWN, ended, Order("reopen", reason="nhầm"))
    assert effects == (ClockMoved(ClockOp.RESTART), StepEntered("assigning"))
    assert again == Marking("assigning", used=(("reopen", 1),))
    ended = replace(again, at="withdrawn")
    with pytest.raises(UsedUp):
        apply(GROWN, ended, Order("reopen", reason="nhầm"))


def test_an_ended_dossier_is_not_reopened_from_another_end():
    with pytest.raises(EndedAlready):
        apply(GROWN, run("refuse", definition=GROWN), Order("reopen", reason="nhầm"))


def test_nothing_moves_an_ended_dossier():
    with pytest.raises(EndedAlready):
        run("withdraw", "receive")


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_reason_is_not_blank(reason):
    with pytest.raises(ReasonMissing):
        run(Order("refuse", reason=reason))


def test_a_limited_move_is_used_up():
    with pytest.raises(UsedUp) as caught:
        run(*APPRAISING, "supplement", "answer", "supplement")
    assert caught.value.details["at_most"] == 1


def test_use_is_counted_across_steps():
    marking = run(*APPRAISING, "supplement", "answer", "propose", "return")
    assert marking.used == (("supplement", 1),)


def test_supplement_waits_and_answer_goes_on():
    assert run(*APPRAISING, "supplement").waiting
    assert not run(*APPRAISING, "supplement", "answer").waiting
    assert told(*APPRAISING, "supplement", "answer") == (ClockMoved(ClockOp.RESTART),)


@pytest.mark.parametrize("move", ["propose", "supplement", Order("consult", legs=("fire",))])
def test_waiting_bars_going_on(move):
    with pytest.raises(Waiting):
        run(*APPRAISING, "supplement", move)


def test_waiting_bars_going_back():
    definition = replace(
        PERMIT, moves=(*PERMIT.moves, Move("rethink", Kind.BACK, ("appraising",), "assigning"))
    )
    with pytest.raises(Waiting):
        run(*APPRAISING, "supplement", "rethink", definition=definition)


@pytest.mark.parametrize("move", ["withdraw", "stop"])
def test_an_end_ends_the_waiting(move):
    assert not run(*APPRAISING, "supplement", move).waiting


def test_waiting_allows_refusal_assignment_and_replies():
    definition = changed(refuse={"sources": ("appraising",)})
    run(*APPRAISING, "supplement", "refuse", definition=definition)
    waiting = run(*ASKED, "supplement", "name", REPLY_1)
    assert waiting.waiting
    assert waiting.legs == (Leg(1, "fire", replied=True), Leg(2, "water"))


def test_a_hand_over_hands_over_the_waiting():
    assert run(*APPRAISING, "supplement", "transfer").waiting


def test_answer_needs_a_waiting():
    with pytest.raises(NotWaiting):
        run(*APPRAISING, "answer")


def test_assignment_moves_nothing():
    assert run("receive", "name") == run("receive")
    assert told("receive", "name") == (Assigned("assigning"),)


def test_consult_opens_legs_in_the_order_given():
    asked = Order("consult", legs=("water", "fire"))
    assert run(*APPRAISING, asked).legs == (Leg(1, "water"), Leg(2, "fire"))
    assert told(*APPRAISING, asked) == (LegOpened(1, "water"), LegOpened(2, "fire"))


@pytest.mark.parametrize("legs", [(), ("fire", "fire"), ("fire", "tax")])
def test_bad_legs(legs):
    with pytest.raises(BadLegs) as caught:
        run(*APPRAISING, Order("consult", legs=legs))
    assert caught.value.details["legs"] == ("fire", "water")


def test_an_open_leg_is_not_opened_twice():
    with pytest.raises(BadLegs, match="now: water"):
        run(*APPRAISING, Order("consult", legs=("fire",)), Order("consult", legs=("fire",)))


def test_a_replied_leg_may_be_asked_again_under_a_new_number():
    again = run(*ASKED, REPLY_1, Order("consult", legs=("fire",)))
    assert again.legs == (Leg(1, "fire", replied=True), Leg(2, "water"), Leg(3, "fire"))


def test_reply_closes_its_leg():
    assert told(*ASKED, REPLY_2) == (LegReplied(2, "water"),)


@pytest.mark.parametrize("leg", [None, 0, 3])
def test_reply_to_no_leg(leg):
    with pytest.raises(NoSuchLeg):
        run(*ASKED, Order("reply", leg=leg))


def test_a_leg_replies_once():
    with pytest.raises(NoSuchLeg):
        run(*ASKED, REPLY_1, REPLY_1)


def test_join_all_awaits_every_leg():
    with pytest.raises(LegsOpen, match="water") as caught:
        run(*ASKED, REPLY_1, "propose")
    assert caught.value.details == {"legs": ("water",)}
    after = Marking("signing", next_leg=3, settled=("fire", "water"))
    assert run(*ASKED, REPLY_1, REPLY_2, "propose") == after


def test_join_any_awaits_one_leg_and_cancels_the_rest():
    definition = joined(Join.ANY)
    with pytest.raises(LegsOpen, match="fire, water"):
        run(*ASKED, "propose", definition=definition)
    assert told(*ASKED, REPLY_1, "propose", definition=definition) == (
        LegCancelled(2, "water"),
        StepLeft("appraising"),
        StepEntered("signing"),
    )


def test_join_any_without_legs():
    assert run(*APPRAISING, "propose", definition=joined(Join.ANY)).at == "signing"


def test_join_asked_awaits_somebody_and_every_reply():
    definition = joined(Join.ASKED)
    with pytest.raises(NobodyAsked):
        run(*APPRAISING, "propose", definition=definition)
    with pytest.raises(LegsOpen, match="water"):
        run(*ASKED, REPLY_1, "propose", definition=definition)
    assert run(*ASKED, REPLY_1, REPLY_2, "propose", definition=definition).at == "signing"


def test_join_deadline_awaits_those_in_time():
    late = Order("propose", late_legs=frozenset({1, 9}))
    with pytest.raises(LegsOpen) as caught:
        run(*ASKED, late, definition=joined(Join.DEADLINE))
    assert caught.value.legs == ("water",)
    marking = run(*ASKED, REPLY_2, late, definition=joined(Join.DEADLINE))
    assert marking == Marking("signing", next_leg=3, settled=("fire", "water"))


def test_lateness_alone_does_not_meet_join_all():
    with pytest.raises(LegsOpen):
        run(*ASKED, Order("propose", late_legs=frozenset({1, 2})))


def test_leaving_forgets_replies_and_never_reuses_a_number():
    marking = run(*ASKED, REPLY_1, REPLY_2, "propose", "return")
    assert marking.legs == ()
    marking, opened = apply(PERMIT, marking, Order("consult", legs=("fire",)))
    assert opened == (LegOpened(3, "fire"),)


def test_a_stop_cancels_open_legs_and_ends():
    assert told(*ASKED, REPLY_1, "stop") == (
        LegCancelled(2, "water"),
        StepLeft("appraising"),
        Ended("stopped", "stopped"),
    )


def test_keep_has_no_meaning_for_a_withdrawal():
    definition = changed(withdraw={"open_legs": LegsThen.KEEP})
    assert run(*ASKED, "withdraw", definition=definition).legs == ()


def test_a_supplement_that_cancels_keeps_replies():
    definition = changed(supplement={"open_legs": LegsThen.CANCEL})
    orders = (*ASKED, REPLY_1, "supplement")
    assert run(*orders, definition=definition).legs == (Leg(1, "fire", replied=True),)
    cancelled, clock = told(*orders, definition=definition)
    assert (cancelled, clock) == (LegCancelled(2, "water"), ClockMoved(ClockOp.PAUSE))


@pytest.mark.parametrize("target", [None, "appraising"])
def test_a_hand_over_within_the_step_keeps_the_legs(target):
    definition = changed(transfer={"target": target})
    orders = (*ASKED, REPLY_1, "transfer")
    assert run(*orders, definition=definition) == run(*ASKED, REPLY_1)
    assert told(*orders, definition=definition) == (
        StepLeft("appraising"),
        StepEntered("appraising"),
    )


@pytest.mark.parametrize(
    "how", [{"open_legs": LegsThen.CANCEL}, {"target": "signing"}], ids=["cancel", "elsewhere"]
)
def test_other_hand_overs_cancel_the_legs(how):
    orders = (*ASKED, REPLY_1, "transfer")
    assert run(*orders, definition=changed(transfer=how)).legs == ()
    assert told(*orders, definition=changed(transfer=how))[0] == LegCancelled(2, "water")


def test_an_order_that_came_too_late_conflicts_and_a_faulty_one_is_unprocessable():
    late = {EndedAlready, NotFromHere, Waiting, NotWaiting, UsedUp, NoSuchLeg, LegsOpen}
    assert {refused.status for refused in late} == {409}
    assert {refused.status for refused in (UnknownMove, ReasonMissing, BadLegs)} == {422}


def test_refusals_speak_both_languages():
    refused = LegsOpen(legs=("fire", "water"))
    assert refused.text("vi").endswith("fire, water.")
    assert refused.text("en").endswith("fire, water.")
    assert BadLegs(legs=()).text("en").endswith("–.")


REQUIRING = changed(propose={"legs": ("fire", "water")})


def test_what_a_move_requires_must_have_been_asked():
    with pytest.raises(LegsMissing, match="fire, water") as caught:
        run(*APPRAISING, "propose", definition=REQUIRING)
    assert caught.value.legs == ("fire", "water")
    one = (*APPRAISING, Order("consult", legs=("fire",)), REPLY_1)
    with pytest.raises(LegsMissing, match="water"):
        run(*one, "propose", definition=REQUIRING)


def test_a_settled_opinion_need_not_be_asked_again_after_a_way_back():
    way = (*ASKED, REPLY_1, REPLY_2, "propose", "return", "propose")
    assert run(*way, definition=REQUIRING) == Marking(
        "signing", next_leg=3, settled=("fire", "water")
    )


def test_what_the_join_goes_without_is_settled_too():
    late = replace(Order("propose"), late_legs=frozenset({2}))
    definition = changed(REQUIRING, propose={"join": Join.DEADLINE})
    way = (*ASKED, REPLY_1, late, "return")
    assert run(*way, definition=definition).settled == ("fire", "water")


def test_what_was_called_off_is_not_settled():
    definition = changed(REQUIRING, supplement={"open_legs": LegsThen.CANCEL})
    way = (*ASKED, REPLY_1, "supplement", "answer")
    with pytest.raises(LegsMissing, match="water"):
        run(*way, "propose", definition=definition)
