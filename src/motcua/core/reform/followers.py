"""What goes to the heirs beside dossiers: an app above this one tells it in its `reformed.py`.

Each thing passes on by an act and an entry of its own within the run of the dossiers, as many a
commit, so that a run that was killed is gone on with.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from django.utils.module_loading import autodiscover_modules

from motcua.core.reform.models import Reform
from motcua.core.sql import Tx

NO_PROCEDURE = 0
"""What only dossiers have: whatever follows goes to the heir of its area, or of the rest."""


@dataclass(frozen=True, slots=True)
class Held:
    """Things at an agency: how many of one area, and the posts of which one has to keep them."""

    agency_id: int
    area: str
    posts: frozenset[str]
    count: int


class Follower(Protocol):
    """A kind of thing that follows the heirs; dossiers alone divide by procedure."""

    def held(self, agencies: Collection[int], *, by_area: bool) -> Iterable[Held]:
        """Give what lies at some agencies, by area only where that makes a difference."""

    def left(self) -> list[int]:
        """Give the numbers of what still lies at agencies that have heirs."""

    def take_over(self, tx: Tx, number: int, *, at: datetime.datetime, reform: Reform) -> bool:
        """Pass one on; False where it has gone over already. Raises `Refused` where it stays."""


_FOLLOWERS: list[Follower] = []


def follow(follower: Follower) -> None:
    """Let a kind of thing go to the heirs from now on."""
    _FOLLOWERS.append(follower)


def followers() -> tuple[Follower, ...]:
    """Give every kind of thing that follows, whichever process asks."""
    _discover()
    return tuple(_FOLLOWERS)


@lru_cache(maxsize=1)
def _discover() -> None:
    autodiscover_modules("reformed")
