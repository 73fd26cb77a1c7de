"""What goes with a queue: choosing many, filters under a name, undo, the next one, the keys."""

from __future__ import annotations

import pytest

from motcua.core.bulk.models import Bulk
from motcua.core.desks.models import SavedFilter
from motcua.core.dossiers.models import WorkItem
from motcua.faces.desk.tests.test_work import statements


def holder(done):
    return WorkItem.objects.of(done.dossier_id).get(ended_at=None).officer_id


def assigned(desk, *done, **more):
    sent = {
        "lam": "giao",
        "chon": [one.code for one in done],
        "officer": desk.world.officer_id("second"),
        "reason": "Phân công.",
        "key": "k",
        **more,
    }
    return desk.as_("unit_head").post("/ban/hang-loat", sent, follow=True)


def test_many_are_assigned_and_taken_back_again(desk):
    first, second = desk.received(), desk.world.take_in()
    page = assigned(desk, first, second)
    assert "2 xong" in page.content.decode()
    assert holder(first) == holder(second) == desk.world.officer_id("second")
    client = desk.as_("unit_head")
    undone = client.post(page.wsgi_request.path, follow=True).content.decode()
    assert "2 xong" in undone
    assert holder(first) == desk.world.officer_id("specialist")


def test_a_second_send_does_nothing_more(desk):
    done = desk.received()
    first = assigned(desk, done)
    again = assigned(desk, done)
    assert first.wsgi_request.path == again.wsgi_request.path
    assert Bulk.objects.count() == 1


def test_rows_that_refuse_say_why(desk):
    page = assigned(desk, desk.received(officer_id=desk.world.officer_id("second")))
    text = page.content.decode()
    assert "0 xong, 1 không được" in text
    assert "Việc này đang do chính cán bộ đó giữ." in text


@pytest.mark.parametrize(
    ("missing", "words"),
    [("officer", "Chọn người nhận việc."), ("reason", "Ghi lý do giao lại việc.")],
)
def test_a_form_that_lacks_something_keeps_what_was_chosen(desk, missing, words):
    done = desk.received()
    answer = assigned(desk, done, **{missing: ""})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert answer.context["marks"] == [done.code]


def test_who_is_offered_can_take_the_work(desk):
    desk.received(), desk.world.take_in()
    answer = desk.get("unit_head", "/ban/hang-loat?lam=giao&trang=unit_work&tat-ca=1")
    assert answer.context["count"] == 2
    assert {one.name for one in answer.context["people"]} == {"specialist", "second"}


def test_all_of_a_filter_is_chosen_by_its_address(desk):
    late, fresh = desk.received(), desk.world.take_in()
    address = "/ban/hang-loat?lam=phieu&trang=unit_work&tat-ca=1&loai="
    assert desk.get("unit_head", address + "cua-vi-tri").context["marks"] == [fresh.code]
    assert set(desk.get("unit_head", address).context["marks"]) == {late.code, fresh.code}


def test_nothing_is_offered_of_what_one_may_not_read(desk):
    done = desk.received()
    for who in ("other_head", "second"):
        answer = desk.get(who, f"/ban/hang-loat?lam=phieu&chon={done.code}")
        assert (answer.context["count"], answer.status_code) == (0, 200)


@pytest.mark.parametrize("asked", ["", "?lam=xoa", "?lam="])
def test_an_unknown_deed_is_no_page(desk, asked):
    assert desk.get("unit_head", f"/ban/hang-loat{asked}").status_code == 404


def test_moves_that_many_share_are_offered_with_their_number(desk):
    first, second = desk.received(), desk.received()
    for one in (first, second):
        desk.world.move(one, "specialist", "submit", hours=2)
    answer = desk.get(
        "unit_head", f"/ban/hang-loat?lam=chuyen&chon={first.code}&chon={second.code}"
    )
    assert [(one.key, one.count) for one in answer.context["moves"]] == [
        ("send_back", 2),
        ("agree", 2),
    ]
    sent = {"lam": "chuyen", "chon": [first.code, second.code], "move": "agree", "key": "m"}
    page = desk.as_("unit_head").post("/ban/hang-loat", sent, follow=True)
    assert "2 xong" in page.content.decode()


def test_slips_of_many_are_printed_together(desk):
    done = [desk.received(), desk.received()]
    sent = {"lam": "phieu", "chon": [one.code for one in done], "key": "s"}
    page = desk.as_("unit_head").post("/ban/hang-loat", sent, follow=True)
    printed = desk.get("unit_head", f"{page.wsgi_request.path}/in").content.decode()
    assert all(one.code in printed for one in done)
    assert printed.count('class="sheet-of-slip"') == 2


