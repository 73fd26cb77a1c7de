"""Files of queues and of heads' lists: their rows, order and columns, masked and written down."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from python_calamine import CalamineWorkbook

from motcua.core.access.models import Read
from motcua.faces.desk.tests.names import BY_NAME, NAMES

PATHS = ["/ban/viec/xuat", "/ban/viec-don-vi/xuat", "/ban/nhom/viec/xuat"]


def rows_of(answer, sign=","):
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=sign))


@pytest.mark.parametrize("path", PATHS)
def test_a_head_gets_what_the_page_shows(desk, six, path):
    page = desk.get("unit_head", path.removesuffix("/xuat"))
    assert f"{path}?dang=xlsx" in page.content.decode()
    rows = rows_of(desk.get("unit_head", f"{path}?dang=csv"))
    assert [row["Mã hồ sơ"] for row in rows] == [row.code for row in page.context["rows"]]
    assert [row["Thời hạn"] for row in rows] == [row.chip.words for row in page.context["rows"]]
    assert {row["Người nộp"] for row in rows} == set(NAMES)


@pytest.mark.parametrize("path", ["/ban/viec/xuat", "/ban/viec-don-vi/xuat", "/ban/ho-so/xuat"])
def test_it_stands_in_the_order_of_the_page(desk, six, path):
    rows = rows_of(desk.get("unit_head", f"{path}?dang=csv2&sap-xep=ten"), ";")
    assert [row["Người nộp"] for row in rows] == BY_NAME


@pytest.mark.parametrize("path", [*PATHS, "/ban/ho-so/xuat"])
def test_a_workbook_has_true_dates(desk, six, path):
    answer = desk.get("unit_head", f"{path}?dang=xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue()))
    heads, row = book.get_sheet_by_index(0).to_python()[:2]
    told = dict(zip(heads, row, strict=True))
    assert isinstance(row[0], datetime.datetime)
    assert isinstance(told.get("Hẹn trả"), datetime.datetime)
    assert told["Mã hồ sơ"].startswith("H26")


def test_it_is_narrowed_as_the_page_is(desk, six):
    assert rows_of(desk.get("unit_head", "/ban/viec/xuat?dang=csv&loai=qua-han")) == []
    assert rows_of(desk.get("unit_head", "/ban/viec-don-vi/xuat?dang=csv&thu-tuc=1.1")) == []


def test_late_work_tells_why(desk, six):
    desk.at(24 * 30)
    rows = rows_of(desk.get("unit_head", "/ban/nhom/viec/xuat?dang=csv&loai=qua-han"))
    assert len(rows) == len(NAMES)
    assert all(row["Vì sao quá hạn"] for row in rows)


@pytest.mark.parametrize("path", PATHS)
def test_what_goes_out_is_written_down(desk, six, path):
    assert len(rows_of(desk.get("unit_head", f"{path}?dang=csv&loai="))) == len(NAMES)
    read = Read.objects.get(kind="exported")
    assert (read.what, read.count) == ("work.csv", len(NAMES))
    assert all(f",{one.dossier_id}," in read.dossiers for one in six.values())


@pytest.mark.parametrize("path", PATHS[:2])
def test_who_may_not_read_gets_nothing(desk, six, path):
    assert rows_of(desk.get("other_head", f"{path}?dang=csv")) == []


def test_a_board_of_others_is_no_file(desk, six):
    assert desk.get("specialist", "/ban/nhom/viec/xuat?dang=csv").status_code == 403
    assert not Read.objects.filter(kind="exported").exists()


def test_a_mask_goes_out_as_a_mask(desk, six):
    text = desk.get("leader", "/ban/ho-so/xuat?dang=csv").getvalue().decode()
    assert six[NAMES[0]].code in text
    assert not any(name in text for name in NAMES)


@pytest.mark.parametrize("path", PATHS)
def test_no_other_form_and_no_stranger(desk, client, path):
    assert desk.get("unit_head", path).status_code == 404
    assert desk.get("unit_head", f"{path}?dang=parquet").status_code == 404
    assert client.get(f"{path}?dang=csv").status_code == 302
