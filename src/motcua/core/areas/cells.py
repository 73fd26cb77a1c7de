"""The cells of one row, read as what their column says; what cannot be read is a fault."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection
from decimal import Decimal, InvalidOperation

from motcua.core.areas.faults import fault
from motcua.kernel.codes import AgencyCodeMalformed, form_of
from motcua.kernel.flow.faults import Fault

_CONTROL = re.compile("[\x00-\x1f\x7f]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LIMITS = {
    "unit_id": 30,
    "gso_code": 10,
    "name": 100,
    "type": 30,
    "kind": 30,
    "tier": 20,
    "parent_unit_id": 30,
    "from_unit_id": 30,
    "to_unit_id": 30,
    "share": 10,
    "legal_ref": 100,
    "list_id": 40,
    "heir": 40,
    "name_vi": 200,
    "name_en": 200,
}
_LIMIT = 300
_DEGREES = {"lat": 90.0, "lon": 180.0}


class Cells:
    """One row by column; every reader notes its faults and gives a value to go on with."""

    def __init__(self, where: str, line: int, row: dict[str, str], faults: list[Fault]) -> None:
        self.line, self._where, self._row, self._faults = line, where, row, faults

    def wrong(self, code: str, column: str, **details: object) -> None:
        """Note a fault of a column."""
        self._faults.append(fault(code, self._where, column=column, **details))

    def text(self, column: str, *, needed: bool = True) -> str:
        """Read words: trimmed, not too long, without control characters."""
        text = self._row[column].strip()
        limit = _LIMITS.get(column, _LIMIT)
        if needed and not text:
            self.wrong("areas.cell_missing", column)
        if len(text) > limit:
            self.wrong("areas.cell_too_long", column, length=len(text), limit=limit)
        if _CONTROL.search(text):
            self.wrong("areas.control_sign", column)
        return text

    def one_of(self, column: str, allowed: Collection[str]) -> str:
        """Read one of a few words."""
        text = self.text(column)
        if text and text not in allowed:
            self.wrong("areas.not_one_of", column, text=text, allowed=", ".join(allowed))
        return text

    def code(self, column: str) -> str:
        """Read a statistical code: digits, kept as text with its leading zeros."""
        text = self.text(column, needed=False)
        if text and not (text.isascii() and text.isdigit()):
            self.wrong("areas.not_a_code", column, text=text)
        return text

    def agency_code(self, column: str, form: str) -> str:
        """Read the code of an agency in one of its two forms."""
        text = self.text(column, needed=False)
        try:
            fits = not text or form_of(text) == form
        except AgencyCodeMalformed:
            fits = False
        if not fits:
            self.wrong("areas.not_a_code", column, text=text)
        return text

    def day(self, column: str) -> datetime.date | None:
        """Read a day, or nothing."""
        text = self.text(column, needed=False)
        if not text:
            return None
        try:
            return datetime.date.fromisoformat(text if _DAY.fullmatch(text) else "")
        except ValueError:
            self.wrong("areas.not_a_day", column, text=text)
            return None

    def needed_day(self, column: str) -> datetime.date:
        """Read a day that must be there."""
        self.text(column)
        return self.day(column) or datetime.date.min

    def degrees(self, column: str) -> float | None:
        """Read a latitude or longitude, or nothing."""
        text = self.text(column, needed=False)
        if not text:
            return None
        number = _decimal(text)
        if number is None or abs(number) > _DEGREES[column]:
            self.wrong("areas.not_a_number", column, text=text)
            return None
        return float(number)

    def share(self, column: str) -> str:
        """Read `whole`, `part`, or a number between them, as text."""
        text = self.text(column)
        if text in {"", "whole", "part"}:
            return text
        number = _decimal(text)
        if number is None or not 0 < number < 1:
            self.wrong("areas.not_a_number", column, text=text)
        return text

    def number(self, column: str) -> int:
        """Read how many."""
        text = self.text(column)
        if text and not (text.isascii() and text.isdigit()):
            self.wrong("areas.not_a_number", column, text=text)
            return 0
        return int(text or 0)

    def flag(self, column: str) -> bool | None:
        """Read 1, 0, or nothing where it is open."""
        text = self.text(column, needed=False)
        if text not in {"", "0", "1"}:
            self.wrong("areas.not_one_of", column, text=text, allowed="1, 0")
        return {"1": True, "0": False}.get(text)


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
