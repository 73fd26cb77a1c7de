"""A day off is announced: every open date is what a naive replay by the new calendar gives."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.access.models import ScopeRow
from motcua.core.clock.models import CalendarChange, Redated
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.world import MONDAY, declaration
from motcua.core.facts.models import Fact
from motcua.core.ledger.append import HOUSE
from motcua.core.ledger.models import Entry
from motcua.core.redating import writing
from motcua.core.redating.reconcile import check_calendars
from motcua.core.redating.tests.saying import naive_due, naive_work

STEPS = ("reception", "assign", "appraise", "check", "approve", "hand_back")
DAY = datetime.timedelta(days=1)


@pytest.fixture
def open_ones(world):
    """A dossier at every step, one with a leg, one that waits, and one that has ended."""
    found = {step: world.to(step) for step in STEPS}
    found["leg"] = world.to("appraise")
    world.move(found["leg"], "specialist", "consult", hours=6, legs=("police",), reason="Hỏi.")
    found["waiting"] = world.to("appraise")
    world.move(found["waiting"], "specialist", "supplement", hours=6, reason="Thiếu.")
    found["ended"] = world.move(world.to("hand_back"), "counter", "return", hours=7)
    return {name: done.dossier_id for name, done in found.items()}


def wrong():
    return [*check_state(), *check_calendars()]


def test_every_open_date_is_what_a_naive_replay_gives(announced, open_ones):
    before = dict(Dossier.objects.values_list("pk", "due_at"))
    report = announced.carry_out()
    assert report.looked == len(open_ones) - 1
    for step in ("assign", "appraise", "check", "approve", "leg"):
        row = Dossier.objects.get(pk=open_ones[step])
        assert row.due_at == naive_due(row) == before[row.pk] + DAY
    assert wrong() == []


def test_what_a_batch_has_dated_is_looked_at_again_once_somebody_acts(announced, open_ones, world):
    change = announced.decide()
    moved = announced.run(change).moved
    assert announced.run(change).looked == len(open_ones) - 1 - moved
    world.move_of(open_ones["appraise"], "specialist", "submit", hours=30)
    assert announced.run(change).looked == len(open_ones) - moved
    assert wrong() == []


def test_what_an_earlier_change_has_dated_is_counted_anew_by_the_next(announced, open_ones):
    announced.carry_out()
    report = announced.carry_out(off=[datetime.date(2026, 11, 11)])
    assert report.looked == len(open_ones) - 1
    assert wrong() == []


def test_what_is_ready_waits_or_has_ended_keeps_its_date(announced, open_ones):
    kept = [open_ones[one] for one in ("reception", "waiting", "hand_back", "ended")]
    rows = Dossier.objects.filter(pk__in=kept).order_by("pk")
    before = [*rows.values_list("due_at")]
    announced.carry_out()
    assert [*rows.values_list("due_at")] == before


def test_a_step_keeps_its_working_hours(announced, open_ones):
    announced.carry_out()
    item = WorkItem.objects.get(dossier=open_ones["appraise"], step="appraise", ended_at=None)
    assert item.due_at == naive_work(item, item.began_at)
    assert item.calendar_revision == 2


def test_work_that_was_passed_on_goes_on_with_the_same_hours(announced, world, open_ones):
    """Reassigned work began later than it was given; its hours are still those of the step."""
    item = WorkItem.objects.get(dossier=open_ones["appraise"], step="appraise", ended_at=None)
    given = item.began_at
    WorkItem.objects.filter(pk=item.pk).update(began_at=given + datetime.timedelta(hours=3))
    announced.carry_out()
    item.refresh_from_db()
    assert item.due_at == naive_work(item, given)


def test_a_step_counted_anew_after_an_answer_counts_from_the_answer(announced, world, open_ones):
    done = world.move_of(open_ones["waiting"], "counter", "answer", hours=23)
    announced.carry_out()
    item = WorkItem.objects.get(dossier=done.dossier_id, ended_at=None)
    assert item.due_at == naive_work(item, MONDAY + datetime.timedelta(hours=23))
    assert wrong() == []


def test_what_the_slip_says_stays(announced, open_ones):
    rows = Dossier.objects.order_by("pk")
    before = [*rows.values_list("pk", "promised_at", "code", "revision", "seq")]
    announced.carry_out()
    assert [*rows.values_list("pk", "promised_at", "code", "revision", "seq")] == before


@pytest.mark.parametrize("dense", [0, 1000], ids=["those that move", "all of the stretch"])
def test_lists_go_by_the_new_date(announced, open_ones, monkeypatch, dense):
    monkeypatch.setattr(writing, "_DENSE", dense)
    announced.carry_out()
    for row in Dossier.objects.all():
        rights = ScopeRow.objects.filter(dossier_id=row.pk)
        owed = row.due_at if row.finished_at is None else None
        assert {*rights.values_list("due_at", flat=True)} == {owed}
    assert wrong() == []


def test_the_past_keeps_the_date_that_it_had(announced, open_ones):
    number = open_ones["appraise"]
    before = Dossier.objects.get(pk=number).due_at
    announced.carry_out()
    lasting, earlier = Fact.objects.filter(dossier_id=number).order_by("-pk")[:2]
    assert (earlier.due_at, lasting.due_at) == (before, before + DAY)
    assert earlier.ended_at == lasting.began_at
    assert lasting.ended_at is None


def test_a_batch_is_one_entry_of_the_house(announced, open_ones):
    announced.carry_out(page=4)
    entries = Entry.objects.of(HOUSE).filter(act="redate")
    assert entries.count() == Redated.objects.values("batch").distinct().count() > 1
    assert Entry.objects.exclude(stream=HOUSE).filter(act="redate").count() == 0


def test_a_worked_saturday_brings_dates_nearer(announced, open_ones):
    row = Dossier.objects.get(pk=open_ones["appraise"])
    before = row.due_at
    announced.carry_out(off=[], work=[datetime.date(2026, 11, 14)])
    row.refresh_from_db()
    assert row.due_at == naive_due(row) < before
    assert wrong() == []


def test_a_swap_gives_and_takes(announced, open_ones):
    saturday = datetime.date(2026, 11, 14)
    row = Dossier.objects.get(pk=open_ones["appraise"])
    before = row.due_at
    announced.carry_out(work=[saturday])
    row.refresh_from_db()
    assert row.due_at == naive_due(row) == before
    assert wrong() == []


def test_a_day_that_has_passed_gives_its_time_back(announced, open_ones):
    announced.carry_out(off=[MONDAY.date()])
    for row in Dossier.objects.filter(closed=False, finished_at=None):
        assert row.due_at == naive_due(row)
    assert wrong() == []


def test_two_changes_follow_each_other(announced, open_ones):
    announced.carry_out()
    world_acts = announced.world.move_of(open_ones["appraise"], "specialist", "submit", hours=30)
    announced.carry_out(off=[datetime.date(2026, 11, 12)])
    row = Dossier.objects.get(pk=world_acts.dossier_id)
    assert (row.due_at, row.redated) == (naive_due(row), 2)
    assert wrong() == []
    assert [one.state for one in CalendarChange.objects.all()] == ["done", "done"]


def test_acts_go_on_from_the_new_date(announced, open_ones, world):
    announced.carry_out()
    done = world.move_of(open_ones["appraise"], "specialist", "submit", hours=30)
    row = Dossier.objects.get(pk=done.dossier_id)
    assert done.due_at == row.due_at == naive_due(row)
    assert wrong() == []


def test_a_leg_moves_too(announced, open_ones):
    announced.carry_out(off=[datetime.date(2026, 11, 3)])
    leg = WorkItem.objects.get(dossier=open_ones["leg"], leg__isnull=False)
    assert leg.due_at - leg.began_at > 2 * DAY
    assert wrong() == []


def test_without_a_limit_there_is_nothing_to_move(announced, world):
    assert declaration().limit is not None
    assert announced.carry_out().told() == {"looked": 0, "moved": 0, "refused": 0, "refusals": {}}
