"""Lending in the made-up world, and officers as they are on another day."""

from __future__ import annotations

import datetime

from motcua.core.access import actors
from motcua.core.access.actors import Actor
from motcua.core.dossiers.tests.world import DAY, MONDAY, World
from motcua.core.staff.standing_in import Lending, delegate

DAYS = datetime.timedelta(days=1)
NUMBER = "079203004567"


def again(world: World, who: str, *, day: datetime.date = DAY) -> Actor:
    """Give an officer with what they may do on a day, read anew."""
    return actors.officer(world.officer_id(who), who, day)


def lend(world: World, giver: str, taker: str, **changes) -> int:
    """Lend the post of an officer for a week, by the officer."""
    held = world.officers[giver].posts[0]
    plain = {
        "giver_id": world.officer_id(giver),
        "agency_id": held.agency_id,
        "post": held.post,
        "taker_id": world.officer_id(taker),
        "capacity": "TUQ.",
        "document": "12/QĐ-UQ ngày 01/11/2026",
        "valid_from": DAY,
        "valid_to": DAY + 7 * DAYS,
    }
    by, key = changes.pop("by", giver), changes.pop("key", None)
    return delegate(
        actor=world.officers[by], at=MONDAY, lending=Lending(**{**plain, **changes}), key=key
    )
