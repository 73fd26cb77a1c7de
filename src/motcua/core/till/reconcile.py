"""Do receipts, repayments and receipt numbers agree with the ledger?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, Max

from motcua.core.fees.models import Receipt, ReceiptCounter, Repayment
from motcua.core.ledger.append import HOUSE, instant_text
from motcua.core.ledger.findings import Finding
from motcua.core.ledger.models import Entry
from motcua.core.places import BITS, LAST, place
from motcua.core.sql import still
from motcua.core.till.actions import ACTS, REPAID, TAKEN, VOIDED

Told = Counter[tuple[object, ...]]


def check_till() -> Iterator[Finding]:
    """Give every row of money that no entry explains, every one that is gone, every gap."""
    with still():
        told, kept, gaps = _told(), _kept(), _gaps()
    for what in sorted((told - kept) | (kept - told), key=str):
        yield _finding(int(str(what[1])), f"{what[0]} {what[2]}")
    for agency_id, year in gaps:
        yield _finding(HOUSE, f"receipt numbers {agency_id}/{year}")


def _told() -> Told:
    told: Told = Counter()
    entries = Entry.objects.filter(act__in=ACTS, stream__gt=HOUSE).order_by("id")
    for body in entries.values_list("body", flat=True).iterator():
        entry = json.loads(body)
        fee, by = entry["data"]["fee"], int(str(entry["actor"]).partition(":")[2])
        where = (entry["stream"], entry["seq"])
        if entry["act"] == VOIDED:
            told[VOIDED, entry["stream"], fee["receipt"], entry["seq"]] += 1
        elif entry["act"] == REPAID:
            back = (fee["receipt"], fee["amount"], fee["method"])
            told[REPAID, *where, entry["at"], by, *back] += 1
        else:
            said = (fee["agency"], fee["year"], fee["number"], fee["method"], fee["total"])
            told[TAKEN, *where, entry["at"], by, *said, json.dumps(fee["lines"])] += 1
    return told


def _kept() -> Told:
    kept: Told = Counter()
    for row in Receipt.objects.iterator():
        stream, seq = row.pk >> BITS, row.pk & LAST
        said = (row.agency_id, row.year, row.number, row.method, row.total)
        lines = json.dumps(json.loads(row.lines))
        kept[TAKEN, stream, seq, instant_text(row.taken_at), row.officer_id, *said, lines] += 1
        if row.voided_seq is not None:
            kept[VOIDED, stream, seq, row.voided_seq] += 1
    for back in Repayment.objects.iterator():
        stream, seq = back.pk >> BITS, back.pk & LAST
        paid = (back.receipt_id & LAST, back.amount, back.method)
        kept[REPAID, stream, seq, instant_text(back.paid_at), back.officer_id, *paid] += 1
    return kept


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
