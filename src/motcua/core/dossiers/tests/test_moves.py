"""Every kind of move: made, refused, and what it leaves behind."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

import pytest

from motcua.core.access import actors, totals
from motcua.core.agencies.models import Appointment
from motcua.core.agencies.queries import agency_by_code
from motcua.core.dossiers.models import Dossier, Remark, WorkItem
from motcua.core.dossiers.queries import choices, worklist
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.situation import read
from motcua.core.dossiers.tests.unchanged import refused
from motcua.core.dossiers.tests.world import DAY, MONDAY, declaration, given_back, publish
from motcua.core.facts import tallies
from motcua.core.ledger.models import Entry
from motcua.core.sql import reading


def open_work(done) -> list[tuple]:
    rows = WorkItem.objects.of(done.dossier_id).filter(ended_at=None)
    return list(rows.values_list("step", "leg", "agency__code", "officer__name"))


def results(done) -> list[str]:
    return list(WorkItem.objects.of(done.dossier_id).values_list("result", flat=True))


@pytest.fixture(autouse=True)
def sound(world):
    """After whatever a test did, the rows agree with the ledger and the counts with the facts."""
    yield
    assert list(check_state()) == []
    assert tallies.reconcile() == {} == totals.reconcile()


def test_assigning_names_the_officer(world):
    done = world.to("assign")
    done = world.move(done, "unit_head", "assign", officer_id=world.officer_id("second"))
    assert open_work(done) == [("appraise", None, "H26.12", "second")]


def test_turning_away_at_the_counter_ends_without_a_code(world):
    done = world.move(world.file(), "counter", "turn_away", reason="Thiếu đơn.")
    assert (done.state, done.code, done.due_at) == ("refused_reception", None, None)
    assert Dossier.objects.get().outcome == "refused"


def test_a_reason_is_kept_beside_the_ledger(world):
    done = world.move(world.to("check"), "unit_head", "send_back", reason="  Tính lại. ", hours=5)
    assert Remark.objects.get().text == "Tính lại."
    assert Remark.objects.get().seq == done.revision


def test_sending_back_goes_to_the_officer_who_did_it(world):
    done = world.move(world.to("check"), "unit_head", "send_back", reason="Tính lại.", hours=5)
    assert open_work(done) == [("appraise", None, "H26.12", "specialist")]
    assert results(done)[-2:] == ["sent_back", ""]


def test_sending_back_to_a_leaver_offers_the_work_to_the_post(world):
    done = world.to("check")
    left = Appointment.objects.filter(officer=world.officer_id("specialist"))
    left.update(valid_to="2026-11-02")
    done = world.move(done, "unit_head", "send_back", reason="Tính lại.", hours=5)
    assert open_work(done) == [("appraise", None, "H26.12", None)]


def test_refusing_ends_as_stopped(world):
    done = world.move(world.to("appraise"), "specialist", "refuse", reason="Không đủ.", hours=9)
    assert (done.state, Dossier.objects.get().outcome) == ("stopped", "refused")
    assert open_work(done) == []


def test_the_applicant_withdraws(world):
    done = world.to("appraise")
    done = world.move(done, world.applicant(done), "withdraw", reason="Không cần nữa.", hours=9)
    assert done.state == "withdrawn"
    assert results(done)[-1] == "withdrawn"


def test_nobody_else_withdraws(world):
    done, other = world.to("appraise"), world.applicant(world.file())
    with refused("dossiers.not_found"):
        world.move(done, other, "withdraw", reason="Không cần nữa.", hours=9)
    with refused("dossiers.not_yours"):
        world.move(done, "unit_head", "withdraw", reason="Không cần nữa.", hours=9)


def test_another_post_may_not(world):
    done = world.to("check")
    with refused("dossiers.not_yours"):
        world.move(done, "counter", "agree", hours=5)


def test_another_officer_of_the_same_post_may_not(world):
    done = world.to("appraise")
    with refused("dossiers.not_found"):
        world.move(done, "second", "submit", hours=5)


def test_who_left_the_post_acts_no_longer_though_the_work_bears_their_name(world):
    done, number = world.to("appraise"), world.officer_id("specialist")
    Appointment.objects.filter(officer=number).update(valid_to="2026-11-03")
    gone = actors.officer(number, "specialist", DAY + datetime.timedelta(days=1))
    with refused("dossiers.not_yours"):
        world.move(done, gone, "submit", hours=30)
    assert [one.why_not is None for one in choices(gone, read(reading(), done.dossier_id), MONDAY)
            if one.move.key == "submit"] == [False]  # fmt: skip
    assert not worklist(gone).exists()


@pytest.mark.parametrize("name", ["answer", "give_back"])
def test_the_counter_where_they_came_acts_for_the_applicant_wherever_it_is(world, name):
    flow = given_back()
    anywhere = [replace(m, sources=("appraise",)) if m.key == name else m for m in flow.moves]
    publish(declaration("9.000009", replace(flow, moves=tuple(anywhere))))
    done = world.to("appraise", procedure="9.000009")
    done = world.move(done, "specialist", "supplement", reason="Thiếu.", hours=5)
    heir = agency_by_code("H26.15").id
    done = world.move(done, "specialist", "hand_over", agency_id=heir, reason="Đúng.", hours=6)
    with refused("dossiers.not_found"):
        world.move(done, "external", name, reason="Theo đơn.", hours=7)
    assert world.move(done, "counter", name, reason="Theo đơn.", hours=7).state in {
        "processing",
        "withdrawn",
    }


def test_the_ledger_keeps_the_post_in_which_somebody_acted(world):
    done = world.to("appraise")
    world.move(done, world.applicant(done), "withdraw", reason="Thôi.", hours=9)
    world.take_in()
    bodies = Entry.objects.order_by("pk").values_list("body", flat=True)
    posts = [json.loads(body)["post"] for body in bodies]
    assert posts == [None, "counter", "unit_head", None, "counter"]


def test_who_may_not_see_it_is_told_there_is_none(world):
    done = world.to("check")
    with refused("dossiers.not_found"):
        world.move(done, "other_head", "agree", hours=5)


@pytest.mark.parametrize("number", [999, 0, -1, 2**39, 2**70])
def test_a_dossier_that_never_was_is_not_found(world, number):
    missing = replace(world.file(), dossier_id=number)
    with refused("dossiers.not_found"):
        world.move(missing, "counter", "receive")


def test_an_unknown_move_is_named(world):
    done = world.file()
    with refused("flow.unknown_move"):
        world.move(done, "counter", "fly")


def test_a_move_of_another_step_is_refused(world):
    done = world.to("assign")
    with refused("flow.not_from_here"):
        world.move(done, "unit_head", "agree", hours=5)


@pytest.mark.parametrize("name", ["return", "agree", "refuse", "withdraw"])
def test_a_closed_dossier_does_not_move(world, name):
    done = world.to("returned")
    who = world.applicant(done) if name == "withdraw" else "counter"
    with refused("flow.ended"):
        world.move(done, who, name, reason="Vì thế.", hours=9)


def test_a_stale_page_is_refused(world):
    done = world.to("assign")
    with refused("dossiers.stale"):
        world.move(done, "unit_head", "assign", revision=done.revision - 1, hours=5)


def test_the_page_as_it_stands_is_not_stale(world):
    done = world.to("assign")
    assert world.move(done, "unit_head", "assign", revision=done.revision, hours=5)


def test_an_act_before_the_last_one_is_refused(world):
    done = world.move(world.file(), "counter", "receive", hours=3)
    with refused("dossiers.too_early"):
        world.move(done, "unit_head", "assign", hours=2)


def test_an_act_before_the_last_reply_is_refused_too(world):
    done = world.move(world.to("appraise"), "specialist", "supplement", reason="Thiếu.", hours=5)
    done = world.move(done, "counter", "answer", hours=8)
    with refused("dossiers.too_early"):
        world.move(done, "specialist", "submit", hours=6)


def test_the_chosen_officer_must_hold_the_post(world):
    done = world.to("assign")
    with refused("dossiers.officer_not_in_post"):
        world.move(done, "unit_head", "assign", officer_id=world.officer_id("police"), hours=5)


def test_a_missing_reason_is_refused(world):
    done = world.to("appraise")
    with refused("flow.reason_missing"):
        world.move(done, "specialist", "refuse", reason=" \n ", hours=5)
