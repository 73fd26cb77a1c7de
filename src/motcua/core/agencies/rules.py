"""Which of the heirs of an agency takes over a dossier: decided from rows that are passed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """What an heir takes over: dossiers of one procedure or area, or (None, empty) all others."""

    heir: int
    procedure: int | None = None
    area: str = ""

    def fits(self, procedure: int, area: str) -> bool:
        """Tell whether a dossier is among what is taken over."""
        return self.procedure in {None, procedure} and self.area in {"", area}

    @property
    def weight(self) -> tuple[bool, bool]:
        """How closely it names a dossier: competence by procedure comes before place."""
        return self.procedure is not None, bool(self.area)


def taker(claims: Iterable[Claim], procedure: int, area: str) -> int | None:
    """Give the heir that names a dossier most closely; None where none does."""
    fitting = [one for one in claims if one.fits(procedure, area)]
    return max(fitting, key=lambda one: one.weight).heir if fitting else None
