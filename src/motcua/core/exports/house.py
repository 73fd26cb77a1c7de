"""What the whole house holds: a row for each dossier, or for each of its events.

Standard columns come first (those of XES where XES has one), then those of every source. Names,
forms and papers of applicants are not among them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from motcua.core.agencies.queries import tree
from motcua.core.dossiers.listing import Line
from motcua.core.exports.sources import EVENTS, PAGE, by_dossier, columns_of
from motcua.core.exports.table import Cell, Column, Kind, Table
from motcua.core.places import places
from motcua.core.sql import Row, Sql, Tx, instant
from motcua.core.takeover.models import Source
from motcua.core.takeover.writing import CASE_ACT, EVENT_ACT

_INSTANT, _WHOLE = Kind.INSTANT, Kind.WHOLE
CASE = Column("case:concept:name", of_case=True)
_ENTRY = (
    Column("concept:instance"),
    Column("concept:name"),
    Column("lifecycle:transition"),
    Column("org:resource"),
    Column("org:group"),
    Column("time:timestamp", _INSTANT),
)
_OF_CASE = tuple(
    Column(f"motcua:{key}", kind, of_case=True)
    for key, kind in {
        "lookup": Kind.TEXT,
        "code": Kind.TEXT,
        "source": Kind.TEXT,
        "origin": Kind.TEXT,
        "procedure": Kind.TEXT,
        "channel": Kind.TEXT,
        "receiving": Kind.TEXT,
        "holding": Kind.TEXT,
        "state": Kind.TEXT,
        "step": Kind.TEXT,
        "outcome": Kind.TEXT,
        "bucket": Kind.TEXT,
        "filed": _INSTANT,
        "received": _INSTANT,
        "due": _INSTANT,
        "promised": _INSTANT,
        "finished": _INSTANT,
        "returned": _INSTANT,
    }.items()
)
_RECORD = (Column("motcua:seq", _WHOLE), Column("motcua:recorded", _INSTANT))
EVENT_COLUMNS = (CASE, *_ENTRY, *_OF_CASE, *_RECORD)
CASE_COLUMNS = (CASE, *_OF_CASE)

_CASES = Sql(
    "SELECT d.id, d.external_code, d.lookup, d.code, d.external_source, d.origin, p.code,"
    " d.channel, d.receiving_agency_id, d.holding_agency_id, d.state, d.step, d.outcome, d.bucket,"
    " d.filed_at, d.received_at, d.due_at, d.promised_at, d.finished_at, d.returned_at"
    " FROM dossiers_dossier d JOIN procedures_procedure p ON p.id = d.procedure_id"
    " WHERE d.id > %s ORDER BY d.id LIMIT %s"
)
_TAKEN = Sql(
    "SELECT c.dossier_id, c.source_id, d.external_code, d.fields FROM takeover_case c"
    " JOIN dossiers_dossier d ON d.id = c.dossier_id WHERE c.dossier_id BETWEEN %s AND %s"
)
_ENTRIES = Sql(
    "SELECT id, seq, act, at, recorded_at, body FROM ledger_entry WHERE id BETWEEN %s AND %s"
    " ORDER BY id"
)


def cases(tx: Tx, zone: ZoneInfo) -> Table:
    """Give one row for each dossier, as it stands now."""
    told = _teller(zone)
    rows = (told(row) for page in _pages(tx) for row in page)
    return Table("motcua", CASE_COLUMNS, rows)


def events(tx: Tx, zone: ZoneInfo) -> Table:
    """Give one row for each event of each dossier, with what is true of the dossier beside it."""
    sources = {row.pk: row for row in Source.objects.order_by("pk")}
    theirs = {one.key: one for row in sources.values() for one in columns_of(row)}
    for ours in EVENT_COLUMNS:
        theirs.pop(ours.key, None)
    columns = (*EVENT_COLUMNS, *theirs.values())
    return Table("motcua", columns, _events(tx, zone, sources, [one.key for one in columns]))


def events_of(tx: Tx, batches: Iterable[Sequence[Line]], zone: ZoneInfo) -> Table:
    """Give the events of these dossiers, as a reader of each sees them: no source's own cells."""
    told = _teller(zone)

    def rows() -> Iterator[list[Cell]]:
        for line in (one for batch in batches for one in batch):
            case = told(_row_of(line))
            for entry in tx.all(_ENTRIES, *places(line.id)):
                if entry[2] != CASE_ACT:
                    yield _entry(line.lookup, entry, case, zone)

    return Table("motcua", EVENT_COLUMNS, rows())


