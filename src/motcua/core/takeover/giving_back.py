"""Giving dossiers back as rows: one row for each event, with its case's attributes beside it.

Of a source: exactly the columns its files came with, each cell as it was given. Of the whole
house: standard columns (those of XES where XES has one), then those of every source.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TextIO
from zoneinfo import ZoneInfo

from motcua.core.agencies.queries import tree
from motcua.core.places import BITS, places
from motcua.core.sql import Row, Sql, instant, reading
from motcua.core.takeover.models import Source
from motcua.core.takeover.writing import CASE_ACT, EVENT_ACT
from motcua.kernel.errors import Refused

STANDARD = (
    "case:concept:name",
    "concept:instance",
    "concept:name",
    "lifecycle:transition",
    "org:resource",
    "org:group",
    "time:timestamp",
    "motcua:lookup",
    "motcua:code",
    "motcua:source",
    "motcua:origin",
    "motcua:procedure",
    "motcua:channel",
    "motcua:receiving",
    "motcua:holding",
    "motcua:state",
    "motcua:step",
    "motcua:outcome",
    "motcua:bucket",
    "motcua:filed",
    "motcua:received",
    "motcua:due",
    "motcua:promised",
    "motcua:finished",
    "motcua:returned",
    "motcua:seq",
    "motcua:recorded",
)
"""Columns of an export of the whole house; applicants and forms are not among them."""

_PAGE = 200
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_OF_SOURCE = Sql(
    "SELECT d.id, d.external_code, d.fields FROM takeover_case c"
    " JOIN dossiers_dossier d ON d.id = c.dossier_id"
    " WHERE c.source_id = %s AND d.id > %s ORDER BY d.id LIMIT %s"
)
_ALL = Sql(
    "SELECT d.id, d.external_code, d.fields, d.lookup, d.code, d.external_source, d.origin,"
    " p.code, d.channel, d.receiving_agency_id, d.holding_agency_id, d.state, d.step, d.outcome,"
    " d.bucket, d.filed_at, d.received_at, d.due_at, d.promised_at, d.finished_at, d.returned_at,"
    " c.source_id FROM dossiers_dossier d JOIN procedures_procedure p ON p.id = d.procedure_id"
    " LEFT JOIN takeover_case c ON c.dossier_id = d.id WHERE d.id > %s ORDER BY d.id LIMIT %s"
)
_EVENTS = Sql("SELECT id, cells FROM takeover_event WHERE id BETWEEN %s AND %s ORDER BY id")
_ENTRIES = Sql(
    "SELECT id, seq, act, at, recorded_at, body FROM ledger_entry WHERE id BETWEEN %s AND %s"
    " ORDER BY id"
)


class UnknownSource(Refused):
    """Nothing was taken over from a source of this name."""

    code = "takeover.unknown_source"
    vi = "Chưa tiếp nhận hồ sơ nào từ nguồn “{source}”."
    en = "Nothing was taken over from the source “{source}”."
    status = 404


def give_back(source: str, out: TextIO, *, for_spreadsheets: bool = False) -> int:
    """Write what was taken over from a source; give the number of rows."""
    row = Source.objects.filter(name=source).first()
    if row is None:
        raise UnknownSource(source=source)
    line = _line(row.delimiter, row.quote)
    columns = json.loads(row.columns)
    return _write(out, line, columns, _rows_of(row), for_spreadsheets=for_spreadsheets)


def give_all(out: TextIO, *, zone: str, for_spreadsheets: bool = False) -> int:
    """Write every dossier of the house, instants in a time zone; give the number of rows."""
    sources = {row.pk: row for row in Source.objects.order_by("pk")}
    names = [name for row in sources.values() for name in json.loads(row.columns)]
    columns = list(dict.fromkeys([*STANDARD, *names]))
    line = _line(",", '"')
    rows = _rows_of_all(sources, ZoneInfo(zone))
    return _write(out, line, columns, rows, for_spreadsheets=for_spreadsheets)


def _write(
    out: TextIO,
    line: Callable[[Sequence[str]], str],
    columns: Sequence[str],
    rows: Iterator[Mapping[str, str]],
    *,
    for_spreadsheets: bool,
) -> int:
    keep = _harmless if for_spreadsheets else str
    out.write(line([keep(name) for name in columns]))
    count = 0
    for row in rows:
        out.write(line([keep(row.get(name, "")) for name in columns]))
        count += 1
    return count


def _line(delimiter: str, quote: str) -> Callable[[Sequence[str]], str]:
    """Write a row as RFC 4180 wants it (Python's writer leaves a lone CR without quotes)."""
    special = re.compile(f"[{re.escape(delimiter)}{re.escape(quote)}\r\n]")

    def written(cells: Sequence[str]) -> str:
        quoted = (
            f"{quote}{cell.replace(quote, quote * 2)}{quote}" if special.search(cell) else cell
            for cell in cells
        )
        return delimiter.join(quoted) + "\n"

    return written


def _harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _rows_of(source: Source) -> Iterator[dict[str, str]]:
    tx, after = reading(), 0
    while page := tx.all(_OF_SOURCE, source.pk, after, _PAGE):
        events = tx.all(_EVENTS, places(page[0][0])[0], places(page[-1][0])[1])
        cells = _by_dossier(events)
        for dossier_id, code, fields in page:
            case = {source.id_column: code, **json.loads(fields)}
            for event in cells.get(dossier_id, ()):
                yield case | json.loads(event[1])
        after = page[-1][0]


def _rows_of_all(sources: Mapping[int, Source], zone: ZoneInfo) -> Iterator[dict[str, str]]:
    tx, after = reading(), 0
    while page := tx.all(_ALL, after, _PAGE):
        between = places(page[0][0])[0], places(page[-1][0])[1]
        cells = {row[0]: json.loads(row[1]) for row in tx.all(_EVENTS, *between)}
        entries = _by_dossier(tx.all(_ENTRIES, *between))
        for row in page:
            source = sources.get(row[21])
            case = _case(row, zone)
            if source is not None:
                case |= {source.id_column: row[1], **json.loads(row[2])}
            for entry in entries.get(row[0], ()):
                if entry[2] == CASE_ACT:  # the take-over itself was no event of the case
                    continue
                yield _entry(row, entry, zone) | case | cells.get(entry[0], {})
        after = page[-1][0]


def _by_dossier(rows: Sequence[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row[0] >> BITS, []).append(row)
    return found


def _case(row: Row, zone: ZoneInfo) -> dict[str, str]:
    agencies = tree().nodes
    words = (row[3], row[4] or "", row[5], row[6], row[7], row[8])
    places_ = tuple(agencies[agency].code if agency in agencies else "" for agency in row[9:11])
    instants = tuple(_text(value, zone) for value in row[15:21])
    values = (*words, *places_, *row[11:15], *instants)
    names = STANDARD[STANDARD.index("motcua:lookup") : STANDARD.index("motcua:seq")]
    told = dict(zip(names, values, strict=True))
    return {"case:concept:name": row[4] or row[1] or row[3], **told}


def _entry(row: Row, entry: Row, zone: ZoneInfo) -> dict[str, str]:
    body = json.loads(entry[5])
    return {
        "concept:instance": f"{row[3]}/{entry[1]}",
        "concept:name": str(body["data"].get("name", "")) if entry[2] == EVENT_ACT else entry[2],
        "lifecycle:transition": "complete",
        "org:resource": body["actor"] or "",
        "org:group": body["post"] or "",
        "time:timestamp": _text(entry[3], zone),
        "motcua:seq": str(entry[1]),
        "motcua:recorded": _text(entry[4], zone),
    }


def _text(value: object, zone: ZoneInfo) -> str:
    at = instant(value)
    assert at is None or isinstance(at, datetime.datetime)
    return at.astimezone(zone).isoformat(" ") if at else ""
