"""The whole way of a dossier, and what every act leaves behind."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from motcua.core.dossiers.models import Dossier, Paper, WorkItem
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.world import FLOW, declaration, publish
from motcua.kernel.flow.definition import Kind


def through(world, *, until: str = "returned"):
    done = world.file()
    yield "filed", done
    for hours, who, name, wishes in (
        (1, "counter", "receive", {}),
        (2, "unit_head", "assign", {"officer_id": world.officer_id("specialist")}),
        (3, "specialist", "submit", {}),
        (4, "unit_head", "agree", {}),
        (5, "leader", "issue", {}),
        (6, "counter", "return", {}),
    ):
        done = world.move(done, who, name, hours=hours, **wishes)
        yield name, done


@pytest.fixture
def returned(world):
    return dict(through(world))


def test_the_whole_way_ends_returned_and_early(returned):
    row = Dossier.objects.get()
    assert (row.state, row.outcome, row.bucket, row.closed) == (
        "returned",
        "granted",
        "early",
        True,
    )


def test_filing_gives_a_look_up_number_and_no_code(returned):
    assert returned["filed"].code is None
    assert len(returned["filed"].lookup) == 11


def test_reception_gives_the_code_of_the_unit_and_day(returned):
    assert returned["receive"].code == "H26.12-261102-0001"


def test_the_clock_starts_at_reception(returned):
    due = returned["receive"].due_at
    assert due == datetime.datetime(2026, 11, 16, 3, tzinfo=datetime.UTC)
    assert returned["receive"].promised_at == due


def test_every_act_is_one_entry_and_the_state_agrees(returned):
    row = Dossier.objects.get()
    assert row.seq == row.revision == 7
    assert list(check_state()) == []


def test_no_work_is_left_open(returned):
    assert not WorkItem.objects.filter(ended_at=None).exists()
    assert WorkItem.objects.count() == 6


def test_letters_are_asked_for(returned):
    assert list(Paper.objects.order_by("seq").values_list("letter", flat=True)) == [
        "form01",
        "result",
    ]


def test_counter_intake_is_one_act(world):
    done = world.take_in()
    assert (done.code, done.revision, done.step) == ("H26.12-261102-0001", 1, "assign")
    assert WorkItem.objects.get(step="reception").ended_at is not None


def test_what_is_withdrawn_is_neither_early_nor_late(world):
    done = world.to("appraise")
    world.move(done, world.applicant(done), "withdraw", hours=9, reason="Đổi ý.")
    assert (Dossier.objects.get().state, Dossier.objects.get().bucket) == ("withdrawn", "")


def test_a_procedure_without_a_limit_is_returned_too(world):
    timeless = tuple(replace(move, clock=None) for move in FLOW.moves)
    told = declaration("9.000012", replace(FLOW, moves=timeless))
    publish(replace(told, limit=None))
    world.to("returned", procedure="9.000012")
    row = Dossier.objects.get()
    assert row.returned_at == row.finished_at is not None


def test_what_is_taken_back_after_the_result_was_never_returned(world):
    late = [
        replace(move, sources=("hand_back",)) if move.kind is Kind.WITHDRAW else move
        for move in FLOW.moves
    ]
    publish(declaration("9.000013", replace(FLOW, moves=tuple(late))))
    done = world.to("hand_back", procedure="9.000013")
    world.move(done, world.applicant(done), "withdraw", hours=9, reason="Đổi ý.")
    row = Dossier.objects.get()
    assert (row.bucket, row.returned_at) == ("early", None)


@pytest.mark.parametrize(("asked", "bucket"), [(5, "early"), (2000, "late")])
def test_a_refusal_while_the_applicant_is_waited_for_counts_the_time_before(world, asked, bucket):
    done = world.take_in()
    done = world.move(done, "unit_head", "assign", hours=2)
    done = world.move(done, "specialist", "supplement", hours=asked, reason="Thiếu giấy tờ.")
    world.move(done, "specialist", "refuse", hours=4000, reason="Không bổ sung.")
    row = Dossier.objects.get()
    assert (row.outcome, row.bucket) == ("refused", bucket)
    assert list(check_state()) == []
