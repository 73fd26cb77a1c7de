"""The table of an internal process: out, edited, in again."""

from __future__ import annotations

import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from motcua.core.procedures.checks import publish_faults
from motcua.core.procedures.faults import TableFaulty
from motcua.core.procedures.process_table import HEADS, minutes_in
from motcua.core.procedures.process_xlsx import NotATable, edited, table_of
from motcua.core.procedures.reading import read
from motcua.core.procedures.systems import systems
from motcua.kernel.flow.definition import Kind
from motcua.kernel.flow.paths import main_path

SHIPPED = [
    pytest.param(system, text, id=name)
    for system in systems()
    for name, text in system.procedures.items()
]
SYSTEM, POSTAL = next(one.values for one in SHIPPED if one.id.startswith("1.003633"))
POSTS = dict(SYSTEM.declaration.posts)


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
    assert (
        edited(text, told(system, text), dict(system.declaration.posts), out(system, text)) == text
    )


def test_edited_names_and_hours_come_in_and_all_else_stays():
    def change(rows):
        rows[7][2] = "Thẩm định hồ sơ"
        rows[7][4] = "6 ngày"
        rows[8][4] = 12.5

    text = edited(POSTAL, told(), POSTS, changed(change))
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

    new = told(text=edited(POSTAL, told(), POSTS, changed(change)))
    assert new.step_names["check"].vi == "Kiểm tra"


def test_with_other_rows_it_is_read_by_the_names_of_the_steps():
    def change(rows):
        without_keys(rows)
        rows.pop(8)

    assert "check" not in told(text=edited(POSTAL, told(), POSTS, changed(change))).flow.step


def test_other_rows_that_name_no_step_are_refused():
    rows = [["Nội dung công việc", "Thời gian"], ["Việc lạ", "4"]]
    with pytest.raises(TableFaulty) as refused:
        edited(POSTAL, told(), POSTS, book(rows))
    assert [one.code for one in refused.value.faults] == ["procedure.table_length"]


def added(at, *cells):
    return lambda rows: rows.insert(at, ["B", *cells])


NEW = ("Cơ quan đang giải quyết", "Rà soát pháp lý", "Trưởng phòng", "4", "", "")


def test_a_step_is_added_with_its_way_on_and_back():
    new = told(text=edited(POSTAL, told(), POSTS, changed(added(9, *NEW))))
    step = new.flow.step["ra_soat_phap_ly"]
    assert (step.post, step.agency, step.minutes) == ("unit_head", "same", 240)
    assert main_path(new.flow)[3:6] == ("check", "ra_soat_phap_ly", "approve")
    back = new.flow.move["ra_soat_phap_ly_back"]
    assert (back.kind, back.target, back.reason) == (Kind.BACK, "check", True)
    assert "ra_soat_phap_ly" in new.flow.move["apologise"].sources


def test_what_was_added_or_taken_out_is_whole_once_the_hours_add_up():
    def more(rows):
        rows.insert(9, ["B", *NEW])
        rows[7][4] = 48

    def fewer(rows):
        rows[7][4] = 60
        rows.pop(8)

    for change in (more, fewer):
        text = edited(POSTAL, told(), POSTS, changed(change))
        assert publish_faults(told(text=text), posts=POSTS) == ()


def test_a_step_before_the_clock_starts_or_after_it_stops_is_outside_the_limit():
    def change(rows):
        rows.insert(11, ["B", *NEW])
        rows.insert(6, ["B", "Cơ quan tiếp nhận", "Số hóa", "Công chức một cửa", "1", "", ""])

    new = told(text=edited(POSTAL, told(), POSTS, changed(change)))
    assert not new.flow.step["ra_soat_phap_ly"].counted
    assert new.flow.step["so_hoa"].agency == "receiving"


def test_two_steps_in_a_row_are_added_in_their_order():
    def change(rows):
        rows.insert(9, ["B", *NEW])
        rows.insert(10, ["B", *NEW])

    new = told(text=edited(POSTAL, told(), POSTS, changed(change)))
    assert main_path(new.flow)[3:7] == (
        "check",
        "ra_soat_phap_ly",
        "ra_soat_phap_ly_2",
        "approve",
    )


def test_a_step_is_taken_out_and_its_neighbours_meet():
    new = told(text=edited(POSTAL, told(), POSTS, changed(lambda rows: rows.pop(8))))
    assert "check" not in new.flow.step
    assert new.flow.move["submit"].target == "approve"
    assert new.flow.move["send_back"].sources == ("approve",)
    assert "endorse" not in new.flow.move


def test_a_step_is_given_to_another_post_and_unit():
    def change(rows):
        rows[8][3], rows[8][1] = "Lãnh đạo cơ quan", "H26.20"

    step = told(text=edited(POSTAL, told(), POSTS, changed(change))).flow.step["check"]
    assert (step.post, step.agency) == ("leader", "code:H26.20")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda rows: rows[7].__setitem__(4, "vài ngày"), ("E8", "table_time")),
        (lambda rows: rows[7].__setitem__(4, ""), ("E8", "table_time")),
        (lambda rows: rows[7].__setitem__(6, "other"), ("8", "table_step")),
        (lambda rows: rows[7].__setitem__(6, "assign"), ("8", "table_twice")),
        (lambda rows: rows[7].__setitem__(2, " "), ("8", "table_no_content")),
        (lambda rows: rows.pop(7), ("appraise", "table_keeps")),
        (lambda rows: rows.pop(5), ("reception", "table_keeps_start")),
        (lambda rows: rows.pop(10), ("issue", "table_keeps")),
        (lambda rows: rows[8].__setitem__(3, "Thư ký"), ("9", "table_post")),
        (lambda rows: rows[8].__setitem__(1, "Sở X"), ("9", "table_unit")),
        (lambda rows: rows.insert(7, rows.pop(8)), ("check", "table_order")),
        (added(5, *NEW), ("6", "table_before_start")),
        (lambda rows: rows.pop(4), ("A1", "table_no_heading")),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(change, fault):
    with pytest.raises(TableFaulty) as refused:
        edited(POSTAL, told(), POSTS, changed(change))
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
        edited(POSTAL, told(), POSTS, file)
