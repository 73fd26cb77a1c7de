"""Bảng quy trình nội bộ: the steps of a procedure as decisions publish them (HANDBOOK §2.9). Pure.

One row for each step of the main path, with who does what in how many hours; the hours of the
counted rows make up the limit. The last column holds the step's key, by which a table that was
edited finds its way back; a table without that column, as decisions have it, is read by its order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from motcua.core.procedures.declaration import Declaration, Text
from motcua.core.procedures.faults import fault
from motcua.kernel.flow.faults import Fault
from motcua.kernel.flow.paths import main_path
from motcua.kernel.vietnamese import fold

HEADS = (
    "Bước",
    "Đơn vị",
    "Nội dung công việc",
    "Người thực hiện",
    "Thời gian (giờ làm việc)",
    "Kết quả, biểu mẫu",
    "Mã bước",
)
TOTAL = "Tổng thời gian trong hạn (giờ làm việc)"
MAX_ROWS = 200
UNITS = {"receiving": "Cơ quan tiếp nhận", "superior": "Cơ quan cấp trên"}
SAME = "Cơ quan đang giải quyết"
_MINUTES = {"phut": 1, "gio": 60, "gio lam viec": 60, "ngay": 480, "ngay lam viec": 480}
_TIME = re.compile(r"(?P<amount>\d+(?:[.,]\d+)?|\d+/\d+)\s*(?P<unit>[^\d,.]*)")
_COLUMNS = {
    "content": ("noi dung", "content"),
    "time": ("thoi gian", "time"),
    "key": ("ma buoc", "key"),
    "unit": ("don vi", "unit"),
    "person": ("nguoi thuc hien", "person"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table."""

    unit: str
    content: str
    person: str
    minutes: int
    result: str
    key: str
    counted: bool


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A row as it was read: where it stands, what is done, in how many minutes, its key, and who.

    The key is None where the table has no column of keys.
    """

    row: int
    content: str
    minutes: int
    key: str | None
    unit: str = ""
    person: str = ""


def lines(declaration: Declaration, posts: dict[str, Text]) -> tuple[Line, ...]:
    """Give the rows of a procedure's table; ``posts`` are those of its system."""
    flow = declaration.flow
    steps = [flow.step[key] for key in main_path(flow) if key in flow.step]
    letters = {rule.key: rule.name.vi for rule in declaration.letters}
    return tuple(
        Line(
            unit_of(step.agency),
            declaration.step_names[step.key].vi,
            posts[step.post].vi if step.post in posts else step.post,
            step.minutes,
            "; ".join(
                letters.get(move.letter or "", move.letter or "")
                for move in flow.moves
                if step.key in move.sources and move.letter
            ),
            step.key,
            step.counted,
        )
        for step in steps
    )


def unit_of(agency: str) -> str:
    """Write an agency rule as tables do."""
    return UNITS.get(agency, SAME) if not agency.startswith("code:") else agency[5:]


def read_lines(cells: list[list[object]], faults: list[Fault]) -> tuple[ReadLine, ...]:
    """Read the rows below the heading; each fault names its cell. Cells count from A1."""
    head = next((row for row, told in enumerate(cells) if _columns(told).keys() >= _NEEDED), None)
    if head is None:
        faults.append(fault("procedure.table_no_heading", "A1", heads=", ".join(HEADS)))
        return ()
    columns = _columns(cells[head])
    found = []
    for number, told in enumerate(cells[head + 1 : head + 1 + MAX_ROWS], head + 2):
        content = _cell(told, columns["content"])
        key = _cell(told, columns["key"]) if "key" in columns else None
        if not key and not content:
            break  # an empty row, or that of the total, ends the table
        place = f"{_letter(columns['time'])}{number}"
        minutes = minutes_in(_cell(told, columns["time"]))
        if minutes is None:
            faults.append(fault("procedure.table_time", place, said=_cell(told, columns["time"])))
        unit, person = (_cell(told, columns[one]) if one in columns else "" for one in _WHO)
        found.append(ReadLine(number, content, minutes or 0, key, unit, person))
    return tuple(found)


_NEEDED = {"content", "time"}
_WHO = ("unit", "person")


def _columns(row: list[object]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, cell in enumerate(row):
        words = fold(str(cell))
        for name, starts in _COLUMNS.items():
            if words.startswith(starts):
                found.setdefault(name, column)
    return found


def _cell(row: list[object], column: int) -> str:
    value = row[column] if column < len(row) else ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _letter(column: int) -> str:
    return chr(ord("A") + column) if column < 26 else f"({column + 1})"


def minutes_in(text: str) -> int | None:
    """Read a time as tables write it: `4`, `0,5 ngày`, `1/2 ngày`, `30 phút`; None for no time.

    A bare number is hours, for the heading says so; a day is eight hours.
    """
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    each = _MINUTES.get(fold(match["unit"]) or "gio")
    try:
        amount = Fraction(match["amount"].replace(",", "."))
    except (ValueError, ZeroDivisionError):
        return None
    minutes = amount * each if each else Fraction(1, 2)
    return int(minutes) if minutes.denominator == 1 else None
