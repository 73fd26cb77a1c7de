"""Tax codes: 10 digits, 10-3 for a branch, and from 1/7/2025 a person's 12-digit number.

Check digit by python-stdnum; the 12-digit form by TT 86/2024/TT-BTC.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.vn import mst

from motcua.kernel.codes.personal import PersonalNumber
from motcua.kernel.errors import Refused

Kind = Literal["main", "branch", "person"]

PERSONAL_NUMBERS_FROM = date(2025, 7, 1)
"""TT 86/2024/TT-BTC; a caller with a dated rule row passes its own day."""

_SHAPE = re.compile(r"[0-9]{10}(?:[0-9]{3})?|[0-9]{12}")
_SEPARATORS = str.maketrans("", "", " .-‐‑‒–—−\u00a0")


class TaxCodeMalformed(Refused):
    """None of the three shapes, or parts that are never given out."""

    code = "tax_code.malformed"
    vi = "Mã số thuế “{text}” không hợp lệ; mã có 10 số, 10 số-3 số, hoặc số định danh 12 số."
    en = "Tax code “{text}” is not valid; it has 10 digits, 10-3 digits, or is a personal number."


class TaxCodeMistyped(Refused):
    """The check digit does not fit. Imports of old data may take this as a warning."""

    code = "tax_code.mistyped"
    vi = "Mã số thuế {text} sai số kiểm tra; hãy xem lại từng chữ số."
    en = "The check digit of tax code {text} does not fit; check it digit by digit."


class PersonalNumberNotYetTaxCode(Refused):
    """On that day personal numbers did not yet serve as tax codes."""

    code = "tax_code.personal_number_not_yet"
    vi = "Số định danh cá nhân chỉ dùng thay mã số thuế từ ngày {since}."
    en = "A personal number serves as a tax code only from {since}."


@dataclass(frozen=True, slots=True, repr=False)
class TaxCode:
    """A tax code that passed ``parse``; ``text`` is its one spelling."""

    text: str
    kind: Kind
    warnings: tuple[Refused, ...] = field(default=(), compare=False)

    @classmethod
    def parse(
        cls,
        text: str,
        *,
        on: date,
        personal_numbers_from: date = PERSONAL_NUMBERS_FROM,
    ) -> TaxCode:
        """Read a tax code as of a day.

        Raises ``TaxCodeMalformed``, ``TaxCodeMistyped``, ``PersonalNumberNotYetTaxCode`` or
        what ``PersonalNumber.parse`` raises.
        """
        digits = text.strip().translate(_SEPARATORS)
        if not _SHAPE.fullmatch(digits):
            raise TaxCodeMalformed(text=text.strip()[:40])
        if len(digits) != 12:
            return _parse_registered(cls, digits)
        if on < personal_numbers_from:
            raise PersonalNumberNotYetTaxCode(since=f"{personal_numbers_from:%d/%m/%Y}")
        number = PersonalNumber.parse(digits, on=on)
        return cls(number.digits, "person", number.warnings())

    @property
    def main(self) -> str:
        """The ten digits that a branch shares with its head office, or the whole number."""
        return self.text.partition("-")[0]

    def __repr__(self) -> str:
        """Hide a personal number, which logs must not carry."""
        shown = repr(PersonalNumber(self.text)) if self.kind == "person" else self.text
        return f"TaxCode({shown}, {self.kind})"


def _parse_registered(cls: type[TaxCode], digits: str) -> TaxCode:
    try:
        mst.validate(digits)
    except InvalidChecksum as error:
        raise TaxCodeMistyped(text=mst.format(digits)) from error
    except ValidationError as error:
        raise TaxCodeMalformed(text=mst.format(digits)) from error
    return cls(mst.format(digits), "main" if len(digits) == 10 else "branch")
