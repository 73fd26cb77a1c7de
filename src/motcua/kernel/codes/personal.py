"""The 12-digit personal number (NĐ 137/2015/NĐ-CP Điều 13, TT 07/2016/TT-BCA).

``PPP G YY RRRRRR``: province of birth registration, century and sex, year, six random digits.
There is no check digit. No error and no ``repr`` shows the number: it is personal data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from motcua.kernel.codes.provinces import PROVINCES
from motcua.kernel.errors import Refused

Sex = Literal["male", "female"]

_DIGITS = re.compile(r"[0-9]{12}")
_SEPARATORS = str.maketrans("", "", " .-\u00a0")


class PersonalNumberMalformed(Refused):
    """Not twelve digits."""

    code = "personal_number.malformed"
    vi = "Số định danh cá nhân phải có đúng 12 chữ số."
    en = "A personal number has exactly 12 digits."


class BornInFuture(Refused):
    """The year of birth in the number lies after the day of the check."""

    code = "personal_number.born_in_future"
    vi = "Số định danh ghi năm sinh {year}, sau năm {now}; hãy xem lại số."
    en = "The personal number says born in {year}, after {now}; check the number."


class UnknownProvince(Refused):
    """A warning, never a refusal: people registered abroad have other codes."""

    code = "personal_number.unknown_province"
    vi = "Ba số đầu {code} không phải mã tỉnh nào; hãy đối chiếu với giấy tờ."
    en = "The first three digits {code} are no province's code; compare with the paper."


class BirthYearDiffers(Refused):
    """The number and the stated birth date disagree."""

    code = "personal_number.birth_year_differs"
    vi = "Số định danh ghi năm sinh {year}, khác năm sinh đã khai {stated}."
    en = "The personal number says born in {year}, the stated year is {stated}."


class SexDiffers(Refused):
    """The number and the stated sex disagree."""

    code = "personal_number.sex_differs"
    vi = "Giới tính trong số định danh khác giới tính đã khai."
    en = "The sex in the personal number differs from the stated one."


@dataclass(frozen=True, slots=True, repr=False)
class PersonalNumber:
    """Twelve digits that passed ``parse``."""

    digits: str

    @classmethod
    def parse(cls, text: str, *, on: date) -> PersonalNumber:
        """Read a number as of a day; spaces, dots and hyphens between digits are forgiven.

        Raises ``PersonalNumberMalformed`` or ``BornInFuture``. See ``warnings`` for the rest.
        """
        digits = text.strip().translate(_SEPARATORS)
        if not _DIGITS.fullmatch(digits):
            raise PersonalNumberMalformed
        number = cls(digits)
        if number.birth_year > on.year:
            raise BornInFuture(year=number.birth_year, now=on.year)
        return number

    @property
    def province(self) -> str | None:
        """Where the birth was registered, by its name of before 2025; None when unknown."""
        return PROVINCES.get(self.digits[:3])

    @property
    def sex(self) -> Sex:
        """Odd century digits are female."""
        return "female" if int(self.digits[3]) % 2 else "male"

    @property
    def birth_year(self) -> int:
        """Century digits 0–1 are 19yy, 2–3 are 20yy, and so on."""
        return 1900 + int(self.digits[3]) // 2 * 100 + int(self.digits[4:6])

    def warnings(self) -> tuple[Refused, ...]:
        """Give what an officer should look at although the number is accepted."""
        return () if self.province else (UnknownProvince(code=self.digits[:3]),)

    def mismatches(
        self,
        *,
        born: date | int | None = None,
        sex: Sex | None = None,
    ) -> tuple[Refused, ...]:
        """Give the contradictions with a stated birth (a day, or only a year) and sex."""
        year = born.year if isinstance(born, date) else born
        found: list[Refused] = []
        if year is not None and year != self.birth_year:
            found.append(BirthYearDiffers(year=self.birth_year, stated=year))
        if sex is not None and sex != self.sex:
            found.append(SexDiffers())
        return tuple(found)

    def mask(self) -> str:
        """Give what a list may show: ``001********345``."""
        return mask(self.digits)

    def __repr__(self) -> str:
        """Show the masked number only: logs must not carry personal data."""
        return f"PersonalNumber({self.mask()})"


def mask(digits: str) -> str:
    """Mask an identity number: three digits, eight asterisks, three digits.

    Always eight, so that the length says nothing; an older, shorter number keeps its end only.
    """
    hidden = "*" * 8
    return f"{digits[:3] if len(digits) >= 12 else ''}{hidden}{digits[-3:]}"
