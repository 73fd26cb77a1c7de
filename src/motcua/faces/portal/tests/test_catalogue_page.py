"""Finding a procedure and reading about it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.figures.counting import count
from motcua.core.procedures.actions import retire
from motcua.core.procedures.queries import current
from motcua.faces.portal.tests.conftest import POSTAL
from motcua.faces.ui.tests.pages import faults
from motcua.kernel.codes import make_lookup

PICTURES = "1.003888"


@pytest.mark.parametrize(
    "query", ["buu chinh", "BƯU CHÍNH", "giấy phép bưu chính", "1.00363", "47/2011/NĐ-CP"]
)
def test_a_procedure_is_found_without_accents(world, client, query):
    assert f"/thu-tuc/{POSTAL}" in client.get("/thu-tuc", {"q": query}).content.decode()


@pytest.mark.parametrize("code", [POSTAL, f"{POSTAL}.H26", f" {POSTAL}.h26 "])
def test_a_whole_code_opens_its_procedure(world, client, code):
    assert client.get("/thu-tuc", {"q": code})["Location"] == f"/thu-tuc/{POSTAL}"


@pytest.mark.parametrize("code", ["9.999999", "1.00363", "26.12-250701", "7KQ4M-2XH9A"])
def test_what_names_nothing_is_searched_for(world, client, code):
    assert client.get("/thu-tuc", {"q": code}).status_code == 200


def test_numbers_of_dossiers_open_the_look_up_page(world, client):
    lookup = make_lookup(b"anybody's number")
    for typed, number in [(lookup.lower(), lookup), ("H26.12-250701-0001",) * 2]:
        assert client.get("/thu-tuc", {"q": typed})["Location"] == f"/tra-cuu?so={number}"


def test_the_measured_time_is_told_from_enough_dossiers_on(world, client, settings):
    code = "9.000001"
    assert "Thực tế mất bao lâu" not in client.get(f"/thu-tuc/{code}").content.decode()
    world.to("returned")
    count(at=MONDAY + timedelta(days=4))
    page = client.get(f"/thu-tuc/{code}").content.decode()
    assert "Từ 5 hồ sơ trở lên mới nêu thời gian" in page
    settings.MOTCUA_FIGURES_SHOWN_FROM = 1
    page = client.get(f"/thu-tuc/{code}")
    told = page.content.decode()
    assert "<dd>0,4<small>ngày làm việc" in told
    assert "100,0%" in told
    assert faults(page) == []


def test_nothing_found_says_so_and_offers_all(world, client):
    page = client.get("/thu-tuc", {"q": "xyzxyz"}).content.decode()
    assert "Không thấy kết quả nào cho “xyzxyz”" in page
    assert POSTAL not in page


def test_a_query_with_nul_and_html_is_harmless(world, client):
    page = client.get("/thu-tuc", {"q": "\x00<script>alert(1)</script>" * 50})
    assert page.status_code == 200
    assert b"<script>" not in page.content


def test_a_procedure_tells_what_a_citizen_asks(world, client):
    page = client.get(f"/thu-tuc/{POSTAL}").content.decode()
    for words in ("10 ngày làm việc", "5.375.000 ₫", "Bắt buộc", "1 bản chính", "Thẩm định"):
        assert words in page


def test_what_no_document_confirms_is_marked(world, client):
    page = client.get(f"/thu-tuc/{POSTAL}").content.decode()
    assert "Đặt ra để dùng thử" in page  # its steps and channels are made up
    assert "stttt.hanam.gov.vn" in page  # its name was read in a published source


def test_a_code_that_no_document_confirms_is_marked_beside_it(world, client):
    pages = {code: client.get(f"/thu-tuc/{code}").content.decode() for code in (POSTAL, PICTURES)}
    marked = {
        code: "Chưa có văn bản xác nhận" in page.split("</h1>")[1].split("</p>")[0]
        for code, page in pages.items()
    }
    assert marked == {POSTAL: False, PICTURES: True}


def test_legal_texts_are_written_out(world, client):
    page = client.get(f"/thu-tuc/{PICTURES}").content.decode()
    assert "<li>Điều 20 Nghị định số 88/2012/NĐ-CP</li>" in page
    assert "<dt>Điều 9 Thông tư số 04/2014/TT-BTTTT</dt><dd>dichvucong.mic.gov.vn" in page


def test_a_retired_procedure_is_gone(world, client):
    retire(version=current(POSTAL).version_id, actor="officer:1", at=MONDAY)
    page = client.get(f"/thu-tuc/{POSTAL}/nop")
    assert page.status_code == 404
    assert "hết hiệu lực" in page.content.decode()
