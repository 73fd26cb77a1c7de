"""Procedures of the catalogue that do not run here, and editions side by side."""

from __future__ import annotations

import copy
import re

import pytest

from motcua.core.catalogue.actions import publish, withdraw
from motcua.core.catalogue.online import refer
from motcua.core.catalogue.proposing import Written, prepare, revise
from motcua.core.catalogue.tests.conftest import AT, BY, brought_out, taken_in
from motcua.core.catalogue.tests.samples import FACTS, NATIONAL, facts, from_memory
from motcua.core.procedures import queries
from motcua.faces.portal.tests.conftest import POSTAL
from motcua.faces.ui.tests.pages import faults

KEY = "1.900001"


def text(client, path, **sent):
    return client.get(path, sent).content.decode()


def test_the_list_shows_what_can_be_filed_and_what_else_there_is(world, client):
    brought_out(FACTS, {**facts(code=POSTAL), "group": "x"})
    page = text(client, "/thu-tuc")
    assert page.count(f'href="/thu-tuc/{POSTAL}"') == 1
    assert page.index(f"/thu-tuc/{POSTAL}") < page.index(f"/thu-tuc/{KEY}")


@pytest.mark.parametrize("query", ["thu tay", "1.90000", "61/2018"])
def test_it_is_found_without_accents_by_code_and_by_law(world, client, query):
    brought_out(FACTS)
    assert f"/thu-tuc/{KEY}" in text(client, "/thu-tuc", q=query)


def test_its_whole_code_opens_it(world, client):
    brought_out(FACTS)
    assert client.get("/thu-tuc", {"q": KEY})["Location"] == f"/thu-tuc/{KEY}"


def test_a_page_tells_all_that_is_published(world, client):
    brought_out(FACTS)
    page = text(client, f"/thu-tuc/{KEY}")
    for words in (
        "10 ngày làm việc (Hà Nam 04 ngày làm việc)",
        "Sở Thư tín",
        "bản chính: 1, bản sao: 2",
        "Mức độ 3",
        "Đến 14/08/2022",
        "Điều 15 Nghị định số 61/2018/NĐ-CP",
        "trang A",
        "12/QĐ-UBND",
        "chưa nộp được ở đây",
    ):
        assert words in page


def test_a_page_of_the_national_database_is_told(world, client):
    brought_out(NATIONAL)
    page = text(client, "/thu-tuc/1.900002")
    for words in ("Trực tiếp: 07 Ngày làm việc", "Bước 1: nộp", "mau.doc", "Về bồ câu"):
        assert words in page
    assert "Không có thông tin" not in page


def test_in_english_its_words_stay_vietnamese_and_say_so(world, client):
    brought_out(FACTS)
    client.cookies["language"] = "en"
    page = text(client, f"/thu-tuc/{KEY}")
    assert '<h1 lang="vi">Cấp giấy phép chuyển thư tay</h1>' in page
    assert "Levels of the online service through time" in page


def test_what_was_never_published_says_what_is_not_confirmed_and_why(world, client):
    row = from_memory("fee", "time_limit")
    row["fee"]["value"] = "12.345 đồng"
    row["code"] = {"value": None, "mark": "(memory)", "source": "nhớ"}
    taken_in(row)
    key = "cap-giay-phep-chuyen-thu-tay"
    for address in (f"/thu-tuc/{key}", f"/thu-tuc/{key}/cong-bo"):
        page = text(client, address)
        assert "Chưa công bố: còn 3 thông tin chưa được xác nhận" in page
        assert "Chưa tìm thấy mã trong Cơ sở dữ liệu quốc gia." in page
        assert "<strong>Phí, lệ phí</strong>: Mới ghi theo trí nhớ" in page
        assert "Sở Thư tín" in page
        for doubted in ("12.345 đồng", "10 ngày", "Nguồn không nêu"):
            assert doubted not in page
    assert f'href="/thu-tuc/{key}"' in text(client, "/thu-tuc", q="thu tay")


def test_what_an_officer_prepares_or_was_withdrawn_is_not_there(world, client):
    brought_out(FACTS)
    withdraw(**BY, key=KEY, document="1/QĐ-UBND")
    prepare(actor=world.officers["specialist"], at=AT, key=KEY, request=None)
    assert client.get(f"/thu-tuc/{KEY}").status_code == 404
    assert client.get(f"/thu-tuc/{KEY}/cong-bo").status_code == 404
    assert KEY not in text(client, "/thu-tuc")


