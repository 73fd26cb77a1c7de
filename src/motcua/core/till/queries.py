"""What a till shows: what a dossier owes and holds, and a day's takings of a counter."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass

from motcua.core.access.actors import Actor
from motcua.core.access.rows import sees
from motcua.core.access.scopes import agency_scope
from motcua.core.agencies.queries import agency
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.situation import NotFound, Snapshot
from motcua.core.fees import rows
from motcua.core.fees.models import Method, Receipt, Repayment
from motcua.core.fees.rows import Held
from motcua.core.fees.rules import Due, Line, dues, unsettled
from motcua.core.places import BITS
from motcua.core.procedures.queries import declared
from motcua.core.procedures.systems import systems
from motcua.core.sql import reading
from motcua.core.till.rules import NotTheTill

_EARLIEST = 1900  # before it, and at the end of time, a day has no instants to compare with


@dataclass(frozen=True, slots=True)
class Account:
    """A dossier's fees: what it owes, what of it is open, the receipts it holds."""

    owed: tuple[Due, ...]
    open: tuple[Due, ...]
    receipts: tuple[Held, ...]

    @property
    def paid(self) -> int:
        """What was paid and not given back, in đồng."""
        return sum(one.total for one in self.receipts if one.stands)


def account_of(actor: Actor, snapshot: Snapshot) -> Account:
    """Give the fees of a dossier that an actor may read; raises `NotFound`."""
    tx = reading()
    if not sees(tx, actor, snapshot.id):
        raise NotFound
    answers = Dossier.objects.values_list("fields", flat=True).get(pk=snapshot.id)
    owed = dues(declared(snapshot.version_id).fees, json.loads(answers))
    receipts = rows.receipts_of(tx, snapshot.id)
    return Account(owed, unsettled(owed, rows.standing_lines(receipts)), receipts)


@dataclass(frozen=True, slots=True)
class Taking:
    """One row of a day's list: a receipt (voided ones count nothing) or a repayment."""

    at: datetime.datetime
    number: str
    code: str
    method: str
    amount: int  # đồng; below 0 where it went back
    lines: tuple[Line, ...]
    voided: bool


@dataclass(frozen=True, slots=True)
class Takings:
    """A day of a counter; every sum is that of the rows."""

    rows: tuple[Taking, ...]

    @property
    def total(self) -> int:
        """What the day brought, in đồng."""
        return sum(row.amount for row in self.rows)

    def by(self, method: Method) -> int:
        """What the day brought in one way, in đồng."""
        return sum(row.amount for row in self.rows if row.method == method)


def takings(actor: Actor, agency_id: int, day: datetime.date) -> Takings:
    """Give a day's takings of a counter to who collects there or reads the agency.

    Raises `NotTheTill`. The codes of dossiers that the reader may not open are left out.
    """
    if agency_id not in tills(actor):
        raise NotTheTill
    if not _EARLIEST <= day.year < datetime.MAXYEAR:
        return Takings(())
    zone = calendars[agency(agency_id).calendar].tzinfo
    days = (day, day + datetime.timedelta(days=1))
    first, after = (datetime.datetime.combine(one, datetime.time(), zone) for one in days)
    taken = Receipt.objects.filter(
        agency_id=agency_id, taken_at__gte=first, taken_at__lt=after, number__isnull=False
    )
    back = Repayment.objects.filter(
        agency_id=agency_id, paid_at__gte=first, paid_at__lt=after
    ).select_related("receipt")
    codes = _codes(actor, {row.pk >> BITS for row in (*taken, *back)})
    found = [*(_taken(row, codes) for row in taken), *(_back(row, codes) for row in back)]
    return Takings(tuple(sorted(found, key=lambda row: (row.at, row.number, -row.amount))))


def tills(actor: Actor) -> tuple[int, ...]:
    """Give the agencies whose takings an actor may see: those they collect for or read."""
    collect = {post for one in systems() for post in one.declaration.collectors}
    return tuple(
        dict.fromkeys(
            held.agency_id
            for held in actor.posts
            if held.post in collect or agency_scope(held.agency_id) in actor.scopes
        )
    )


def _codes(actor: Actor, dossiers: set[int]) -> dict[int, str]:
    tx = reading()
    seen = [one for one in dossiers if sees(tx, actor, one)]
    found = Dossier.objects.filter(pk__in=seen).values_list("pk", "code")
    return {pk: code or "" for pk, code in found}


def _taken(row: Receipt, codes: dict[int, str]) -> Taking:
    voided = row.voided_seq is not None
    amount = 0 if voided else row.total
    lines = rows.lines_of(row.lines)
    number = f"{row.number:07}/{row.year}"
    code = codes.get(row.pk >> BITS, "")
    return Taking(row.taken_at, number, code, row.method, amount, lines, voided)


def _back(row: Repayment, codes: dict[int, str]) -> Taking:
    of = row.receipt
    number = f"{of.number:07}/{of.year}"
    code = codes.get(row.pk >> BITS, "")
    lines = rows.lines_of(of.lines)
    return Taking(row.paid_at, number, code, row.method, -row.amount, lines, voided=False)
