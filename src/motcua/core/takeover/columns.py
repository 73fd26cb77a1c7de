"""The header of a file against its mapping: every column has a place, every mapped one is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from motcua.core.takeover.mapping import CASE_INSTANTS, Mapping
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import nfc

MAX_COLUMNS = 200
MAX_NAME = 200


class NoHeader(Refused):
    """The file is empty, or its first row cannot be one of column names."""

    code = "takeover.no_header"
    vi = "Tệp trống, hoặc dòng đầu không phải tên cột (UTF-8)."
    en = "The file is empty, or its first row is not one of column names in UTF-8."


class ColumnMissing(Refused):
    """Columns of the mapping that the file lacks."""

    code = "takeover.column_missing"
    vi = "Tệp thiếu cột: {columns}."
    en = "The file lacks the columns: {columns}."


class ColumnTwice(Refused):
    """Two columns of one name: their values could not be told apart."""

    code = "takeover.column_twice"
    vi = "Tệp có hai cột cùng tên: {columns}."
    en = "The file has two columns of one name: {columns}."


class ColumnUnplaced(Refused):
    """A column that the mapping does not mention would be lost."""

    code = "takeover.column_unplaced"
    vi = "Tệp ánh xạ chưa xếp chỗ cho cột: {columns}. Thêm vào keep ở [case] hoặc [event]."
    en = "The mapping does not place the columns: {columns}. Add them to keep of [case] or [event]."


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one file: all names in order, and which index plays which role.

    `case_at` and `event_at` are the indexes of case attributes and of event cells; the case's own
    code is neither. `instants` are the indexes that hold instants, with whether they must.
    """

    names: tuple[str, ...]
    case: dict[str, int]
    event: dict[str, int]
    case_at: tuple[int, ...]
    event_at: tuple[int, ...]

    @property
    def instants(self) -> dict[int, bool]:
        """Indexes of instants; true where one may not be empty."""
        found = {self.case[role]: role == "start" for role in CASE_INSTANTS if role in self.case}
        return {**found, self.event["time"]: True}


def columns_of(mapping: Mapping, header: Sequence[str]) -> Columns:
    """Place every column of a header; raises what this module declares."""
    names = tuple(header)
    _check_names(names)
    plain = tuple(_plain(name) for name in names)
    given = {name: index for index, name in enumerate(plain)}
    mapped = [*mapping.case.values(), *mapping.event.values()]
    kept = [*mapping.keep_case, *mapping.keep_event, *mapping.personal]
    wanted = [*mapped, *(name for name in kept if "*" not in name)]
    missing = [name for name in dict.fromkeys(wanted) if name not in given]
    if missing:
        raise ColumnMissing(columns=", ".join(missing))
    case = {role: given[name] for role, name in mapping.case.items()}
    event = {role: given[name] for role, name in mapping.event.items()}
    placed = [part_of(mapping, name) for name in plain]
    unplaced = [name for name, part in zip(names, placed, strict=True) if not part]
    if unplaced:
        raise ColumnUnplaced(columns=", ".join(unplaced))
    return Columns(
        names=names,
        case=case,
        event=event,
        case_at=tuple(i for i, part in enumerate(placed) if part == "case" and i != case["id"]),
        event_at=tuple(i for i, part in enumerate(placed) if part == "event"),
    )


def _check_names(names: tuple[str, ...]) -> None:
    if not 1 < len(names) <= MAX_COLUMNS or not all(_is_name(name) for name in names):
        raise NoHeader
    folded = [_plain(name) for name in names]
    twice = sorted({name for name in folded if folded.count(name) > 1})
    if twice:
        raise ColumnTwice(columns=", ".join(twice))


def _plain(name: str) -> str:
    """Write a name as mappings do: NFC, without outer spaces."""
    return nfc(name).strip()


def _is_name(name: str) -> bool:
    return bool(name.strip()) and len(name) <= MAX_NAME and name.isprintable()


def part_of(mapping: Mapping, name: str) -> str:
    """Say where a column belongs (`case`, `event`): by its role, or by the patterns of `keep`."""
    if name in mapping.case.values():
        return "case"
    if name in mapping.event.values():
        return "event"
    for part, patterns in (("case", mapping.keep_case), ("event", mapping.keep_event)):
        if any(fnmatchcase(name, pattern) for pattern in patterns):
            return part
    return ""
