"""What a document says: grounds, paragraphs and annexes of tables, cleaned and bounded."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from motcua.core.official.faults import Missing, RaggedRow, TooMuch
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.vietnamese import clean

GROUNDS, PARAGRAPHS, ANNEXES, COLUMNS, ROWS = 40, 300, 20, 12, 20_000
_PARAGRAPH, _CELL, _TITLE = 5000, 500, 300

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Annex:
    """Phụ lục: a table with a title, the names of its columns and its rows of text."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a document: `grounds` (căn cứ) come first, in italics; then the paragraphs."""

    paragraphs: Sequence[str]
    grounds: Sequence[str] = ()
    annexes: Sequence[Annex] = field(default=())


def told(content: Content) -> dict[str, object]:
    """Give content as JSON data."""
    return {
        "grounds": list(content.grounds),
        "paragraphs": list(content.paragraphs),
        "annexes": [
            {
                "title": one.title,
                "columns": list(one.columns),
                "rows": [list(row) for row in one.rows],
            }
            for one in content.annexes
        ],
    }


def written(content: Content) -> str:
    """Write content as it is kept."""
    return json.dumps(told(content), ensure_ascii=False)


def read(text: str) -> Content:
    """Read kept content."""
    said = json.loads(text)
    annexes = tuple(Annex(one["title"], one["columns"], one["rows"]) for one in said["annexes"])
    return Content(said["paragraphs"], said["grounds"], annexes)


def cleaned(content: Content) -> Content:
    """Give content fit to be kept; raises `Invalid` that names every part that is not."""
    problems: dict[str, Refused] = {}
    paragraphs = _lines("paragraphs", content.paragraphs, PARAGRAPHS, problems)
    if not paragraphs and "paragraphs" not in problems:
        problems["paragraphs"] = Missing()
    grounds = _lines("grounds", content.grounds, GROUNDS, problems)
    if len(content.annexes) > ANNEXES:
        problems["annexes"] = TooMuch(limit=ANNEXES)
    annexes = tuple(
        _annex(number, one, problems)
        for number, one in enumerate(content.annexes[:ANNEXES], start=1)
    )
    if problems:
        raise Invalid(problems)
    return Content(paragraphs, grounds, annexes)


def _lines(
    name: str, lines: Iterable[str], limit: int, problems: dict[str, Refused]
) -> tuple[str, ...]:
    given = [one for one in lines if one.strip()]
    if len(given) > limit:
        problems[name] = TooMuch(limit=limit)
        return ()
    found = _tried(name, problems, lambda: tuple(clean(one, limit=_PARAGRAPH) for one in given))
    return found or ()


def _annex(number: int, annex: Annex, problems: dict[str, Refused]) -> Annex:
    name = f"annexes.{number}"
    if not annex.columns or not annex.title.strip():
        problems[name] = Missing()
    elif len(annex.columns) > COLUMNS or len(annex.rows) > ROWS:
        limit = COLUMNS if len(annex.columns) > COLUMNS else ROWS
        problems[name] = TooMuch(limit=limit)
    else:
        return _tried(name, problems, lambda: _table(number, annex)) or annex
    return annex


def _table(number: int, annex: Annex) -> Annex:
    width = len(annex.columns)
    for row, cells in enumerate(annex.rows, start=1):
        if len(cells) != width:
            raise RaggedRow(row=row, annex=number, cells=len(cells), columns=width)
    return Annex(
        clean(annex.title, limit=_TITLE),
        tuple(clean(one, limit=_CELL) for one in annex.columns),
        tuple(tuple(clean(cell, limit=_CELL) for cell in row) for row in annex.rows),
    )


def _tried(name: str, problems: dict[str, Refused], make: Callable[[], T]) -> T | None:
    try:
        return make()
    except Refused as wrong:
        problems[name] = wrong
        return None
