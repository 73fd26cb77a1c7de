"""An old address is found by its words, without accents, and by its code."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core.areas.looking import LIMIT, Words, find, took_over, words_of
from motcua.core.areas.models import Area, ListedAgency
from motcua.core.areas.queries import heirs_of, heirs_on, living

TODAY = datetime.date(2026, 11, 26)


def names(text, **options):
    return [one.unit_id for one in find(text, **options).areas]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Thị trấn Phùng", Words("thi tran phung", "thị trấn", "phung")),
        ("TT. Phùng", Words("tt phung", "thị trấn", "phung")),
        ("P.Ngọc Hà", Words("p ngoc ha", "phường", "ngoc ha")),
        ("thanh xuân", Words("thanh xuan", "", "thanh xuan")),
        ("", Words("", "", "")),
    ],
)
def test_a_kind_is_read_as_it_is_written(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "Xã Canh Nậu, huyện Thạch Thất, thành phố Hà Nội",
        "xa canh nau, huyen thach that",
        "canh nau",
        "CANH NẬU, h. Thạch Thất",
        "phường Canh Nậu",  # of another kind than the paper says
    ],
)
def test_it_is_found_in_many_ways(hanoi, text):
    assert names(text) == ["hn.c.09973.1"]


def test_a_code_finds_all_that_ever_bore_it_and_a_day_tells_them_apart(hanoi):
    assert names("09973") == ["hn.c.09973.1", "hn.c.09973.2"]
    assert names("09973", on=datetime.date(2025, 2, 1)) == ["hn.c.09973.2"]


def test_what_stands_behind_the_comma_tells_namesakes_apart(hanoi):
    assert find("xa minh khai").areas[0].kind == "xã"
    assert {"Hai Bà Trưng", "Bắc Từ Liêm"} <= {
        one.parent.name for one in find("minh khai").areas if one.parent
    }
    assert {one.parent.name for one in find("minh khai, quan bac tu liem").areas} == {"Bắc Từ Liêm"}


def test_a_word_that_is_a_kind_too_finds_the_name_first(hanoi):
    assert names("quan hoa")[0] == "hn.c.00169.1"


def test_where_it_never_lay_is_left_aside(hanoi):
    assert names("canh nau, quan ba dinh") == ["hn.c.09973.1"]


@pytest.mark.parametrize("text", ["", ",", "  ", "%", "_", "'; drop", "không nơi nào"])
def test_what_names_nothing_finds_nothing(hanoi, text):
    assert find(text).count == 0


def test_provinces_are_kept_apart(hanoi, quang_ninh):
    assert names("hạ long", province="01") == []
    assert "qn.d.193.1" in names("thanh pho ha long")


def test_no_more_than_some_are_given_and_all_are_counted(hanoi):
    found = find("a")
    assert len(found.areas) == LIMIT < found.count


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=60).map(lambda text: text.replace("\x00", "")))
def test_no_words_are_too_strange(hanoi, text):
    found = find(text)
    assert found.count >= len(found.areas)


def test_every_unit_is_found_by_its_own_address(hanoi):
    for one in Area.objects.select_related("parent").order_by("unit_id")[::17]:
        around = f", {one.parent.full_name}" if one.parent else ""
        assert one.unit_id in names(one.full_name + around)


def test_heirs_of_many_are_those_of_each(hanoi, django_assert_max_num_queries):
    rows = list(Area.objects.select_related("parent", "province").order_by("unit_id")[::25])
    with django_assert_max_num_queries(6):
        together = heirs_of(rows, TODAY)
    assert together == {row.pk: heirs_on(row, TODAY) for row in rows}


def test_the_departments_own_history(hanoi):
    (old,) = find("so thong tin va truyen thong").agencies
    assert (old.valid_to, old.heir) == (
        datetime.date(2025, 3, 1),
        "hn.so-khoa-hoc-va-cong-nghe.2",
    )
    assert took_over(old, TODAY).name_vi == "Sở Khoa học và Công nghệ"
    assert took_over(old, datetime.date(2025, 2, 28)) == old


def test_every_department_that_ended_leads_to_one_of_the_fifteen(hanoi):
    today = {one.pk for one in ListedAgency.objects.filter(living(TODAY))}
    heirs = {took_over(one, TODAY).pk for one in ListedAgency.objects.all()}
    assert heirs == today
    assert len(today) == 15
