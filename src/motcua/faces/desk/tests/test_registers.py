"""The pages of a register in a browser: list, record, history, forms, files in and out."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.core.access.models import Read
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.tests.world import MONDAY, publish
from motcua.core.exports import making
from motcua.core.exports.models import Export
from motcua.core.procedures.reading import read
from motcua.core.procedures.systems import load
from motcua.core.registers import exported
from motcua.core.registers.mending import open_where_due
from motcua.core.registers.models import Record, RecordImport, RecordVersion
from motcua.faces.ui.tests.pages import faults

PATH = "/ban/so-dang-ky/advert_numbers"
SENT = {
    "fields.number": "0900070001",
    "fields.operator": "viettel",
    "fields.kind": "advert",
    "fields.text": "Khoan cắt bê tông",
    "fields.owner": "Phạm Thị Mẫu",
    "fields.owner_number": "001190000345",
    "fields.seen_on.day": "1",
    "fields.seen_on.month": "11",
    "fields.seen_on.year": "2026",
    "geometry": "21.0285, 105.8542",
}


def text(answer) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())


@pytest.fixture
def number(desk) -> int:
    """Enter a number as the department's specialist does, and give its record."""
    answer = desk.as_("specialist").post(f"{PATH}/moi", {"key": "k", **SENT})
    assert answer.status_code == 302, text(answer)
    return Record.objects.get().pk


def page(desk, path="", who="specialist"):
    answer = desk.get(who, PATH + path)
    assert answer.status_code == 200, text(answer)
    assert faults(answer) == []
    return answer


def test_registers_are_listed_with_their_quality(desk, number):
    answer = desk.get("specialist", "/ban/so-dang-ky")
    assert faults(answer) == []
    assert "Số điện thoại quảng cáo" in text(answer)


def test_a_new_record_stands_in_the_list(desk, number):
    assert "0900070001" in text(page(desk))
    assert "Viettel" in text(page(desk))
    answer = desk.as_("specialist").get(f"{PATH}?q=0900+070+001")
    assert answer["Location"] == f"{PATH}/{number}"


def test_what_is_wrong_is_told_at_its_box(desk):
    sent = {"key": "k", **SENT, "fields.number": "12", "geometry": "x"}
    answer = desk.as_("specialist").post(f"{PATH}/moi", sent)
    assert answer.status_code == 422
    assert faults(answer) == []
    assert {one.target for one in answer.context["errors"]} == {"box-fields-number", "box-geometry"}
    assert "Phạm Thị Mẫu" in answer.content.decode()


def test_a_repeat_of_the_form_makes_one_record(desk, number):
    answer = desk.as_("specialist").post(f"{PATH}/moi", {"key": "k", **SENT})
    assert answer["Location"] == f"{PATH}/{number}"
    assert Record.objects.count() == 1


def test_a_record_is_shown_with_its_place(desk, number):
    shown = page(desk, f"/{number}")
    assert "Phạm Thị Mẫu" in text(shown)
    assert "001190000345" not in shown.content.decode()
    assert "<svg" in shown.content.decode()
    assert "21.0285, 105.8542" in text(shown)


def test_others_see_masks_and_no_buttons(desk, number):
    shown = page(desk, f"/{number}", "other_specialist")
    assert "Phạm Thị Mẫu" not in text(shown)
    assert "Xác nhận còn đúng" not in text(shown)
    assert desk.get("other_specialist", f"{PATH}/{number}/sua").status_code == 403
    assert desk.get("counter", f"{PATH}/moi").status_code == 403


def test_every_look_is_written_down(desk, number):
    before = Read.objects.count()
    page(desk)
    page(desk, f"/{number}")
    listed, opened = Read.objects.order_by("id")[before:]
    assert (listed.kind, listed.what, listed.count) == ("listed", "register.advert_numbers", 1)
    assert (opened.kind, opened.what) == ("opened", f"register.advert_numbers.{number}")


