"""Which dossiers stood in whose lists: the sealed rows of lists, folded by a job.

Lists name many dossiers in one row. Folded they are one row for each reader, dossier and day, so
that "who saw mine" is one walk of an index. Whoever changes a count is found (`check_appearances`).
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.timezone import localtime

from motcua.core.access.forgetting import forgotten_to
from motcua.core.access.models import AccessSeal, Appearance
from motcua.core.ledger.findings import Finding
from motcua.core.sql import Row, Sql, Tx, act, instant, reading

_LISTS = Sql(
    "SELECT at, kind, actor, agency_id, post, dossiers FROM access_read"
    " WHERE seal_id = %s AND dossiers <> '' ORDER BY leaf"
)
_ADD = Sql(
    "INSERT INTO access_appearance (dossier_id, day, kind, actor, agency_id, post, times, last_at)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
    " ON CONFLICT (dossier_id, day, kind, actor) DO UPDATE SET"
    " times = access_appearance.times + excluded.times, last_at = excluded.last_at"
)
_MARK = Sql("SELECT id, seal FROM access_folded ORDER BY id LIMIT 1")
_BEGIN = Sql("INSERT INTO access_folded (seal) VALUES (%s)")
_TURN = Sql("UPDATE access_folded SET seal = %s WHERE id = %s AND seal = %s")

_Who = tuple[int, datetime.date, str, str]
"""Dossier, day, kind and actor of an appearance."""


@dataclass(slots=True)
class _Times:
    """How often, under which post, and when last."""

    agency_id: int | None
    post: str
    times: int
    last_at: datetime.datetime


def fold(*, most: int) -> int:
    """Fold the lists of up to `most` seals into appearances; give how many seals were folded."""
    done = 0
    while done < most and _fold_next():
        done += 1
    return done


def _fold_next() -> bool:
    """Fold the next seal in one transaction: killed half-way, it is folded again as a whole."""
    with act() as tx:
        mark = tx.one(_MARK)
        if mark is None:
            tx.run(_BEGIN, 0)
            mark = tx.one(_MARK)
        assert mark is not None
        row_id, seal = mark
        if not AccessSeal.objects.filter(number=seal + 1).exists():
            return False
        if not tx.run(_TURN, seal + 1, row_id, seal):
            return False  # another worker was first
        _add(tx, appearances(tx.all(_LISTS, seal + 1)))
        return True


def _add(tx: Tx, found: dict[_Who, _Times]) -> None:
    for (dossier_id, day, kind, actor), one in found.items():
        who = (dossier_id, day, kind, actor, one.agency_id, one.post)
        tx.run(_ADD, *who, one.times, one.last_at)


def appearances(rows: list[Row]) -> dict[_Who, _Times]:
    """Count how often each dossier stood in lists, by day, kind and reader."""
    found: dict[_Who, _Times] = {}
    for at, kind, actor, agency_id, post, dossiers in rows:
        seen_at = instant(at)
        assert seen_at is not None
        for dossier_id in map(int, dossiers.strip(",").split(",")):
            who = (dossier_id, localtime(seen_at).date(), kind, actor)
            one = found.setdefault(who, _Times(agency_id, post, 0, seen_at))
            one.times, one.last_at = one.times + 1, seen_at
    return found


_TWO_DAYS = datetime.timedelta(days=2)
_Count = Counter[_Who]


def check_appearances() -> Iterator[Finding]:
    """Count the sealed lists again, day by day, and give every appearance that differs.

    The day in which the forgotten rows end is counted in part only and passed over.
    """
    tx = reading()
    mark, since = tx.one(_MARK), forgotten_to(tx)
    seals = AccessSeal.objects.filter(number__gt=since, number__lte=mark[1] if mark else 0)
    told: _Count = Counter()
    days: set[datetime.date] = set()
    for number, sealed_at in seals.order_by("number").values_list("number", "sealed_at"):
        found = appearances(tx.all(_LISTS, number))
        told.update({who: one.times for who, one in found.items()})
        days.update(who[1] for who in found)
        over = localtime(sealed_at).date() - _TWO_DAYS
        for day in sorted({who[1] for who in told if who[1] < over}):
            yield from _compared(told, day, passed_over=bool(since) and day == min(days))
    for day in sorted({who[1] for who in told}):
        yield from _compared(told, day, passed_over=bool(since) and day == min(days))
    first = min(days, default=datetime.date.min)
    for day in Appearance.objects.filter(day__gt=first).values_list("day", flat=True).distinct():
        if day not in days:
            yield from _compared(told, day, passed_over=False)


def _compared(told: _Count, day: datetime.date, *, passed_over: bool) -> Iterator[Finding]:
    """Compare one day with its rows, and let go of what was counted."""
    counted = {who: told.pop(who) for who in [who for who in told if who[1] == day]}
    rows = Appearance.objects.filter(day=day)
    kept = {(r.dossier_id, r.day, r.kind, r.actor): r.times for r in rows.iterator()}
    for who in sorted(counted.keys() | kept.keys()) if not passed_over else ():
        if counted.get(who) != kept.get(who):
            yield Finding(
                "access.appearances_differ",
                f"Số lần hồ sơ hiện trong danh sách ngày {day} khác với nhật ký truy cập.",
                f"The appearances of {day} differ from what the access log tells.",
                who[0],
            )
