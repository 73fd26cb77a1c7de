"""A batch of new dates in one transaction: some statements for all of its dossiers.

The rows of `Redated` are written first, of those dossiers alone that stand as they were read; all
other statements follow them. Whoever acts on one of them at that moment waits and reads again; one
that was acted on since is left to the next look.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Sequence

from motcua.core.ledger.append import HOUSE, append_to_house, head, take_house
from motcua.core.places import places
from motcua.core.redating.effect import ACTOR
from motcua.core.redating.finding import Moving
from motcua.core.sql import Sql, Tx, hot_act, utc_text
from motcua.kernel.canonical import encode

REDATE = "redate"
_DENSE = 1.5
"""How many dossiers there may be in a stretch for each that moves, to write the rights of all."""

_WRITTEN = "r.id BETWEEN %s AND %s AND r.batch = %s"
_KEEP = Sql(
    "INSERT INTO clock_redated (id, dossier_id, batch, seq, due_at, told)"
    " SELECT (d.id << 24) | (COALESCE(d.redated, 0) + 1), d.id, %s, d.seq,"
    " json_extract(x.value, '$[3]'), json_extract(x.value, '$[4]')"
    " FROM json_each(%s) x JOIN dossiers_dossier d ON d.id = json_extract(x.value, '$[0]')"
    " WHERE d.seq = json_extract(x.value, '$[1]')"
    " AND COALESCE(d.redated, 0) = json_extract(x.value, '$[2]') RETURNING dossier_id",
    postgres="INSERT INTO clock_redated (id, dossier_id, batch, seq, due_at, told)"
    " SELECT (d.id << 24) | (COALESCE(d.redated, 0) + 1), d.id, %s, d.seq,"
    " ((x->>3) || '+00')::timestamptz, x->>4"
    " FROM json_array_elements(%s::json) x JOIN dossiers_dossier d ON d.id = (x->>0)::bigint"
    " WHERE d.seq = (x->>1)::bigint AND COALESCE(d.redated, 0) = (x->>2)::bigint"
    " ORDER BY d.id FOR UPDATE OF d RETURNING dossier_id",
)
_DOSSIERS = Sql(
    "UPDATE dossiers_dossier SET due_at = r.due_at, redated = COALESCE(redated, 0) + 1"
    f" FROM clock_redated r WHERE {_WRITTEN} AND dossiers_dossier.id = r.dossier_id"
)
# The stretch that lasts is the last one: as many as acts of people and new dates together.
_LASTING = "(d.id << 24) | (d.revision + d.redated - 1)"
_ENDED = Sql(
    "UPDATE facts_fact SET ended_recorded = %s,"
    " ended_at = CASE WHEN began_at > %s THEN began_at ELSE %s END"
    " FROM clock_redated r JOIN dossiers_dossier d ON d.id = r.dossier_id"
    f" WHERE {_WRITTEN} AND facts_fact.id = {_LASTING}"
)
_BEGUN = Sql(
    "INSERT INTO facts_fact (id, dossier_id, procedure_id, state, step, agency_id,"
    " receiving_agency_id, officer_id, channel, outcome, due_at, began_at, began_recorded, origin)"
    " SELECT f.id + 1, f.dossier_id, f.procedure_id, f.state, f.step, f.agency_id,"
    " f.receiving_agency_id, f.officer_id, f.channel, f.outcome, r.due_at, f.ended_at,"
    " f.ended_recorded, f.origin FROM clock_redated r"
    f" JOIN dossiers_dossier d ON d.id = r.dossier_id JOIN facts_fact f ON f.id = {_LASTING}"
    f" WHERE {_WRITTEN}"
)
_SCOPES = Sql(
    "UPDATE access_scoperow SET due_at = r.due_at"
    " FROM clock_redated r JOIN dossiers_dossier d ON d.id = r.dossier_id"
    f" WHERE {_WRITTEN} AND d.finished_at IS NULL AND access_scoperow.dossier_id = r.dossier_id"
    " AND access_scoperow.due_at IS NOT r.due_at",
    postgres="UPDATE access_scoperow SET due_at = r.due_at"
    " FROM clock_redated r JOIN dossiers_dossier d ON d.id = r.dossier_id"
    f" WHERE {_WRITTEN} AND d.finished_at IS NULL AND access_scoperow.dossier_id = r.dossier_id"
    " AND access_scoperow.due_at IS DISTINCT FROM r.due_at",
)
# A right repeats the date of its dossier as long as a result is owed, so where nearly all of a
# stretch move, SQLite does without the list of rows that an `UPDATE … FROM` makes first.
_SCOPES_OF_ALL = Sql(
    "UPDATE access_scoperow SET due_at = (SELECT d.due_at FROM dossiers_dossier d"
    " WHERE d.id = access_scoperow.dossier_id)"
    " WHERE dossier_id BETWEEN %s AND %s AND due_at IS NOT NULL"
)
_WORK = Sql(
    "UPDATE dossiers_workitem SET due_at = json_extract(x.value, '$[1]'),"
    " calendar_revision = json_extract(x.value, '$[2]') FROM json_each(%s) x"
    " WHERE dossiers_workitem.id = json_extract(x.value, '$[0]')",
    postgres="UPDATE dossiers_workitem SET due_at = ((x->>1) || '+00')::timestamptz,"
    " calendar_revision = (x->>2)::smallint FROM json_array_elements(%s::json) x"
    " WHERE dossiers_workitem.id = (x->>0)::bigint",
)
_WINDOW = Sql("UPDATE dossiers_dossier SET answer_by = %s, wake_at = %s WHERE id = %s")


def write(moving: Sequence[Moving], *, change_id: int, at: datetime.datetime) -> list[Moving]:
    """Write new dates and their entry, and give those that were written."""
    with hot_act() as tx:
        take_house(tx)
        batch = head(tx, HOUSE)[0] + 1
        kept = _keep(tx, moving, batch)
        if not kept:
            return []
        written = (places(kept[0].id)[0], places(kept[-1].id)[1], batch)
        tx.run(_DOSSIERS, *written)
        tx.run(_ENDED, at, at, at, *written)
        tx.run(_BEGUN, *written)
        _repeat(tx, kept, written)
        work = [[one.id, utc_text(one.due), one.revision] for m in kept for one in m.work]
        tx.run(_WORK, _sent(work))
        for one in kept:
            if one.window is not None:
                tx.run(_WINDOW, *one.window, one.id)
        data: dict[str, object] = {
            "change": change_id,
            "dossiers": len(kept),
            "digest": digest_of((one.id, one.redated + 1, one.seq, one.told) for one in kept),
        }
        append_to_house(tx, act=REDATE, at=at, actor=ACTOR, data=data)
    return kept


def _repeat(tx: Tx, kept: Sequence[Moving], written: tuple[int, int, int]) -> None:
    """Have the rights in lists repeat the new dates."""
    first, last = kept[0].id, kept[-1].id
    if tx.is_postgres or last - first >= _DENSE * len(kept):
        tx.run(_SCOPES, *written)
    else:
        tx.run(_SCOPES_OF_ALL, first, last)


def _keep(tx: Tx, moving: Sequence[Moving], batch: int) -> list[Moving]:
    rows = [
        [one.id, one.seq, one.redated, one.due and utc_text(one.due), one.told] for one in moving
    ]
    taken = {int(row[0]) for row in tx.all(_KEEP, batch, _sent(rows))}
    return [one for one in moving if one.id in taken]


def _sent(rows: Sequence[object]) -> str:
    """Write rows as the one JSON text that a statement takes them from."""
    return encode(rows, trusted=True).decode()


def digest_of(rows: Iterable[tuple[int, int, int, str]]) -> str:
    """Give the SHA-256 of the rows of a batch: dossier, number, entry, dates; in their order."""
    found = hashlib.sha256()
    for dossier_id, number, seq, told in rows:
        found.update(f"{dossier_id} {number} {seq} {told}\n".encode())
    return found.hexdigest()
