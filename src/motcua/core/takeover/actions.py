"""Taking dossiers over: the file is checked whole, then written case by case.

Each case is one transaction, so a process that is killed leaves whole cases and a second run goes
on where it stopped. A case that is here already is compared by its digest and never overwritten.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from django.db import IntegrityError, connection

from motcua.core.access.actors import Actor
from motcua.core.ledger.append import append_to_house
from motcua.core.sql import Sql, Tx, act, hot_act, marks, reading
from motcua.core.takeover.agencies import check_agencies, ensure_agency
from motcua.core.takeover.cases import CaseRefused, TakenCase, case_of
from motcua.core.takeover.columns import Columns
from motcua.core.takeover.figures import Figures, figures_of
from motcua.core.takeover.mapping import Mapping
from motcua.core.takeover.models import Source
from motcua.core.takeover.procedure import declared_by, published
from motcua.core.takeover.staging import RowRefusal, Stage, staged
from motcua.core.takeover.writing import Ground, write_case
from motcua.kernel.errors import Refused

LISTED = 100
"""Refusals that a report lists; `refused_rows` counts all."""

_IDS_AT_ONCE = 500
_KNOWN = Sql(  # the last condition is the partial index's own, so that it may be used
    "SELECT c.digest FROM dossiers_dossier d LEFT JOIN takeover_case c ON c.dossier_id = d.id"
    " WHERE d.external_source = %s AND d.external_code = %s AND NOT (d.external_code = '')"
)


class CaseChanged(Refused):
    """The case was taken over before and its rows now say something else."""

    code = "takeover.case_changed"
    vi = "Hồ sơ {case} đã được tiếp nhận trước đây với nội dung khác; không ghi đè."
    en = "The case {case} was taken over before with other content; it is not overwritten."
    status = 409


class EventElsewhere(Refused):
    """An event id that an earlier import brought with another case."""

    code = "takeover.event_elsewhere"
    vi = "Mã sự kiện “{event}” đã được tiếp nhận trong một hồ sơ khác."
    en = "The event id “{event}” was taken over before with another case."
    status = 409


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. `refused` counts cases; rows are counted without the header."""

    source: str
    dry_run: bool
    rows: int
    created: int
    unchanged: int
    refused: int
    refused_rows: int
    figures: Figures
    refusals: tuple[RowRefusal, ...]

    def told(self) -> dict[str, object]:
        """Give the answer as plain values for JSON."""
        figures = self.figures.told()
        return {
            "dossiers": figures.pop("dossiers"),
            "events": figures.pop("events"),
            "created": self.created,
            "unchanged": self.unchanged,
            "refused": self.refused,
            **figures,
            "source": self.source,
            "dry_run": self.dry_run,
            "rows": self.rows,
            "refused_rows": self.refused_rows,
            "refusals": [one.told() for one in self.refusals],
        }


@dataclass(slots=True)
class _Run:
    """One run: what it stands on is made when the first new case needs it."""

    mapping: Mapping
    stage: Stage
    actor: Actor
    at: datetime.datetime
    dry_run: bool
    ground: Ground | None = None
    agencies: set[str] = field(default_factory=set)
    figures: Figures = field(default_factory=Figures)
    created: int = 0
    unchanged: int = 0


def take_over(
    *, actor: Actor, at: datetime.datetime, path: Path, mapping: Mapping, dry_run: bool = False
) -> Report:
    """Take the dossiers of a file over; a dry run makes every check and writes nothing.

    `at` is when all of it is recorded. Raises where the file or the mapping as a whole cannot be
    taken; rows and cases that cannot are refused in the report, and the others go on.
    """
    check_agencies(mapping)
    with staged(path, mapping) as stage:
        declared_by(mapping, stage.columns)  # what could not be published is told before writing
        run = _Run(mapping, stage, actor, at, dry_run)
        for code, rows in stage.good_cases():
            try:
                _take(run, case_of(mapping, stage.columns, code, rows))
            except CaseRefused as wrong:
                stage.refuse(wrong.line, code, wrong.column, wrong.refusal)
        return Report(
            source=mapping.source,
            dry_run=dry_run,
            rows=stage.rows,
            created=run.created,
            unchanged=run.unchanged,
            refused=stage.refused_cases(),
            refused_rows=stage.refused_rows(),
            figures=run.figures if dry_run else figures_of(mapping.source),
            refusals=stage.refusals(LISTED),
        )


