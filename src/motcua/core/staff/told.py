"""The one transaction of an act on people: the request's key, the rows, the house's entry."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from motcua.core.access.actors import Actor
from motcua.core.idempotency import house
from motcua.core.idempotency.house import Told
from motcua.core.sql import Tx

__all__ = ["Told", "carry_out"]


def carry_out(
    name: str,
    write: Callable[[Tx], Told],
    *,
    actor: Actor,
    at: datetime.datetime,
    key: str | None,
    body: object,
) -> int:
    """Write an act on people and give the id of its row; a repeat gives the first one's."""
    return house.carry_out(name, write, actor=actor.key, at=at, key=key, body=body)