def test_a_change_makes_a_version_that_the_history_tells(desk, number):
    form = page(desk, f"/{number}/sua")
    assert 'value="0900070001"' in form.content.decode()
    assert "001190000345" not in form.content.decode()
    sent = {**SENT, "key": "c", "revision": "1", "fields.operator": "vnpt"}
    del sent["fields.owner_number"]
    answer = desk.as_("specialist").post(f"{PATH}/{number}/sua", sent)
    assert answer.status_code == 302
    told = text(page(desk, f"/{number}/lich-su"))
    assert "VNPT VinaPhone" in told
    assert "Ghi mới" in told
    again = desk.as_("specialist").post(f"{PATH}/{number}/sua", {**sent, "key": "d"})
    assert again.status_code == 422
    assert "vừa được người khác sửa" in text(again)


@pytest.mark.parametrize("seen", [{}, {"revision": "9"}, {"revision": "x"}])
def test_a_form_that_saw_another_revision_or_states_none_is_stale(desk, number, seen):
    answer = desk.as_("specialist").post(f"{PATH}/{number}", {"do": "confirm", **seen})
    assert (answer.status_code, Record.objects.get(pk=number).number) == (422, 1)


def test_a_record_is_confirmed_retired_and_restored(desk, number):
    officer = desk.as_("specialist")
    assert officer.post(f"{PATH}/{number}", {"do": "confirm", "revision": "1"}).status_code == 302
    sent = {"do": "retire", "revision": "2"}
    assert officer.post(f"{PATH}/{number}", sent).status_code == 422
    officer.post(f"{PATH}/{number}", {**sent, "reason": "Nhập nhầm"})
    assert Record.objects.get().retired
    assert "Sổ chưa có bản ghi nào" in text(page(desk))
    assert "0900070001" in text(page(desk, "?ngung=1"))
    officer.post(f"{PATH}/{number}", {"do": "restore", "revision": "3", "reason": "Dùng lại"})
    assert not Record.objects.get().retired
    assert RecordVersion.objects.count() == 4


def test_a_record_as_it_was(desk, number):
    assert "Chưa có gì được ghi" in text(page(desk, f"/{number}?ngay=2026-10-01"))
    assert "như đúng vào ngày" in text(page(desk, f"/{number}?ngay=2026-11-02"))


def test_quality_lists_what_fails(desk, number):
    shown = page(desk, "/chat-luong")
    assert "1 bản ghi chưa đạt" in text(shown)  # nobody wrote where it was seen
    assert "0900070001" in text(page(desk, "?loi=incomplete"))
    assert "0900070001" not in text(page(desk, "?loi=broken"))


@pytest.mark.parametrize("form", ["csv", "xlsx", "geojson", "parquet"])
def test_the_list_goes_out_as_a_file(desk, number, form):
    answer = desk.get("specialist", f"{PATH}/xuat?dang={form}")
    assert answer.status_code == 200
    assert len(b"".join(answer.streaming_content)) > 100
    assert answer["Content-Disposition"].endswith(f'.{form}"')


def upload(desk, body: str):
    file = SimpleUploadedFile("so.csv", body.encode(), "text/csv")
    return desk.as_("specialist").post(f"{PATH}/nhap", {"file": file})


def test_a_file_is_looked_at_and_taken_in(desk):
    page(desk, "/nhap")
    look = upload(desk, "number,kind\n0900070001,spam\n0900070002,fraud\n")["Location"]
    shown = desk.get("specialist", look)
    assert faults(shown) == []
    assert Record.objects.count() == 0
    assert desk.as_("specialist").post(look)["Location"] == PATH
    assert Record.objects.count() == 2
    assert "Đã nhập" in text(desk.get("specialist", look))
    assert desk.get("second", look).status_code == 404


def test_a_wrong_row_keeps_the_file_out(desk):
    look = upload(desk, "number\n12\n0900070002\n")["Location"]
    shown = desk.get("specialist", look)
    assert faults(shown) == []
    assert "không đúng" in text(shown)
    assert desk.as_("specialist").post(look).status_code == 422
    assert Record.objects.count() == 0
    assert json.loads(RecordImport.objects.get().report)["counts"]["wrong"] == 1


def test_no_file_is_told(desk):
    answer = desk.as_("specialist").post(f"{PATH}/nhap", {})
    assert answer.status_code == 422
    assert faults(answer) == []


