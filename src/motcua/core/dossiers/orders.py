"""What the doors hand to the acts: plain values, checked, with one body to hash."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from motcua.core.files.store import Stored
from motcua.kernel.calendar import Limit, Unit

MAX_TEXT = 4000

# A procedure without a legal limit never starts its clock; the engine still needs one to ask.
NO_LIMIT = Limit(1, Unit.WORKING_DAY)


@dataclass(frozen=True, slots=True)
class Handed:
    """One paper handed in: a stored file, or counted sheets at a counter, or both."""

    component: str
    file: Stored | None = None
    name: str = ""
    originals: int = 0
    copies: int = 0

    def told(self) -> list[object]:
        """Give what a request key hashes."""
        sha256 = self.file.sha256 if self.file else None
        return [self.component, sha256, self.name, self.originals, self.copies]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A dossier to file: what was asked, of whom, by whom, with what."""

    procedure: str
    agency_id: int
    applicant: Mapping[str, object]
    fields: Mapping[str, object] = field(default_factory=dict)
    evidence: tuple[Handed, ...] = ()
    channel: str = "online"
    area: str = ""

    def told(self) -> dict[str, object]:
        """Give what a request key hashes."""
        return {
            "procedure": self.procedure,
            "agency": self.agency_id,
            "applicant": dict(self.applicant),
            "fields": dict(self.fields),
            "evidence": [one.told() for one in self.evidence],
            "channel": self.channel,
            "area": self.area,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveOrder:
    """A move to make: which, why, and what the actor chose with it.

    `promised` is the new day that an apology promises.
    """

    move: str
    reason: str = ""
    officer_id: int | None = None
    agency_id: int | None = None
    legs: tuple[str, ...] = ()
    leg: int | None = None
    evidence: tuple[Handed, ...] = ()
    promised: datetime.date | None = None

    def told(self) -> dict[str, object]:
        """Give what a request key hashes; what came later only where it is said."""
        later = {"promised": self.promised.isoformat()} if self.promised else {}
        return {
            **later,
            "move": self.move,
            "reason": self.reason,
            "officer": self.officer_id,
            "agency": self.agency_id,
            "legs": list(self.legs),
            "leg": self.leg,
            "evidence": [one.told() for one in self.evidence],
        }


@dataclass(slots=True, unsafe_hash=True)  # never changed; freezing it would double its cost
class Done:
    """What an act answers; a repeated request gets exactly this again."""

    dossier_id: int
    lookup: str
    code: str | None
    state: str
    step: str
    revision: int
    due_at: datetime.datetime | None
    promised_at: datetime.datetime | None
    entry: str

    repeated: bool = False
