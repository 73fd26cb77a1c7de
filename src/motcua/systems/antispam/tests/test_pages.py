"""The desk of advertising numbers and the two pages for citizens."""

from __future__ import annotations

import html
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from motcua.core.accounts.tests.doors import account_of, signed_in
from motcua.core.dossiers import answers
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.registers.models import Record
from motcua.faces.desk import doors
from motcua.faces.ui import context
from motcua.systems.antispam import views
from motcua.systems.antispam.models import Case, Letter, SightingPhoto

HERE = "/ban/so-quang-cao"


@pytest.fixture
def browser(desk, monkeypatch):
    for door in (doors, context, views):
        monkeypatch.setattr(door, "now", lambda: MONDAY)

    def as_(who="specialist") -> Client:
        return signed_in(Client(), account_of(who, desk.world.officer_id(who)), at=MONDAY)

    return as_


def text(answer) -> str:
    return html.unescape(re.sub(r"<[^>]+>|\s+", " ", answer.content.decode()))


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    return SimpleUploadedFile("cot-dien.jpg", out.getvalue(), "image/jpeg")


SEEN = {
    "number": "0912345678",
    "kind": "advert",
    "place": "Cột điện số 1 phố Mẫu",
    "street": "Phố Mẫu",
    "text": "Khoan cắt",
    "seen_on": "02/11/2026",
    "geometry": "21.0285, 105.8542",
}


def test_a_sighting_is_noted_with_its_photo(browser, settings, tmp_path):
    settings.MOTCUA_FILES = tmp_path
    client = browser()
    assert client.get(f"{HERE}/ghi-nhan").status_code == 200
    answer = client.post(f"{HERE}/ghi-nhan", {**SEEN, "evidence.photo": picture()})
    assert answer.status_code == 302, text(answer)
    shot = SightingPhoto.objects.get()
    assert answers.read(shot.record.values)["photo"] == "cot-dien.jpg"
    shown = client.get(f"{HERE}/anh/{shot.record_id}")
    assert shown["Content-Type"] == "image/jpeg"
    shown.close()


def test_what_is_wrong_with_a_sighting_is_told_and_nothing_is_noted(browser):
    answer = browser().post(f"{HERE}/ghi-nhan", {**SEEN, "number": "12", "place": ""})
    assert answer.status_code == 422
    assert "12" in text(answer)
    assert "Cột điện" not in text(answer)
    assert not Record.objects.filter(register="sightings").exists()


def test_the_same_sighting_twice_is_told(browser):
    client = browser()
    assert client.post(f"{HERE}/ghi-nhan", SEEN).status_code == 302
    assert client.post(f"{HERE}/ghi-nhan", SEEN).status_code == 422


def test_from_sightings_to_letters_by_the_buttons(desk, browser):
    client = browser()
    client.post(f"{HERE}/ghi-nhan", SEEN)
    assert "Lập hồ sơ từ 1 ghi nhận" in text(client.get(HERE))
    assert client.post(HERE, {"do": "open"}).status_code == 302
    desk.move(Case.objects.get(), "verify", "invite", "absent")
    assert client.post(HERE, {"do": "draft"}).status_code == 302
    letter = Letter.objects.get()
    page = f"{HERE}/cong-van/{letter.pk}"
    assert "0912345678" in text(client.get(page))
    assert client.get(f"/ban/van-ban/{letter.document_id}").status_code == 200
    assert client.post(page, {"do": "send"}).status_code == 422
    desk.issue(letter)
    assert client.post(page, {"do": "send"}).status_code == 302
    file = SimpleUploadedFile("a.csv", b"number,result,date\n0912345678,suspended,2026-11-02\n")
    assert client.post(page, {"do": "answers", "answers": file}).status_code == 302
    assert "31/SKHCN" in text(client.get(HERE))
    assert "0912345678" in text(Client().get("/so-bi-tam-ngung"))
    listed = Client().get("/so-bi-tam-ngung?dang=csv").content.decode("utf-8-sig")
    assert "0912345678" in listed


def test_wrong_answers_are_told_by_line(desk, browser):
    [_case] = desk.to_ask("0912345678")
    [letter] = desk.draft()
    desk.sent(letter)
    file = SimpleUploadedFile("a.csv", b"number,result,date\n0912345678,vanished,2026-11-02\n")
    answer = browser().post(f"{HERE}/cong-van/{letter.pk}", {"do": "answers", "answers": file})
    assert answer.status_code == 422
    assert "có dòng sai: 2" in text(answer)


def test_others_see_the_desk_and_press_nothing(desk, browser):
    [_case] = desk.to_ask("0912345678")
    [letter] = desk.draft()
    other = browser("unit_head")
    assert "Dự thảo công văn" not in text(other.get(HERE))
    assert other.post(HERE, {"do": "open"}).status_code == 422
    assert other.get(f"{HERE}/cong-van/{letter.pk}").status_code == 404


def test_counts_by_place_and_campaigns(desk, browser):
    desk.see()
    desk.see("0912345679", text="KHOAN CAT BE TONG", place="Chỗ khác")
    page = text(browser().get(f"{HERE}/thong-ke"))
    assert "Phố Mẫu" in page
    assert "0912345678, 0912345679" in page
    told = browser().get(f"{HERE}/thong-ke?dang=csv").content.decode("utf-8-sig")
    assert told.splitlines()[1] == ",Phố Mẫu,2,2"


REPORT = {"kind": "fraud", "source": "01681234567", "content": "Giả danh", "sender": "0912345678"}


def test_a_citizen_reports_without_scripts(desk, browser):
    answer = Client().post("/bao-tin-rac", REPORT)
    assert answer.status_code == 200
    [row] = Record.objects.filter(register="spam_reports")
    told = answers.read(row.values)
    assert told["code"] in text(answer)
    assert (told["source"], told["channel"], told["kind"]) == ("0381234567", "web", "fraud")


def test_a_form_that_is_sent_twice_is_one_report(desk, browser):
    first, again = (text(Client().post("/bao-tin-rac", {**REPORT, "key": "k"})) for _ in range(2))
    [row] = Record.objects.filter(register="spam_reports")
    assert answers.read(row.values)["code"] in first
    assert answers.read(row.values)["code"] in again


@pytest.mark.parametrize("field", ["source", "content", "sender"])
def test_what_a_report_needs_is_asked_for(desk, browser, field):
    answer = Client().post("/bao-tin-rac", {**REPORT, field: " "})
    assert answer.status_code == 422
    assert "Hãy điền mục này" in text(answer)
    assert not Record.objects.filter(register="spam_reports").exists()
