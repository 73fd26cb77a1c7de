"""All open dossiers of ended agencies go to their heirs: each an act of its own, many a commit.

Then what follows them (`followers`) does. A process that is killed leaves whole dossiers: what has
gone over is at the heir, and a second run takes what is left. What one refuses holds up no other.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from django.db import connection, connections
from django.db.models import F

from motcua.core.dossiers.situation import NotFound
from motcua.core.jobs.queue import enqueue
from motcua.core.ledger.append import append_to_house, take_house
from motcua.core.reform.effect import ACTOR, come_into_force
from motcua.core.reform.followers import Follower, followers
from motcua.core.reform.models import Reform
from motcua.core.reform.moving import NothingToTake, take_over
from motcua.core.reform.planning import reform
from motcua.core.sql import Sql, Tx, act, reading
from motcua.kernel.errors import Refused

BATCH = 50
"""Dossiers a commit: on SQLite whoever writes waits for one."""

LANES = 2
"""Connections of a run on PostgreSQL: while one waits for the server, the other one works."""

SWEEP = "reform.sweep"
DONE = "reform_done"
LISTED = 100

# Another process may know the agencies of a moment ago for five seconds and send work to an ended
# one, so a run is followed by another look.
_LOOK_AGAIN = datetime.timedelta(minutes=1)
_LOOK_LATER = datetime.timedelta(hours=1)
"""What nothing moves is looked at less often."""

_HELD = Sql(
    "SELECT DISTINCT dossier_id FROM dossiers_workitem WHERE ended_at IS NULL"
    " AND agency_id IN (SELECT agency_id FROM agencies_heir) ORDER BY dossier_id"
)
# Held elsewhere, but received by an agency that ended: its heir serves the applicant from now on.
_RECEIVED = Sql(
    "SELECT id FROM dossiers_dossier WHERE NOT closed"
    " AND receiving_agency_id IN (SELECT agency_id FROM agencies_heir)"
    " AND holding_agency_id NOT IN (SELECT agency_id FROM agencies_heir) ORDER BY id"
)

Instant = Callable[[], datetime.datetime]


@dataclass(slots=True)
class Report:
    """What a run did: dossiers and records passed on, refusals by code and the first of them."""

    moved: int = 0
    records: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    listed: list[tuple[int, Refused]] = field(default_factory=list)

    def refuse(self, number: int, refusal: Refused) -> None:
        """Count what stays, and list the first of it."""
        self.refused[refusal.code] += 1
        if len(self.listed) < LISTED:
            self.listed.append((number, refusal))

    def add(self, other: Report) -> None:
        """Take in what another part of the run did."""
        self.moved += other.moved
        self.records += other.records
        self.refused.update(other.refused)
        self.listed += other.listed[: LISTED - len(self.listed)]

    def told(self) -> dict[str, object]:
        """Give the report as plain values for JSON."""
        return {
            "moved": self.moved,
            "records": self.records,
            "refused": self.refused.total(),
            "refusals": dict(sorted(self.refused.items())),
        }


Batch = Callable[[Tx, Instant, Report], None]
"""What one commit passes on."""


def run(*, clock: Instant, reform_id: int) -> Report:
    """Bring a plan into force if it is not yet, and pass on whatever is still behind.

    A draft and an undone plan do nothing. Raises what `come_into_force` raises.
    """
    row = come_into_force(at=clock(), reform_id=reform_id)
    report = Report()
    if row.state in {Reform.State.DRAFT, Reform.State.UNDONE}:
        return report
    _all_lanes(report, partial(_lane, iter([*_batches(row)]), clock, reform_id))
    _end(report, clock(), reform_id)
    return report


def _batches(reform: Reform) -> Iterator[Batch]:
    tx = reading()
    ids = [int(row[0]) for row in tx.all(_RECEIVED)]
    ids = [int(row[0]) for row in tx.all(_HELD)] + ids
    for some in _parts(ids):
        yield partial(_dossiers, some, reform.pk)
    for one in followers():
        for some in _parts(one.left()):
            yield partial(_following, one, some, reform)


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _all_lanes(report: Report, lane: Callable[[], Report]) -> None:
    """Work off what there is; PostgreSQL in two lanes, each of which waits for its own answers."""
    is_alone = connection.in_atomic_block or not reading().is_postgres
    with ThreadPoolExecutor(LANES) as pool:
        others = [] if is_alone else [pool.submit(_beside, lane) for _ in range(LANES - 1)]
        report.add(lane())
        for one in others:
            report.add(one.result())


def _beside(lane: Callable[[], Report]) -> Report:
    try:
        return lane()
    finally:
        connections.close_all()  # those of this thread


def _lane(batches: Iterator[Batch], clock: Instant, reform_id: int) -> Report:
    """Take one batch after another, each of which goes to one lane only."""
    report = Report()
    for batch in batches:
        report.add(_pass_on(batch, clock, reform_id))
    return report


def _pass_on(batch: Batch, clock: Instant, reform_id: int) -> Report:
    done = Report()
    with act() as tx:
        batch(tx, clock, done)
        Reform.objects.filter(pk=reform_id).update(
            moved=F("moved") + done.moved, records=F("records") + done.records
        )
    return done


def _dossiers(some: Sequence[int], reform_id: int, _tx: Tx, clock: Instant, done: Report) -> None:
    for dossier_id in some:
        try:
            take_over(at=clock(), dossier_id=dossier_id, reform_id=reform_id)
        except (NothingToTake, NotFound):  # it ended, or somebody was first
            continue
        except Refused as refusal:
            done.refuse(dossier_id, refusal)
        else:
            done.moved += 1


def _following(
    one: Follower, some: Sequence[int], reform: Reform, tx: Tx, clock: Instant, done: Report
) -> None:
    for number in some:
        try:
            done.records += one.take_over(tx, number, at=clock(), reform=reform)
        except Refused as refusal:
            done.refuse(number, refusal)


def _end(report: Report, at: datetime.datetime, reform_id: int) -> None:
    """Tell the house what a run did, and look again later if it did anything or left some."""
    with act() as tx:
        take_house(tx)
        row = reform(reform_id)
        row.left = report.refused.total()
        is_done = row.state == Reform.State.IN_FORCE and not row.left
        if is_done:
            row.state, row.ended_at = Reform.State.DONE, at
        row.save(update_fields=["left", "state", "ended_at"])
        news = is_done or bool(report.moved or report.records)
        if news:
            data: dict[str, object] = {"reform": row.pk, "state": str(row.state)}
            data |= {"moved": row.moved, "records": row.records, "left": row.left}
            append_to_house(tx, act=DONE, at=at, actor=ACTOR, data=data)
        if news or row.left:
            again = at + (_LOOK_AGAIN if news else _LOOK_LATER)
            enqueue(tx, SWEEP, {"reform": row.pk}, at=at, run_at=again)
