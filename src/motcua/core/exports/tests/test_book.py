"""The book as a file: what the page shows, as a table or as form06, made by a job and logged."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from motcua.core.access import log
from motcua.core.access.models import Read, ScopeRow
from motcua.core.daybook import rules
from motcua.core.daybook.reading import Extract
from motcua.core.documents.context import context_of
from motcua.core.documents.tests.samples import words_of
from motcua.core.dossiers.models import CodeCounter, Paper
from motcua.core.dossiers.queries import Filter
from motcua.core.dossiers.tests.world import MONDAY, make_world
from motcua.core.exports import making
from motcua.core.exports.asking import BookAlone, NotOfABook, ask, fetch, one_of
from motcua.core.exports.book import COLUMNS
from motcua.core.exports.giving import Format
from motcua.core.exports.listed import Wish, Wording
from motcua.core.exports.models import Export
from motcua.core.jobs.models import Job
from motcua.core.jobs.registry import discover
from motcua.core.jobs.worker import run_one
from motcua.core.people.models import Party

AT = MONDAY.replace(day=3)
WHO = {"name": "Nguyễn Trường Đạt", "phone": "0912345678", "address": "12 Đường Thành"}


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MOTCUA_FILES = tmp_path
    discover()
    made = make_world()
    for _ in range(5):
        made.take_in(applicant=WHO)
    return made


def wish(world, who="counter", form=Format.PDF, **changes) -> Wish:
    days = {"first": datetime.date(2026, 11, 1), "last": datetime.date(2026, 11, 30)}
    plain = {
        "reader": log.Reader(world.officers[who], AT, "192.0.2.1"),
        "wanted": Filter(),
        "form": form,
        "zone": ZoneInfo("Asia/Ho_Chi_Minh"),
        "book": Extract(agency_id=world.department.pk, **days),
    }
    return Wish(**{**plain, **changes})


def work() -> None:
    Job.objects.exclude(kind="exports.make").update(state="done")
    while run_one("w", AT):
        pass


def made(world, *args, **changes) -> tuple[Export, bytes]:
    wanted = wish(world, *args, **changes)
    code = ask(wanted).code
    work()
    row, path = fetch(wanted.reader, code)
    return row, path.read_bytes()


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode()[1:], newline="")))


def text(data: bytes) -> str:
    return words_of(PdfReader(io.BytesIO(data)))


def test_one_volume_is_one_pdf_of_a_lying_a4(world):
    row, data = made(world)
    page = PdfReader(io.BytesIO(data)).pages[0].mediabox
    assert (row.form, row.written, row.expected) == ("pdf", 5, 5)
    assert (round(page.width / 72 * 25.4), round(page.height / 72 * 25.4)) == (297, 210)
    told = text(data)
    for words in (
        "SỔ THEO DÕI HỒ SƠ",
        "Năm 2026 – Quyển số 01 – Tiếp nhận từ ngày 01/11/2026 đến ngày 30/11/2026",
        "Nguyễn Trường Đạt",
        "12 Đường Thành",
        "0912345678",
        "09:00 02/11/2026",
        "Trang 1/1",
    ):
        assert words in told
    for code in world_codes():
        assert code in told.replace("- ", "-")


def world_codes() -> list[str]:
    return [f"H26.12-261102-{number:04}" for number in range(1, 6)]


def test_several_volumes_are_an_archive_whose_numbers_go_on(world, monkeypatch):
    monkeypatch.setattr(rules, "LINES_A_VOLUME", 2)
    monkeypatch.setattr(making, "BATCH", 3)
    row, data = made(world)
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert row.form == "zip"
    assert archive.namelist() == [f"so-theo-doi-H26.12-2026-quyen-0{n}.pdf" for n in (1, 2, 3)]
    last = text(archive.read(archive.namelist()[2]))
    assert "Quyển số 03" in last
    assert "0005" in last
    assert "0004" not in last


def test_the_receipt_states_the_place_that_the_book_gives(world):
    CodeCounter.objects.update(last=1041)  # as if so many had come before
    done = world.take_in(at=MONDAY + datetime.timedelta(days=1))
    paper = Paper.objects.get(letter="form01", dossier_id=done.dossier_id)
    assert context_of(paper)["book"] == {"volume": "03", "number": "1042"}
    line = table(made(world, form=Format.CSV)[1])[-1]
    assert (line["code"], line["volume"], line["number"]) == (done.code, "3", "1042")


def test_a_period_without_lines_is_an_empty_book(world):
    days = {"first": datetime.date(2025, 1, 1), "last": datetime.date(2025, 1, 31)}
    row, data = made(world, book=Extract(agency_id=world.department.pk, **days))
    assert (row.form, row.written) == ("pdf", 0)
    assert "Năm 2025" in text(data)
    assert "Không có hồ sơ nào trong kỳ này" in text(data)


@pytest.mark.parametrize("form", [Format.CSV, Format.XLSX])
def test_a_table_has_the_columns_of_the_form(world, form):
    row, data = made(world, form=form)
    assert row.form == form
    if form is Format.CSV:
        lines = table(data)
        assert list(lines[0]) == list(COLUMNS)
        assert [one["number"] for one in lines] == ["1", "2", "3", "4", "5"]
    else:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        assert sheet[0] == list(COLUMNS)
        received = sheet[1][list(COLUMNS).index("received")]
        assert received.isoformat() == "2026-11-02T09:00:00"


def test_masks_hold_in_every_form(world):
    for form in (Format.CSV, Format.PDF):
        data = made(world, "leader", form=form)[1]
        told = data.decode() if form is Format.CSV else text(data)
        assert "Ng***" in told
        assert not any(value in told for value in WHO.values())


def test_a_cell_is_no_formula_and_the_words_are_the_page_s(world):
    Party.objects.update(name="=CMD()", address="@SUM(A1)", phone_as_given="+84 912 345 678")
    wording = Wording("vi", {"applicant": "Tên"}, {"way": {"online": "Trực tuyến"}})
    line = table(made(world, form=Format.CSV, wording=wording)[1])[0]
    assert (line["Tên"], line["address"]) == ("'=CMD()", "'@SUM(A1)")
    assert line["phone"] == "'+84 912 345 678"
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(made(world, form=Format.XLSX)[1]))
    assert sheet.get_sheet_by_index(0).to_python()[1][6] == "=CMD()"  # text, not its result


def test_what_people_wrote_is_never_read_as_markup(world):
    Party.objects.update(name="*#sys.inputs* $x$ [a]", address="\u202e中 \n# tiêu đề")
    assert "*#sys.inputs* $x$ [a]" in text(made(world)[1])


def test_an_officer_without_rights_gets_an_empty_book(world):
    row, data = made(world, "police")
    assert (row.expected, row.written) == (0, 0)
    assert "Nguyễn" not in text(data)


def test_each_batch_is_logged_before_it_goes_out_and_rights_are_asked_anew(world, monkeypatch):
    monkeypatch.setattr(making, "BATCH", 2)
    made(world)
    rows = Read.objects.filter(what="daybook.pdf").order_by("pk")
    assert list(rows.values_list("kind", "count")) == [("exported", n) for n in (2, 2, 1)]
    code = ask(wish(world)).code
    ScopeRow.objects.update(until_at=AT)
    work()
    assert one_of(world.officers["counter"], code).written == 0


def test_a_killed_job_is_made_anew_from_its_wish(world, monkeypatch):
    monkeypatch.setattr(rules, "LINES_A_VOLUME", 2)
    code = ask(wish(world)).code
    row = Export.objects.get(code=code)
    with monkeypatch.context() as broken:
        broken.setattr(making.os, "fsync", _killed)
        with pytest.raises(KeyboardInterrupt):
            making.make(row.pk, at=AT, on=AT.date())
    assert Export.objects.get(code=code).form == "pdf"
    making.make(row.pk, at=AT, on=AT.date())
    making.make(row.pk, at=AT, on=AT.date())  # done: nothing is left to do
    assert Export.objects.get(code=code).form == "zip"


def _killed(_number: int) -> None:
    raise KeyboardInterrupt


def test_the_same_wish_is_one_file_and_another_period_is_another(world):
    first = ask(wish(world))
    days = {"first": datetime.date(2026, 11, 2), "last": datetime.date(2026, 11, 2)}
    other = wish(world, book=Extract(agency_id=world.department.pk, **days))
    assert ask(wish(world)) == first
    assert ask(other) != first
    assert ask(wish(world, form=Format.CSV)) != first


def test_paper_is_for_the_book_alone_and_a_book_is_no_event_log(world):
    with pytest.raises(BookAlone):
        ask(wish(world, book=None))
    for form in (Format.XES, Format.PARQUET):
        with pytest.raises(NotOfABook):
            ask(wish(world, form=form))
