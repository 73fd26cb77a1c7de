"""The same with many: each row by its own act and its own rights, and never twice."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.agencies.models import Appointment
from motcua.core.bulk import asking, running
from motcua.core.bulk.asking import (
    KeyMissing,
    NoSuchBulk,
    NothingChosen,
    Piece,
    TooMuch,
    ask,
    one_of,
    rows_of,
    undoable,
)
from motcua.core.bulk.jobs import KEPT, sweep
from motcua.core.bulk.models import Bulk, BulkRow
from motcua.core.dossiers.carrying import Crowded
from motcua.core.dossiers.models import Paper, WorkItem
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.world import MONDAY, make_world
from motcua.core.jobs.models import Job
from motcua.core.jobs.registry import discover
from motcua.core.jobs.worker import run_one
from motcua.core.ledger.models import Entry

AT = MONDAY + datetime.timedelta(hours=3)
What = Bulk.What


@pytest.fixture
def world(db):
    discover()
    return make_world()


def order(world, what, pieces, *, who="unit_head", key="k", at=AT, **told):
    told.setdefault("reason", "Phân công.")
    return ask(actor=world.officers[who], at=at, what=what, order=told, pieces=pieces, key=key)


def pieces(*done):
    return [Piece(one.dossier_id) for one in done]


def states(bulk):
    return [row.state for row in bulk.rows.order_by("number")]


def holders(*done):
    return [WorkItem.objects.of(one.dossier_id).get(ended_at=None).officer_id for one in done]


def assign(world, *done, to="second", **more):
    return order(world, What.ASSIGN, pieces(*done), officer=world.officer_id(to), **more)


def test_each_row_is_given_by_the_way_its_step_has_for_that(world):
    handed_out, held = world.take_in(), world.to("appraise")
    bulk = assign(world, handed_out, held)
    assert states(bulk) == ["done", "done"]
    assert holders(handed_out, held) == [world.officer_id("second")] * 2
    acts = [Entry.objects.of(one.dossier_id).latest("seq").act for one in (handed_out, held)]
    assert acts == ["assign", "reassign_work"]
    assert list(check_state()) == []


def test_what_one_row_refuses_holds_up_no_other(world):
    good, done_already = world.take_in(), world.to("approve")
    bulk = assign(world, done_already, good)
    assert states(bulk) == ["refused", "done"]
    refused = bulk.rows.get(number=1)
    assert refused.why
    assert refused.said_vi
    assert refused.said_en


def test_the_same_key_is_the_same_order(world):
    done = world.take_in()
    first = assign(world, done)
    entries = Entry.objects.of(done.dossier_id).count()
    assert assign(world, done, to="specialist") == first
    assert Entry.objects.of(done.dossier_id).count() == entries


def test_a_row_whose_act_was_written_but_not_noted_is_not_done_again(world):
    done = world.take_in()
    bulk = assign(world, done)
    entries = Entry.objects.of(done.dossier_id).count()
    BulkRow.objects.update(state="waiting", revision=None)  # as if killed in between
    Bulk.objects.update(ended_at=None)
    running.run_by_job(bulk.pk, at=AT, on=AT.date())
    assert states(bulk) == ["done"]
    assert Entry.objects.of(done.dossier_id).count() == entries
    running.run_by_job(bulk.pk, at=AT, on=AT.date())


def test_what_a_busy_house_leaves_is_done_by_the_job(world, monkeypatch):
    def crowded(*_: object) -> int:
        raise Crowded

    done = world.take_in()
    with monkeypatch.context() as patch:
        patch.setitem(running._DEEDS, What.ASSIGN, crowded)
        bulk = assign(world, done)
    assert states(bulk) == ["waiting"]
    assert bulk.ended_at is None
    while run_one("w", at=AT + datetime.timedelta(minutes=2)):
        pass
    assert states(bulk) == ["done"]


def test_many_rows_are_done_by_a_job(world, monkeypatch):
    monkeypatch.setattr(asking, "AT_ONCE", 1)
    done = [world.take_in() for _ in range(3)]
    bulk = assign(world, *done)
    assert states(bulk) == ["waiting"] * 3
    while run_one("w", at=AT):
        pass
    assert states(bulk) == ["done"] * 3
    bulk.refresh_from_db()
    assert bulk.ended_at is not None


def test_a_job_acts_with_the_rights_of_the_day(world, monkeypatch):
    monkeypatch.setattr(asking, "AT_ONCE", 0)
    done = world.take_in()
    bulk = assign(world, done)
    head = world.officer_id("unit_head")
    Appointment.objects.filter(officer_id=head).update(valid_to=MONDAY.date())
    running.run_by_job(bulk.pk, at=AT, on=AT.date())
    assert states(bulk) == ["refused"]
    assert Job.objects.filter(kind="bulk.run").count() == 1


def test_the_same_move_is_made_where_it_can_be(world):
    checked, elsewhere = world.to("check"), world.take_in()
    bulk = order(world, What.MOVE, pieces(checked, elsewhere), move="agree", reason="")
    assert states(bulk) == ["done", "refused"]
    assert world.dossier(checked).step == "approve"


def test_a_move_that_signs_asks_for_a_fresh_proof(world, monkeypatch):
    monkeypatch.setattr(asking, "AT_ONCE", 0)
    signed, late = world.to("approve"), world.to("approve")
    for number, (done, after) in enumerate(((signed, 1), (late, 60))):
        bulk = order(world, What.MOVE, pieces(done), who="leader", key=f"{number}", move="issue")
        at = AT + datetime.timedelta(hours=5, minutes=after)
        Bulk.objects.filter(pk=bulk.pk).update(asked_at=AT + datetime.timedelta(hours=5))
        running.run_by_job(bulk.pk, at=at, on=at.date())
    assert world.dossier(signed).step == "hand_back"
    assert BulkRow.objects.get(dossier_id=late.dossier_id).why == "dossiers.proof_needed"


def test_slips_are_asked_for_once_each(world):
    done = [world.take_in(), world.take_in()]
    order(world, What.SLIP, pieces(*done))
    order(world, What.SLIP, pieces(*done), key="again")
    assert Paper.objects.filter(letter="form05").count() == 2


def test_an_order_of_assignments_is_taken_back_row_by_row(world):
    first, second = world.to("appraise"), world.to("appraise")
    bulk = assign(world, first, second, at=MONDAY + datetime.timedelta(hours=30))
    world.move(second, "second", "submit", hours=30.01)
    undone = order(
        world,
        What.UNDO,
        undoable(bulk),
        key="undo",
        at=MONDAY + datetime.timedelta(hours=30, minutes=2),
    )
    assert states(undone) == ["done", "refused"]
    assert holders(first) == [world.officer_id("specialist")]
    assert undone.rows.get(number=2).why == "dossiers.stale"


def test_what_one_may_not_read_is_as_if_it_were_not_there(world):
    done = world.take_in()
    with pytest.raises(NothingChosen):
        order(world, What.SLIP, pieces(done), who="other_head")
    assert not Bulk.objects.exists()


def test_an_order_is_its_officers_alone(world):
    bulk = assign(world, world.take_in())
    assert one_of(world.officers["unit_head"], bulk.code) == bulk
    for who, code in (("leader", bulk.code), ("unit_head", "0" * 32), ("unit_head", "x;")):
        with pytest.raises(NoSuchBulk):
            one_of(world.officers[who], code)


def test_rows_that_may_no_longer_be_read_are_not_shown(world):
    bulk = assign(world, world.take_in())
    assert len(rows_of(world.officers["unit_head"], bulk)) == 1
    assert rows_of(world.officers["other_head"], bulk) == []


@pytest.mark.parametrize("key", ["", "x" * 41])
def test_an_order_without_a_key_is_refused(world, key):
    with pytest.raises(KeyMissing):
        assign(world, world.take_in(), key=key)


def test_too_many_are_refused_before_anything_is_done(world, monkeypatch):
    monkeypatch.setattr(asking, "MOST", 1)
    with pytest.raises(TooMuch):
        assign(world, world.take_in(), world.take_in())
    assert not Bulk.objects.exists()


def test_old_orders_go_with_their_words(world):
    assign(world, world.take_in())
    sweep({}, at=AT + KEPT)
    assert Bulk.objects.count() == 1
    sweep({}, at=AT + KEPT + datetime.timedelta(seconds=1))
    assert not BulkRow.objects.exists()
