"""All running dossiers of a version go over: first a preview, then one act each, then a report.

Each dossier is an act of its own, so a process that is killed leaves whole dossiers and a second
run takes the rest. What one refuses holds up no other; it is counted and listed.
"""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field

from motcua.core.access.actors import house
from motcua.core.dossiers.situation import read
from motcua.core.ledger.append import append_to_house
from motcua.core.migrating.acts import Chart, migrate, prepared
from motcua.core.sql import Sql, act, reading
from motcua.kernel.errors import Refused

JOB = "migrate"
LISTED = 100
"""Refusals that a report lists; `refused` counts all."""

_PAGE = 500
_RUNNING = Sql(
    "SELECT id, lookup FROM dossiers_dossier WHERE version_id = %s AND NOT closed AND id > %s"
    " ORDER BY id LIMIT %s"
)


@dataclass(slots=True)
class Report:
    """What a run did or would do: dossiers by old and new step, new due dates, refusals by code."""

    dry_run: bool
    moved: Counter[tuple[str, str]] = field(default_factory=Counter)
    redated: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    listed: list[tuple[str, Refused]] = field(default_factory=list)

    def refuse(self, lookup: str, refusal: Refused) -> None:
        """Count a dossier that stays where it is, and list the first of them."""
        self.refused[refusal.code] += 1
        if len(self.listed) < LISTED:
            self.listed.append((lookup, refusal))

    def told(self) -> dict[str, object]:
        """Give the report as plain values for JSON."""
        return {
            "dry_run": self.dry_run,
            "moved": self.moved.total(),
            "steps": [
                {"from": before, "to": after, "dossiers": count}
                for (before, after), count in sorted(self.moved.items())
            ],
            "redated": self.redated,
            "refused": self.refused.total(),
            "refusals": dict(sorted(self.refused.items())),
            "listed": [
                {"lookup": lookup, "code": one.code, "vi": one.text("vi"), "en": one.text("en")}
                for lookup, one in self.listed
            ],
        }


def migrate_all(*, at: datetime.datetime, by: Chart, dry_run: bool = False) -> Report:
    """Take every running dossier of the map's first version over, or tell what would become of it.

    The counts of a run that wrote anything stand in an entry of the house.
    """
    report, after = Report(dry_run), -1
    while found := reading().all(_RUNNING, by.source_id, after, _PAGE):
        for dossier_id, lookup in found:
            try:
                _one(report, int(dossier_id), at, by)
            except Refused as refusal:
                report.refuse(lookup, refusal)
        after = int(found[-1][0])
    if not dry_run and report.moved:
        told = report.told()
        data = {"map": by.map_id} | {one: told[one] for one in ("moved", "refused", "redated")}
        with act() as tx:
            append_to_house(tx, act="migrate_all", at=at, actor=house(JOB).key, data=data)
    return report


def _one(report: Report, dossier_id: int, at: datetime.datetime, by: Chart) -> None:
    tx = reading()
    snapshot = read(tx, dossier_id)
    planned = prepared(tx, snapshot, at, by).plan.now
    if not report.dry_run:
        migrate(actor=house(JOB), at=at, dossier_id=dossier_id, by=by, key=None)
    report.moved[snapshot.now.step, planned.step] += 1
    report.redated += planned.due_at != snapshot.now.due_at
