"""Facts have two times, and the live counts are what the facts say."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core.access import totals
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.histories import HISTORIES, play
from motcua.core.dossiers.tests.world import MONDAY, make_world
from motcua.core.facts import tallies
from motcua.core.facts.models import Delta, Fact, Tally
from motcua.core.facts.turns import Stretch, turn
from motcua.core.sql import act


@pytest.fixture
def world(db):
    return make_world()


def day(number: int) -> datetime.datetime:
    return datetime.datetime(2026, 12, number, tzinfo=datetime.UTC)


def known(on: datetime.datetime, asked: datetime.datetime) -> dict[int, str]:
    """Say what we knew on `on` of how things stood at `asked`."""
    ended = Q(ended_at__gt=asked) | Q(ended_at=None) | Q(ended_recorded__gt=on)
    rows = Fact.objects.filter(ended, began_at__lte=asked, began_recorded__lte=on)
    return dict(rows.values_list("dossier_id", "state"))


def write(number: int, state: str, began: int, recorded: int, left: str = "") -> None:
    with act() as tx:
        stretch = Stretch(
            dossier_id=7, number=number, procedure_id=1, state=state, step="s", agency_id=5,
            receiving_agency_id=5, officer_id=None, channel="online", outcome="", due_at=None,
            began_at=day(began), recorded_at=day(recorded), origin="imported",
        )  # fmt: skip
        turn(tx, stretch, left=(5, left) if left else None)


def test_what_was_true_and_what_we_knew_are_two_answers(db):
    write(1, "processing", 1, 1)
    write(2, "returned", 10, 14, left="processing")  # returned on the 10th, told on the 14th
    assert known(day(12), day(12)) == {7: "processing"}  # so we thought on the 12th
    assert known(day(14), day(12)) == {7: "returned"}  # so it was, as we know since the 14th
    assert known(day(14), day(9)) == {7: "processing"}
    assert known(day(1), day(1) - datetime.timedelta(days=1)) == {}


def test_the_stretches_of_a_dossier_touch_and_do_not_overlap(world):
    world.to("returned")
    rows = list(Fact.objects.order_by("pk"))
    assert [row.state for row in rows] == [
        "submitted", "processing", "processing", "processing", "processing", "resolved", "returned",
    ]  # fmt: skip
    for before, after in pairwise(rows):
        assert (before.ended_at, before.ended_recorded) == (after.began_at, after.began_recorded)
    assert (rows[0].began_at, rows[-1].ended_at) == (MONDAY, None)


def test_a_step_within_the_state_writes_no_delta(world):
    world.to("check")
    before = Delta.objects.count()
    world.to("check")
    assert Delta.objects.count() == 2 * before == 4  # filed and received, twice


def test_folding_moves_deltas_into_tallies_and_changes_no_count(world):
    world.to("assign")
    world.to("returned")
    live = tallies.live()
    while tallies.fold(batch=2):
        assert tallies.live() == live
    assert not Delta.objects.exists()
    assert {(row.state, row.count) for row in Tally.objects.exclude(count=0)} == {
        ("processing", 1),
        ("returned", 1),
    }


def test_reconciling_finds_a_count_that_somebody_changed(world):
    world.to("assign")
    tallies.fold()
    Tally.objects.filter(state="processing").update(count=5)
    cell = (world.department.pk, Fact.objects.first().procedure_id, "processing")
    assert tallies.reconcile() == {cell: (5, 1)}
    assert [one.code for one in tallies.check_tallies()] == ["state.count_differs"]
    tallies.rebuild()
    assert tallies.reconcile() == {}


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    goals=st.lists(
        st.sampled_from(["reception", "assign", "appraise", "approve", "hand_back", "returned"]),
        max_size=6,
    ),
    folds=st.sets(st.integers(0, 5)),
)
def test_live_counts_are_the_facts_after_any_history(world, goals, folds):
    with transaction.atomic():
        for number, goal in enumerate(goals):
            world.to(goal)
            if number in folds:
                tallies.fold(batch=3)
                totals.fold(batch=5)
            assert tallies.reconcile() == {} == totals.reconcile()
        assert sum(tallies.live().values()) == len(goals)
        transaction.set_rollback(True)


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=HISTORIES, folded=st.booleans())
def test_stretches_touch_and_counts_are_true_after_random_acts(world, history, folded):
    with transaction.atomic():
        for done in play(world, history):
            rows = list(Fact.objects.filter(dossier_id=done.dossier_id).order_by("pk"))
            for before, after in pairwise(rows):
                assert (before.ended_at, before.ended_recorded) == (
                    after.began_at,
                    after.began_recorded,
                )
            assert (len(rows), rows[-1].ended_at) == (done.revision, None)
        while folded and tallies.fold(batch=4):
            pass
        live = tallies.live()
        tallies.rebuild()
        assert tallies.live() == live
        assert list(check_state()) == []
        transaction.set_rollback(True)
