"""What was said in a dossier, as far as who asks may read it, and what waits for an officer."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass

from django.db.models import QuerySet

from motcua.core.access.actors import Actor
from motcua.core.access.rows import visible
from motcua.core.agencies.queries import officers_of
from motcua.core.dossiers.clearance import is_clear
from motcua.core.dossiers.models import Dossier, Remark, WorkItem
from motcua.core.dossiers.situation import Snapshot
from motcua.core.dossiers.talked import ANSWER, NOTE, QUESTION, TALK
from motcua.core.ledger.models import Entry
from motcua.core.people.models import Officer
from motcua.core.talks.models import Mention
from motcua.kernel.vietnamese import name_key

_SHOWN = 10
LOOKED_AT = 200
"""So many of the latest reminders of an officer are looked at."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said; `text` is None for who may see the dossier but not its persons."""

    seq: int
    kind: str
    actor: str
    at: datetime.datetime
    text: str | None
    named: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Words that name an officer who has not opened the dossier since; the latest of a dossier."""

    code: str
    kind: str
    at: datetime.datetime


def said_in(actor: Actor, snapshot: Snapshot) -> tuple[Said, ...]:
    """Give what was said in a dossier, first one first.

    An applicant is told of their questions and answers alone. Words may name persons, so officers
    of agencies that do not deal with the dossier are told that something was said, and when.
    """
    kinds = TALK if actor.officer_id is not None else (QUESTION, ANSWER)
    rows = visible(Entry.objects.filter(stream=snapshot.id, act__in=kinds), actor, by="stream")
    found = list(rows.order_by("seq"))
    if not found:
        return ()
    texts: dict[int, str] = {}
    if is_clear(actor, snapshot):
        remarks = Remark.objects.filter(dossier_id=snapshot.id, kind__in=kinds)
        texts = dict(visible(remarks, actor, by="dossier_id").values_list("seq", "text"))
    return tuple(_said(row, texts.get(row.seq)) for row in found)


def count_waiting(actor: Actor) -> int:
    """Count the dossiers of `waiting_for`."""
    latest = _latest(actor)
    return visible(Dossier.objects.filter(pk__in=latest), actor).count() if latest else 0


def waiting_for(actor: Actor, *, most: int = _SHOWN) -> list[Waiting]:
    """Give the dossiers in which an officer was named since they opened them, the latest first."""
    latest = _latest(actor)
    if not latest:
        return []
    mine = visible(Dossier.objects.filter(pk__in=latest), actor)
    codes = {pk: code or lookup for pk, code, lookup in mine.values_list("pk", "code", "lookup")}
    rows = [row for row in latest.values() if row.dossier_id in codes][:most]
    places = [(row.dossier_id, row.seq) for row in rows]
    kinds = {
        (one.stream, one.seq): one.act
        for one in Entry.objects.filter(stream__in=codes, act__in=TALK)
        if (one.stream, one.seq) in places
    }
    return [
        Waiting(codes[row.dossier_id], kinds.get((row.dossier_id, row.seq), NOTE), row.at)
        for row in rows
    ]


def _latest(actor: Actor) -> dict[int, Mention]:
    """Give the latest words by dossier that an officer has not seen, whoever may read them now."""
    if actor.officer_id is None:
        return {}
    unseen: QuerySet[Mention] = Mention.objects.filter(officer_id=actor.officer_id, seen_at=None)
    latest: dict[int, Mention] = {}
    for row in unseen.order_by("-at", "-id")[:LOOKED_AT]:
        latest.setdefault(row.dossier_id, row)
    return latest


def colleagues(actor: Actor, snapshot: Snapshot, on: datetime.date) -> list[tuple[int, str]]:
    """Give who had a hand in a dossier or may take its open work, but who asks, by name."""
    work = WorkItem.objects.filter(dossier_id=snapshot.id)
    numbers = {one for row in work.values_list("officer_id", "ended_by_id") for one in row if one}
    for item in snapshot.items:
        numbers.update(number for number, _ in officers_of(item.agency_id, item.post, on))
    numbers.discard(actor.officer_id or 0)
    there = Officer.objects.filter(pk__in=numbers).exclude(left_on__lte=on)
    return sorted(there.values_list("pk", "name"), key=lambda one: name_key(one[1]))


def _said(row: Entry, text: str | None) -> Said:
    body = json.loads(row.body)
    named = tuple(body["data"].get("named", ()))
    return Said(row.seq, row.act, str(body["actor"] or ""), row.at, text, named)