def test_a_draft_that_an_officer_mends_is_shown_as_it_was(world, client):
    taken_in(from_memory("fee"))
    act = {"actor": world.officers["specialist"], "at": AT, "key": KEY, "request": None}
    prepare(**act)
    written = {"result": Written("Chưa ai ký", "QĐ 5", confirmed=True)}
    revise(**act, written=written, revision=None)
    page = text(client, f"/thu-tuc/{KEY}")
    assert "Chưa ai ký" not in page
    assert "Giấy phép" in page


def test_what_runs_here_leads_to_what_is_published_and_back(world, client):
    row = copy.deepcopy(FACTS)
    row["code"]["value"] = POSTAL
    brought_out(row)
    assert f'href="/thu-tuc/{POSTAL}/cong-bo"' in text(client, f"/thu-tuc/{POSTAL}")
    page = text(client, f"/thu-tuc/{POSTAL}/cong-bo")
    assert f'href="/thu-tuc/{POSTAL}"' in page
    assert "chưa nộp được" not in page


def test_editions_are_compared(world, client):
    brought_out(FACTS)
    taken_in(facts(result="Giấy khác"))
    publish(**BY, key=KEY, document="13/QĐ-UBND")
    link = f"/thu-tuc/{KEY}/so-sanh?truoc=1&amp;sau=2"
    assert link in text(client, f"/thu-tuc/{KEY}")
    page = text(client, f"/thu-tuc/{KEY}/so-sanh", truoc="1", sau="2")
    assert "Giấy phép</dd>" in page
    assert "Giấy khác</dd>" in page
    assert text(client, f"/thu-tuc/{KEY}/so-sanh").count("Giấy khác</dd>") == 1  # the newest two
    assert "Hai bản giống hệt nhau" in text(client, f"/thu-tuc/{KEY}/so-sanh", truoc="2", sau="2")


@pytest.mark.parametrize("numbers", [{"truoc": "9", "sau": "1"}, {"sau": "2"}])
def test_no_such_edition(world, client, numbers):
    brought_out(FACTS)
    assert client.get(f"/thu-tuc/{KEY}/so-sanh", numbers).status_code == 404


def test_a_service_run_elsewhere_says_where_it_is_filed(world, client):
    brought_out(FACTS)
    there = "https://dichvucong.example/thu?a=1&b=2"
    refer(**BY, key=KEY, run_by="Bộ Thư tín", filed_at=there, since=AT.date(), document="1/QĐ")
    page = text(client, f"/thu-tuc/{KEY}")
    assert 'href="https://dichvucong.example/thu?a=1&amp;b=2"' in page
    assert "Bộ Thư tín" in page


def test_an_address_that_is_no_web_page_is_no_link(world, client):
    brought_out(FACTS)
    where = "javascript:alert(1)"
    refer(**BY, key=KEY, run_by="Bộ", filed_at=where, since=AT.date(), document="1/QĐ")
    assert f'href="{where}' not in text(client, f"/thu-tuc/{KEY}")


INWARD = ("9.000091", "9.000092")


def test_what_only_officers_open_is_offered_to_nobody_and_not_counted(world, client):
    page = text(client, "/thu-tuc")
    offers = re.findall(r'href="/thu-tuc/([0-9.]+)"', page)
    assert len(offers) == len(queries.offered()) > 0
    assert f">{len(offers)} thủ tục<" in page
    assert not {*INWARD} & {*offers}
    for found in ("hạ ngầm", "quảng cáo"):
        assert "/thu-tuc/9.00009" not in text(client, "/thu-tuc", q=found)
    assert "/thu-tuc/9.00009" not in text(client, "/")


@pytest.mark.parametrize("code", INWARD)
@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", "không nộp hồ sơ"), ("en", "file nothing")],
)
def test_its_address_says_that_nobody_files_it(world, client, code, language, words):
    client.cookies["language"] = language
    answer = client.get(f"/thu-tuc/{code}")
    assert (answer.status_code, faults(answer)) == (200, [])
    page = answer.content.decode()
    assert words in page
    assert "/nop" not in page
    assert client.get(f"/thu-tuc/{code}/nop").status_code == 422
