"""Hồ sơ: filters in the address, words without accents, exact totals, straight to a code."""

from __future__ import annotations

import pytest

from motcua.core.dossiers.tests.world import MONDAY


def codes(answer):
    return {row.code for row in answer.context["rows"]}


@pytest.fixture
def two(desk):
    other = {"name": "Vũ Đức Ổn", "phone": "0987654321"}
    return desk.received(), desk.world.take_in(applicant=other)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=vu+duc+on", {1}),
        ("q=Nguyễn", {0}),
        ("q=khong+co", set()),
        ("tinh-trang=processing", {0, 1}),
        ("tinh-trang=resolved", set()),
        ("thu-tuc=9.000001", {0, 1}),
        ("thu-tuc=1.1", set()),
        ("dang-mo=1&qua-han=1", set()),
        ("co-quan=999999", set()),
        ("co-quan=abc", set()),
    ],
)
def test_filters_narrow_the_list(desk, two, asked, found):
    answer = desk.get("unit_head", f"/ban/ho-so?{asked}")
    assert codes(answer) == {two[number].code for number in found}
    assert answer.context["listed"].total == len(found)


def test_late_is_told_by_the_clock_of_the_page(desk, two):
    desk.at(24 * 30)
    assert len(codes(desk.get("unit_head", "/ban/ho-so?qua-han=1"))) == 2


def test_a_code_alone_leads_straight_to_the_dossier(desk, two):
    answer = desk.get("unit_head", f"/ban/ho-so?q={two[1].code.lower()}")
    assert answer.headers["Location"] == f"/ban/ho-so/{two[1].code}"
    answer = desk.get("unit_head", f"/ban/ho-so?q={two[1].lookup}")
    assert answer.headers["Location"] == f"/ban/ho-so/{two[1].code}"


def test_a_code_one_may_not_see_leads_nowhere(desk, two):
    answer = desk.get("other_head", f"/ban/ho-so?q={two[1].code}")
    assert (answer.status_code, codes(answer)) == (200, set())


@pytest.mark.parametrize("path", ["ho-so", "viec"])
def test_a_page_behind_the_last_is_the_last(desk, two, path):
    answer = desk.get("unit_head", f"/ban/{path}?page=9")
    assert answer.context["rows"]
    assert answer.context["listed"].page == 1


def test_the_second_page_holds_the_rest(desk):
    for _ in range(51):
        desk.world.take_in(at=MONDAY)
    answer = desk.get("unit_head", "/ban/ho-so?page=2&dang-mo=1")
    assert (len(answer.context["rows"]), answer.context["listed"].total) == (1, 51)
    assert 'rel="prev" href="?page=1&amp;dang-mo=1"' in answer.content.decode()


def test_a_code_is_found_however_it_is_typed(desk, two):
    code = two[1].code
    agency, day, number = code.split("-")
    plain = f"{agency.replace('.', '')}{day}{number}"
    scanned = f"http://127.0.0.1/tra-cuu?so={two[1].lookup}"
    for typed in (plain, plain.lower(), f"{agency} {day} {int(number)}", f" {code} ", scanned):
        answer = desk.as_("unit_head").get("/ban/ho-so", {"q": typed})
        assert answer.headers["Location"] == f"/ban/ho-so/{code}", typed
    for typed in (f"{plain}9", agency, f"{agency}{day}", f"{agency} 269999 1", "x" * 300):
        assert desk.as_("unit_head").get("/ban/ho-so", {"q": typed}).status_code == 200


@pytest.mark.parametrize("typed", ["0912345678", "+84912345678", "84 912 345 678", "0912.345.678"])
def test_a_telephone_finds_what_its_owner_asked_for(desk, two, typed):
    answer = desk.as_("unit_head").get("/ban/ho-so", {"q": typed})
    assert codes(answer) == {two[0].code}


def test_a_telephone_finds_nothing_where_it_is_masked(desk, two):
    for who in ("leader", "other_head"):
        assert codes(desk.as_(who).get("/ban/ho-so", {"q": "0912345678"})) == set()
