"""Work goes on when its officer leaves, and a head gives any open work to somebody else."""

from __future__ import annotations

import json

import pytest

from motcua.core.access.rows import sees
from motcua.core.dossiers.grading import regrade
from motcua.core.dossiers.house import check_house
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.dossiers.moving import NotInThatPost
from motcua.core.dossiers.queries import worklist
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.rules import Stale
from motcua.core.dossiers.situation import NotFound
from motcua.core.dossiers.tests.world import DAY, MONDAY
from motcua.core.exchange.models import Message
from motcua.core.jobs.models import Job
from motcua.core.ledger.models import Entry
from motcua.core.people.models import Officer
from motcua.core.sql import reading
from motcua.core.staff.heads import NotTheirHead
from motcua.core.staff.leaving import OpenWork, SuccessorUnfit, hand_on, leave, left_behind
from motcua.core.staff.reassigning import (
    AlreadyTheirs,
    NothingOpen,
    Reassignment,
    ReassignmentUnexplained,
    reassign,
    reassign_all,
)
from motcua.core.staff.rules import BadPeriod
from motcua.core.staff.tests.lent import DAYS, again

LATER = MONDAY + DAYS


def give(world, done, to, *, by="unit_head", leg=None, key=None, reason="Nghỉ.", revision=None):
    officer_id = world.officer_id(to) if to else None
    order = Reassignment(dossier_id=done.dossier_id, leg=leg, officer_id=officer_id, reason=reason)
    return reassign(actor=world.officers[by], at=LATER, order=order, key=key, revision=revision)


def go(world, who="specialist", successor=None, *, by="unit_head", on=DAY, to_post=False):
    return leave(
        actor=world.officers[by],
        at=MONDAY,
        officer_id=world.officer_id(who),
        on=on,
        successor_id=world.officer_id(successor) if successor else None,
        to_post=to_post,
        key=None,
    )


def test_a_head_gives_open_work_to_another_with_an_entry_and_a_notice(world):
    done = world.to("appraise")
    due = WorkItem.objects.of(done.dossier_id).get(ended_at=None).due_at
    first = give(world, done, "second", key="k")
    assert give(world, done, "second", key="k").entry == first.entry
    item = WorkItem.objects.of(done.dossier_id).get(ended_at=None)
    assert (item.officer_id, item.due_at) == (world.officer_id("second"), due)
    told = Message.objects.filter(topic="work_given").values_list("receiver", flat=True)
    assert list(told) == [f"officer:{world.officer_id('second')}"]
    body = json.loads(Entry.objects.of(done.dossier_id).latest("seq").body)
    assert (body["act"], body["post"]) == ("reassign_work", "unit_head")
    assert list(check_state()) == []
    world.move(first, "second", "submit", hours=30)
    assert list(check_state()) == []


def test_a_repeat_answers_only_who_may_still_see_the_dossier(world):
    done = world.to("appraise")
    give(world, done, "second", by="leader", key="k")
    assert give(world, done, "second", by="leader", key="k").repeated
    regrade(
        actor=world.officers["second"],
        at=LATER,
        dossier_id=done.dossier_id,
        grade="restricted",
        reason="Nhạy cảm.",
        key=None,
    )
    with pytest.raises(NotFound):
        give(world, done, "second", by="leader", key="k")


def test_a_leg_is_given_on_by_the_head_of_those_who_were_asked(world):
    done = world.to("appraise")
    done = world.move(done, "specialist", "consult", reason="Hỏi.", legs=("police",), hours=5)
    with pytest.raises(NotTheirHead):
        give(world, done, "police", by="unit_head", leg=1)
    give(world, done, "police", by="leader", leg=1)
    world.move(done, "police", "reply", reason="Được.", leg=1, hours=40)
    assert list(check_state()) == []


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"by": "specialist"}, NotTheirHead),
        ({"by": "other_head"}, NotFound),
        ({"reason": ""}, ReassignmentUnexplained),
        ({"to": "specialist"}, AlreadyTheirs),
        ({"to": "counter"}, NotInThatPost),
        ({"leg": 9}, NothingOpen),
        ({"revision": 1}, Stale),
    ],
)
def test_what_is_no_reassignment_is_refused(world, changes, refusal):
    done = world.to("appraise")
    with pytest.raises(refusal):
        give(world, done, changes.pop("to", "second"), **changes)
    assert list(check_state()) == []


def test_many_are_given_on_and_one_refusal_holds_up_no_other(world):
    first, ended, third = world.to("appraise"), world.to("returned"), world.to("appraise")
    orders = [
        Reassignment(dossier_id=one.dossier_id, officer_id=world.officer_id("second"), reason="x")
        for one in (first, ended, third)
    ]
    head = world.officers["unit_head"]
    outcomes = reassign_all(actor=head, at=LATER, orders=orders, key="k")
    assert [type(one.refusal) for one in outcomes] == [type(None), NothingOpen, type(None)]
    assert worklist(world.officers["second"]).count() == 2
    again_ = reassign_all(actor=head, at=LATER, orders=orders, key="k")
    assert [one.refusal is None for one in again_] == [True, False, True]
    assert Entry.objects.filter(act="reassign_work").count() == 2


def test_nobody_leaves_work_in_their_name(world):
    done = world.to("appraise")
    with pytest.raises(OpenWork):
        go(world)
    give(world, done, "second")
    go(world)
    assert list(left_behind(world.officers["unit_head"], world.officer_id("specialist"))) == []
    assert list(check_house()) == []


def test_the_work_of_a_leaver_goes_to_the_successor_and_what_they_cannot_take_to_the_post(world):
    done, other = world.to("appraise"), world.to("appraise")
    go(world, successor="second")
    payload = json.loads(Job.objects.get(kind="staff.leave").payload)
    hand_on(at=LATER, officer_id=payload["officer"], successor_id=payload["successor"])
    held = WorkItem.objects.filter(ended_at=None).values_list("officer_id", flat=True)
    assert list(held) == [world.officer_id("second")] * 2
    assert hand_on(at=LATER, officer_id=payload["officer"], successor_id=None) == []
    gone = again(world, "specialist")
    assert (gone.scopes, gone.posts) == ((), ())
    for one in (done, other):
        assert not sees(reading(), gone, one.dossier_id)
    assert [*check_state(), *check_house()] == []


def test_until_the_day_they_go_on_and_then_the_post_has_the_rest(world):
    done = world.to("appraise")
    go(world, on=DAY + 3 * DAYS, to_post=True)
    assert sees(reading(), again(world, "specialist"), done.dossier_id)
    assert again(world, "specialist", day=DAY + 3 * DAYS).scopes == ()
    hand_on(at=LATER, officer_id=world.officer_id("specialist"), successor_id=None)
    assert WorkItem.objects.get(ended_at=None).officer_id is None
    assert Dossier.objects.get().closed is False


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"by": "specialist", "to_post": True}, NotTheirHead),
        ({"by": "other_head", "to_post": True}, NotTheirHead),
        ({"on": DAY - DAYS, "to_post": True}, BadPeriod),
        ({"successor": "counter"}, SuccessorUnfit),
    ],
)
def test_what_is_no_leaving_is_refused(world, changes, refusal):
    with pytest.raises(refusal):
        go(world, **changes)
    assert not Officer.objects.exclude(left_on=None).exists()


def test_a_leaver_brought_back_behind_the_acts_is_found(world):
    go(world)
    assert list(check_house()) == []
    Officer.objects.filter(pk=world.officer_id("specialist")).update(left_on=None)
    assert [one.code for one in check_house()] == ["state.house_differs"]