def _take(run: _Run, case: TakenCase) -> None:
    if _is_known(reading(), run, case):
        run.unchanged += 1
    else:
        _check_events(reading(), run, case)
        if run.dry_run or _write(run, case):
            run.created += 1
        else:
            run.unchanged += 1
    run.figures.add(case)


def _is_known(tx: Tx, run: _Run, case: TakenCase) -> bool:
    """Tell whether the case is here as it is; one that differs is refused."""
    row = tx.one(_KNOWN, run.mapping.source, case.code)
    if row is None:
        return False
    if row[0] is None or bytes(row[0]) != case.digest:
        column = run.mapping.case["id"]
        raise CaseRefused(case.line, column, CaseChanged(case=case.code))
    return True


def _check_events(tx: Tx, run: _Run, case: TakenCase) -> None:
    """The case is new: none of its events may be here."""
    codes = {event.code: event for event in case.events}
    wanted = list(codes)
    for start in range(0, len(wanted), _IDS_AT_ONCE):
        some = wanted[start : start + _IDS_AT_ONCE]
        row = tx.one(_taken(len(some)), run.mapping.source, *some)
        if row is not None:
            event = codes[row[0]]
            column = run.mapping.event["id"]
            raise CaseRefused(event.line, column, EventElsewhere(event=event.code))


def _taken(count: int) -> Sql:
    return Sql(
        "SELECT e.code FROM takeover_event e JOIN takeover_source s ON s.id = e.source_id"
        f" WHERE s.name = %s AND e.code IN ({marks(count)}) LIMIT 1"
    )


def _write(run: _Run, case: TakenCase) -> bool:
    """Write a case; False when another run wrote the very same meanwhile."""
    ground = run.ground = run.ground or _lay(run)
    if case.agency not in run.agencies:
        with act() as tx:
            ensure_agency(tx, run.mapping, case.agency, actor=run.actor.key, at=run.at)
        run.agencies.add(case.agency)
    try:
        with connection.wrap_database_errors, hot_act() as tx:
            write_case(tx, ground, case)
    except IntegrityError:
        if not _is_known(reading(), run, case):
            raise
        return False
    return True


def _lay(run: _Run) -> Ground:
    """Publish the procedure and remember the source, once before the first new case."""
    mapping, columns = run.mapping, run.stage.columns
    with act() as tx:
        declaration = declared_by(mapping, columns)
        version = published(tx, mapping, declaration, actor=run.actor.key, at=run.at)
        source = _remember(tx, run, columns)
    return Ground(source.pk, source.name, version, run.actor, run.at)


def _remember(tx: Tx, run: _Run, columns: Columns) -> Source:
    mapping = run.mapping
    row = Source.objects.filter(name=mapping.source).first() or Source(name=mapping.source)
    before = json.loads(row.columns) if row.columns else []
    names = list(dict.fromkeys([*columns.names, *before]))
    types = json.dumps(json.loads(row.types) | run.stage.types, ensure_ascii=False)
    if (row.mapping, before, row.types) == (mapping.text, names, types):
        return row
    row.mapping, row.columns = mapping.text, json.dumps(names, ensure_ascii=False)
    row.types = types
    row.id_column = columns.names[columns.case["id"]]
    row.delimiter, row.quote = mapping.delimiter, mapping.quote
    row.taken_at = run.at
    row.save()
    append_to_house(
        tx,
        act="takeover",
        at=run.at,
        actor=run.actor.key,
        data={
            "source": row.name,
            "mapping": hashlib.sha256(mapping.text.encode()).hexdigest(),
            "columns": len(names),
        },
        origin="imported",
    )
    return row
