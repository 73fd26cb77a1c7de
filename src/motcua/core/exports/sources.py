"""What a source gave, as it gave it: exactly its columns, each cell as it came."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from motcua.core.exports.table import Column, Table
from motcua.core.places import BITS, places
from motcua.core.sql import Row, Sql, Tx
from motcua.core.takeover.columns import part_of
from motcua.core.takeover.event_log import ADDED
from motcua.core.takeover.mapping import CASE_INSTANTS, ISO, Mapping, read_mapping
from motcua.core.takeover.models import Source
from motcua.kernel.errors import Refused

PAGE = 200
"""Dossiers that are read at once."""

_CASES = Sql(
    "SELECT d.id, d.external_code, d.fields FROM takeover_case c"
    " JOIN dossiers_dossier d ON d.id = c.dossier_id"
    " WHERE c.source_id = %s AND d.id > %s ORDER BY d.id LIMIT %s"
)
EVENTS = Sql("SELECT id, cells FROM takeover_event WHERE id BETWEEN %s AND %s ORDER BY id")

_XES_KEYS = {
    "id": "concept:instance",
    "name": "concept:name",
    "time": "time:timestamp",
    "transition": "lifecycle:transition",
    "resource": "org:resource",
    "group": "org:group",
}


class UnknownSource(Refused):
    """Nothing was taken over from a source of this name."""

    code = "takeover.unknown_source"
    vi = "Chưa tiếp nhận hồ sơ nào từ nguồn “{source}”."
    en = "Nothing was taken over from the source “{source}”."
    status = 404


def source_named(name: str) -> Source:
    """Give a source; raises `UnknownSource`."""
    row = Source.objects.filter(name=name).first()
    if row is None:
        raise UnknownSource(source=name)
    return row


def given_by(tx: Tx, source: Source) -> Table:
    """Give the events that a source gave, one row each, with its case's attributes beside it."""
    columns = columns_of(source)
    keys = [column.key for column in columns]
    return Table(source.name, columns, _rows(tx, source, keys), keys.index(source.id_column))


def as_log(tx: Tx, source: Source) -> Table:
    """Give the same for an event log: without the columns that reading one had added to it."""
    whole = given_by(tx, source)
    kept = [
        index
        for index, column in enumerate(whole.columns)
        if column.key not in ADDED or index == whole.case
    ]
    rows = ([row[index] for index in kept] for row in whole.rows)
    columns = tuple(whole.columns[index] for index in kept)
    return Table(whole.name, columns, rows, kept.index(whole.case))


def columns_of(source: Source) -> tuple[Column, ...]:
    """Give the columns of a source, with what they are in an event log."""
    mapping, types = read_mapping(source.mapping), json.loads(source.types)
    return tuple(_column(mapping, key, types.get(key, "")) for key in json.loads(source.columns))


def _column(mapping: Mapping, key: str, stated: str) -> Column:
    roles = {column: role for role, column in mapping.event.items()}
    instants = [mapping.case.get(role) for role in CASE_INSTANTS] + [mapping.event["time"]]
    known = "date" if mapping.time == ISO and key in instants else ""
    xes_key = _XES_KEYS.get(roles.get(key, ""), "")
    if key == mapping.case["id"] and key not in ADDED:
        xes_key = "concept:name"
    of_case = part_of(mapping, key) == "case"
    return Column(key, of_case=of_case, xes_key=xes_key, xes_type=stated or known)


def by_dossier(rows: Sequence[Row]) -> dict[int, list[Row]]:
    """Group rows by the dossier in whose place they lie."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row[0] >> BITS, []).append(row)
    return found


def _rows(tx: Tx, source: Source, keys: Sequence[str]) -> Iterator[list[str]]:
    after = 0
    while page := tx.all(_CASES, source.pk, after, PAGE):
        events = tx.all(EVENTS, places(page[0][0])[0], places(page[-1][0])[1])
        cells = by_dossier(events)
        for dossier_id, code, fields in page:
            case = {source.id_column: code, **json.loads(fields)}
            for event in cells.get(dossier_id, ()):
                told = case | json.loads(event[1])
                yield [told.get(key, "") for key in keys]
        after = page[-1][0]
