"""The table of an internal process: out, edited, in again."""

from __future__ import annotations

import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from motcua.core.procedures.faults import TableFaulty
from motcua.core.procedures.process_table import HEADS, minutes_in
from motcua.core.procedures.process_xlsx import NotATable, edited, table_of
from motcua.core.procedures.reading import read
from motcua.core.procedures.systems import systems

SHIPPED = [
    pytest.param(system, text, id=name)
    for system in systems()
    for name, text in system.procedures.items()
]
SYSTEM, POSTAL = next(one.values for one in SHIPPED if one.id.startswith("1.003633"))


def told(system=SYSTEM, text=POSTAL):
    return read(text, system=system.declaration.key)


def out(system=SYSTEM, text=POSTAL) -> bytes:
    return table_of(told(system, text), dict(system.declaration.posts), 3)


def cells(file: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()


def book(rows: list[list[object]]) -> bytes:
    """Write rows as an office program would."""
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as written:
        sheet = written.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return made.getvalue()


def changed(change) -> bytes:
    rows = cells(out())
    change(rows)
    return book(rows)


def test_the_table_reads_like_that_of_a_decision():
    rows = cells(out())
    assert rows[1][0] == (
        "1.003633 – Cấp lại giấy phép bưu chính khi hết hạn (cấp tỉnh) (phiên bản 3)"
    )
    assert rows[2][0].endswith("10 ngày làm việc (80 giờ làm việc)")
    assert tuple(rows[4]) == HEADS
    assert rows[7][:5] == ["B3", "Cơ quan đang giải quyết", "Thẩm định", "Chuyên viên", 52.0]
    assert "Phiếu yêu cầu bổ sung" in rows[7][5]
    assert rows[-1][4] == 88.0  # reception's hours stand before the clock, but are counted


@pytest.mark.parametrize(("system", "text"), SHIPPED)
def test_out_and_in_again_changes_nothing(system, text):
    assert edited(text, told(system, text), out(system, text)) == text


def test_edited_names_and_hours_come_in_and_all_else_stays():
    def change(rows):
        rows[7][2] = "Thẩm định hồ sơ"
        rows[7][4] = "6 ngày"
        rows[8][4] = 12.5

    text = edited(POSTAL, told(), changed(change))
    new = told(text=text)
    assert new.step_names["appraise"].vi == "Thẩm định hồ sơ"
    assert new.step_names["appraise"].en == "Appraisal"
    minutes = {step.key: step.minutes for step in new.flow.steps}
    assert (minutes["appraise"], minutes["check"], minutes["approve"]) == (48 * 60, 750, 720)
    assert text.splitlines()[0] == POSTAL.splitlines()[0]
    assert len(text.splitlines()) == len(POSTAL.splitlines())


def without_keys(rows):
    for row in rows:
        row.pop()


def test_a_table_as_decisions_have_it_is_read_by_its_order():
    def change(rows):
        without_keys(rows)
        rows[8][2] = "Kiểm tra"

    new = told(text=edited(POSTAL, told(), changed(change)))
    assert new.step_names["check"].vi == "Kiểm tra"


def test_by_order_every_step_needs_its_row():
    def change(rows):
        without_keys(rows)
        rows.pop(8)

    with pytest.raises(TableFaulty) as refused:
        edited(POSTAL, told(), changed(change))
    assert [one.code for one in refused.value.faults] == ["procedure.table_length"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda rows: rows[7].__setitem__(4, "vài ngày"), ("E8", "table_time")),
        (lambda rows: rows[7].__setitem__(4, ""), ("E8", "table_time")),
        (lambda rows: rows[7].__setitem__(6, "other"), ("8", "table_step")),
        (lambda rows: rows[7].__setitem__(6, "assign"), ("8", "table_twice")),
        (lambda rows: rows[7].__setitem__(2, " "), ("8", "table_no_content")),
        (lambda rows: rows.pop(7), ("appraise", "table_missing")),
        (lambda rows: rows.pop(4), ("A1", "table_no_heading")),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(change, fault):
    with pytest.raises(TableFaulty) as refused:
        edited(POSTAL, told(), changed(change))
    where, code = fault
    assert (where, f"procedure.{code}") in {(one.where, one.code) for one in refused.value.faults}


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("4", 240),
        ("4.5", 270),
        ("0,5 ngày", 240),
        ("1/2 ngày làm việc", 240),
        ("30 phút", 30),
        ("01 giờ", 60),
        ("1/0 ngày", None),
        ("4 tuần", None),
        ("0,001", None),
        ("", None),
        ("-1", None),
    ],
)
def test_times_as_tables_write_them(text, minutes):
    assert minutes_in(text) == minutes


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return made.getvalue()


def empty_zip() -> bytes:
    made = io.BytesIO()
    zipfile.ZipFile(made, "w").close()
    return made.getvalue()


@pytest.mark.parametrize("file", [b"", b"%PDF-1.4", out()[:500], bomb(), empty_zip()])
def test_what_is_no_table_is_refused(file):
    with pytest.raises(NotATable):
        edited(POSTAL, told(), file)
