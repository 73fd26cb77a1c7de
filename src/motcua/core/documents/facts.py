"""What a letter is made from: the dossier as the entry that asked for the letter left it."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from motcua.core.agencies.models import Agency
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.models import Dossier, Paper, Remark, WorkItem
from motcua.core.files.models import Evidence
from motcua.core.ledger.models import Entry
from motcua.core.people.models import Officer
from motcua.core.places import place
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.queries import declared


@dataclass(frozen=True)
class Facts:
    """A dossier as of one entry; reading is lazy and ends with that entry."""

    paper: Paper
    dossier: Dossier
    declaration: Declaration
    entry: Entry

    @cached_property
    def body(self) -> dict[str, Any]:
        """What the entry says."""
        told: dict[str, Any] = json.loads(self.entry.body)
        return told

    @cached_property
    def after(self) -> dict[str, Any]:
        """The situation that the last act of people up to the entry left behind."""
        after: dict[str, Any] = self.body["data"]["after"]
        return after

    @cached_property
    def officer(self) -> Officer | None:
        """The officer who made the act, if one did."""
        kind, _, number = str(self.body["actor"] or "").partition(":")
        return Officer.objects.filter(pk=int(number)).first() if kind == "officer" else None

    @cached_property
    def remark(self) -> str:
        """The words of the act."""
        texts = Remark.objects.filter(dossier=self.dossier, seq=self.paper.seq).order_by("id")
        return "\n".join(texts.values_list("text", flat=True))

    @cached_property
    def evidence(self) -> list[Evidence]:
        """The papers that had come in."""
        rows = Evidence.objects.filter(dossier_id=self.dossier.pk, seq__lte=self.paper.seq)
        return list(rows.order_by("id"))

    @cached_property
    def work(self) -> list[WorkItem]:
        """The work that had begun, oldest first."""
        known = WorkItem.objects.filter(
            dossier=self.dossier, began_recorded__lte=self.entry.recorded_at
        )
        return list(known.select_related("agency", "officer", "ended_by").order_by("id"))

    def ended(self, item: WorkItem) -> bool:
        """Tell whether a piece of work had ended with the entry."""
        return item.ended_recorded is not None and item.ended_recorded <= self.entry.recorded_at

    @cached_property
    def acting_agency(self) -> Agency:
        """The agency whose work the act ended; the receiving one where it ended none."""
        done = [
            one for one in self.work if one.ended_recorded == self.entry.recorded_at and not one.leg
        ]
        return done[-1].agency if done else self.dossier.receiving_agency

    def local(self, at: datetime.datetime) -> datetime.datetime:
        """Put an instant into the time zone of the receiving agency."""
        return calendars[self.dossier.receiving_agency.calendar].local(at)

    def told(self, name: str) -> datetime.datetime | None:
        """Give an instant of the situation in local time."""
        text = self.after.get(name)
        return self.local(datetime.datetime.fromisoformat(text)) if text else None


def facts_of(paper: Paper) -> Facts:
    """Read what a letter needs."""
    dossier = Dossier.objects.select_related("applicant", "receiving_agency").get(
        pk=paper.dossier_id
    )
    entry = Entry.objects.get(pk=place(paper.dossier_id, paper.seq))
    return Facts(paper, dossier, declared(dossier.version_id), entry)
