"""What a system keeps about a dossier in its registers: shown with it, and part of its time line.

A system says so by `DOSSIERS` in `reactions.py` of its package. Nothing is written twice: what
stands in a register stands on the dossier, by whatever door it came in.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from motcua.core.access.actors import Actor
from motcua.core.dossiers.situation import Snapshot
from motcua.core.procedures.told import each_told
from motcua.kernel.vietnamese import Language


@dataclass(frozen=True, slots=True)
class Line:
    """One thing kept about a dossier: what it is, how it stands, and where it is read whole."""

    title: str
    state: str
    facts: tuple[tuple[str, str], ...]
    address: str


@dataclass(frozen=True, slots=True)
class Happened:
    """An act on one of them, as the time line of the dossier tells it, with its own entry."""

    at: datetime.datetime
    actor: str
    act: str
    words: str
    hash: str
    is_sealed: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """All that a system keeps about a dossier; `adds` is a button: its words and its address."""

    title: str
    total: str
    lines: tuple[Line, ...]
    happened: tuple[Happened, ...]
    doubt: str = ""
    adds: tuple[str, str] | None = None


class Keeper(Protocol):
    """A system that keeps things about dossiers of one procedure."""

    procedure: str

    def beside(
        self, actor: Actor, snapshot: Snapshot, at: datetime.datetime, language: Language
    ) -> Beside | None:
        """Give what an actor who reads the dossier may read of it; None where there is nothing."""


def beside(
    procedure: str, actor: Actor, snapshot: Snapshot, at: datetime.datetime, language: Language
) -> Iterator[Beside]:
    """Give what systems keep about a dossier of a procedure, as far as the actor reads it."""
    keepers: tuple[Keeper, ...] = each_told("reactions", "DOSSIERS")
    for one in keepers:
        found = one.beside(actor, snapshot, at, language) if one.procedure == procedure else None
        if found is not None:
            yield found
