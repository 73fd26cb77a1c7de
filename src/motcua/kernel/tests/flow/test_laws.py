"""Laws that hold for any definition, sensible or not, and any orders."""

from __future__ import annotations

import copy
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.kernel.errors import Refused
from motcua.kernel.flow import effects as fx
from motcua.kernel.flow.definition import Kind, Leg, LegsThen, Marking
from motcua.kernel.flow.engine import Order, apply, refusal
from motcua.kernel.flow.options import options
from motcua.kernel.tests.flow.random_flows import LEGS, Act, Walk, orders, walks

few = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
RANKS = (
    (fx.LegCancelled, fx.LegOpened, fx.LegReplied),
    (fx.StepLeft,),
    (fx.ClockMoved,),
    (fx.StepEntered, fx.Ended, fx.Assigned, fx.PromiseMoved),
    (fx.CodeGiven,),
    (fx.LetterDue,),
    (fx.MessageDue,),
)


@few
@given(walks())
def test_the_main_token_is_in_exactly_one_place(walk):
    places = {**walk.definition.step, **walk.definition.end}
    at = walk.definition.start
    for act in walk.done:
        left = [e.step for e in act.effects if isinstance(e, fx.StepLeft)]
        come = [e.step for e in act.effects if isinstance(e, fx.StepEntered)]
        come += [e.end for e in act.effects if isinstance(e, fx.Ended)]
        reopened = walk.definition.move[act.order.move].kind is Kind.REOPEN
        allowed = [([], 1)] if reopened else [([at], 1), ([], 0)]
        assert (left, len(come)) in allowed
        at = come[0] if come else at
        assert act.after.at == at
        assert at in places


@few
@given(walks())
def test_a_leg_is_opened_once_and_closed_at_most_once(walk):
    told = [effect for act in walk.done for effect in act.effects]
    opened = [e.number for e in told if isinstance(e, fx.LegOpened)]
    closed = [e.number for e in told if isinstance(e, fx.LegReplied | fx.LegCancelled)]
    assert opened == list(range(1, len(opened) + 1))
    assert len(set(closed)) == len(closed)
    assert set(closed) <= set(opened)
    last = walk.acts[-1].after
    still = {leg.number for leg in last.legs if not leg.replied}
    assert still == set(opened) - set(closed)


@few
@given(walks())
def test_an_end_leaves_nothing_open(walk):
    for act in walk.acts:
        if act.after.at in walk.definition.end:
            assert not act.after.legs
            assert not act.after.waiting
    ended = [act for act in walk.done if act.before.at in walk.definition.end]
    kinds = {walk.definition.move[act.order.move].kind for act in ended}
    assert kinds <= {Kind.REOPEN}


@few
@given(walks(), st.data())
def test_an_order_changes_nothing_it_was_given(walk, data):
    definition, marking = walk.definition, walk.acts[-1].after
    order = data.draw(orders(definition, marking))
    before = copy.deepcopy((definition, marking, order))
    assert outcome(definition, marking, order) == outcome(definition, marking, order)
    assert (definition, marking, order) == before


@few
@given(walks())
def test_a_refusal_is_named_in_both_languages(walk):
    for act in walk.acts:
        if act.refused:
            assert act.refused.code.startswith("flow.")
            assert act.refused.text("vi") != act.refused.text("en")


@few
@given(walks())
def test_the_recorded_effects_rebuild_the_marking(walk):
    marking = Marking(walk.definition.start)
    for act in walk.done:
        marking = replayed(walk, marking, act)
        assert marking == act.after


@few
@given(walks())
def test_effects_come_in_the_documented_order(walk):
    for act in walk.done:
        ranks = [rank for e in act.effects for rank, kinds in enumerate(RANKS) if type(e) in kinds]
        assert len(ranks) == len(act.effects)
        assert ranks == sorted(ranks)
        assert all(ranks.count(rank) <= 1 for rank in ranks if rank > 0)
        numbers = [e.number for e in act.effects if type(e) in RANKS[0]]
        assert numbers == sorted(numbers)


@few
@given(walks())
def test_a_limited_move_is_not_done_more_often(walk):
    done = [act.order.move for act in walk.done]
    counts = {m.key: done.count(m.key) for m in walk.definition.moves if m.at_most}
    assert all(counts[key] <= walk.definition.move[key].at_most for key in counts)
    used = walk.acts[-1].after.used
    assert dict(used) == {key: n for key, n in counts.items() if n}
    assert list(used) == sorted(used)


@few
@given(walks(), st.frozensets(st.integers(1, 6), max_size=3))
def test_an_option_is_closed_only_if_every_order_of_it_is(walk, late):
    definition, marking = walk.definition, walk.acts[-1].after
    for option in options(definition, marking, late_legs=late):
        legs = [leg.number for leg in marking.legs] or [None]
        tries = [
            refusal(definition, marking, Order(option.move.key, leg, (key,), "made up", late))
            for leg in legs
            for key in LEGS
        ]
        assert (option.why_not is None) == (None in tries)
        if option.why_not:
            assert option.why_not.code in {refused.code for refused in tries}


def outcome(definition, marking, order):
    """Give the marking and effects, or the code and details of the refusal."""
    try:
        return apply(definition, marking, order)
    except Refused as refused:
        return refused.code, refused.details


def replayed(walk: Walk, marking: Marking, act: Act) -> Marking:
    """Fold the act as a ledger records it, its move and its effects, into the marking."""
    move = walk.definition.move[act.order.move]
    keeps = move.kind is Kind.HAND_OVER and move.open_legs is LegsThen.KEEP
    at = marking.at
    legs = {leg.number: leg for leg in marking.legs}
    for effect in act.effects:
        match effect:
            case fx.LegOpened(number, key):
                legs[number] = Leg(number, key)
            case fx.LegReplied(number, key):
                legs[number] = Leg(number, key, replied=True)
            case fx.LegCancelled(number):
                del legs[number]
            case fx.StepEntered(place) | fx.Ended(place):
                legs = legs if keeps and place == at else {}
                at = place
    opened = sum(isinstance(effect, fx.LegOpened) for effect in act.effects)
    waiting = {Kind.SUPPLEMENT: True, Kind.ANSWER: False}.get(move.kind, marking.waiting)
    heard = [e.key for e in act.effects if isinstance(e, fx.LegReplied)]
    behind = [leg.key for leg in marking.legs] if move.kind is Kind.FORWARD else []
    return Marking(
        at,
        waiting and at not in walk.definition.end,
        tuple(legs.values()),
        counted(marking.used, move),
        marking.next_leg + opened,
        tuple(sorted({*marking.settled, *heard, *behind})),
    )


def counted(used, move):
    """Count a limited move."""
    counts = Counter(dict(used))
    counts.update([move.key] if move.at_most else [])
    return tuple(sorted(counts.items()))
