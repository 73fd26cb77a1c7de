"""The one transaction of an act of the house that is asked for under a request key."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from motcua.core.idempotency import keys
from motcua.core.ledger.append import HOUSE, append_to_house, head, take_house
from motcua.core.ledger.models import Entry
from motcua.core.places import place
from motcua.core.sql import Tx, act, reading


@dataclass(frozen=True, slots=True)
class Told:
    """What the entry of an act says; `data["row"]` is the row that the act wrote."""

    data: dict[str, object]
    commitments: tuple[str, ...] = field(default=())


def carry_out(
    name: str,
    write: Callable[[Tx], Told],
    *,
    actor: str,
    at: datetime.datetime,
    key: str | None,
    body: object,
) -> int:
    """Write an act of the house and give the id of its row; a repeat gives the first one's.

    Acts of the house come one after the other, so what `write` reads still holds at its end.
    """
    asked = keys.request(actor=actor, operation=name, key=key, body=body) if key else None
    first = _earlier(reading(), asked)
    if first is not None:
        return first
    with act() as tx:
        take_house(tx)
        first = _earlier(tx, asked)  # its twin was first
        if first is not None:
            return first
        told = write(tx)
        append_to_house(
            tx, act=name, at=at, actor=actor, data=told.data, commitments=told.commitments
        )
        if asked is not None:
            keys.take(tx, asked, stream=HOUSE, seq=head(tx, HOUSE)[0], at=at)
    row = told.data["row"]
    assert isinstance(row, int)
    return row


def _earlier(tx: Tx, asked: keys.Request | None) -> int | None:
    found = keys.earlier(tx, asked) if asked is not None else None
    if found is None:
        return None
    body = Entry.objects.values_list("body", flat=True).get(pk=place(*found))
    return int(json.loads(body)["data"]["row"])
