"""A table on its way out: named, typed columns, and rows that come one by one."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

Cell = str | int | datetime.datetime | None
"""Text, a whole number, an aware instant in the table's own time zone, or nothing."""


class Kind(StrEnum):
    """What the cells of a column are; `TEXT` may also hold what a source gave as text."""

    TEXT = "text"
    WHOLE = "whole"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its stable key.

    `of_case` says that all rows of one case carry the same cell. `xes_key` and `xes_type` are the
    attribute of an event log that it is, where that does not follow from key and kind.
    """

    key: str
    kind: Kind = Kind.TEXT
    of_case: bool = False
    xes_key: str = ""
    xes_type: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and a stream of rows as wide as they are; rows of one case lie together.

    `case` is the index of the column that names a row's case.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Iterator[Sequence[Cell]]
    case: int = 0


def in_words(cell: Cell) -> str:
    """Write a cell as text: instants as ISO 8601 with their offset, nothing as nothing."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    return cell.isoformat(" ") if isinstance(cell, datetime.datetime) else str(cell)
