"""The dossier code: ``AGENCY-YYMMDD-NNNN`` (TT 01/2018/TT-VPCP Điều 19; QĐ 20/2020/QĐ-TTg).

The day is that of **reception**; the number restarts each day in each receiving unit. Old codes
are never rewritten when an agency gets a new code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from motcua.kernel.codes.agency import Form, form_of
from motcua.kernel.errors import Refused

_LAST_NUMBER: dict[Form, int] = {"qcvn102": 9_999, "qd20": 99_999}
_CENTURY = 2000
_CODE = re.compile(r"([A-Z0-9.]+)-([0-9]{2})([0-9]{2})([0-9]{2})-([0-9]{4,5})")
_DASHES = str.maketrans("‐‑‒–—−", "------")


class DossierCodeMalformed(Refused):
    """Not a dossier code in either form."""

    code = "dossier_code.malformed"
    vi = "“{text}” không phải mã hồ sơ; mã có dạng H26.12-250701-0001."
    en = "“{text}” is not a dossier code; it looks like H26.12-250701-0001."


class DossierDayImpossible(Refused):
    """The day in the code does not exist or can't be written with two digits of a year."""

    code = "dossier_code.no_such_day"
    vi = "Ngày tiếp nhận {day} trong mã hồ sơ không có trên lịch."
    en = "The reception day {day} in the dossier code does not exist."


class DossierNumbersUsedUp(Refused):
    """The receiving unit gave out every number of the day."""

    code = "dossier_code.numbers_used_up"
    vi = "Đơn vị {agency} đã dùng hết số hồ sơ trong ngày (đến {last})."
    en = "Unit {agency} has used up the numbers of the day (up to {last})."


@dataclass(frozen=True, order=True, slots=True)
class DossierCode:
    """Who received the dossier, on which day, as which number of that day (from 1)."""

    agency: str
    day: date
    number: int

    def __post_init__(self) -> None:
        """Refuse what cannot be written as a code."""
        last = _LAST_NUMBER[form_of(self.agency)]
        if not 0 <= self.day.year - _CENTURY < 100:
            raise DossierDayImpossible(day=self.day.isoformat())
        if self.number > last:
            raise DossierNumbersUsedUp(agency=self.agency, last=last)
        if self.number < 1:
            raise DossierCodeMalformed(text=f"{self.agency}-{self.day:%y%m%d}-{self.number}")

    @classmethod
    def parse(cls, text: str) -> DossierCode:
        """Read a code in either form; lower case, outer spaces and long dashes are forgiven.

        Raises ``DossierCodeMalformed``, ``DossierDayImpossible`` or ``AgencyCodeMalformed``.
        """
        found = _CODE.fullmatch(text.strip().upper().translate(_DASHES))
        if not found:
            raise DossierCodeMalformed(text=text.strip()[:60])
        agency, year, month, day, number = found.groups()
        code = cls(agency, _day(year, month, day), int(number))
        if not str(code).endswith(f"-{number}"):  # 00001 would be a second spelling of 0001
            raise DossierCodeMalformed(text=text.strip()[:60])
        return code

    @property
    def form(self) -> Form:
        """The form of the agency part, and so of the code."""
        return form_of(self.agency)

    def next(self) -> DossierCode:
        """Give the code after this one on the same day. Raises ``DossierNumbersUsedUp``."""
        return replace(self, number=self.number + 1)

    def __str__(self) -> str:
        """Write the code: four digits of number, five once 9,999 are used up."""
        day = self.day  # strftime would take most of the time of writing one
        written = f"{day.year % 100:02}{day.month:02}{day.day:02}"
        return f"{self.agency}-{written}-{self.number:04}"


def dossier_search_key(text: str) -> str:
    """Give what is left of a typed code without dashes, dots and spaces, for search."""
    return "".join(character for character in text.upper() if character.isalnum())


def _day(year: str, month: str, day: str) -> date:
    try:
        return date(_CENTURY + int(year), int(month), int(day))
    except ValueError as error:
        raise DossierDayImpossible(day=f"{day}/{month}/{_CENTURY + int(year)}") from error
