"""Row 1 of the mission: one electronic one-stop shared by the tiers, joined to online services.

The articles ask for a one-stop system that the tiers share and that is connected to the online
public services; for online filing that makes things easier for citizens and enterprises; and for
paperless work between departments and wards. One journey for each of the three procedures.
"""

from __future__ import annotations

import pytest

from motcua.core.agencies.queries import agency_by_code
from motcua.core.dossiers.models import WorkItem
from tests.journeys.city import City, date, dossier, holders, in_hanoi, letters, paper

POSTAL = {
    "enterprise": "Công ty TNHH Bưu chính Sông Hồng",
    "tax_code": "0100109106",
    "head_office": "12 ngõ 106 Hoàng Quốc Việt",
    "representative": "Nguyễn Trường Đạt",
    "phone": "0912345678",
    "licence_number": "12/GP-BC",
    **date("licence_date", 3, 2, 2020),
    **date("licence_expiry", 31, 12, 2026),
    "scope": "province",
    "services": "Thư",
}
COPIES = {"paper": "Bằng tốt nghiệp", "pages": "2", "copies": "3"}
PICTURES = {
    "organisation": "Viện Văn hóa Bắc Âu (hư cấu)",
    "kind": "other",
    "place": "Vườn hoa Diên Hồng",
    **date("from_day", 1, 12, 2026),
    **date("to_day", 10, 12, 2026),
    "pictures": "24",
    "contents": "Phong cảnh",
    "contact": "Nguyễn Trường Đạt",
    "phone": "0912345678",
}


@pytest.fixture
def postal(city: City) -> str:
    """Give a postal licence filed online, received and with the specialist."""
    lookup = city.file("1.003633", "H26.12", POSTAL)
    city.do("motcua", lookup, "receive")
    code = dossier(lookup).code
    city.do("truongphong", code, "assign")
    return code


@pytest.fixture
def pictures(city: City) -> str:
    """Give a display of pictures filed online, received and with the specialist."""
    lookup = city.file("1.003888", "H26.15", PICTURES)
    city.do("motcua.vhtt", lookup, "receive")
    code = dossier(lookup).code
    city.do("truongphong.vhtt", code, "assign")
    return code


def test_online_services_are_connected_to_the_one_stop_a_licence_in_ten_working_days(city, postal):
    assert in_hanoi(dossier(postal).due_at) == "16/11 09:00"
    city.wait(days=1)
    city.do("chuyenvien", postal, "submit")
    city.do("truongphong", postal, "endorse")
    city.do("giamdoc", postal, "approve")
    city.do("vanthu", postal, "issue")
    assert holders(postal) == {("H26.12", "counter")}
    ended = city.do("motcua", postal, "return")
    assert (ended.state, ended.outcome, ended.bucket) == ("returned", "granted", "early")
    assert letters(postal) == ["form01", "result"]


def test_a_supplement_is_asked_for_once_and_the_limit_counts_anew(city, postal):
    city.wait(days=2)
    asked = city.do("chuyenvien", postal, "ask", reason="- Thiếu chữ ký\n- Thiếu dấu\n- Ảnh mờ")
    assert (asked.state, asked.paused_since) == ("supplement", city.now())
    assert all(one in city.reads(postal) for one in ("Thiếu chữ ký", "Thiếu dấu", "Ảnh mờ"))
    city.wait(days=7)
    answered = city.answers(postal, **{"evidence.request": paper("ky-lai.pdf")})
    # Ten working days from 11/11; the 24th is a holiday (the Day of Vietnamese Culture).
    assert (answered.paused_since, in_hanoi(answered.due_at)) == (None, "26/11 09:00")
    assert letters(postal) == ["form01", "form02", "form01"]


def test_what_is_late_is_known_to_be_late_by_nobodys_hand(city, postal):
    city.wait(days=20)
    assert "Hồ sơ đang quá hạn" in city.reads(postal)
    for who, move in [("chuyenvien", "submit"), ("truongphong", "endorse"), ("giamdoc", "approve")]:
        city.do(who, postal, move)
    assert city.do("vanthu", postal, "issue").bucket == "late"


