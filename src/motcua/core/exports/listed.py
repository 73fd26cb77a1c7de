"""The rows of an officer's list as a file: the same filter, order, row filter and masks.

Each batch is written to the access log before it goes into the file, and asks the row filter anew:
a right that ended meanwhile gives nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO
from zoneinfo import ZoneInfo

from motcua.core.access import log
from motcua.core.access.rows import visible
from motcua.core.daybook.reading import Extract
from motcua.core.dossiers.clearance import name_in_list
from motcua.core.dossiers.listing import Line
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.queries import Filter, stretch
from motcua.core.dossiers.sorting import Order, all_in_order
from motcua.core.exports.giving import Format, writer
from motcua.core.exports.table import Cell, Column, Kind, Table
from motcua.core.exports.writers import csv
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import Language

AT_ONCE = 10_000
"""Rows of a file that is made while one waits."""
BATCH = 500
"""Rows that are read, and written to the access log, at once."""

COLUMNS: Mapping[str, Kind] = {
    "code": Kind.TEXT,
    "lookup": Kind.TEXT,
    "applicant": Kind.TEXT,
    "procedure": Kind.TEXT,
    "procedure_name": Kind.TEXT,
    "state": Kind.TEXT,
    "channel": Kind.TEXT,
    "receiving": Kind.TEXT,
    "holding": Kind.TEXT,
    "received": Kind.INSTANT,
    "due": Kind.INSTANT,
    "promised": Kind.INSTANT,
    "finished": Kind.INSTANT,
    "bucket": Kind.TEXT,
}
"""What a file of dossiers has where nobody chose its columns; programs rely on their order."""

SHOWN = (
    *("due", "standing", "shown_code", "applicant", "procedure_short"),
    *("state", "holding", "promised"),
)
"""The columns of the officers' list, the deadline as a date and as words."""

_KINDS: Mapping[str, Kind] = {**dict.fromkeys(SHOWN, Kind.TEXT), **COLUMNS}


class TooMany(Refused):
    """More dossiers than a request waits for; a job takes any number."""

    code = "exports.too_many"
    vi = "Bộ lọc có {count} hồ sơ; tải ngay tối đa {most}. Hãy lọc hẹp hơn hoặc xuất qua việc nền."
    en = "The filter gives {count} dossiers; at once {most}. Narrow it, or export as a job."


class OnlyTables(Refused):
    """A list is a table: CSV or XLSX."""

    code = "exports.only_tables"
    vi = "Danh sách chỉ xuất ra CSV hoặc XLSX."
    en = "A list is exported as CSV or XLSX."


