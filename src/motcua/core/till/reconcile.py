"""Do receipts, repayments and receipt numbers agree with the ledger?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from heapq import merge
from typing import Any

from django.db.models import Count, Max

from motcua.core.fees.models import Receipt, ReceiptCounter, Repayment
from motcua.core.ledger.append import HOUSE, instant_text
from motcua.core.ledger.findings import Finding
from motcua.core.ledger.models import Entry
from motcua.core.ledger.pairing import Told, differing
from motcua.core.places import BITS, LAST, place
from motcua.core.sql import still
from motcua.core.till.actions import ACTS, REPAID, TAKEN, VOIDED


def check_till() -> Iterator[Finding]:
    """Give every row of money that no entry explains, every one that is gone, every gap."""
    with still():
        wrong, gaps = list(differing(_told(), _kept())), _gaps()
    for fact in wrong:
        yield _finding(fact[0], f"{fact[1]} {fact[2]}")
    for agency_id, year in gaps:
        yield _finding(HOUSE, f"receipt numbers {agency_id}/{year}")


def _told() -> Iterator[Told]:
    entries = Entry.objects.filter(act__in=ACTS, stream__gt=HOUSE).order_by("id")
    for body in entries.values_list("body", flat=True).iterator():
        yield _of_entry(json.loads(body))


def _of_entry(entry: dict[str, Any]) -> Told:
    fee, by = entry["data"]["fee"], int(str(entry["actor"]).partition(":")[2])
    stream, act = entry["stream"], entry["act"]
    if act == VOIDED:
        return stream, VOIDED, fee["receipt"], entry["seq"]
    made = (stream, act, entry["seq"], entry["at"], by)
    if act == REPAID:
        return *made, fee["receipt"], fee["amount"], fee["method"]
    said = (fee["agency"], fee["year"], fee["number"], fee["method"], fee["total"])
    return *made, *said, json.dumps(fee["lines"])


def _kept() -> Iterator[Told]:
    receipts = Receipt.objects.order_by("pk").iterator()
    repayments = Repayment.objects.order_by("pk").iterator()
    taken = (fact for row in receipts for fact in _of_receipt(row))
    return merge(taken, map(_of_repayment, repayments), key=lambda fact: fact[0])


def _of_receipt(row: Receipt) -> Iterator[Told]:
    stream, seq = row.pk >> BITS, row.pk & LAST
    said = (row.agency_id, row.year, row.number, row.method, row.total)
    lines = json.dumps(json.loads(row.lines))
    yield stream, TAKEN, seq, instant_text(row.taken_at), row.officer_id, *said, lines
    if row.voided_seq is not None:
        yield stream, VOIDED, seq, row.voided_seq


def _of_repayment(row: Repayment) -> Told:
    stream, seq = row.pk >> BITS, row.pk & LAST
    made = (stream, REPAID, seq, instant_text(row.paid_at), row.officer_id)
    return *made, row.receipt_id & LAST, row.amount, row.method


def _gaps() -> list[tuple[int, int]]:
    """Give the agencies and years whose numbers are not 1, 2, 3, … up to the counter."""
    numbered = Receipt.objects.filter(number__isnull=False).values("agency_id", "year")
    runs = {
        place(row["agency_id"], row["year"]): (row["n"], row["last"])
        for row in numbered.annotate(n=Count("id"), last=Max("number"))
    }
    counters = dict(ReceiptCounter.objects.values_list("pk", "last"))
    wrong = {one for one in runs.keys() | counters.keys() if not _whole(one, runs, counters)}
    return sorted((one >> BITS, one & LAST) for one in wrong)


def _whole(one: int, runs: dict[int, tuple[int, int]], counters: dict[int, int]) -> bool:
    last = counters.get(one)
    return runs.get(one) == (last, last)


def _finding(stream: int, what: str) -> Finding:
    return Finding(
        "state.till_differs",
        f"Sổ thu khác với sổ cái: {what[:80]}.",
        f"The takings differ from the ledger: {what[:80]}.",
        stream,
    )