def test_a_ward_serves_at_once_and_makes_out_no_receipt(city):
    code = city.take_in("motcua.badinh", "2.000815", COPIES)
    assert (code[:7], in_hanoi(dossier(code).due_at)) == ("H26.101", "02/11 17:00")
    city.do("chutich.badinh", code, "issue")
    ended = city.do("motcua.badinh", code, "return")
    assert (ended.state, ended.channel, letters(code)) == ("returned", "counter", ["result"])


def test_what_comes_after_three_is_done_the_next_day(city):
    city.wait(hours=6, minutes=30)
    code = city.take_in("motcua.badinh", "2.000815", COPIES)
    assert in_hanoi(dossier(code).due_at) == "03/11 17:00"


def _both_agree(city, pictures):
    city.do("chuyenvien.vhtt", pictures, "consult", legs=["city_police", "external_affairs"])
    assert holders(pictures) >= {("H26.20", "specialist"), ("H26.09", "specialist")}
    for who, leg in [("chuyenvien.ca", "city_police"), ("chuyenvien.nv", "external_affairs")]:
        city.do(who, pictures, "reply", leg=_leg(pictures, leg), reason="Đồng ý")


def test_two_tiers_share_one_dossier_from_department_to_city(city, pictures):
    _both_agree(city, pictures)
    assert holders(pictures) == {("H26.15", "specialist")}
    for who, move in [
        *(("chuyenvien.vhtt", "submit"), ("truongphong.vhtt", "endorse")),
        *(("giamdoc.vhtt", "propose"), ("truongphong.tp", "city_assign")),
        *(("chuyenvien.tp", "city_submit"), ("chutich", "city_approve")),
        *(("vanthu.vhtt", "issue"), ("motcua.vhtt", "return")),
    ]:
        ended = city.do(who, pictures, move)
    assert (ended.state, ended.outcome) == ("returned", "granted")


def _leg(code: str, name: str) -> int:
    return WorkItem.objects.get(dossier=dossier(code), step=name, ended_at=None).leg


def test_the_citys_no_gives_its_reason_on_paper(city, pictures):
    _both_agree(city, pictures)
    for who, move in [
        *(("chuyenvien.vhtt", "submit"), ("truongphong.vhtt", "endorse")),
        *(("giamdoc.vhtt", "propose"), ("truongphong.tp", "city_assign")),
        ("chuyenvien.tp", "city_submit"),
    ]:
        city.do(who, pictures, move)
    ended = city.do("chutich", pictures, "city_reject", reason="Trùng lịch sự kiện")
    assert (ended.state, letters(pictures)[-1]) == ("stopped", "form03")
    assert "Trùng lịch sự kiện" in city.reads(pictures)


def test_a_dossier_follows_its_competence_to_another_agency(city, postal):
    to = agency_by_code("H26.15").id
    before = dossier(postal).due_at
    handed = city.do("chuyenvien", postal, "hand_over", agency=to, reason="Đúng thẩm quyền")
    assert holders(postal) == {("H26.15", "unit_head")}
    assert (handed.code, handed.due_at) == (postal, before)


def test_a_citizen_takes_an_application_back(city, postal):
    city.reads(postal)
    sent = {"key": "back-1", "revision": dossier(postal).revision, "reason": "Đổi ý"}
    assert city.citizen.post(f"/ho-so/{postal}/rut", sent).status_code == 302
    assert (dossier(postal).state, holders(postal)) == ("withdrawn", set())


def test_the_counter_does_not_take_what_it_must_refuse(city):
    lookup = city.file("1.003633", "H26.12", POSTAL)
    ended = city.do("motcua", lookup, "refuse_reception", reason="Không thuộc thẩm quyền")
    assert (ended.state, ended.code, letters(lookup)) == ("refused_reception", None, ["form03"])
