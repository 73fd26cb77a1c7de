"""Codes of state agencies: the form of QCVN 102:2016/BTTTT and that of QĐ 20/2020/QĐ-TTg.

The older form is read right to left (``000.05.12.H26``: level 1 is H26), the newer one from the
top down (``H26.12.05``). Many agencies were renumbered, so a conversion is only a first guess:
the table of agencies keeps both codes.
"""

from __future__ import annotations

import re
from typing import Literal

from motcua.kernel.errors import Refused

Form = Literal["qcvn102", "qd20"]

MAX_LENGTH = 35
"""Longest agency code that the national exchange carries (field MaDonVi)."""

_QCVN102 = re.compile(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}")
_QD20 = re.compile(r"[A-Z][0-9]{2}(\.[0-9]{1,3}){0,9}")
_WIDTHS = (2, 2, 3)  # levels 2, 3 and 4 of the older form


class AgencyCodeMalformed(Refused):
    """In neither of the two forms, or too long."""

    code = "agency_code.malformed"
    vi = "“{text}” không phải mã cơ quan; mã có dạng 000.05.12.H26 hoặc H26.12.05."
    en = "“{text}” is not an agency code; it looks like 000.05.12.H26 or H26.12.05."


class NoForm102(Refused):
    """The older form has four levels of fixed width; this code does not fit."""

    code = "agency_code.no_form_102"
    vi = "Mã cơ quan {text} không ghi được theo QCVN 102 (tối đa bốn cấp)."
    en = "Agency code {text} has no QCVN 102 form (four levels at most)."


def form_of(code: str) -> Form:
    """Say in which form a code is written. Raises ``AgencyCodeMalformed``."""
    if _QCVN102.fullmatch(code):
        return "qcvn102"
    if _QD20.fullmatch(code) and len(code) <= MAX_LENGTH:
        return "qd20"
    raise AgencyCodeMalformed(text=code[:40])


def parse_agency_code(text: str) -> str:
    """Give the code in capitals without outer spaces. Raises ``AgencyCodeMalformed``."""
    code = text.strip().upper()
    form_of(code)
    return code


def to_qd20(code: str) -> str:
    """Give the first guess of the newer form; a newer code is returned as it is."""
    if form_of(code) == "qd20":
        return code
    level_one, *groups = reversed(code.split("."))
    return ".".join([level_one, *(group for group in groups if int(group))])


def to_102(code: str) -> str:
    """Give the older form. Raises ``NoForm102`` when the code does not fit four levels."""
    if form_of(code) == "qcvn102":
        return code
    level_one, *groups = code.split(".")
    fits = len(groups) <= len(_WIDTHS) and all(map(_fits, groups, _WIDTHS))
    if not fits:
        raise NoForm102(text=code)
    missing = ["0"] * (len(_WIDTHS) - len(groups))
    padded = [g.zfill(width) for g, width in zip([*groups, *missing], _WIDTHS, strict=True)]
    return ".".join([*reversed(padded), level_one])


def _fits(group: str, width: int) -> bool:
    return len(group) <= width and int(group) > 0  # zeros would mean “no such level”
