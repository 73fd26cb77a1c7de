"""Handing a step to another agency: the heir reads and acts, who held it keeps reading."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from motcua.core.access.models import ScopeRow
from motcua.core.access.scopes import agency_scope
from motcua.core.agencies.models import Agency
from motcua.core.agencies.queries import agency_by_code, forget_tree
from motcua.core.clock.calendars import calendars
from motcua.core.clock.models import ClockSegment, WorkCalendar
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.dossiers.queries import Filter, dossiers, find_one, worklist
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.unchanged import refused
from motcua.core.dossiers.tests.world import FLOW, declaration, publish
from motcua.core.facts import tallies
from motcua.kernel.flow.definition import ClockOp


@pytest.fixture
def other(world):
    return agency_by_code("H26.15").id


@pytest.fixture
def handed(world, other):
    done = world.to("appraise")
    return world.move(
        done, "specialist", "hand_over", agency_id=other, reason="Đúng thẩm quyền.", hours=5
    )


def reason(done, agency_id) -> str:
    return ScopeRow.objects.get(dossier_id=done.dossier_id, scope=agency_scope(agency_id)).reason


def test_the_dossier_keeps_its_code_due_date_and_receiver(world, handed, other):
    row = Dossier.objects.get()
    assert (row.holding_agency_id, row.receiving_agency_id) == (other, world.department.pk)
    assert row.code == "H26.12-261102-0001"
    assert row.due_at == handed.due_at is not None


def test_the_heir_reads_and_the_former_holder_too(world, handed, other):
    assert find_one(world.officers["other_head"], handed.code).id == handed.dossier_id
    assert find_one(world.officers["unit_head"], handed.code).id == handed.dossier_id
    assert reason(handed, other) == "holder"
    assert reason(handed, world.department.pk) == "former"


def test_unrelated_agencies_read_nothing(world, handed):
    for who in ("police", "external"):
        with refused("dossiers.not_found"):
            find_one(world.officers[who], handed.code)
        assert dossiers(world.officers[who], Filter()).total == 0


def test_the_work_is_offered_to_the_post_at_the_heir(world, handed):
    assert [item.dossier_id for item in worklist(world.officers["other_specialist"])] == [
        handed.dossier_id
    ]
    assert not worklist(world.officers["specialist"]).exists()
    assert find_one(world.officers["other_specialist"], handed.code)


def test_the_heir_acts_and_the_former_holder_no_longer(world, handed):
    with refused("dossiers.not_yours"):
        world.move(handed, "specialist", "submit", hours=6)
    assert world.move(handed, "other_specialist", "submit", hours=6).step == "check"


def test_the_next_step_stays_with_the_heir(world, handed):
    done = world.move(handed, "other_specialist", "submit", hours=6)
    with refused("dossiers.not_yours"):
        world.move(done, "unit_head", "agree", hours=7)
    assert world.move(done, "other_head", "agree", hours=7).step == "approve"


def test_counts_follow_the_holder(world, handed, other):
    live = tallies.live()
    assert {(agency, state): count for (agency, _, state), count in live.items()} == {
        (other, "processing"): 1
    }
    assert list(check_state()) == []


def test_a_hand_over_names_an_agency(world):
    done = world.to("appraise")
    with refused("dossiers.agency_missing"):
        world.move(done, "specialist", "hand_over", reason="Đúng thẩm quyền.", hours=5)


def test_the_waiting_is_handed_over_too(world, other):
    done = world.to("appraise")
    done = world.move(done, "specialist", "supplement", reason="Thiếu bản vẽ.", hours=5)
    before = Dossier.objects.get()
    done = world.move(done, "specialist", "hand_over", agency_id=other, reason="Đúng.", hours=6)
    after = Dossier.objects.get()
    assert (done.state, after.due_at) == ("supplement", None)
    assert after.paused_since == before.paused_since
    done = world.move(done, world.applicant(done), "answer", hours=7)
    assert (done.state, done.due_at is None) == ("processing", False)


def test_what_was_handed_over_keeps_the_deadline_it_had(world, other):
    """Also where the clock counts anew for the heir: the control slip must not change its past."""
    anew = [replace(m, clock=ClockOp.RESTART) if m.key == "hand_over" else m for m in FLOW.moves]
    publish(declaration("9.000011", replace(FLOW, moves=tuple(anew))))
    done = world.to("appraise", procedure="9.000011")
    had = WorkItem.objects.get(ended_at=None).due_at
    world.move(done, "specialist", "hand_over", agency_id=other, reason="Đúng.", hours=30)
    over, begun = WorkItem.objects.filter(step="appraise").order_by("pk")
    assert (over.due_at, begun.due_at > had) == (had, True)


@pytest.mark.parametrize("number", [999, 0, -1, 2**70])
def test_a_hand_over_to_an_agency_that_never_was(world, number):
    done = world.to("appraise")
    with refused("agencies.unknown"):
        world.move(done, "specialist", "hand_over", agency_id=number, reason="Nhầm.", hours=5)


def test_an_agency_that_has_ended_takes_nothing_over(world, other):
    done = world.to("appraise")
    Agency.objects.filter(pk=other).update(valid_to="2026-11-02")
    forget_tree()
    with refused("dossiers.agency_gone"):
        world.move(done, "specialist", "hand_over", agency_id=other, reason="Nhầm.", hours=5)


def test_an_agency_that_ends_tomorrow_still_does(world, other):
    done = world.to("appraise")
    Agency.objects.filter(pk=other).update(valid_to="2026-11-03")
    forget_tree()
    assert world.move(done, "specialist", "hand_over", agency_id=other, reason="Đúng.", hours=5)


def test_an_officer_of_another_agency_cannot_be_named(world, other):
    done = world.to("appraise")
    wishes = {"agency_id": other, "officer_id": world.officer_id("second"), "reason": "Đúng."}
    with refused("dossiers.officer_not_in_post"):
        world.move(done, "specialist", "hand_over", hours=5, **wishes)


def test_a_hand_over_goes_on_by_the_calendar_of_who_takes_over(world):
    """Its past keeps the calendar it ran on: here the heir works on Saturdays too."""
    saturdays = {str(day): ["08:00-12:00", "13:00-17:00"] for day in range(6)}
    plain = {"name_vi": "x", "name_en": "x", "first_year": 2020, "last_year": 2030}
    WorkCalendar.objects.create(
        key="six", time_zone="Asia/Ho_Chi_Minh", country="VN", shifts=saturdays, **plain
    )
    heir = Agency.objects.get(code="H26.15")
    Agency.objects.filter(pk=heir.pk).update(calendar="six")
    forget_tree()
    calendars.forget()
    done = world.to("appraise")
    moved = world.move(done, "specialist", "hand_over", hours=3, agency_id=heir.pk, reason="x")
    assert done.due_at == datetime.datetime(2026, 11, 16, 3, tzinfo=datetime.UTC)  # a Monday
    assert moved.due_at == datetime.datetime(2026, 11, 13, 3, tzinfo=datetime.UTC)  # Saturday won
    assert list(ClockSegment.objects.order_by("id").values_list("calendar", flat=True)) == [
        "national",
        "six",
    ]