@pytest.mark.parametrize("path", ["", "/chat-luong", "/moi", "/nhap", "/{number}", "/{number}/sua"])
def test_pages_speak_english(desk, number, path):
    officer = desk.as_("specialist")
    officer.cookies["language"] = "en"
    answer = officer.get(PATH + path.format(number=number))
    assert faults(answer) == []
    assert "Advertising numbers" in text(answer) or "Save" in text(answer)


def test_a_masked_value_is_shown_for_a_purpose_and_stands_in_the_log(desk, number):
    hidden = desk.get("other_head", f"{PATH}/{number}").content.decode()
    path = f"{PATH}/{number}/hien/owner"
    assert path in hidden
    assert f"{number}/hien/owner_number" not in hidden  # secret: the keeping agency alone
    assert "Phạm Thị Mẫu" not in hidden
    client = desk.as_("other_head")
    asked = client.get(path)
    assert faults(asked) == []
    assert "Phạm Thị Mẫu" not in asked.content.decode()
    refused = client.post(path, {"purpose": " "})
    assert (refused.status_code, faults(refused)) == (422, [])
    given = client.post(path, {"purpose": "Gọi xác minh"})
    assert faults(given) == []
    assert "Phạm Thị Mẫu" in text(given)
    assert client.post(f"{PATH}/{number}/hien/owner_number", {"purpose": "x"}).status_code == 403
    assert client.get(f"{PATH}/{number}/hien/geometry").status_code == 404
    told = text(desk.get("other_head", "/ban/nhat-ky-truy-cap?kieu=revealed"))
    assert f"Số điện thoại quảng cáo: bản ghi {number}" in told
    assert "Gọi xác minh" in told


def test_a_long_list_is_made_by_a_job_and_waits_with_the_files(desk, number, monkeypatch):
    monkeypatch.setattr("motcua.faces.desk.views.registers.AT_ONCE", 0)
    shown = page(desk)
    assert "Lập tệp" in text(shown)
    client = desk.as_("specialist")
    assert client.post(f"{PATH}/xuat?q=0900", {"dang": "pdf"}).status_code == 404
    asked = client.post(f"{PATH}/xuat?q=0900", {"dang": "csv"})
    assert asked["Location"] == "/ban/tep-xuat"
    row = Export.objects.get()
    making.make(row.pk, at=row.asked_at, on=row.asked_at.date(), write=exported.write)
    files = desk.get("specialist", "/ban/tep-xuat")
    assert faults(files) == []
    assert "Số điện thoại quảng cáo" in text(files)
    given = desk.get("specialist", f"/ban/tep-xuat/{row.code}")
    assert f"advert_numbers-{row.asked_at.date()}.csv" in given["Content-Disposition"]
    assert "0900070001" in b"".join(given.streaming_content).decode()
    assert desk.get("leader", f"/ban/tep-xuat/{row.code}").status_code == 404


def test_the_quality_page_leads_to_the_dossiers_about_faulty_records(desk):
    text_of = load("motcua.systems.one_stop").procedures["9.000034.toml"]
    publish(read(text_of, system="one_stop"))
    where = "/ban/so-dang-ky/number_ranges"
    empty = text(desk.get("specialist", f"{where}/chat-luong"))
    assert "10%" in empty
    assert "Chưa có hồ sơ nào" in empty
    sent = {"key": "r", "fields.prefix": "0911", "fields.operator": "vnpt"}
    assert desk.as_("specialist").post(f"{where}/moi", sent).status_code == 302
    long_after = MONDAY + datetime.timedelta(days=400)
    (opened,) = open_where_due(long_after)
    lookup = Dossier.objects.get(pk=opened).lookup
    answer = desk.get("specialist", f"{where}/chat-luong")
    assert faults(answer) == []
    assert f'href="/ban/ho-so/{lookup}"' in answer.content.decode()
    assert lookup not in text(desk.get("other_specialist", f"{where}/chat-luong"))
    told = desk.get("specialist", f"/ban/ho-so/{lookup}")
    assert faults(told) == []
    assert "Dải số" in text(told) or "0911" in text(told)
