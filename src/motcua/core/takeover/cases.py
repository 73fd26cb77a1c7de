"""A case from its rows: one set of attributes, its events in order of time, and its digest."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from motcua.core.takeover.columns import Columns
from motcua.core.takeover.mapping import Mapping
from motcua.core.takeover.rows import is_empty, read_instant
from motcua.core.takeover.staging import StagedRow
from motcua.kernel import canonical
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import nfc


class CaseContradicts(Refused):
    """Two rows of one case tell different things about it."""

    code = "takeover.case_contradicts"
    vi = "Thuộc tính của hồ sơ khác với dòng {first}: “{here}” và “{there}”."
    en = "The case's attribute differs from row {first}: “{here}” and “{there}”."


class UnknownValue(Refused):
    """A value that the mapping does not translate."""

    code = "takeover.unknown_value"
    vi = "Tệp ánh xạ chưa nói “{value}” là gì ở đây; thêm vào mục [{part}]."
    en = "The mapping does not say what “{value}” is here; add it to [{part}]."


class CaseRefused(Exception):
    """A case cannot be taken: the row and column that say why."""

    def __init__(self, line: int, column: str, refusal: Refused) -> None:
        self.line, self.column, self.refusal = line, column, refusal
        super().__init__(refusal.code)


@dataclass(frozen=True, slots=True)
class TakenEvent:
    """An event as its row told it; `cells` are by column name."""

    line: int
    code: str
    name: str
    transition: str
    at: datetime.datetime
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class TakenCase:
    """A case ready to be written. Instants keep their offset; `attributes` are as given.

    `end` is when it was finished there, None while it runs; `line` is its first row.
    """

    code: str
    line: int
    start: datetime.datetime
    end: datetime.datetime | None
    planned: datetime.datetime | None
    deadline: datetime.datetime | None
    channel: str
    agency: str
    attributes: dict[str, str]
    events: tuple[TakenEvent, ...]
    digest: bytes

    @property
    def is_backwards(self) -> bool:
        """Whether it ended before it started: accepted, and reported."""
        return self.end is not None and self.end < self.start

    @property
    def bucket(self) -> str:
        """Early, on time or late against the deadline, by the days of the deadline's own zone."""
        if self.end is None or self.deadline is None:
            return ""
        if self.end.astimezone(self.deadline.tzinfo).date() < self.deadline.date():
            return "early"
        return "on_time" if self.end <= self.deadline else "late"


def case_of(mapping: Mapping, columns: Columns, code: str, rows: Sequence[StagedRow]) -> TakenCase:
    """Build a case from all its rows; raises `CaseRefused`."""
    first = rows[0]
    for row in rows[1:]:
        _agree(columns, first, row)
    instants = {
        role: read_instant(mapping, first.cells[columns.case[role]])
        if role in columns.case
        else None
        for role in ("start", "end", "planned", "deadline")
    }
    start = instants.pop("start")
    assert start is not None
    events = sorted(
        (_event(mapping, columns, row) for row in rows), key=lambda one: (one.at, one.line)
    )
    return TakenCase(
        code=code,
        line=first.line,
        start=start,
        **instants,
        channel=_channel(mapping, columns, first),
        agency=_agency(mapping, columns, first),
        attributes={columns.names[index]: first.cells[index] for index in columns.case_at},
        events=tuple(events),
        digest=_digest(mapping, columns, rows),
    )


def _agree(columns: Columns, first: StagedRow, row: StagedRow) -> None:
    for index in columns.case_at:
        here, there = row.cells[index], first.cells[index]
        if here != there:
            wrong = CaseContradicts(first=first.line, here=here[:60], there=there[:60])
            raise CaseRefused(row.line, columns.names[index], wrong)


def _event(mapping: Mapping, columns: Columns, row: StagedRow) -> TakenEvent:
    at = read_instant(mapping, row.cells[columns.event["time"]])
    assert at is not None
    transition = columns.event.get("transition")
    return TakenEvent(
        line=row.line,
        code=row.cells[columns.event["id"]],
        name=row.cells[columns.event["name"]],
        transition=row.cells[transition] if transition is not None else "",
        at=at,
        cells={columns.names[index]: row.cells[index] for index in columns.event_at},
    )


def _channel(mapping: Mapping, columns: Columns, row: StagedRow) -> str:
    index = columns.case.get("channel")
    if index is None or is_empty(mapping, row.cells[index]):
        return mapping.channel or _unknown(columns, row, index, "channels")
    found = mapping.channels.get(nfc(row.cells[index]))
    return found or _unknown(columns, row, index, "channels")


def _agency(mapping: Mapping, columns: Columns, row: StagedRow) -> str:
    index = columns.case.get("department")
    if index is None or is_empty(mapping, row.cells[index]):
        return mapping.department or _unknown(columns, row, index, "departments")
    found = mapping.departments.get(nfc(row.cells[index]))
    return found or _unknown(columns, row, index, "departments")


def _unknown(columns: Columns, row: StagedRow, index: int | None, part: str) -> str:
    value = row.cells[index] if index is not None else ""
    column = columns.names[index] if index is not None else ""
    raise CaseRefused(row.line, column, UnknownValue(value=value[:60], part=part))


def _digest(mapping: Mapping, columns: Columns, rows: Sequence[StagedRow]) -> bytes:
    """Hash what the rows say, whatever their order and however an instant is spelled."""
    told = sorted((_told(mapping, columns, row) for row in rows), key=canonical.encode)
    return canonical.digest(told)


def _told(mapping: Mapping, columns: Columns, row: StagedRow) -> dict[str, str]:
    told = dict(zip(columns.names, row.cells, strict=True))
    for index in columns.instants:
        at = read_instant(mapping, row.cells[index])
        if at is not None:
            told[columns.names[index]] = at.astimezone(datetime.UTC).isoformat()
    return told
