"""Every fault by a procedure that has exactly it, and laws for any definition."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.kernel.flow.checks import check
from motcua.kernel.flow.definition import ClockOp, Definition, End, Join, Kind, LegRule, Move, Step
from motcua.kernel.flow.engine import LEAVING
from motcua.kernel.flow.faults import TEXTS
from motcua.kernel.tests.flow.random_flows import definitions, walks
from motcua.kernel.tests.flow.sample import INSIDE, LIMIT, PERMIT, changed, joined

POSTS = {"clerk", "head", "expert", "director"}


def plus(*moves: Move, definition: Definition = PERMIT, **parts: tuple) -> Definition:
    """Add moves, and steps, ends or legs by name."""
    grown = {name: getattr(definition, name) + more for name, more in parts.items()}
    return replace(definition, moves=definition.moves + moves, **grown)


def without(*keys: str, definition: Definition = PERMIT) -> Definition:
    """Take moves away."""
    return replace(definition, moves=tuple(m for m in definition.moves if m.key not in keys))


def steps(**fields: dict) -> Definition:
    """Replace fields of steps."""
    new = tuple(replace(step, **fields.get(step.key, {})) for step in PERMIT.steps)
    return replace(PERMIT, steps=new)


def forward(key: str, source: str, target: str, clock: ClockOp | None = None) -> Move:
    """Shorten a forward move."""
    return Move(key, Kind.FORWARD, (source,), target, clock=clock)


VISIT = Step("visiting", "processing", "expert", minutes=100)
VISITED = (
    forward("visit", "appraising", "visiting"),
    forward("report", "visiting", "signing"),
)
NO_OP = {"clock": None}
RESUME = {"clock": ClockOp.RESUME}
FEE = Move("fee", Kind.SUPPLEMENT, ("signing",), clock=ClockOp.PAUSE)

SORRY = Move("sorry", Kind.APOLOGISE, INSIDE, reason=True, at_most=1, letter="apology")
REOPEN = Move(
    "reopen", Kind.REOPEN, ("stopped",), "appraising", ("director",), reason=True, at_most=1
)

BROKEN: dict[str, tuple[str, Definition]] = {
    "flow.not_limited": ("moves.sorry", plus(replace(SORRY, at_most=0))),
    "flow.apology_without_letter": ("moves.sorry", plus(replace(SORRY, letter=None))),
    "flow.reopen_from_step": (
        "moves.reopen",
        plus(replace(REOPEN, sources=("signing", "stopped"), clock=ClockOp.RESTART)),
    ),
    "flow.reopened_without_clock": ("moves.reopen", plus(REOPEN)),
    "flow.key_form": ("moves.Go-on", plus(forward("Go-on", "assigning", "appraising"))),
    "flow.key_twice": ("ends.signing", plus(ends=(End("signing", "x", "x"),))),
    "flow.start_not_step": ("start", replace(PERMIT, start="nowhere")),
    "flow.no_source": ("moves.idle", plus(Move("idle", Kind.ASSIGN, ()))),
    "flow.no_doer": ("moves.hand", changed(hand={"by": ()})),
    "flow.unknown_step": ("moves.name", changed(name={"sources": ("signing", "nowhere")})),
    "flow.end_has_move": ("moves.again", plus(forward("again", "returned", "signing"))),
    "flow.unknown_target": ("moves.sign", changed(sign={"target": "nowhere"})),
    "flow.wrong_target": ("moves.leap", plus(Move("leap", Kind.BACK, ("signing",), "stopped"))),
    "flow.unknown_leg": ("moves.consult", changed(consult={"legs": ("fire", "water", "tax")})),
    "flow.consult_without_leg": ("moves.consult", changed(consult={"legs": ()})),
    "flow.too_many_legs": (
        "moves.consult",
        changed(consult={"legs": ("fire", "water", *("fire",) * 14)}),
    ),
    "flow.leg_misplaced": ("moves.refuse", changed(refuse={"legs": ("fire",)})),
    "flow.leg_never_asked": (
        "moves.sign",
        changed(sign={"legs": ("water",)}, consult={"legs": ("fire",)}),
    ),
    "flow.nobody_to_ask": (
        "moves.propose",
        replace(without("consult", "reply", definition=joined(Join.ASKED)), legs=()),
    ),
    "flow.leg_unused": ("legs.tax", plus(legs=(LegRule("tax", "same", "expert", 9),))),
    "flow.consult_without_reply": ("steps.appraising", without("reply")),
    "flow.supplement_without_answer": ("steps.appraising", without("answer")),
    "flow.reason_not_asked": ("moves.stop", changed(stop={"reason": False})),
    "flow.limit_negative": ("moves.name", changed(name={"at_most": -1})),
    "flow.answer_limited": ("moves.reply", changed(reply={"at_most": 1})),
    "flow.agency_rule": ("steps.signing", steps(signing={"agency": "code:"})),
    "flow.unknown_post": ("steps.signing", steps(signing={"post": "wizard"})),
    "flow.holder_idle": ("steps.returning", changed(hand={"by": ("applicant",)})),
    "flow.unreachable": ("steps.visiting", plus(VISITED[1], steps=(VISIT,))),
    "flow.no_way_out": ("steps.visiting", plus(VISITED[0], steps=(VISIT,))),
    "flow.clock_order": ("moves.answer", changed(supplement=NO_OP, answer=RESUME)),
    "flow.clock_left_paused": ("moves.answer", changed(answer={"clock": None})),
    "flow.result_before_stop": ("moves.grant", plus(forward("grant", "signing", "returned"))),
    "flow.code_twice": ("moves.sign", changed(sign={"gives_code": True})),
    "flow.forward_cycle": ("steps.appraising", plus(forward("redo", "signing", "appraising"))),
    "flow.no_clock_on_main_path": ("start", changed(receive=NO_OP)),
    "flow.main_path_minutes": ("steps", steps(signing={"minutes": 239})),
    "flow.path_too_long": ("steps.assigning", plus(*VISITED, steps=(VISIT,))),
    "flow.leg_too_long": ("steps.signing", changed(consult={"sources": ("appraising", "signing")})),
}  # fmt: skip


def found(definition: Definition) -> set[tuple[str, str]]:
    """Check as a city with four kinds of post would."""
    faults = check(definition, limit_minutes=LIMIT, known_posts=POSTS)
    return {(fault.code, fault.where) for fault in faults}


def test_the_sample_may_be_published():
    assert check(PERMIT, limit_minutes=LIMIT, known_posts=POSTS) == ()


def test_every_kind_of_fault_has_an_example():
    assert set(BROKEN) == set(TEXTS)


@pytest.mark.parametrize("code", BROKEN)
def test_fault(code):
    where, definition = BROKEN[code]
    assert (code, where) in found(definition)


ACCOMPANIED = {  # faults that cannot stand alone in a procedure like the sample
    "flow.start_not_step": {"flow.unreachable", "flow.no_clock_on_main_path"},
    "flow.no_doer": {"flow.holder_idle"},
    "flow.unknown_target": {"flow.unreachable"},
    "flow.consult_without_leg": {"flow.leg_unused"},
    "flow.key_twice": {"flow.unreachable", "flow.wrong_target", "flow.no_way_out"}
    | {"flow.end_has_move", "flow.holder_idle", "flow.result_before_stop"},
    "flow.unreachable": set(),
    "flow.no_way_out": {"flow.holder_idle"},
    "flow.end_has_move": set(),
    "flow.leg_too_long": {"flow.consult_without_reply"},
    "flow.no_clock_on_main_path": {"flow.clock_order"},
    "flow.reopened_without_clock": {"flow.clock_order"},
}


@pytest.mark.parametrize("code", BROKEN)
def test_one_slip_is_told_once(code):
    others = {other for other, _ in found(BROKEN[code][1])} - {code}
    assert others <= ACCOMPANIED.get(code, set())


def test_all_faults_come_at_once_with_their_sentences():
    faults = check(changed(stop={"reason": False}, reply={"at_most": 1}), limit_minutes=2)
    assert [fault.code for fault in faults] == [
        "flow.answer_limited",
        "flow.reason_not_asked",
        "flow.main_path_minutes",
    ]
    assert faults[2].vi.startswith("Tổng thời gian các bước trên đường chính là 2400 phút")
    assert faults[2].en.endswith("2400 minutes, not to the limit of 2.")


def test_without_limit_and_posts_they_are_not_asked():
    assert check(steps(signing={"minutes": 1, "post": "wizard"})) == ()


def test_a_procedure_without_a_clock_needs_none():
    ops = {move.key: {"clock": None} for move in PERMIT.moves}
    assert check(changed(**ops)) == ()


def test_a_second_start_is_told_on_the_way_back():
    back = Move("recheck", Kind.BACK, ("assigning",), "reception")
    faults = check(plus(back))
    assert {(f.code, f.where) for f in faults} == {
        ("flow.clock_order", "moves.receive"),
        ("flow.code_twice", "moves.receive"),
    }
    assert "may be running (at step “reception”)" in faults[0].en


def test_a_waiting_that_is_handed_over_needs_an_answer_there():
    handed = changed(transfer={"target": "signing"})
    assert ("flow.supplement_without_answer", "steps.signing") in found(handed)
    answered = changed(
        transfer={"target": "signing"}, answer={"sources": ("appraising", "signing")}
    )
    assert check(answered) == ()


def test_a_consultation_may_take_all_the_time_of_its_step():
    fire, water = PERMIT.legs
    assert found(replace(PERMIT, legs=(fire, replace(water, minutes=1920)))) == set()
    longer = replace(PERMIT, legs=(fire, replace(water, minutes=1921)))
    assert found(longer) == {("flow.leg_too_long", "steps.appraising")}


def test_fifteen_may_be_consulted_at_once():
    legs = ("fire", "water", *("fire",) * 13)
    assert found(changed(consult={"legs": legs})) == set()


def test_a_running_clock_may_restart_and_a_paused_one_stop():
    assert check(changed(supplement=NO_OP, stop={"clock": ClockOp.STOP})) == ()
    assert check(changed(stop={"clock": ClockOp.STOP})) == ()


def test_a_paused_fee_resumes():
    paid = Move("pay", Kind.ANSWER, ("signing",), clock=ClockOp.RESUME)
    assert check(plus(FEE, paid)) == ()


def test_a_reopened_dossier_counts_again():
    reopen = Move("reopen", Kind.BACK, ("returning",), "appraising", clock=ClockOp.RESTART)
    assert check(plus(reopen)) == ()
    plain = replace(reopen, clock=None)
    assert found(plus(plain)) == {
        ("flow.clock_order", "moves.sign"),
        ("flow.clock_order", "moves.supplement"),
    }


def test_an_apology_and_a_reopening_that_counts_again_are_fine():
    assert found(plus(SORRY, replace(REOPEN, clock=ClockOp.RESTART))) == set()


def test_a_step_may_be_reached_by_reopening_alone():
    review = Step("reviewing", "processing", "director", minutes=100)
    reopen = replace(REOPEN, target="reviewing", clock=ClockOp.RESTART)
    again = Move("restate", Kind.STOP, ("reviewing",), "stopped", reason=True)
    assert found(plus(reopen, again, steps=(review,))) == set()


def test_an_apology_alone_is_no_work_for_a_holder():
    idle = plus(SORRY, definition=without("sign", "stop", "return", "name", "withdraw"))
    assert ("flow.holder_idle", "steps.signing") in found(idle)


def test_a_branch_within_the_limit_is_fine():
    short = replace(PERMIT, moves=(*PERMIT.moves, forward("skip", "assigning", "signing")))
    assert found(short) == set()


OFFICE_HOURS = {"b1": 4, "b2": 4, "b3": 24, "b4": 4, "b5": 2, "b6": 1, "b7": 1}


def internal_process(*moves: Move, **more: int) -> Definition:
    """The table of an internal process as officers write it: one step after the other."""
    row = [*OFFICE_HOURS, "returned"]
    ways = [forward(f"to_{target}", source, target) for source, target in pairwise(row)]
    ways[-1] = replace(ways[-1], clock=ClockOp.STOP)
    hours = {"filed": 0, **OFFICE_HOURS, **more}
    return Definition(
        "filed",
        tuple(Step(key, "processing", "clerk", minutes=60 * n) for key, n in hours.items()),
        (End("returned", "returned", "granted"),),
        (forward("receive", "filed", "b1", ClockOp.START), *ways, *moves),
    )


def test_the_hours_of_the_published_process_are_its_five_days():
    assert check(internal_process(), limit_minutes=5 * 480) == ()
    assert [fault.code for fault in check(internal_process(), limit_minutes=4 * 480)] == [
        "flow.main_path_minutes"
    ]


@pytest.mark.parametrize(("hours", "codes"), [(28, []), (29, ["flow.path_too_long"])])
def test_of_two_branches_the_longest_counts(hours: int, codes: list[str]):
    """Through another agency instead of b3 and b4, which take 28 hours together."""
    branch = (forward("to_other", "b2", "other"), forward("from_other", "other", "b5"))
    faults = check(internal_process(*branch, other=hours), limit_minutes=5 * 480)
    assert [fault.code for fault in faults] == codes


def test_a_main_path_too_long_is_not_told_twice():
    assert found(steps(signing={"minutes": 500})) == {("flow.main_path_minutes", "steps")}


few = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


@few
@given(definitions(), st.none() | st.integers(0, 400))
def test_checks_end_for_any_definition(definition, limit):
    faults = check(definition, limit_minutes=limit, known_posts={"clerk"})
    assert {fault.code for fault in faults} <= set(TEXTS)
    assert len(set(faults)) == len(faults)


@few
@given(walks())
def test_what_a_walk_does_twice_was_foretold(walk):
    """No walk starts the clock or gives the code twice unless the checks warned of it."""
    starts = sum(walk.definition.move[a.order.move].clock is ClockOp.START for a in walk.done)
    codes = {fault.code for fault in check(walk.definition)}
    assert starts <= 1 or "flow.clock_order" in codes
    given_codes = sum(walk.definition.move[a.order.move].gives_code for a in walk.done)
    assert given_codes <= 1 or "flow.code_twice" in codes


@few
@given(walks())
def test_where_walks_come_is_reachable(walk):
    visited = {walk.definition.start} | {
        act.after.at for act in walk.done if walk.definition.move[act.order.move].kind in LEAVING
    }
    unreachable = {f.where for f in check(walk.definition) if f.code == "flow.unreachable"}
    assert not unreachable & ({f"steps.{at}" for at in visited} | {f"ends.{at}" for at in visited})
