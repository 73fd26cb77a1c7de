"""Who has just given work takes it back: once, soon, and only while nobody has acted since."""

from __future__ import annotations

import datetime
import json

import pytest

from motcua.core.dossiers.models import WorkItem
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.rules import Stale
from motcua.core.dossiers.situation import NotFound
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.exchange.models import Message
from motcua.core.ledger.models import Entry
from motcua.core.staff.reassigning import Reassignment, reassign
from motcua.core.staff.undoing import UNTIL, NothingToUndo, TooLateToUndo, undo_assignment

GIVEN = MONDAY + datetime.timedelta(hours=30, microseconds=835_406)
SOON = GIVEN + datetime.timedelta(seconds=8)


def given(world):
    """Give work that the specialist holds to the second one."""
    done = world.to("appraise")
    order = Reassignment(
        dossier_id=done.dossier_id, officer_id=world.officer_id("second"), reason="Nghỉ."
    )
    return reassign(actor=world.officers["unit_head"], at=GIVEN, order=order, key=None)


def undo(world, done, *, by="unit_head", at=SOON, key="k", revision=None):
    return undo_assignment(
        actor=world.officers[by],
        at=at,
        dossier_id=done.dossier_id,
        leg=None,
        revision=done.revision if revision is None else revision,
        key=key,
    )


def holder(done) -> tuple[str, int | None]:
    item = WorkItem.objects.of(done.dossier_id).get(ended_at=None)
    return item.step, item.officer_id


def test_work_goes_back_to_who_had_it_by_an_entry_of_its_own(world):
    done = given(world)
    before = Entry.objects.of(done.dossier_id).count()
    undo(world, done)
    assert holder(done) == ("appraise", world.officer_id("specialist"))
    assert Entry.objects.of(done.dossier_id).count() == before + 1
    body = json.loads(Entry.objects.of(done.dossier_id).latest("seq").body)
    assert (body["act"], body["post"]) == ("undo_assignment", "unit_head")
    told = Message.objects.filter(topic="work_taken_back").values_list("receiver", flat=True)
    assert list(told) == [f"officer:{world.officer_id('second')}"]
    assert list(check_state()) == []


def test_handing_out_goes_back_to_the_step_of_the_head(world):
    before = world.to("assign")
    item = WorkItem.objects.of(before.dossier_id).get(ended_at=None)
    wishes = {"officer_id": world.officer_id("second"), "hours": 30}
    done = world.move(before, "unit_head", "assign", **wishes)
    undone = undo(world, done)
    assert (undone.step, undone.state, undone.due_at) == ("assign", before.state, before.due_at)
    after = WorkItem.objects.of(before.dossier_id).get(ended_at=None)
    assert (after.step, after.post, after.due_at) == (item.step, item.post, item.due_at)
    assert list(check_state()) == []
    world.move(undone, "unit_head", "assign", officer_id=world.officer_id("second"), hours=31)
    assert list(check_state()) == []


def test_a_repeat_takes_back_once(world):
    done = given(world)
    first = undo(world, done)
    assert undo(world, done).entry == first.entry
    assert undo(world, done).repeated
    with pytest.raises(Stale):
        undo(world, done, key="another")


def test_nothing_is_taken_back_once_somebody_acted(world):
    done = given(world)
    world.move(done, "second", "submit", hours=30.001)
    with pytest.raises(Stale):
        undo(world, done)
    assert holder(done)[0] == "check"


def test_nobody_takes_back_what_another_gave(world):
    done = given(world)
    with pytest.raises(NothingToUndo):
        undo(world, done, by="leader")
    with pytest.raises(NotFound):
        undo(world, done, by="other_head")


def test_other_acts_are_no_assignments(world):
    done = world.to("check")
    with pytest.raises(NothingToUndo):
        undo(world, done, by="specialist", at=MONDAY + datetime.timedelta(hours=4))


def test_an_assignment_of_long_ago_stays(world):
    done = given(world)
    with pytest.raises(TooLateToUndo):
        undo(world, done, at=GIVEN + UNTIL + datetime.timedelta(seconds=1))
