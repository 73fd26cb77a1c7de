"""The table of an internal process as XLSX, out and in again as a draft."""

from __future__ import annotations

import io
import zipfile
from fractions import Fraction

import tomlkit
from python_calamine import CalamineError, CalamineWorkbook
from tomlkit.exceptions import TOMLKitError
from xlsxwriter import Workbook

from motcua.core.procedures.checks import limit_minutes
from motcua.core.procedures.declaration import Declaration, Text
from motcua.core.procedures.faults import TableFaulty
from motcua.core.procedures.process_change import changes
from motcua.core.procedures.process_edit import write
from motcua.core.procedures.process_table import HEADS, TOTAL, lines, read_lines
from motcua.kernel.errors import Refused
from motcua.kernel.flow.faults import Fault

MAX_FILE, MAX_UNPACKED = 5_000_000, 50_000_000
_WIDTHS = (8, 26, 40, 24, 16, 40, 16)
_HEAD_ROW = 4


class NotATable(Refused):
    """The file is no XLSX workbook, or too large for one of a process."""

    code = "procedures.not_a_table"
    vi = "Tệp không phải bảng tính XLSX, hoặc quá lớn."
    en = "The file is no XLSX workbook, or it is too large."


def table_of(declaration: Declaration, posts: dict[str, Text], version: int) -> bytes:
    """Write the table of a procedure's version."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Quy trình nội bộ")
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    title = book.add_format({"bold": True, "font_size": 13})
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, "QUY TRÌNH NỘI BỘ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH", title)
    sheet.write_string(1, 0, f"{declaration.code} – {declaration.name.vi} (phiên bản {version})")
    sheet.write_string(2, 0, _times(declaration))
    for column, head in enumerate(HEADS):
        sheet.write_string(_HEAD_ROW, column, head, bold)
    rows = lines(declaration, posts)
    for number, line in enumerate(rows, 1):
        at = _HEAD_ROW + number
        told = (f"B{number}", line.unit, line.content, line.person, None, line.result, line.key)
        for column, words in enumerate(told):
            if words is None:
                sheet.write_number(at, column, float(Fraction(line.minutes, 60)), plain)
            else:
                sheet.write_string(at, column, words, plain)
    at = _HEAD_ROW + len(rows) + 1
    sheet.write_string(at, 0, TOTAL, bold)
    total = sum(line.minutes for line in rows if line.counted)
    sheet.write_number(at, _WIDTHS.index(16), float(Fraction(total, 60)), bold)
    book.close()
    return out.getvalue()


def _times(declaration: Declaration) -> str:
    limit = declaration.limit
    said = limit.text("vi") if limit else "không ấn định"
    hours = limit_minutes(limit)
    exact = f" ({Fraction(hours, 60)} giờ làm việc)" if hours else ""
    return f"Thời gian giải quyết theo quy định: {said}{exact}"


def edited(text: str, declaration: Declaration, posts: dict[str, Text], file: bytes) -> str:
    """Give the procedure file as a table asks for it; comments and sources stay.

    ``posts`` are those of the system. Raises `NotATable`, or `TableFaulty` with every fault and
    its row or cell. Whether the hours make up the limit, and whether every step still has its way,
    is seen when the draft is published.
    """
    faults: list[Fault] = []
    read = read_lines(_cells(file), faults)
    asked = changes(declaration, read, posts, faults) if read else None
    if faults or asked is None:
        raise TableFaulty(faults)
    try:
        document = tomlkit.parse(text)
    except TOMLKitError as wrong:  # it was read before, so this is a reader at fault
        raise NotATable from wrong
    write(document, declaration, asked)
    return tomlkit.dumps(document)


def _cells(file: bytes) -> list[list[object]]:
    """Read the first sheet, from A1 on."""
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as packed:
            unpacked = sum(one.file_size for one in packed.infolist())
        if len(file) > MAX_FILE or unpacked > MAX_UNPACKED:
            raise NotATable
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0)
        return [list(row) for row in sheet.to_python(skip_empty_area=False)]
    except (zipfile.BadZipFile, CalamineError, OSError, ValueError, IndexError) as wrong:
        raise NotATable from wrong