def test_an_order_of_somebody_else_is_not_found(desk):
    page = assigned(desk, desk.received())
    assert desk.get("leader", page.wsgi_request.path).status_code == 404
    assert desk.get("leader", f"{page.wsgi_request.path}/in").status_code == 404


def keep(desk, who="specialist", **sent):
    told = {"trang": "work", "query": "loai=qua-han&la=1", "name": "Gấp", **sent}
    return desk.as_(who).post("/ban/bo-loc", told)


def test_a_saved_filter_stands_on_the_page_with_its_count(desk):
    desk.received()
    assert keep(desk).headers["Location"] == "/ban/viec?loai=qua-han"
    desk.at(24 * 30)
    (one,) = desk.get("specialist", "/ban/viec").context["saved"]
    assert (one["name"], one["address"], one["count"]) == ("Gấp", "/ban/viec?loai=qua-han", 1)


def test_a_shared_filter_shows_colleagues_their_own_work(desk):
    desk.received()
    keep(desk, shared="1", query="loai=")
    (one,) = desk.get("second", "/ban/viec").context["saved"]
    assert (one["by"], one["count"]) == ("specialist", 0)


def test_a_page_opens_with_its_default_filter_and_can_be_left(desk):
    keep(desk, default="1")
    client = desk.as_("specialist")
    assert client.get("/ban/viec").headers["Location"] == "/ban/viec?loai=qua-han"
    answer = client.get("/ban/viec?loai=")
    assert (answer.status_code, answer.context["queue"].tab) == (200, "")


def test_a_filter_without_a_name_is_told_and_not_kept(desk):
    client = desk.as_("specialist")
    told = {"trang": "work", "query": "", "name": " "}
    page = client.post("/ban/bo-loc", told, follow=True).content.decode()
    assert "Đặt tên cho bộ lọc." in page
    assert not SavedFilter.objects.exists()


def test_filters_cost_no_statement_more_each(desk):
    client = desk.as_("specialist")
    keep(desk)
    one = statements(client, "/ban/viec?loai=")
    for name in "abc":
        keep(desk, name=name)
    assert statements(client, "/ban/viec?loai=") == one


def test_an_assignment_is_taken_back_by_the_button_of_the_next_page(desk):
    done = desk.world.take_in()
    client = desk.as_("unit_head")
    sent = {"key": "a", "revision": done.revision, "officer": desk.world.officer_id("second")}
    page = client.post(f"/ban/ho-so/{done.code}/assign", sent, follow=True)
    undo = page.context["undo"]
    assert (undo["code"], undo["to"]) == (done.code, "second")
    assert b"data-toast" in page.content
    assert b"data-toast" not in client.get(f"/ban/ho-so/{done.code}").content
    sent = {name: undo[name] or "" for name in ("code", "leg", "revision", "key")}
    for _twice in range(2):
        page = client.post("/ban/hoan-tac", sent, follow=True)
        assert "Đã hoàn tác" in page.content.decode()
    assert WorkItem.objects.of(done.dossier_id).get(ended_at=None).step == "assign"


def test_an_undo_that_comes_too_late_says_so(desk):
    done = desk.received()
    desk.world.move(done, "specialist", "submit", hours=2)
    sent = {"code": done.code, "leg": "", "revision": done.revision, "key": "u"}
    answer = desk.as_("unit_head").post("/ban/hoan-tac", sent)
    assert answer.status_code == 409


def test_the_next_and_the_one_before_follow_the_queue_one_came_from(desk):
    first, second, third = (desk.received() for _ in range(3))
    client = desk.as_("specialist")
    client.get("/ban/viec?sap-xep=ma")
    way = "/ban/viec/ke/{}/{}".format
    assert client.get(way(first.code, "sau")).headers["Location"].endswith(second.code)
    assert client.get(way(third.code, "truoc")).headers["Location"].endswith(second.code)
    for code, to in ((third.code, "sau"), (first.code, "truoc")):
        assert client.get(way(code, to)).headers["Location"] == "/ban/viec?sap-xep=ma"
    desk.world.move(first, "specialist", "submit", hours=2)
    assert client.get(way(first.code, "sau")).headers["Location"].endswith(second.code)
    assert client.get(way(first.code, "khac")).status_code == 404


def test_the_keys_are_told_and_switched_off_for_good(desk):
    client = desk.as_("specialist")
    assert b"desk/keys.js" in client.get("/ban/viec").content
    client.post("/ban/phim-tat", {"do": "off"})
    for browser in (client, desk.as_("specialist")):
        assert b"desk/keys.js" not in browser.get("/ban/viec").content
    assert b"desk/keys.js" in desk.get("second", "/ban/viec").content
    client.post("/ban/phim-tat", {"do": "on"})
    assert b"desk/keys.js" in client.get("/ban/phim-tat").content
