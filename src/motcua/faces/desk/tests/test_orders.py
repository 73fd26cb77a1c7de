"""Orders of lists by their columns: Vietnamese, as the reader sees it, and kept in the address."""

from __future__ import annotations

import itertools

import pytest

from motcua.core.desks.models import SavedFilter
from motcua.core.dossiers import sorting
from motcua.faces.desk.tests.names import BY_NAME, NAMES


def codes(answer):
    return [row.code for row in answer.context["rows"]]


@pytest.mark.parametrize("path", ["/ban/ho-so", "/ban/viec", "/ban/viec-don-vi"])
def test_people_stand_by_ten_as_vietnamese_are_sorted(desk, six, path):
    answer = desk.get("unit_head", f"{path}?sap-xep=ten")
    assert codes(answer) == [six[name].code for name in BY_NAME]
    assert b'aria-sort="ascending"><a id="by-ten"' in answer.content


def test_a_page_of_an_order_begins_where_the_last_one_ended(desk, six, monkeypatch):
    monkeypatch.setattr("motcua.faces.desk.views.listing.PAGE", 4)
    found = [codes(desk.get("unit_head", f"/ban/ho-so?sap-xep=ten&page={n}")) for n in (1, 2)]
    assert found[0] + found[1] == [six[name].code for name in BY_NAME]


@pytest.mark.parametrize("word", ["ma", "thu-tuc", "moi", "hen-tra"])
def test_equal_rows_of_another_column_stay_as_they_lie(desk, six, word):
    found = codes(desk.get("unit_head", f"/ban/ho-so?sap-xep={word}"))
    assert found == [six[name].code for name in NAMES]


def test_a_mask_is_sorted_as_a_mask(desk):
    """Who may not read names learns nothing of them from where they stand."""
    phone = "0987654321"
    first = desk.world.take_in(applicant={"name": "Nguyễn Zung", "phone": phone})
    second = desk.world.take_in(applicant={"name": "Nguyễn Abình", "phone": phone})
    answer = desk.get("leader", "/ban/ho-so?sap-xep=ten")
    shown = {row.applicant for row in answer.context["rows"]}
    assert not shown & {"Nguyễn Zung", "Nguyễn Abình"}
    assert codes(answer) == [first.code, second.code]


def test_a_long_list_says_why_it_is_not_sorted(desk, six, monkeypatch):
    monkeypatch.setattr(sorting, "SORTED_AT_MOST", 5)
    answer = desk.get("unit_head", "/ban/ho-so?sap-xep=ten")
    assert codes(answer) == [six[name].code for name in NAMES]
    assert "Hãy lọc hẹp hơn để sắp xếp" in answer.content.decode()


def test_the_way_on_follows_the_list_one_came_from(desk, six):
    client = desk.as_("unit_head")
    client.get("/ban/ho-so?sap-xep=ten&dang-mo=1")
    for here, there in itertools.pairwise(BY_NAME):
        answer = client.get(f"/ban/viec/ke/{six[here].code}/sau")
        assert answer.headers["Location"].endswith(six[there].code)
    back = client.get(f"/ban/viec/ke/{six[BY_NAME[-1]].code}/sau").headers["Location"]
    assert back == "/ban/ho-so?dang-mo=1&sap-xep=ten"
    page = client.get(f"/ban/ho-so/{six[BY_NAME[0]].code}").content.decode()
    assert 'class="back" href="/ban/ho-so?dang-mo=1&amp;sap-xep=ten"' in page


def test_words_are_not_kept_in_the_session(desk, six):
    client = desk.as_("unit_head")
    client.get("/ban/ho-so?q=Yến&dang-mo=1")
    assert "queue" not in client.session


def test_all_of_a_filtered_list_is_chosen(desk, six):
    address = "/ban/hang-loat?lam=phieu&trang=list&tat-ca=1&q=dao&sap-xep=ten"
    marks = desk.get("unit_head", address).context["marks"]
    assert marks == [six["Bùi Văn Đạo"].code, six["Đào Thị Yến"].code]
    answer = desk.get("other_head", "/ban/hang-loat?lam=phieu&trang=list&tat-ca=1")
    assert answer.context["marks"] == []


def test_work_is_given_from_the_list(desk, six):
    done = six["Trần Văn An"]
    page = desk.get("unit_head", f"/ban/ho-so?q={done.lookup}&dang-mo=1").content.decode()
    assert f'name="chon" value="{done.code}"' in page
    sent = {"lam": "giao", "chon": [done.code], "officer": desk.world.officer_id("second")}
    page = desk.as_("unit_head").post(
        "/ban/hang-loat", {**sent, "reason": "Phân công.", "key": "k"}, follow=True
    )
    assert "1 xong" in page.content.decode()


def test_a_closed_dossier_offers_no_work(desk):
    done = desk.received()
    desk.world.move(done, "specialist", "refuse", hours=2, reason="Không đủ điều kiện.")
    page = desk.get("unit_head", "/ban/ho-so").content.decode()
    assert done.code in page
    assert 'name="chon"' not in page


def keep(client, query, **sent):
    told = {"trang": "list", "query": query, "name": "Của tôi", **sent}
    return client.post("/ban/bo-loc", told).headers["Location"]


def test_a_filter_of_the_list_is_kept_without_its_words(desk, six):
    client = desk.as_("unit_head")
    assert keep(client, "q=Yến&dang-mo=1&sap-xep=ten&la=1") == "/ban/ho-so?dang-mo=1&sap-xep=ten"
    assert SavedFilter.objects.get().query == "dang-mo=1&sap-xep=ten"
    (one,) = client.get("/ban/ho-so").context["saved"]
    assert (one["name"], one["address"]) == ("Của tôi", "/ban/ho-so?dang-mo=1&sap-xep=ten")
    assert client.get("/ban/viec?loai=").context["saved"] == []


def test_each_filter_of_the_list_is_counted_as_far_as_its_reader_may_see(desk, six):
    client = desk.as_("unit_head")
    assert "Bạn chưa lưu bộ lọc nào" in client.get("/ban/bo-loc").content.decode()
    keep(client, "dang-mo=1", name="Mở", shared="1")
    keep(client, "dang-mo=1&tinh-trang=returned", name="Không")
    rows = client.get("/ban/bo-loc").context["rows"]
    assert [(one["name"], one["count"]) for one in rows] == [("Không", 0), ("Mở", len(NAMES))]
    (shared,) = desk.as_("second").get("/ban/bo-loc").context["rows"]
    assert shared["count"] == len(codes(desk.as_("second").get(shared["address"])))


def test_the_list_opens_with_its_default_and_can_be_left(desk, six):
    client = desk.as_("unit_head")
    keep(client, "qua-han=1", default="1")
    assert client.get("/ban/ho-so").headers["Location"] == "/ban/ho-so?qua-han=1"
    assert keep(client, "", name="Tất cả") == "/ban/ho-so?tinh-trang="
    assert len(codes(client.get("/ban/ho-so?tinh-trang="))) == len(NAMES)
