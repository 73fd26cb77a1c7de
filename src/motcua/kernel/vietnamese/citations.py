"""Legal references as papers write them, from the short forms of catalogues."""

from __future__ import annotations

import re

_KINDS = {
    "NĐ": "Nghị định",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "QĐ": "Quyết định",
    "NQ": "Nghị quyết",
    "CT": "Chỉ thị",
}
_REFERENCE = re.compile(
    r"(?P<kind>\D*?)(?: số)? ?"
    r"(?P<number>\d+/\d{4}/(?P<mark>[A-ZĐ]+)[\w-]*)"
    r"(?:,? (?P<article>(?:Điều|điểm|khoản) .+))?"
)


def citation(text: str) -> str:
    """Write `NĐ 88/2012/NĐ-CP Điều 20` as `Điều 20 Nghị định số 88/2012/NĐ-CP`.

    A bare number is named by its mark; words that are no reference with a number stay as they are.
    """
    found = _REFERENCE.fullmatch(text)
    if found is None:
        return text
    kind = _KINDS.get(found["kind"] or found["mark"], found["kind"])
    parts = (found["article"], kind, f"số {found['number']}")
    return " ".join(part for part in parts if part) if kind else text
