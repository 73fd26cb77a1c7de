"""Việc của tôi: whose it is, in which order, how many, and at what price."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.core.dossiers.tests.world import MONDAY
from motcua.faces.desk.reading.work import my_work


def statements(client, path):
    client.get(path)  # whatever a process keeps is there after the first page
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


@pytest.mark.parametrize("path", ["/ban/viec", "/ban/ho-so", "/ban/nhom", "/ban/tiep-nhan"])
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
    today = my_work(actor, MONDAY).counts
    later = my_work(actor, MONDAY.replace(day=4)).counts
    assert (today["hom-nay"], today["qua-han"]) == (1, 0)
    assert (later["hom-nay"], later["qua-han"]) == (0, 1)


def test_the_least_time_left_comes_first(desk):
    first = desk.world.take_in()
    second = desk.world.take_in(at=MONDAY.replace(day=3))
    items = my_work(desk.world.officers["unit_head"], MONDAY.replace(day=3)).items
    assert [item.dossier_id for item in items] == [first.dossier_id, second.dossier_id]


def test_what_waits_for_the_applicant_is_not_late(desk):
    done = desk.received()
    desk.world.move(done, "specialist", "supplement", hours=2, reason="Thiếu đơn.")
    found = my_work(desk.world.officers["specialist"], MONDAY.replace(month=12))
    assert (found.counts[""], found.counts["qua-han"]) == (1, 0)


def test_an_unknown_tab_is_all_work(desk):
    desk.received()
    answer = desk.get("specialist", "/ban/viec?loai=khac&page=x")
    assert answer.context["listed"].total == 1


def test_an_empty_list_says_so_and_leads_on(desk):
    page = desk.get("leader", "/ban/viec").content.decode()
    assert "Không có việc nào đang chờ bạn" in page
