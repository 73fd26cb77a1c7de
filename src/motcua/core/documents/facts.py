"""What a letter is made from: the dossier as the entry that asked for the letter left it."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from motcua.core.agencies.heirs import heir_of
from motcua.core.agencies.models import Agency
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.models import Dossier, Paper, Remark, WorkItem
from motcua.core.dossiers.renamed import renamed
from motcua.core.files.models import Evidence
from motcua.core.ledger.models import Entry
from motcua.core.people.models import Officer
from motcua.core.places import place
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.queries import declared
from motcua.core.procedures.systems import system_of


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
        number = _officer_number(self.body)
        return Officer.objects.filter(pk=number).first() if number else None

    @cached_property
    def post(self) -> str:
        """The post in which the act was made, in capitals, with in whose place: `KT. TRƯỞNG PHÒNG`.

        Empty where no officer acted.
        """
        named = system_of(self.dossier.system).posts.get(str(self.body["post"] or ""))
        if named is None:
            return ""
        lent = self.body["data"].get("for")
        return f"{lent[2]} {named.vi.upper()}" if lent else named.vi.upper()

    @cached_property
    def officers(self) -> dict[int, str]:
        """The name of the officer behind each act of the chain, by the act's number."""
        entries = Entry.objects.of(self.dossier.pk).filter(seq__lte=self.paper.seq)
        made = {
            seq: _officer_number(json.loads(body))
            for seq, body in entries.values_list("seq", "body")
        }
        names = dict(
            Officer.objects.filter(pk__in=filter(None, made.values())).values_list("pk", "name")
        )
        return {seq: names[number] for seq, number in made.items() if number in names}

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
        rows = known.select_related("agency", "officer", "ended_by").order_by("id")
        return renamed(self.dossier.pk, rows)

    def ended(self, item: WorkItem) -> bool:
        """Tell whether a piece of work had ended with the entry."""
        return item.ended_recorded is not None and item.ended_recorded <= self.entry.recorded_at

    @cached_property
    def decision(self) -> WorkItem | None:
        """The last step that a post which signs had passed on: whoever issues need not decide."""
        signers = system_of(self.dossier.system).signers
        passed = [
            one
            for one in self.work
            if one.post in signers and one.leg is None and one.result == "done" and self.ended(one)
        ]
        return passed[-1] if passed else None

    @cached_property
    def capacity(self) -> str:
        """How who decided signs, with the post in whose place: as in `TUQ. LÃNH ĐẠO CƠ QUAN`.

        Empty where they signed for themselves.
        """
        made = self.decision
        if made is None or made.ended_recorded is None:
            return ""
        posts = system_of(self.dossier.system).posts
        entries = Entry.objects.of(self.dossier.pk).filter(recorded_at=made.ended_recorded)
        for body in entries.values_list("body", flat=True):
            told = json.loads(body)
            if "for" in told["data"] and told["post"] == made.post:
                return f"{told['data']['for'][2]} {posts[made.post].vi.upper()}"
        return ""

    @cached_property
    def desk(self) -> Agency:
        """The agency at whose counter the applicant was served then: the receiving one, or heir."""
        dossier, on = self.dossier, self.paper.asked_at.date()
        about = (dossier.receiving_agency_id, dossier.procedure_id, dossier.area)
        return Agency.objects.get(pk=heir_of(*about, on=on))

    def local(self, at: datetime.datetime) -> datetime.datetime:
        """Put an instant into the time zone of the receiving agency."""
        return calendars[self.dossier.receiving_agency.calendar].local(at)

    def told(self, name: str) -> datetime.datetime | None:
        """Give an instant of the situation in local time."""
        text = self.after.get(name)
        return self.local(datetime.datetime.fromisoformat(text)) if text else None


def _officer_number(body: dict[str, Any]) -> int | None:
    kind, _, number = str(body["actor"] or "").partition(":")
    return int(number) if kind == "officer" else None


def facts_of(paper: Paper) -> Facts:
    """Read what a letter needs."""
    dossier = Dossier.objects.select_related("applicant", "receiving_agency").get(
        pk=paper.dossier_id
    )
    entry = Entry.objects.get(pk=place(paper.dossier_id, paper.seq))
    return Facts(paper, dossier, declared(dossier.version_id), entry)
