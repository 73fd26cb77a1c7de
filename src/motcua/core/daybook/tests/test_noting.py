"""Each line tells what the acts wrote down, behind the masks of every list."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.access.models import ScopeRow
from motcua.core.daybook.noting import Noted, noted
from motcua.core.daybook.numbering import Numbering
from motcua.core.daybook.reading import opened
from motcua.core.daybook.tests.test_reading import extract
from motcua.core.dossiers.models import Dossier, Tie
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.people.models import Officer, Party
from motcua.core.sql import reading

HOUR = datetime.timedelta(hours=1)
WHO = {"name": "Nguyễn Trường Đạt", "phone": "0912345678", "address": "12 Đường Thành"}


def book(world, who="counter") -> list[Noted]:
    actor = world.officers[who]
    return noted(actor, opened(actor, extract(world)).rows, Numbering(reading()))


def only(world, who="counter") -> Noted:
    (line,) = book(world, who)
    return line


def remarks(one: Noted) -> list[str]:
    return [remark.vi for remark in one.remarks]


def test_a_dossier_is_followed_from_reception_to_return(world):
    Officer.objects.filter(staff_number="counter").update(name="Phạm Thị Ánh Tuyết")
    done = world.to("returned")
    one = only(world)
    row = Dossier.objects.get(pk=done.dossier_id)
    assert (one.line.received_at, one.passed_at) == (MONDAY + HOUR, MONDAY + HOUR)
    assert (one.result_at, one.returned_at) == (row.finished_at, row.returned_at)
    assert (one.way, one.handed_by) == ("online", "Phạm Thị Ánh Tuyết")
    assert remarks(one) == []


def test_what_has_not_happened_is_left_open(world):
    world.take_in(applicant=WHO)
    one = only(world)
    assert one.passed_at == MONDAY
    assert (one.result_at, one.returned_at, one.way, one.handed_by) == (None, None, "", "")
    assert one.lead is not None
    assert one.lead.id == world.department.pk


def test_the_agency_that_decided_last_is_in_charge(world):
    world.to("hand_back")
    assert only(world).lead.id == world.city.pk  # the leader's


def test_a_result_of_the_counter_goes_out_at_the_counter(world):
    done = world.take_in()
    steps = [("unit_head", "assign"), ("specialist", "submit"), ("unit_head", "agree")]
    for hours, (who, name) in enumerate([*steps, ("leader", "issue"), ("counter", "return")], 1):
        wishes = {"officer_id": world.officer_id("specialist")} if name == "assign" else {}
        done = world.move(done, who, name, hours=hours, **wishes)
    assert only(world).way == "counter"


@pytest.mark.parametrize(
    ("who", "name", "address", "phone"),
    [
        ("counter", "Nguyễn Trường Đạt", "12 Đường Thành", "0912345678"),
        ("leader", "Ng***", "***", "091***"),
    ],
)
def test_personal_values_stand_behind_the_masks_of_lists(world, who, name, address, phone):
    world.take_in(applicant=WHO)
    one = only(world, who)
    assert (one.name, one.address, one.phone) == (name, address, phone)


def test_where_an_enterprise_sits_is_public_and_its_telephone_is_not(world):
    world.take_in(applicant=WHO)
    Party.objects.update(kind="enterprise")
    one = only(world, "leader")
    assert (one.name, one.address, one.phone) == (WHO["name"], WHO["address"], "091***")


def test_nobody_named_is_nothing(world):
    world.take_in(applicant=WHO)
    Dossier.objects.update(applicant=None)
    assert (only(world).name, only(world).address, only(world).phone) == ("", "", "")


def test_an_end_without_a_result_is_a_remark(world):
    done = world.take_in()
    world.move(done, world.applicant(done), "withdraw", reason="Không cần nữa")
    one = only(world)
    assert one.returned_at is None
    assert any("02/11/2026" in remark for remark in remarks(one))


def test_a_pause_is_a_remark_until_it_ends(world):
    done = world.move(
        world.take_in(), "unit_head", "assign", officer_id=world.officer_id("specialist")
    )
    done = world.move(done, "specialist", "supplement", hours=2, reason="Thiếu sơ đồ")
    assert remarks(only(world)) == ["Tạm dừng tính hạn từ 02/11/2026"]
    world.move(done, world.applicant(done), "answer", hours=3)
    assert remarks(only(world)) == []


@pytest.mark.parametrize(
    ("kind", "words"),
    [("complaint", "Khiếu nại, phản ánh về hồ sơ {}"), ("part", "Liên thông từ hồ sơ {}")],
)
def test_what_it_hangs_on_is_named_to_those_who_may_read_that(world, kind, words):
    whole, hanging = world.take_in(), world.take_in()
    Tie.objects.create(dossier_id=hanging.dossier_id, of_id=whole.dossier_id, kind=kind)
    assert remarks(book(world)[1]) == [words.format(whole.code)]
    ScopeRow.objects.filter(dossier_id=whole.dossier_id).update(until_at=MONDAY)
    assert remarks(only(world)) == [words.format("khác")]


def test_a_new_promise_and_a_late_result_are_remarks(world):
    world.take_in()
    row = Dossier.objects.get()
    Dossier.objects.update(promised_at=row.due_at + HOUR, bucket="late")
    assert remarks(only(world)) == ["Đã xin lỗi, hẹn lại ngày trả", "Quá hạn"]


def test_a_page_takes_the_same_few_statements_whatever_its_length(
    world, django_assert_max_num_queries
):
    for _ in range(6):
        world.take_in()
    with django_assert_max_num_queries(9):
        assert len(book(world)) == 6