@dataclass(frozen=True, slots=True)
class Wording:
    """How a file words its columns and keys; without words the stable keys stand there."""

    language: Language = "vi"
    headings: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def says(self, column: str, key: str) -> str:
        """Give the words for a key of a column."""
        return self.values.get(column, {}).get(key, key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is exported for whom; `query` is what the access log keeps of the filter.

    With `book` it is an extract of the book of dossiers, whatever `wanted` says.
    `order` and `columns` are those of the list as it is shown; without columns it has them all.
    """

    reader: log.Reader
    wanted: Filter
    form: Format
    zone: ZoneInfo
    query: str = ""
    semicolons: bool = False
    wording: Wording = Wording()
    book: Extract | None = None
    order: Order = Order.TIME_LEFT
    columns: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """What the access log calls it."""
        return "dossiers" if self.book is None else "daybook"


def give_listed(out: BinaryIO, wish: Wish) -> int:
    """Write the dossiers that an actor's filter gives; give the number of rows.

    Raises `TooMany`, `OnlyTables`, and `LogUnwritable` where a batch cannot be written down: then
    the file is not whole and must not be handed out.
    """
    if wish.form not in {Format.CSV, Format.XLSX}:
        raise OnlyTables
    chosen = _chosen(wish)
    batches = (chosen[start : start + BATCH] for start in range(0, len(chosen), BATCH))
    return write_table(out, wish, batches)


def write_table(out: BinaryIO, wish: Wish, batches: Iterable[Sequence[Line]]) -> int:
    """Write a table of lines, batch by batch; give the number of rows."""
    return write_rows(out, wish, _table(wish, batches))


def write_rows(out: BinaryIO, wish: Wish, table: Table) -> int:
    """Write the rows of a table in the form that was asked for; give their number."""
    return write_as(out, wish.form, table, semicolons=wish.semicolons)


def write_as(out: BinaryIO, form: Format, table: Table, *, semicolons: bool) -> int:
    """Write a table for a spreadsheet; give the number of rows."""
    if form is Format.CSV:
        sign = ";" if semicolons else ","
        return csv.write(table, out, delimiter=sign, for_spreadsheets=True)
    return writer(form)(table, out)


def whole_list(wish: Wish) -> list[Line] | None:
    """Give all rows of a list in the order in which it is shown; None of one that is too long."""
    language = wish.wording.language
    found = all_in_order(wish.reader.actor, wish.wanted, wish.order, language, most=AT_ONCE)
    return None if found.more or found.total > AT_ONCE else found.lines


def _chosen(wish: Wish) -> list[Line]:
    found = whole_list(wish)
    if found is None:
        count = stretch(wish.reader.actor, wish.wanted, size=1).total
        raise TooMany(count=count, most=AT_ONCE)
    return found


def _table(wish: Wish, batches: Iterable[Sequence[Line]]) -> Table:
    headings = wish.wording.headings
    keys = wish.columns or tuple(COLUMNS)
    columns = tuple(Column(headings.get(key, key), _KINDS[key]) for key in keys)
    cells = (_cells(wish, line) for batch in batches for line in logged(wish, batch))
    rows = ([told[key] for key in keys] for told in cells)
    return Table("dossiers", columns, rows)


def logged(wish: Wish, batch: Sequence[Line]) -> list[Line]:
    """Keep what the actor may still read of a batch, and write it to the access log."""
    numbers = [line.id for line in batch]
    rows = visible(Dossier.objects.filter(pk__in=numbers), wish.reader.actor)
    still_theirs = set(rows.values_list("pk", flat=True))
    found = [line for line in batch if line.id in still_theirs]
    log.exported(
        wish.reader,
        what=f"{wish.kind}.{wish.form}",
        dossiers=[line.id for line in found],
        query=wish.query,
    )
    return found


def _cells(wish: Wish, row: Line) -> dict[str, Cell]:
    wording, spoken = wish.wording, wish.wording.language
    declaration = row.declaration
    instants = {
        "received": row.received_at,
        "due": row.due_at,
        "promised": row.promised_at,
        "finished": row.finished_at,
    }
    return {
        "code": row.code or "",
        "shown_code": row.code or row.lookup,
        "lookup": row.lookup,
        "applicant": name_in_list(wish.reader.actor, row),
        "procedure": declaration.code,
        "procedure_name": declaration.name.text(spoken),
        "procedure_short": declaration.short.text(spoken),
        "state": wording.says("state", row.state),
        "channel": wording.says("channel", row.channel),
        "receiving": row.receiving_agency.name(spoken),
        "holding": row.holding_agency.name(spoken),
        **{key: at.astimezone(wish.zone) if at else None for key, at in instants.items()},
        "bucket": wording.says("bucket", _bucket(wish, row)),
        "standing": wording.says("standing", _standing(wish, row)),
    }


def _bucket(wish: Wish, row: Line) -> str:
    """An open dossier past its due date is late, though nothing was written when it became so."""
    late = row.finished_at is None and row.due_at is not None and row.due_at < wish.reader.at
    return "late" if late else row.bucket


def _standing(wish: Wish, row: Line) -> str:
    """Tell how a dossier stands with its time now: what the chip of the list says without days."""
    if row.closed or row.finished_at is not None:
        return row.bucket or "ended"
    if row.received_at is None:
        return "new"
    if row.paused_since is not None:
        return "paused"
    return _bucket(wish, row) or ("in_time" if row.due_at else "unlimited")
