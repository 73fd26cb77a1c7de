"""One row of the file: its cells are text that can be kept, its ids are there, its times are."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from motcua.core.takeover.columns import Columns
from motcua.core.takeover.mapping import ISO, Mapping
from motcua.kernel.errors import Refused

MAX_CELL = 2000
MAX_ID = 100
LIMITS = {"name": 200, "transition": 40}
FIRST_YEAR, LAST_YEAR = 1900, 2199

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SUSPECT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class WrongColumns(Refused):
    """The row has more or fewer cells than the header."""

    code = "takeover.wrong_columns"
    vi = "Dòng có {found} ô, dòng tiêu đề có {wanted} cột."
    en = "The row has {found} cells, the header has {wanted} columns."


class NotUtf8(Refused):
    """Bytes that are no UTF-8."""

    code = "takeover.not_utf8"
    vi = "Ô không phải chữ UTF-8."
    en = "The cell is not UTF-8 text."


class ControlSign(Refused):
    """NUL or another control character; tabs and line breaks are allowed."""

    code = "takeover.control_sign"
    vi = "Ô có ký tự điều khiển {sign}."
    en = "The cell has the control character {sign}."


class CellTooLong(Refused):
    """More characters than the cell may have."""

    code = "takeover.cell_too_long"
    vi = "Ô dài {length} ký tự, tối đa {limit}."
    en = "The cell has {length} characters; at most {limit} are allowed."


class RowsInCell(Refused):
    """A cell that holds what look like whole rows: somewhere a quote was not closed."""

    code = "takeover.rows_in_cell"
    vi = "Ô chứa cả những dòng khác; có thể thiếu dấu nháy đóng."
    en = "The cell holds what look like other rows; perhaps a quote is not closed."


class CellMissing(Refused):
    """A value that a dossier or an event cannot be without."""

    code = "takeover.cell_missing"
    vi = "Ô bắt buộc đang trống."
    en = "The cell must not be empty."


class NotAnInstant(Refused):
    """Text that is no instant in the mapping's form."""

    code = "takeover.not_an_instant"
    vi = "“{text}” không phải thời điểm theo dạng đã khai báo."
    en = "“{text}” is not an instant in the form that the mapping states."


class NoOffset(Refused):
    """An instant without offset where the mapping names no time zone."""

    code = "takeover.no_offset"
    vi = "“{text}” không ghi múi giờ và tệp ánh xạ không nêu time_zone."
    en = "“{text}” has no offset, and the mapping names no time_zone."


class InstantOutOfReach(Refused):
    """An instant in a year that no dossier is of."""

    code = "takeover.instant_out_of_reach"
    vi = "“{text}” ở ngoài các năm {first}–{last}."
    en = "“{text}” lies outside the years {first} to {last}."


class CellRefused(Exception):
    """A refusal and the column it is about; empty where it is about the whole row."""

    def __init__(self, column: str, refusal: Refused) -> None:
        self.column, self.refusal = column, refusal
        super().__init__(refusal.code)


def check_row(mapping: Mapping, columns: Columns, cells: Sequence[str]) -> None:
    """Raise `CellRefused` for the first fault of a row, from the left."""
    if len(cells) != len(columns.names):
        wrong = WrongColumns(found=len(cells), wanted=len(columns.names))
        raise CellRefused("", wrong)
    if _SUSPECT.search("".join(cells)):
        _refuse_signs(columns, cells)
    _check_lengths(columns, cells)
    _check_swallowed(mapping, columns, cells)
    for index in (columns.case["id"], columns.event["id"], columns.event["name"]):
        if is_empty(mapping, cells[index]):
            raise CellRefused(columns.names[index], CellMissing())
    for index, required in columns.instants.items():
        try:
            found = read_instant(mapping, cells[index])
        except Refused as refusal:
            raise CellRefused(columns.names[index], refusal) from None
        if required and found is None:
            raise CellRefused(columns.names[index], CellMissing())


def is_empty(mapping: Mapping, cell: str) -> bool:
    """Tell whether a cell of a mapped column says nothing."""
    return not cell.strip() or cell in mapping.empty


def read_instant(mapping: Mapping, cell: str) -> datetime.datetime | None:
    """Read an instant with the offset it was given in; None for an empty cell."""
    if is_empty(mapping, cell):
        return None
    try:
        at = _parsed(mapping.time, cell)
    except ValueError:
        raise NotAnInstant(text=cell[:60]) from None
    if at.tzinfo is None:
        if mapping.time_zone is None:
            raise NoOffset(text=cell[:60])
        at = at.replace(tzinfo=mapping.time_zone)
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise InstantOutOfReach(text=cell[:60], first=FIRST_YEAR, last=LAST_YEAR)
    return at


def _parsed(form: str, cell: str) -> datetime.datetime:
    if form == ISO:
        return datetime.datetime.fromisoformat(cell)
    return datetime.datetime.strptime(cell, form)  # noqa: DTZ007 - the zone is the mapping's


def _refuse_signs(columns: Columns, cells: Sequence[str]) -> None:
    for name, cell in zip(columns.names, cells, strict=True):
        if _SURROGATE.search(cell):
            raise CellRefused(name, NotUtf8())
        if found := _CONTROL.search(cell):
            raise CellRefused(name, ControlSign(sign=f"U+{ord(found[0]):04X}"))


def _check_swallowed(mapping: Mapping, columns: Columns, cells: Sequence[str]) -> None:
    """Two stray quotes in one column of two rows make valid CSV that lacks the rows between."""
    least = len(columns.names) - 1
    for name, cell in zip(columns.names, cells, strict=True):
        breaks = cell.count("\n")
        if breaks and cell.count(mapping.delimiter) >= breaks * least:
            raise CellRefused(name, RowsInCell())


def _check_lengths(columns: Columns, cells: Sequence[str]) -> None:
    limits = {columns.case["id"]: MAX_ID, columns.event["id"]: MAX_ID}
    limits |= {
        columns.event[role]: limit for role, limit in LIMITS.items() if role in columns.event
    }
    for index, cell in enumerate(cells):
        limit = limits.get(index, MAX_CELL)
        if len(cell) > limit:
            raise CellRefused(columns.names[index], CellTooLong(length=len(cell), limit=limit))