def _row_of(line: Line) -> Row:
    """Give a line of a list as the statement of cases would."""
    return (
        *(line.id, None, line.lookup, line.code, "", "", line.declaration.code, line.channel),
        *(line.receiving_agency_id, line.holding_agency_id),
        *(line.state, line.step, line.outcome, line.bucket, line.filed_at, line.received_at),
        *(line.due_at, line.promised_at, line.finished_at, None),
    )


def _pages(tx: Tx) -> Iterator[list[Row]]:
    after = 0
    while page := tx.all(_CASES, after, PAGE):
        yield page
        after = page[-1][0]


def _teller(zone: ZoneInfo) -> Callable[[Row], list[Cell]]:
    """Give what turns a row of a dossier into the cells of `CASE_COLUMNS`."""
    codes = {node.id: node.code for node in tree().nodes.values()}

    def told(row: Row) -> list[Cell]:
        return [
            row[3] or row[1] or row[2],
            row[2],
            row[3] or "",
            *row[4:8],
            codes.get(row[8], ""),
            codes.get(row[9], ""),
            *row[10:14],
            *[_in_zone(value, zone) for value in row[14:20]],
        ]

    return told


def _events(
    tx: Tx, zone: ZoneInfo, sources: Mapping[int, Source], keys: Sequence[str]
) -> Iterator[list[Cell]]:
    told, theirs = _teller(zone), keys[len(EVENT_COLUMNS) :]
    for page in _pages(tx):
        first, last = page[0][0], page[-1][0]
        between = places(first)[0], places(last)[1]
        entries = by_dossier(tx.all(_ENTRIES, *between))
        given = _given(tx, sources, first, last) if sources else {}
        cells = {row[0]: json.loads(row[1]) for row in tx.all(EVENTS, *between)} if given else {}
        for row in page:
            case, extra = told(row), given.get(row[0])
            for entry in entries.get(row[0], ()):
                if entry[2] == CASE_ACT:  # the take-over itself was no event of the case
                    continue
                line = _entry(row[2], entry, case, zone)
                if extra is None:
                    yield [*line, *("" for _ in theirs)]
                else:
                    yield _overlaid(line, keys, extra | cells.get(entry[0], {}))


def _given(
    tx: Tx, sources: Mapping[int, Source], first: int, last: int
) -> dict[int, dict[str, str]]:
    """Give the attributes that came with the dossiers of a page that were taken over."""
    return {
        dossier_id: {sources[source_id].id_column: code, **json.loads(fields)}
        for dossier_id, source_id, code, fields in tx.all(_TAKEN, first, last)
    }


def _overlaid(line: Sequence[Cell], keys: Sequence[str], given: Mapping[str, str]) -> list[Cell]:
    """Let a source's own cells stand where they were given; instants of ours stay instants."""
    known: dict[str, Cell] = dict(zip(keys, line, strict=False))
    return [
        known[key] if isinstance(known.get(key), datetime) else given.get(key, known.get(key, ""))
        for key in keys
    ]


def _entry(lookup: str, entry: Row, case: Sequence[Cell], zone: ZoneInfo) -> list[Cell]:
    body = json.loads(entry[5])
    return [
        case[0],
        f"{lookup}/{entry[1]}",
        str(body["data"].get("name", "")) if entry[2] == EVENT_ACT else entry[2],
        "complete",
        body["actor"] or "",
        body["post"] or "",
        _in_zone(entry[3], zone),
        *case[1:],
        entry[1],
        _in_zone(entry[4], zone),
    ]


def _in_zone(value: object, zone: ZoneInfo) -> datetime | None:
    at = instant(value)
    return at.astimezone(zone) if at else None
