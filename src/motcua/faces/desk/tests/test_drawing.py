"""Drawing a plan at the desk: from lists, faults beside their rows, decided by the head."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.agencies.models import Agency
from motcua.core.agencies.queries import forget_tree
from motcua.core.reform.models import Reform
from motcua.core.reform.reading import read_plan
from motcua.core.reform.rules import Founding, Seat, Succession
from motcua.core.reform.tests.city import DISTRICT, OTHER, WARD, City, appointed

PAGE = "/ban/sap-xep"
BEGUN = {
    "ngay.day": "16",
    "ngay.month": "11",
    "ngay.year": "2026",
    "van-ban": "12/NQ-HĐND",
    "cach": "tay",
    "ket-thuc": DISTRICT,
    "ke-thua": WARD,
    "loai": "merged",
}


@pytest.fixture
def city(desk):
    city = City(desk.world)
    Agency.objects.filter(code=WARD).update(valid_from=datetime.date(2020, 1, 1))
    forget_tree()
    desk.world.officers["drawer"] = appointed("drawer", "organiser", city.world.city)
    yield city
    forget_tree()


def post(desk, who, path="", **sent):
    return desk.as_(who).post(f"{PAGE}{path}", sent)


@pytest.fixture
def drawn(desk, city) -> Reform:
    city.world.take_in()
    assert desk.as_("drawer").post(f"{PAGE}/moi", BEGUN).status_code == 302
    return Reform.objects.get()


def plan_of(row: Reform):
    row.refresh_from_db()
    return read_plan(row.text)


def shown(desk, row, who="drawer", path="") -> str:
    return desk.get(who, f"{PAGE}/{row.pk}{path}").content.decode()


def test_who_organises_begins_a_plan_from_lists(desk, city):
    page = desk.get("drawer", f"{PAGE}/moi").content.decode()
    for word in ("UBND quận Ba Đình (H26.12)", "UBND phường Ba Đình (H26.101)", "Nhập, hợp nhất"):
        assert word in page
    answer = desk.as_("drawer").post(f"{PAGE}/moi", BEGUN)
    row = Reform.objects.get()
    assert (answer["Location"], row.state) == (f"{PAGE}/{row.pk}", "draft")
    assert plan_of(row).successions == (Succession(DISTRICT, WARD),)


def test_a_form_sent_twice_makes_one_plan(desk, city):
    for _ in range(2):
        desk.as_("drawer").post(f"{PAGE}/moi", BEGUN)
    assert Reform.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"van-ban": ""}, "Ghi số, ký hiệu văn bản"),
        ({"ket-thuc": ""}, "Chọn cơ quan kết thúc"),
        ({"cach": "dia-ban"}, "Phương án chưa nêu cơ quan nào kết thúc"),
    ],
)
def test_what_is_missing_is_told_and_what_was_chosen_stays(desk, city, wrong, sentence):
    answer = desk.as_("drawer").post(f"{PAGE}/moi", BEGUN | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert f'<option value="{WARD}" selected>' in page
    assert not Reform.objects.exists()


def test_faults_stand_beside_their_rows(desk, drawn):
    post(desk, "drawer", f"/{drawn.pk}/co-quan/{DISTRICT}", do="heir", cho=WARD)
    heirs = plan_of(drawn).successions
    assert len(heirs) == 1  # the same thing again is there already
    post(desk, "drawer", f"/{drawn.pk}/co-quan/{DISTRICT}", do="heir", cho=OTHER)
    for page in (shown(desk, drawn), shown(desk, drawn, path=f"/co-quan/{DISTRICT}")):
        assert "Hai cơ quan cùng kế thừa mọi việc còn lại của UBND quận Ba Đình" in page
    assert "1 cơ quan có chỗ chưa đúng" in shown(desk, drawn)


def test_a_part_is_given_and_taken_out_again(desk, drawn):
    path = f"/{drawn.pk}/co-quan/{DISTRICT}"
    told = {"cho": OTHER, "thu-tuc": "9.000001", "dia-ban": "00001, 00002", "ty-le": "40"}
    post(desk, "drawer", path, do="heir", hinh_thuc="split", **told)
    made = Succession(DISTRICT, OTHER, procedures=("9.000001",), areas=("00001", "00002"), share=40)
    assert made in plan_of(drawn).successions
    page = shown(desk, drawn, path=f"/co-quan/{DISTRICT}")
    assert "địa bàn 00001, 00002 (40%)" in page
    from motcua.faces.desk.shown.drawn import mark_of

    for _ in range(2):
        post(desk, "drawer", path, do="no_heir", dong=mark_of(made))
    assert plan_of(drawn).successions == (Succession(DISTRICT, WARD),)


def test_a_share_that_is_no_number_is_told(desk, drawn):
    path = f"/{drawn.pk}/co-quan/{DISTRICT}"
    for wrong in ("nhiều", "-3", "101"):
        answer = post(desk, "drawer", path, do="heir", cho=OTHER, **{"ty-le": wrong})
        assert answer.status_code == 422
        assert wrong in answer.content.decode()


def test_an_officer_is_sent_elsewhere_or_home_again(desk, drawn):
    path = f"/{drawn.pk}/co-quan/{DISTRICT}"
    told = {"cb": "specialist", "vi-tri": "specialist"}
    post(desk, "drawer", path, do="seat", ve=OTHER, **told, **{"vi-tri-moi": "unit_head"})
    seat = Seat("specialist", OTHER, ending=DISTRICT, post="specialist", new="unit_head")
    assert plan_of(drawn).seats == (seat,)
    post(desk, "drawer", path, do="seat", ve="-", **told)
    assert plan_of(drawn).seats == (Seat("specialist", "", DISTRICT, "specialist"),)
    assert "Thôi giữ vị trí này" in shown(desk, drawn, path=f"/co-quan/{DISTRICT}")
    post(desk, "drawer", path, do="seat", ve="", **told)
    assert plan_of(drawn).seats == ()


def test_an_agency_is_founded_and_taken_out(desk, drawn):
    path = f"/{drawn.pk}/co-quan-moi"
    names = {"ma": "H26.77", "ten": "UBND xã Mới", "ten-gon": "Mới", "ten-en": "New"}
    post(desk, "drawer", path, **names, **{"cap-tren": "H26", "cap": "commune"})
    made = Founding("H26.77", "H26", "commune", "UBND xã Mới", "New", "Mới")
    assert plan_of(drawn).founds == (made,)
    assert "UBND xã Mới" in shown(desk, drawn)
    assert "UBND xã Mới (H26.77)" in shown(desk, drawn, path=f"/co-quan/{DISTRICT}")
    post(desk, "drawer", path, bo="H26.77")
    assert plan_of(drawn).founds == ()


def test_another_agency_is_added_and_the_last_one_stays(desk, drawn):
    sent = {"ket-thuc": OTHER, "ke-thua": WARD, "loai": "dissolved"}
    post(desk, "drawer", f"/{drawn.pk}/co-quan", **sent)
    assert plan_of(drawn).ending == (DISTRICT, OTHER)
    from motcua.faces.desk.shown.drawn import mark_of

    first, second = plan_of(drawn).successions
    gone = post(desk, "drawer", f"/{drawn.pk}/co-quan/{OTHER}", do="no_heir", dong=mark_of(second))
    assert gone["Location"] == f"{PAGE}/{drawn.pk}"
    last = post(
        desk, "drawer", f"/{drawn.pk}/co-quan/{DISTRICT}", do="no_heir", dong=mark_of(first)
    )
    assert last.status_code == 422
    assert plan_of(drawn).ending == (DISTRICT,)


def digest(desk, row, who) -> str:
    return desk.get(who, f"{PAGE}/{row.pk}").context["digest"]


def test_the_head_sees_the_draft_and_decides_it_once(desk, drawn):
    page = shown(desk, drawn, "leader")
    for word in ("drawer lập", "Quyết định phương án này", "Không có chỗ nào ngăn", "Bỏ dự thảo"):
        assert word in page
    seen = digest(desk, drawn, "leader")
    for _ in range(2):
        answer = post(desk, "leader", f"/{drawn.pk}/quyet-dinh", **{"da-xem": seen})
        assert answer.status_code == 302
    drawn.refresh_from_db()
    assert drawn.state == "planned"
    assert "Hủy phương án này" in shown(desk, drawn, "leader")


def test_what_was_changed_meanwhile_is_not_decided(desk, drawn):
    seen = digest(desk, drawn, "leader")
    post(desk, "drawer", f"/{drawn.pk}/co-quan/{DISTRICT}", do="heir", cho=OTHER)
    answer = post(desk, "leader", f"/{drawn.pk}/quyet-dinh", **{"da-xem": seen})
    assert answer.status_code == 409
    drawn.refresh_from_db()
    assert drawn.state == "draft"


def test_a_draft_with_faults_is_not_decided_and_the_head_is_told_why(desk, drawn):
    post(desk, "drawer", f"/{drawn.pk}/co-quan/{DISTRICT}", do="heir", cho=OTHER)
    seen = digest(desk, drawn, "leader")
    sent = {"da-xem": seen}
    answer = desk.as_("leader").post(f"{PAGE}/{drawn.pk}/quyet-dinh", sent, follow=True)
    assert "Hai cơ quan cùng kế thừa" in answer.content.decode()
    drawn.refresh_from_db()
    assert drawn.state == "draft"


def test_who_draws_neither_decides_nor_undoes_what_was_decided(desk, drawn):
    seen = digest(desk, drawn, "drawer")
    assert "Quyết định phương án này" not in shown(desk, drawn)
    answer = post(desk, "drawer", f"/{drawn.pk}/quyet-dinh", **{"da-xem": seen})
    assert answer.status_code == 403
    post(desk, "leader", f"/{drawn.pk}/quyet-dinh", **{"da-xem": seen})
    page = shown(desk, drawn)
    assert "Hủy phương án này" not in page
    assert post(desk, "drawer", f"/{drawn.pk}").status_code == 403
    assert desk.get("drawer", f"{PAGE}/{drawn.pk}/co-quan/{DISTRICT}").status_code == 409


def test_a_draft_is_dropped_by_who_drew_it(desk, drawn):
    assert post(desk, "drawer", f"/{drawn.pk}").status_code == 302
    drawn.refresh_from_db()
    assert drawn.state == "undone"


@pytest.mark.parametrize("who", ["counter", "unit_head", "other_head", "specialist"])
def test_others_have_no_such_pages(desk, drawn, who):
    assert desk.get(who, f"{PAGE}/moi").status_code == 403
    assert desk.as_(who).post(f"{PAGE}/moi", BEGUN).status_code == 403
    assert "Lập phương án" not in desk.get(who, PAGE).content.decode()
    for path in ("", "/co-quan-moi", f"/co-quan/{DISTRICT}"):
        assert desk.get(who, f"{PAGE}/{drawn.pk}{path}").status_code == 404
    for path in ("", "/co-quan", "/co-quan-moi", f"/co-quan/{DISTRICT}", "/quyet-dinh"):
        assert post(desk, who, f"/{drawn.pk}{path}", do="heir").status_code == 404
    drawn.refresh_from_db()
    assert drawn.state == "draft"


def test_what_is_not_in_the_plan_has_no_page(desk, drawn):
    assert desk.get("drawer", f"{PAGE}/{drawn.pk}/co-quan/{OTHER}").status_code == 404
