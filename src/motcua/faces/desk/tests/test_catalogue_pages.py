"""The catalogue on the desk: drafts with what they lack, editions and versions side by side."""

from __future__ import annotations

import pytest

from motcua.core.catalogue.tests.conftest import brought_out, taken_in
from motcua.core.catalogue.tests.samples import FACTS, facts, from_memory

KEY = "1.900001"


def text(desk, path):
    return desk.get("specialist", path).content.decode()


def test_drafts_and_published_are_listed(desk):
    taken_in(FACTS)
    assert "Bản thảo" in text(desk, "/ban/danh-muc?q=thu+tay")
    assert "Không có thủ tục nào như vậy" in text(desk, "/ban/danh-muc?q=khong+co")


def test_a_draft_shows_its_gaps(desk):
    taken_in(from_memory("fee", "decided_by"))
    page = text(desk, f"/ban/danh-muc/{KEY}")
    assert "Còn 2 chỗ thiếu" in page
    assert "“Phí, lệ phí” chưa có văn bản xác nhận: Không có." in page


def test_a_draft_without_gaps_says_so(desk):
    taken_in(FACTS)
    assert "Đủ để công bố" in text(desk, f"/ban/danh-muc/{KEY}")


def test_any_edition_can_be_read_and_compared(desk):
    brought_out(FACTS)
    taken_in(facts(result="Giấy khác"))
    assert "Giấy khác" in text(desk, f"/ban/danh-muc/{KEY}?ban=2")
    page = text(desk, f"/ban/danh-muc/{KEY}/so-sanh?truoc=1&sau=2")
    assert "Giấy khác</dd>" in page


def test_versions_of_a_process_are_compared(desk):
    page = text(desk, "/ban/danh-muc/9.000001/so-sanh?loai=quy-trinh&truoc=1&sau=1")
    assert "Hai bản giống hệt nhau" in page


@pytest.mark.parametrize(
    "path",
    [
        "/ban/danh-muc/khong-co",
        f"/ban/danh-muc/{KEY}?ban=9",
        f"/ban/danh-muc/{KEY}/so-sanh?truoc=7",
        "/ban/danh-muc/9.000001/so-sanh?loai=quy-trinh",
        "/ban/danh-muc/9.000001/so-sanh?loai=quy-trinh&truoc=1&sau=99",
    ],
)
def test_what_is_not_there(desk, path):
    taken_in(FACTS)
    assert desk.get("specialist", path).status_code == 404


def test_officers_are_led_there_from_the_public_list(desk, client):
    assert 'href="/ban/danh-muc"' in text(desk, "/thu-tuc")
    assert "/ban/danh-muc" not in client.get("/thu-tuc").content.decode()


def test_strangers_are_sent_to_sign_in(desk, client):
    assert client.get("/ban/danh-muc").status_code == 302


@pytest.mark.parametrize(
    ("name", "begins"), [("quy-trinh.xlsx", b"PK"), ("quy-trinh.bpmn", b"<?xml")]
)
def test_the_process_is_given_as_a_file(desk, name, begins):
    answer = desk.get("specialist", f"/ban/danh-muc/9.000001/{name}")
    assert answer.content.startswith(begins)
    assert f"{name[:9]}-9.000001" in answer["Content-Disposition"]
    assert desk.get("specialist", f"/ban/danh-muc/9.999999/{name}").status_code == 404
