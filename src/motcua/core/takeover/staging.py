"""The rows of a file, gathered by case in a temporary SQLite file: memory stays constant.

Rows of one case need not lie together, and a fault in the last row must refuse a case whose first
row was the first. So the whole file is read and checked here before anything is written.
"""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from motcua.core.takeover import event_log
from motcua.core.takeover.columns import Columns, NoHeader, columns_of
from motcua.core.takeover.lines import BrokenArchive, Readable, Record, opened, records
from motcua.core.takeover.mapping import Mapping
from motcua.core.takeover.rows import MAX_ID, CellRefused, check_row
from motcua.kernel.errors import Refused

MAX_EVENTS = 20_000
"""Events of one case; it is the only thing that is held in memory whole."""

_PEEK, _BOM = 64, "\ufeff".encode()
_TABLES = """
CREATE TABLE staged (case_id TEXT, line INTEGER, event_id TEXT, cells TEXT);
CREATE TABLE spoiled (word TEXT);
CREATE TABLE refusal (line INTEGER, case_id TEXT, col TEXT, code TEXT, vi TEXT, en TEXT);
CREATE TABLE refused (case_id TEXT PRIMARY KEY);
"""
_ADD = "INSERT INTO staged VALUES (?, ?, ?, ?)"
_SETTLE = """
CREATE INDEX by_case ON staged (case_id, line);
CREATE INDEX by_event ON staged (event_id);
INSERT OR IGNORE INTO refused
  SELECT DISTINCT word FROM spoiled WHERE word IN (SELECT case_id FROM staged);
"""
_TWICE = """
SELECT s.line, s.case_id, s.event_id, first.line FROM staged s
JOIN (SELECT event_id, min(line) AS line FROM staged GROUP BY event_id HAVING count(*) > 1) first
  ON first.event_id = s.event_id ORDER BY s.line
"""
_CROWDED = "SELECT case_id, min(line), count(*) FROM staged GROUP BY case_id HAVING count(*) > ?"
_GOOD = """
SELECT case_id FROM (SELECT case_id, min(line) AS line FROM staged GROUP BY case_id)
WHERE case_id NOT IN (SELECT case_id FROM refused) ORDER BY line
"""


class EventTwice(Refused):
    """One event id on two rows: nobody can say which of them is meant."""

    code = "takeover.event_twice"
    vi = "Mã sự kiện “{event}” có ở nhiều dòng (dòng {first} là dòng đầu)."
    en = "The event id “{event}” is on several rows (row {first} is the first)."


class NoRoom(Refused):
    """The temporary folder cannot hold the rows."""

    code = "takeover.no_room"
    vi = "Không đủ chỗ tạm để đọc tệp ({problem}); chưa ghi gì. Hãy giải phóng đĩa hoặc đặt TMPDIR."
    en = "No room to read the file ({problem}); nothing was written. Free the disk or set TMPDIR."
    status = 507
    retry = True


class TooManyEvents(Refused):
    """More events than any real case has."""

    code = "takeover.too_many_events"
    vi = "Hồ sơ có {count} sự kiện, tối đa {limit}."
    en = "The case has {count} events; at most {limit} are taken."


@dataclass(frozen=True, slots=True)
class RowRefusal:
    """Why a row was refused: its line in the file (the header is line 1), case and column."""

    line: int
    case: str
    column: str
    code: str
    vi: str
    en: str

    def told(self) -> dict[str, object]:
        """Give what a report shows."""
        return {
            "row": self.line,
            "case": self.case,
            "column": self.column,
            "code": self.code,
            "vi": self.vi,
            "en": self.en,
        }


@dataclass(frozen=True, slots=True)
class StagedRow:
    """A row that passed every check by itself."""

    line: int
    cells: tuple[str, ...]


