"""Maps between versions: what forbids one, and that a mapped dossier can go on to an end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from motcua.kernel.flow.checks import check
from motcua.kernel.flow.checks_clock import cases
from motcua.kernel.flow.definition import Definition, Kind, Leg, Marking
from motcua.kernel.flow.engine import Ended, LegFallsAway, Order, Waiting, apply, free_legs, start
from motcua.kernel.flow.faults import MAP_TEXTS
from motcua.kernel.flow.mapping import FlowMap, map_faults, mapped
from motcua.kernel.flow.options import options
from motcua.kernel.tests.flow.random_flows import orders
from motcua.kernel.tests.flow.sample import PERMIT

FEW = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
COUNTED = [move.key for move in PERMIT.moves if move.at_most]
SAME = FlowMap(
    {key: key for key in PERMIT.step},
    {key: key for key in PERMIT.leg},
    {key: key for key in COUNTED},
)


def renamed(definition: Definition, ending: str) -> Definition:
    """Give the same procedure with other names for its steps, legs and moves."""

    def step(key: str) -> str:
        return key + ending if key in definition.step else key

    return Definition(
        start=step(definition.start),
        steps=tuple(replace(one, key=one.key + ending) for one in definition.steps),
        ends=definition.ends,
        moves=tuple(
            replace(
                move,
                key=move.key + ending,
                sources=tuple(step(key) for key in move.sources),
                target=step(move.target) if move.target else None,
                legs=tuple(key + ending for key in move.legs),
            )
            for move in definition.moves
        ),
        legs=tuple(replace(leg, key=leg.key + ending) for leg in definition.legs),
    )


NEW = renamed(PERMIT, "_2")


@st.composite
def maps(draw: st.DrawFn) -> FlowMap:
    """Draw a map to the renamed procedure: mostly the plain one, at times astray."""

    def becomes(keys, others):
        return {
            key: f"{key}_2" if draw(st.integers(0, 5)) else draw(st.sampled_from(others))
            for key in keys
        }

    steps = [*NEW.step]
    return FlowMap(
        becomes(PERMIT.step, steps),
        becomes(PERMIT.leg, ["", *NEW.leg]),
        becomes(COUNTED, ["", *NEW.move]),
    )


def reaches_an_end(definition: Definition, marking: Marking) -> bool:
    """Search by the engine itself, answering and asking whatever it wants."""
    seen, frontier = {marking}, [marking]
    while frontier:
        here = frontier.pop()
        if here.at in definition.end:
            return True
        for order in _tries(definition, here):
            after, _ = apply(definition, here, order)
            if after not in seen:
                seen.add(after)
                frontier.append(after)
    return False


def _tries(definition: Definition, marking: Marking) -> list[Order]:
    found = []
    leg = next((one.number for one in marking.legs if not one.replied), None)
    for option in options(definition, marking, late_legs=frozenset()):
        kind = option.move.kind
        if option.why_not is None and (kind is not Kind.REPLY or leg is not None):
            asked = free_legs(option.move, marking)[:1]
            if kind is not Kind.CONSULT or asked:
                found.append(Order(option.move.key, leg, tuple(asked), "made up"))
    return found


@st.composite
def markings(draw: st.DrawFn) -> Marking:
    """Draw where a dossier of the old version may stand."""
    marking, _ = start(PERMIT)
    for _ in range(draw(st.integers(0, 10))):
        found = _tries(PERMIT, marking)
        if not found:
            break
        marking, _ = apply(PERMIT, marking, draw(st.sampled_from(found)))
    return marking


@FEW
@given(maps(), markings(), st.data())
def test_a_mapped_dossier_stands_in_the_new_version_and_can_reach_an_end(told, marking, data):
    assume(not map_faults(PERMIT, NEW, told))
    try:
        after = mapped(marking, NEW, told)
    except (Ended, Waiting, LegFallsAway):
        assume(False)
    assert after.at in {case.at for case in cases(NEW)}
    assert {leg.key for leg in after.legs} <= NEW.leg.keys()
    assert set(after.settled) <= NEW.leg.keys()
    assert all(NEW.move[key].at_most for key, _ in after.used)
    assert after.next_leg == marking.next_leg
    assert {leg.number for leg in after.legs if not leg.replied} == {
        leg.number for leg in marking.legs if not leg.replied
    }
    assert reaches_an_end(NEW, after)
    order = data.draw(orders(NEW, after))  # whatever is asked next, the engine can judge it
    assert options(NEW, after, late_legs=order.late_legs)


@FEW
@given(markings())
def test_the_same_version_by_the_same_names_changes_nothing(marking):
    assume(marking.at in PERMIT.step and not marking.waiting)
    assert map_faults(PERMIT, PERMIT, SAME) == ()
    assert mapped(marking, PERMIT, SAME) == marking


def test_the_sample_and_its_renaming_are_sound():
    assert check(PERMIT) == check(NEW) == ()


def codes(**changes) -> set[tuple[str, str]]:
    plain = {"steps": {**SAME.steps}, "legs": {**SAME.legs}, "moves": {**SAME.moves}}
    for part, change in changes.items():
        plain[part] = {key: to for key, to in {**plain[part], **change}.items() if to is not None}
    return {(one.code, one.where) for one in map_faults(PERMIT, PERMIT, FlowMap(**plain))}


FAULTY = [
    ({"steps": {"signing": None}}, ("flow.map_missing", "steps.signing")),
    ({"legs": {"fire": None}}, ("flow.map_missing", "legs.fire")),
    ({"moves": {COUNTED[0]: None}}, ("flow.map_missing", f"moves.{COUNTED[0]}")),
    ({"steps": {"nowhere": "signing"}}, ("flow.map_unknown", "steps.nowhere")),
    ({"moves": {"propose": "propose"}}, ("flow.map_unknown", "moves.propose")),
    ({"steps": {"signing": "returned"}}, ("flow.map_no_such_target", "steps.signing")),
    ({"steps": {"signing": ""}}, ("flow.map_no_such_target", "steps.signing")),
    ({"moves": {COUNTED[0]: "reply"}}, ("flow.map_no_such_target", f"moves.{COUNTED[0]}")),
    ({"legs": {"fire": "water"}}, ("flow.map_legs_merge", "legs.water")),
    ({"steps": {"appraising": "signing"}}, ("flow.map_leg_elsewhere", "steps.appraising")),
    ({"steps": {"reception": "assigning"}}, ("flow.map_clock", "steps.reception")),
    ({"steps": {"signing": "returning"}}, ("flow.map_clock", "steps.signing")),
]


def test_every_kind_of_fault_has_an_example():
    assert {code for _, (code, _) in FAULTY} == {*MAP_TEXTS}


@pytest.mark.parametrize(("changes", "fault"), FAULTY)
def test_what_is_no_map_is_named(changes, fault):
    assert fault in codes(**changes)


def test_steps_may_fall_together_and_counts_may_fall_away():
    assert codes(steps={"assigning": "signing"}, moves={COUNTED[0]: ""}) == set()


def test_who_awaits_the_applicant_or_has_ended_is_not_mapped():
    for marking, refusal in (
        (Marking("appraising", waiting=True), Waiting),
        (Marking("returned"), Ended),
    ):
        with pytest.raises(refusal):
            mapped(marking, PERMIT, SAME)


def test_an_open_leg_never_falls_away_but_an_answered_one_does():
    told = replace(SAME, legs={"fire": "", "water": "water"})
    with pytest.raises(LegFallsAway):
        mapped(Marking("appraising", legs=(Leg(1, "fire"),)), PERMIT, told)
    after = mapped(Marking("appraising", legs=(Leg(1, "fire", True),), next_leg=2), PERMIT, told)
    assert after == Marking("appraising", next_leg=2)


def test_counts_of_moves_that_become_one_are_added():
    both = FlowMap(SAME.steps, SAME.legs, dict.fromkeys(["a", "b"], COUNTED[0]))
    after = mapped(Marking("appraising", used=(("a", 1), ("b", 2))), PERMIT, both)
    assert after.used == ((COUNTED[0], 3),)
