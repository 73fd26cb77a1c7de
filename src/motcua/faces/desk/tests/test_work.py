"""Việc của tôi: whose it is, in which order, how many, and at what price."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.core.dossiers.tests.world import MONDAY
from motcua.faces.desk.reading.work import Queue, Whose, work_of


def statements(client, path):
    client.get(path)  # whatever a process keeps is there after the first page
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    "path", ["/ban/viec", "/ban/viec-don-vi", "/ban/ho-so", "/ban/nhom", "/ban/tiep-nhan"]
)
def test_a_list_costs_the_same_for_any_number_of_rows(desk, path):
    client = desk.as_("unit_head")
    desk.world.take_in()
    few = statements(client, path)
    for _ in range(5):
        desk.world.take_in()
    assert statements(client, path) == few <= 9


def test_work_given_by_name_is_mine_alone(desk):
    done = desk.received()
    assert done.code in desk.get("specialist", "/ban/viec").content.decode()
    assert done.code not in desk.get("second", "/ban/viec").content.decode()


def test_work_of_a_post_is_offered_to_all_who_hold_it(desk):
    done = desk.received(officer_id=None)
    for who in ("specialist", "second"):
        assert done.code in desk.get(who, "/ban/viec?loai=cua-vi-tri").content.decode()
    assert desk.get("second", f"/ban/ho-so/{done.code}").status_code == 200


def test_counts_tell_late_and_due_today(desk):
    desk.world.take_in()
    actor = desk.world.officers["unit_head"]
    today = work_of(actor, MONDAY, Queue()).counts
    later = work_of(actor, MONDAY.replace(day=4), Queue()).counts
    assert (today["hom-nay"], today["qua-han"]) == (1, 0)
    assert (later["hom-nay"], later["qua-han"]) == (0, 1)


def test_the_least_time_left_comes_first(desk):
    first = desk.world.take_in()
    second = desk.world.take_in(at=MONDAY.replace(day=3))
    items = work_of(desk.world.officers["unit_head"], MONDAY.replace(day=3), Queue()).items
    assert [item.dossier_id for item in items] == [first.dossier_id, second.dossier_id]


def test_what_waits_for_the_applicant_is_not_late(desk):
    done = desk.received()
    desk.world.move(done, "specialist", "supplement", hours=2, reason="Thiếu đơn.")
    found = work_of(desk.world.officers["specialist"], MONDAY.replace(month=12), Queue())
    assert (found.counts[""], found.counts["qua-han"]) == (1, 0)


def test_an_unknown_tab_is_all_work(desk):
    desk.received()
    answer = desk.get("specialist", "/ban/viec?loai=khac&page=x")
    assert answer.context["listed"].total == 1


def test_an_empty_list_says_so_and_leads_on(desk):
    page = desk.get("leader", "/ban/viec").content.decode()
    assert "Không có việc nào đang chờ bạn" in page


def test_the_unit_sees_what_its_officers_hold(desk):
    done = desk.received()
    assert done.code not in desk.get("unit_head", "/ban/viec").content.decode()
    assert done.code in desk.get("unit_head", "/ban/viec-don-vi").content.decode()
    assert done.code not in desk.get("other_head", "/ban/viec-don-vi").content.decode()


def test_each_tab_counts_what_it_shows(desk):
    desk.received()
    desk.received(officer_id=None)
    waiting = desk.received()
    desk.world.move(waiting, "specialist", "supplement", hours=2, reason="Thiếu đơn.")
    actor = desk.world.officers["unit_head"]
    for at in (MONDAY, MONDAY.replace(day=3), MONDAY.replace(day=4)):
        for whose in Whose:
            counts = work_of(actor, at, Queue(whose=whose)).counts
            for tab, count in counts.items():
                assert len(work_of(actor, at, Queue(whose=whose, tab=tab)).items) == count
    assert counts["cho-bo-sung"] == 1
    assert counts["cua-vi-tri"] == 1


def test_a_queue_narrows_and_sorts_by_its_address(desk):
    first, second = desk.received(), desk.received()
    answer = desk.get("specialist", "/ban/viec?thu-tuc=9.000001&sap-xep=ma")
    assert [row.code for row in answer.context["rows"]] == [first.code, second.code]
    assert "Đang lọc:" in answer.content.decode()
    assert desk.get("specialist", "/ban/viec?thu-tuc=1.1").context["listed"].total == 0


def test_an_empty_queue_offers_the_nearest_that_is_not(desk):
    desk.received()
    page = desk.get("specialist", "/ban/viec?loai=cho-ky&thu-tuc=9.000001").content.decode()
    assert "Bỏ điều kiện “Chờ ký”: 1 việc" in page
    assert "/ban/viec?thu-tuc=9.000001" in page


def test_the_queue_of_an_officer_who_is_no_number_is_empty(desk):
    desk.received()
    answer = desk.get("unit_head", "/ban/viec-don-vi?nguoi-giu=abc")
    assert (answer.status_code, answer.context["listed"].total) == (200, 0)
