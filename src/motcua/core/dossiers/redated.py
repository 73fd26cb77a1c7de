"""What a changed calendar did to a dossier between its entries, as its rows of `Redated` tell.

They have no entry of their own: the house's entry of their batch commits to them, and each names
the entry that it follows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from motcua.core.ledger.append import HOUSE
from motcua.core.places import place
from motcua.core.sql import Row, Sql, Tx

COLUMNS = "dossier_id, id, batch, seq, told"
_ENTRY = Sql("SELECT body FROM ledger_entry WHERE id = %s")

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NewDates:
    """Dates that one dossier got: after which entry, when, and which."""

    id: int
    seq: int
    at: str
    recorded: str
    told: dict[str, Any]


Dated = Mapping[int, Sequence[NewDates]]
"""By the entry that they follow."""


def read(tx: Tx, rows: Iterable[Row]) -> dict[int, list[NewDates]]:
    """Give the new dates of the dossiers of a page, each with the instant of its batch."""

    @lru_cache
    def times(batch: int) -> tuple[str, str]:
        row = tx.one(_ENTRY, place(HOUSE, batch))
        body = json.loads(row[0]) if row else {"at": "", "recorded": ""}
        return body["at"], body["recorded"]

    found: dict[int, list[NewDates]] = {}
    for dossier_id, number, batch, seq, told in rows:
        dates = NewDates(number, seq, *times(batch), json.loads(told))
        found.setdefault(dossier_id, []).append(dates)
    return found


def by_entry(dates: Iterable[NewDates]) -> dict[int, list[NewDates]]:
    """Sort new dates by the entry that they follow."""
    found: dict[int, list[NewDates]] = {}
    for one in dates:
        found.setdefault(one.seq, []).append(one)
    return found


def patched(bodies: Sequence[Body], dated: Dated) -> list[Body]:
    """Give the entries as if each had told the dates that came after it."""
    return [_patched(body, dated[body["seq"]]) if body["seq"] in dated else body for body in bodies]


def _patched(body: Body, dates: Sequence[NewDates]) -> Body:
    after = dict(body["data"]["after"])
    for one in dates:
        moved = dict(one.told.get("work", ()))
        after |= {name: value for name, value in one.told.items() if name != "work"}
        after["work"] = [
            [*item[:-1], moved.get(item[1], item[-1])] if item[1] in moved else item
            for item in after["work"]
        ]
    return {**body, "data": {**body["data"], "after": after}}