class Stage:
    """A whole file, read and checked row by row."""

    def __init__(
        self, database: sqlite3.Connection, columns: Columns, types: dict[str, str]
    ) -> None:
        self.columns = columns
        self.types = types
        self.rows = 0
        self._database = database

    def refuse(self, line: int, case: str, column: str, refusal: Refused) -> None:
        """Refuse a row, and its case whole."""
        shown = case.encode(errors="replace").decode()[:MAX_ID]
        values = (line, shown, column, refusal.code, refusal.text("vi"), refusal.text("en"))
        safe = [v.encode(errors="replace").decode() if isinstance(v, str) else v for v in values]
        self._database.execute("INSERT INTO refusal VALUES (?, ?, ?, ?, ?, ?)", safe)
        if case:
            self._database.execute("INSERT OR IGNORE INTO refused VALUES (?)", (shown,))

    def good_cases(self) -> Iterator[tuple[str, list[StagedRow]]]:
        """Give every case none of whose rows was refused, in the order of their first rows."""
        for (case_id,) in self._database.execute(_GOOD):
            found = self._database.execute(
                "SELECT line, cells FROM staged WHERE case_id = ? ORDER BY line", (case_id,)
            )
            yield case_id, [StagedRow(line, tuple(json.loads(cells))) for line, cells in found]

    def refused_cases(self) -> int:
        """Count the cases that were refused."""
        return self._count("SELECT count(*) FROM refused")

    def refused_rows(self) -> int:
        """Count the rows that were refused by themselves."""
        return self._count("SELECT count(DISTINCT line) FROM refusal")

    def refusals(self, limit: int) -> tuple[RowRefusal, ...]:
        """Give the first refusals, by row."""
        rows = self._database.execute("SELECT * FROM refusal ORDER BY line LIMIT ?", (limit,))
        return tuple(RowRefusal(*row) for row in rows)

    def add(self, mapping: Mapping, record: Record) -> None:
        """Take a record in, or refuse it."""
        self.rows += 1
        if record.fault is not None:
            self.refuse(record.line, record.case, "", record.fault)
            self._spoil(mapping, record)
            return
        at = self.columns.case["id"]
        try:
            check_row(mapping, self.columns, record.cells)
        except CellRefused as wrong:
            intact = len(record.cells) == len(self.columns.names)
            case = record.cells[at].strip() and record.cells[at] if intact else ""
            self.refuse(record.line, case, wrong.column, wrong.refusal)
            if not intact or "\n" in "".join(record.cells):
                self._spoil(mapping, record)
            return
        event = record.cells[self.columns.event["id"]]
        text = json.dumps(record.cells, ensure_ascii=False)
        self._database.execute(_ADD, (record.cells[at], record.line, event, text))

    def settle(self) -> None:
        """Find what only the whole file shows: events named twice, cases beyond measure."""
        self._database.executescript(_SETTLE)
        for line, case_id, event, first in self._database.execute(_TWICE):
            self.refuse(line, case_id, "", EventTwice(event=event, first=first))
        for case_id, line, count in self._database.execute(_CROWDED, (MAX_EVENTS,)):
            self.refuse(line, case_id, "", TooManyEvents(count=count, limit=MAX_EVENTS))

    def _spoil(self, mapping: Mapping, record: Record) -> None:
        """A torn row may be of any case it names, or hide rows of it: they are refused with it."""
        words = {word for word in _words(mapping, record) if 0 < len(word) <= MAX_ID}
        safe = [(word.encode(errors="replace").decode(),) for word in sorted(words)]
        self._database.executemany("INSERT INTO spoiled VALUES (?)", safe)

    def _count(self, query: str) -> int:
        return int(self._database.execute(query).fetchone()[0])


def _words(mapping: Mapping, record: Record) -> Iterator[str]:
    """Give what stands between delimiters, quotes left aside, and the cells themselves."""
    signs = re.compile(f"[{re.escape(mapping.delimiter)}\r\n]")
    yield from record.cells
    for text in (*record.lines, *record.cells):
        yield from (word.strip(mapping.quote) for word in signs.split(text))


@contextmanager
def staged(path: Path, mapping: Mapping) -> Iterator[Stage]:
    """Read a file whole into a temporary place and check every row.

    Raises what `lines` and `columns` declare where the file as a whole cannot be taken.
    """
    # Without a name SQLite unlinks its file as it opens it: a killed run leaves no data behind.
    with closing(sqlite3.connect("", isolation_level=None)) as database:
        try:
            with _tables(path, mapping) as found:
                stage = _read(database, mapping, found)
        except sqlite3.OperationalError as wrong:
            raise NoRoom(problem=wrong) from wrong
        yield stage


@dataclass(frozen=True, slots=True)
class _Table:
    """A file as a flat table: its header, the types an event log stated, and its rows."""

    header: list[str]
    rows: Iterator[Record]
    types: dict[str, str]


@contextmanager
def _tables(path: Path, mapping: Mapping) -> Iterator[_Table]:
    """Open a file by what it is: an event log begins with `<`, and is read twice."""
    with opened(path) as stream:
        if not _is_xml(stream):
            found = records(stream, delimiter=mapping.delimiter, quote=mapping.quote)
            header = next(found, None)
            if header is None or header.fault is not None:
                raise NoHeader
            yield _Table(header.cells, found, {})
            return
        shape = event_log.shape_of(stream, {*mapping.case.values(), *mapping.event.values()})
    with opened(path) as stream:
        rows = event_log.records(stream, shape, case=mapping.case["id"])
        yield _Table(shape.names(), rows, shape.types())


def _is_xml(stream: Readable) -> bool:
    try:
        begin = stream.peek(_PEEK)[:_PEEK]
    except (EOFError, zlib.error, gzip.BadGzipFile) as wrong:
        raise BrokenArchive from wrong
    return begin.removeprefix(_BOM).lstrip().startswith(b"<")


def _read(database: sqlite3.Connection, mapping: Mapping, found: _Table) -> Stage:
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
    database.execute("BEGIN")
    stage = Stage(database, columns_of(mapping, found.header), found.types)
    for record in found.rows:
        stage.add(mapping, record)
    stage.settle()
    return stage
