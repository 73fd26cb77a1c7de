"""What the data keeper sees of registers: records that fall due, and those that were erased.

A keeper answers for the records that their agencies, or those below, keep. They see those that they
may read; of the rest they are told how many there are.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from motcua.core.access.actors import Actor
from motcua.core.erasure.keeping import PAGE, agencies_kept, is_keeper
from motcua.core.erasure.retention import ENDED, records_due, rules_on
from motcua.core.erasure.rules import Kind, NotTheKeeper
from motcua.core.ledger.models import Entry
from motcua.core.registers.loading import registers
from motcua.core.registers.models import Record
from motcua.core.registers.rights import readable_agencies
from motcua.core.registers.standing import ERASE
from motcua.core.registers.writing import stream_of


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A record on the page: since which day it is out of use, and by which document it goes."""

    record: Record
    ended_on: datetime.date | None
    document: str


@dataclass(frozen=True, slots=True)
class RecordPart:
    """A part of the page; `total` counts the hidden ones too."""

    rows: list[KeptRecord]
    total: int
    hidden: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-(self.total - self.hidden) // PAGE))


def keeping_records(
    actor: Actor, at: datetime.datetime, *, page: int = 1
) -> tuple[RecordPart, RecordPart]:
    """Give the records that are due, and those that were erased. Raises `NotTheKeeper`."""
    if not is_keeper(actor):
        raise NotTheKeeper
    rules = [one for one in rules_on(localtime(at).date()) if one.kind is Kind.RECORD]
    due = {one.procedure: one.source for one in rules}
    numbers = [records_due(one, rules, at).values("pk") for one in rules]
    any_due = Q(pk=None)
    for some in numbers:
        any_due |= Q(pk__in=some)
    kept = Record.objects.filter(agency__in=agencies_kept(actor))
    mine = kept.annotate(ended_on=ENDED).order_by("ended_on", "pk")

    def rule_of(row: Record) -> str:
        return due.get(row.register) or due.get("*", "")

    return (
        _part(actor, mine.filter(any_due), rule_of, page),
        _part(actor, mine.filter(erased=True), _document, page),
    )


def _part(
    actor: Actor, rows: QuerySet[Record], document: Callable[[Record], str], page: int
) -> RecordPart:
    total, seen = rows.count(), rows.filter(_readable(actor))
    shown = seen.count()
    start = (min(page, max(1, -(-shown // PAGE))) - 1) * PAGE
    found: Iterable[Record] = seen[start : start + PAGE]
    told = [KeptRecord(row, getattr(row, "ended_on", None), document(row)) for row in found]
    return RecordPart(told, total, total - shown, start // PAGE + 1)


def _readable(actor: Actor) -> Q:
    """Give the condition of records of any register that an officer reads."""
    found = Q(pk=None)
    for declaration in registers().values():
        agencies = readable_agencies(actor, declaration)
        one = Q(register=declaration.key)
        found |= one if agencies is None else one & Q(agency__in=agencies)
    return found


def _document(row: Record) -> str:
    entries = Entry.objects.of(stream_of(row.pk)).filter(act=f"record_{ERASE}").order_by("seq")
    told = entries.values_list("body", flat=True).last()
    return str(json.loads(told)["data"]["document"]) if told else ""
