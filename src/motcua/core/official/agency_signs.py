"""Ký hiệu cơ quan: what stands for an agency behind the numbers of its documents, from a day on.

An agency abbreviates its own name (NĐ 30/2020, annex I part II.3); where nobody said how, the first
letters of the name serve. A change is told with the paper that decided it and never touches what
was numbered before.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from motcua.core.access.actors import Actor
from motcua.core.access.heads import draws
from motcua.core.agencies.queries import agency
from motcua.core.idempotency.house import Told, carry_out
from motcua.core.official.faults import (
    NotYourSigns,
    SignsHeldAlready,
    SignsInThePast,
    SignsUnclear,
    SignsWithoutPaper,
)
from motcua.core.official.models import AgencySigns
from motcua.core.official.rights import day_of
from motcua.core.official.rules import abbreviation
from motcua.core.sql import Tx
from motcua.kernel.vietnamese import clean

ACT = "agency_signs"
_FORM = re.compile(r"[^\W_]{1,20}")
_PAPER = 100


def signs_at(agency_id: int, on: datetime.date) -> str:
    """Give what stands for an agency behind a number that is taken on a day."""
    told = AgencySigns.objects.filter(agency=agency_id, valid_from__lte=on)
    last = told.order_by("-valid_from").values_list("signs", flat=True).first()
    return last or abbreviation(agency(agency_id).name_vi)


def history(agency_id: int) -> list[AgencySigns]:
    """Give every change of the signs of an agency, the latest first."""
    return list(AgencySigns.objects.filter(agency=agency_id).order_by("-valid_from"))


def decide(
    *,
    actor: Actor,
    at: datetime.datetime,
    agency_id: int,
    signs: str,
    since: datetime.date,
    document: str,
    key: str | None,
) -> int:
    """Let an agency bear other signs from a day on, by a paper; give the number of the row.

    Said again for a day that has not come, it replaces what was said of that day. Raises
    `NotYourSigns`, `SignsUnclear`, `SignsInThePast`, `SignsWithoutPaper`, `SignsHeldAlready`.
    """
    signs, paper = clean(signs, limit=60), clean(document, limit=_PAPER)

    def write(_tx: Tx) -> Told:
        if not draws(actor, agency_id):
            raise NotYourSigns
        if not _FORM.fullmatch(signs) or signs != signs.upper():
            raise SignsUnclear
        if since < day_of(at):
            raise SignsInThePast
        if not paper:
            raise SignsWithoutPaper
        if signs_at(agency_id, since) == signs:
            raise SignsHeldAlready(signs=signs)
        row, _ = AgencySigns.objects.update_or_create(
            agency_id=agency_id,
            valid_from=since,
            defaults={"signs": signs, "document": paper},
        )
        return Told({"row": row.pk, **said_of(row)})

    body = [agency_id, signs, since.isoformat(), paper]
    return carry_out(ACT, write, actor=actor.key, at=at, key=key, body=body)


def said_of(row: AgencySigns) -> dict[str, object]:
    """Give what the entry of a change says."""
    return {
        "agency": row.agency_id,
        "signs": row.signs,
        "since": row.valid_from.isoformat(),
        "document": row.document,
    }


def odd_rows(told: Iterable[Mapping[str, Any]]) -> Iterator[int]:
    """Give the rows that are not what the last entry about them said; `told` in their order."""
    last = {int(one["row"]): {key: one[key] for key in one if key != "row"} for one in told}
    kept = {row.pk: said_of(row) for row in AgencySigns.objects.all()}
    yield from (row for row in sorted(last.keys() | kept.keys()) if last.get(row) != kept.get(row))
