"""What the entries of a dossier lead to: the rows that a check compares with those that are there.

What no act changes is committed to once, when the dossier is filed; the stretches of its facts
follow from the entries one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from motcua.core.dossiers.redated import Dated
from motcua.core.dossiers.situation import told
from motcua.core.sql import Row, instant
from motcua.kernel.calendar import Clock

IDENTITY_COLUMNS = (
    "lookup, version_id, procedure_id, system, receiving_agency_id, area, channel, subject,"
    " filed_at, origin, external_source, external_code, priority, confidentiality"
)
_FILED_AT = 8
FACT_COLUMNS = (
    "state, step, agency_id, outcome, officer_id, procedure_id, receiving_agency_id, channel,"
    " origin, due_at, began_at, began_recorded, ended_at, ended_recorded"
)
_INSTANTS_FROM = 9
_BEGAN_AT = 10

Stretch = tuple[object, ...]


def identity(values: Sequence[object]) -> list[object]:
    """Give what is committed to of the values of `IDENTITY_COLUMNS`."""
    given = list(values)
    given[_FILED_AT] = told(instant(given[_FILED_AT]))
    return given


def stretch_of(row: Row) -> Stretch:
    """Give the values of `FACT_COLUMNS` as the ledger spells them."""
    return (*row[:_INSTANTS_FROM], *(told(instant(value)) for value in row[_INSTANTS_FROM:]))


def told_clock(clock: Clock) -> list[list[object]]:
    """Give the segments of a clock as the ledger spells them."""
    return [
        [one.kind.value, one.calendar, told(one.began), told(one.ended), one.anew]
        for one in clock.segments
    ]


def segment_of(row: Row) -> list[object]:
    """Give a row of a segment as the ledger spells it."""
    kind, calendar, began, ended, anew = row
    return [kind, calendar, told(instant(began)), told(instant(ended)), bool(anew)]


def segments(bodies: Iterable[dict[str, Any]]) -> list[object]:
    """Give the segments that entries lead to: the last one that touched the clock tells them."""
    found: list[object] = []
    for body in bodies:
        found = body["data"].get("clock", found)
    return found


def stretches(
    bodies: Iterable[dict[str, Any]], fixed: tuple[object, ...], dated: Dated
) -> list[Stretch]:
    """Give the facts that entries lead to: each act of people ends one and begins the next.

    `fixed` is what no act changes of a fact; new dates by a changed calendar begin one too.
    """
    found: list[Stretch] = []
    acts = 0
    for body in bodies:
        after = body["data"]["after"]
        if after["revision"] != acts:  # an act of the house leaves the situation alone
            acts = after["revision"]
            began = (body["at"], body["recorded"])
            if found:
                found[-1] = (*found[-1][:-2], *began)
            situation = (after["state"], after["step"], after["holding"], after["outcome"])
            officer = next((item[4] for item in after["work"] if item[1] is None), None)
            found.append((*situation, officer, *fixed, after["due"], *began, None, None))
        for one in dated.get(body["seq"], ()):
            last = found[-1]
            began = (max(one.at, str(last[_BEGAN_AT])), one.recorded)
            found[-1] = (*last[:-2], *began)
            found.append((*last[:_INSTANTS_FROM], one.told["due"], *began, None, None))
    return found
