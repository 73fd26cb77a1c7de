"""XLSX for spreadsheets: real dates, and text that is never taken for a formula."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from motcua.core.exports.table import Cell, Column, Kind, Table

SHEET_ROWS = 1_048_576
"""Rows that one sheet of the format can hold, its header among them."""

_DATE = "dd/mm/yyyy hh:mm"
_WIDTH = {Kind.TEXT: 22, Kind.WHOLE: 10, Kind.INSTANT: 17}
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "remove_timezone": True,  # instants come in the table's zone: what the clock there shows
}


def write(table: Table, out: BinaryIO) -> int:
    """Write a header and the rows, on as many sheets as they need."""
    count = 0
    with Workbook(out, _OPTIONS) as book:
        date, bold = book.add_format({"num_format": _DATE}), book.add_format({"bold": True})
        sheet, at = _sheet(book, table.columns, bold), 1
        for row in table.rows:
            if at == SHEET_ROWS:
                sheet, at = _sheet(book, table.columns, bold), 1
            _row(sheet, at, row, date)
            at += 1
            count += 1
    return count


def _sheet(book: Workbook, columns: Sequence[Column], bold: Format) -> Worksheet:
    sheet: Worksheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, _WIDTH[column.kind])
        sheet.write_string(0, index, column.key, bold)
    return sheet


def _row(sheet: Worksheet, at: int, row: Sequence[Cell], date: Format) -> None:
    for index, cell in enumerate(row):
        if isinstance(cell, str):
            if cell:
                sheet.write_string(at, index, cell)
        elif isinstance(cell, datetime.datetime):
            sheet.write_datetime(at, index, cell, date)
        elif cell is not None:
            sheet.write_number(at, index, cell)
