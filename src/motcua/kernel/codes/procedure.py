"""Codes of administrative procedures: ``1.000948``, in a province ``1.000948.H38``.

The local form ends in the code of the publishing agency, in either of its two forms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from motcua.kernel.codes.agency import AgencyCodeMalformed, form_of
from motcua.kernel.errors import Refused

_CODE = re.compile(r"([0-9]\.[0-9]{6})(?:\.([A-Z0-9.]+))?")


class ProcedureCodeMalformed(Refused):
    """Neither the national nor the local form."""

    code = "procedure_code.malformed"
    vi = "“{text}” không phải mã thủ tục; mã có dạng 1.000948 hoặc 1.000948.H38."
    en = "“{text}” is not a procedure code; it looks like 1.000948 or 1.000948.H38."


@dataclass(frozen=True, order=True, slots=True)
class ProcedureCode:
    """The national code and, in the local form, the agency that published it."""

    national: str
    agency: str | None = None

    @classmethod
    def parse(cls, text: str) -> ProcedureCode:
        """Read either form; lower case and outer spaces are forgiven.

        Raises ``ProcedureCodeMalformed``.
        """
        found = _CODE.fullmatch(text.strip().upper())
        if not found:
            raise ProcedureCodeMalformed(text=text.strip()[:60])
        if found[2]:
            _check_agency(found[2], text)
        return cls(found[1], found[2])

    def __str__(self) -> str:
        """Write the code in the form it has."""
        return f"{self.national}.{self.agency}" if self.agency else self.national


def _check_agency(agency: str, text: str) -> None:
    try:
        form_of(agency)
    except AgencyCodeMalformed as error:
        raise ProcedureCodeMalformed(text=text.strip()[:60]) from error
