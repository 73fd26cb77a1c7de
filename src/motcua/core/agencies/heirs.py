"""Who stands in the place of an agency that ended, as this process knows it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from motcua.core.agencies.models import Heir
from motcua.core.agencies.queries import Node, UnknownAgency, agency, agency_by_code, kept, tree
from motcua.core.agencies.rules import Claim, taker
from motcua.core.procedures.models import Procedure

_Since = tuple[datetime.date, Claim]


def heir_of(
    agency_id: int, procedure_id: int, area: str = "", *, on: datetime.date | None = None
) -> int:
    """Give who stands in an agency's place for a dossier: its heir, the heir's heir, or itself.

    With a day, who stood there on that day.
    """
    known = _heirs()
    here = agency_id
    while here in known:
        claims = [claim for since, claim in known[here] if on is None or since <= on]
        next_one = taker(claims, procedure_id, area)
        if next_one is None:
            break
        here = next_one
    return here


def has_ended(agency_id: int) -> bool:
    """Tell whether a reform gave an agency heirs."""
    return agency_id in _heirs()


def named(code: str, procedure_id: int, area: str, on: datetime.date) -> Node:
    """Give the agency of this code on a day; where it ended in a reform, its heir; or refuse."""
    try:
        return agency_by_code(code, on=on)
    except UnknownAgency:
        gone = (node for node in tree().nodes.values() if node.code == code and has_ended(node.id))
        ended = next(gone, None)
        if ended is None:
            raise
        return agency(heir_of(ended.id, procedure_id, area))


def both_names(now_id: int, before_id: int, language: str = "vi") -> str:
    """Name an agency, and the one in whose place it stands where that is another."""
    name = agency(now_id).name(language)
    if now_id == before_id:
        return name
    before = agency(before_id).name(language)
    if language == "en":
        return f"{name} (taken over from {before})"
    return f"{name} (tiếp nhận từ {before})"


def _heirs() -> Mapping[int, list[_Since]]:
    return kept("heirs", _read)


def _read() -> Mapping[int, list[_Since]]:
    rows = list(Heir.objects.order_by("id"))
    if not rows:
        return {}
    ids = dict(Procedure.objects.values_list("code", "pk"))
    found: dict[int, list[_Since]] = {}
    for row in rows:
        claims = found.setdefault(row.agency_id, [])
        if not row.procedure:
            claims.append((row.since, Claim(row.heir_id, None, row.area)))
        elif row.procedure in ids:  # else no dossier can be of it
            claims.append((row.since, Claim(row.heir_id, ids[row.procedure], row.area)))
    return found
