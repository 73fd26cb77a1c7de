"""An ended dossier is taken up again: a new stretch of its clock, its old end stays in history."""

from __future__ import annotations

import pytest

from motcua.core.access import totals
from motcua.core.access.models import ScopeRow
from motcua.core.clock.models import ClockSegment
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.dossiers.queries import choices
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.situation import read
from motcua.core.dossiers.tests.careful import CODE, on, publish_careful
from motcua.core.dossiers.tests.unchanged import refused
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.facts import tallies
from motcua.core.facts.models import Fact
from motcua.core.places import places
from motcua.core.sql import reading


@pytest.fixture
def ended(world):
    """A dossier that was refused on 4 November at 09:00."""
    publish_careful()
    done = world.to("appraise", procedure=CODE)
    return world.move(done, "specialist", "refuse", reason="Không đủ điều kiện.", hours=48)


def reopen(world, done, who="unit_head", *, hours=96, **more):
    return world.move(done, who, "reopen", hours=hours, **{"reason": "Xem xét lại.", **more})


def test_it_stands_on_its_step_with_a_whole_limit_again(world, ended):
    done = reopen(world, ended)  # Friday 6 November, 09:00
    row = Dossier.objects.get()
    assert (row.step, row.state, row.outcome, row.bucket) == ("appraise", "processing", "", "")
    assert (row.closed, row.finished_at) == (False, None)
    assert (done.due_at, done.promised_at) == (on(20, 9), on(20, 9))
    work = WorkItem.objects.get(ended_at=None)
    assert (work.step, work.post) == ("appraise", "specialist")
    assert list(check_state()) == []
    assert tallies.reconcile() == {} == totals.reconcile()


def test_the_clock_keeps_its_past_and_the_facts_the_old_outcome(world, ended):
    reopen(world, ended)
    where = places(ended.dossier_id)
    runs = ClockSegment.objects.filter(pk__range=where).order_by("pk")
    told = list(runs.values_list("began_at", "ended_at", "anew"))
    assert told == [(on(2, 10), on(4, 9), True), (on(6, 9), None, True)]
    facts = Fact.objects.filter(pk__range=where).order_by("pk")
    outcomes = list(facts.values_list("outcome", "began_at", "ended_at"))
    assert outcomes[-2:] == [("refused", on(4, 9), on(6, 9)), ("", on(6, 9), None)]


def test_lists_of_open_dossiers_show_it_again(world, ended):
    assert not ScopeRow.objects.filter(dossier_id=ended.dossier_id, is_open=True).exists()
    reopen(world, ended)
    rows = ScopeRow.objects.filter(dossier_id=ended.dossier_id, until_at=None)
    assert set(rows.values_list("is_open", "due_at")) == {(True, on(20, 9))}


def test_it_goes_on_to_an_end_again_and_not_a_second_time(world, ended):
    reopen(world, ended)
    world.move(ended, "specialist", "refuse", reason="Vẫn không đủ.", hours=120)
    assert Dossier.objects.get().outcome == "refused"
    with refused("flow.used_up"):
        reopen(world, ended, hours=144)
    assert list(check_state()) == []


def test_only_who_may_and_with_a_reason(world, ended):
    with refused("dossiers.not_yours"):
        reopen(world, ended, "counter")
    with refused("flow.reason_missing"):
        reopen(world, ended, reason=" ")


def test_an_end_that_is_not_named_stays_ended(world):
    publish_careful()
    done = world.to("assign", procedure=CODE)
    done = world.move(done, world.applicant(done), "withdraw", reason="Thôi.", hours=9)
    with refused("flow.ended"):
        reopen(world, done)


def test_the_choice_is_offered_at_the_end_to_who_may(world, ended):
    snapshot = read(reading(), ended.dossier_id)
    for who, may in (("unit_head", True), ("specialist", False)):
        found = choices(world.officers[who], snapshot, MONDAY)
        assert [(one.move.key, one.why_not is None) for one in found] == [("reopen", may)]
