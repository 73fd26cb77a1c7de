"""A document as a PDF before anybody signed it, laid out by NĐ 30/2020, annex I (FORMS §4).

Number and day are not in it: their lines, and the places of both signatures, are told as spots,
which are filled in when the document is numbered (ADR 0040). Equal data give equal bytes.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from motcua.core.documents.context import heading
from motcua.core.letters.signs import all_printable
from motcua.core.official import content as contents
from motcua.core.official.agency_signs import signs_at
from motcua.core.official.kinds import kind_of
from motcua.core.official.models import OutgoingDocument
from motcua.core.official.rights import day_of
from motcua.core.official.rules import STAMPS, number_text, signs_of

_LETTER_KINDS = frozenset({"CV", "ThC"})
_POWERS = {"QĐ", "NQ"}
_WIDEST, _NARROWEST = 40, 6  # characters of a column that its width is measured by
_compile: Any = typst.compile  # its stubs know paths only, it takes files by name too
_query: Any = typst.query


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a page, in points from the upper left corner; pages count from 1."""

    name: str
    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Laid:
    """A document that is laid out: its PDF and the spots that are filled in later."""

    pdf: bytes
    spots: dict[str, Spot]


def lay_out(row: OutgoingDocument, *, at: datetime.datetime, mark: str = "") -> Laid:
    """Set a document; the file states that it was made `at`; `mark` lies over each page."""
    sources = {
        "main.typ": _source("document.typ"),
        "data.json": json.dumps(all_printable(facts_of(row, at, mark))).encode(),
    }
    pdf = _compile(sources, ignore_system_fonts=True, timestamp=int(at.timestamp()), format="pdf",
                   pdf_standards=["a-2b"])  # fmt: skip
    found = json.loads(_query(sources, "<spot>", ignore_system_fonts=True, field="value"))
    assert isinstance(pdf, bytes)
    return Laid(pdf, {one["name"]: Spot(**one) for one in found})


def fill(form: str, text: str, spot: Spot, *, at: datetime.datetime) -> bytes:
    """Set what stands in a spot (`number`, `day`, `hand`, `seal`) as a page of its size."""
    told = {"form": form, "text": text, "width": spot.width, "height": spot.height}
    return compiled("spot.typ", told, at=at)


def compiled(
    layout: str,
    told: Mapping[str, object],
    *,
    at: datetime.datetime,
    beside: Mapping[str, bytes] | None = None,
) -> bytes:
    """Set data by a layout of this folder as PDF; `beside` are files that it shows, by name."""
    sources = {
        "main.typ": _source(layout),
        "data.json": json.dumps(all_printable(told)).encode(),
        **(beside or {}),
    }
    stamp = int(at.timestamp())
    made = _compile(sources, ignore_system_fonts=True, timestamp=stamp, format="pdf")
    assert isinstance(made, bytes)
    return made


def facts_of(row: OutgoingDocument, at: datetime.datetime, mark: str = "") -> dict[str, object]:
    """Give what the layout shows of a document, as JSON data."""
    kind, said = kind_of(row.kind), contents.read(row.content)
    head = heading(row.agency_id, row.issued_on or day_of(at))
    letter = row.kind in _LETTER_KINDS
    lines = position_lines(row)
    return {
        "title": f"{kind.name.vi}: {row.abstract}",
        "superior": head["superior"],
        "agency": head["agency"],
        "kind": kind.name.vi,
        "letter": letter,
        "abstract": row.abstract,
        "powers": lines[0].removeprefix("TM. ").removeprefix("KT. ")
        + (f" {head['agency']}" if row.authority != "TM." else "")
        if row.kind in _POWERS
        else "",
        "grounds": list(said.grounds),
        "paragraphs": list(said.paragraphs),
        "recipients": [
            {"way": str(one.way), "name": one.name} for one in row.recipients.order_by("pk")
        ],
        "unit": row.unit,
        "position": [one.upper() for one in lines],
        "signer": row.signer.name,
        "annexes": [
            {
                "title": one.title,
                "columns": list(one.columns),
                "rows": [list(cells) for cells in one.rows],
                "widths": widths(one),
            }
            for one in said.annexes
        ],
        "annex_of": f"(Kèm theo {kind.name.vi} của {head['agency']})",
        "stamp": STAMPS[row.urgency],
        "mark": mark,
    }


def position_lines(row: OutgoingDocument) -> list[str]:
    """Give the lines above the signer's name, the way of signing before the first."""
    first, *rest = row.position.split("\n")
    return [f"{row.authority} {first}".strip(), *rest]


def widths(annex: contents.Annex) -> list[int]:
    """Give how wide the columns of a table are to one another: as their longest cells."""
    cells = zip(annex.columns, *annex.rows, strict=True)
    return [min(_WIDEST, max(_NARROWEST, *map(len, column))) for column in cells]


def number_line(row: OutgoingDocument, at: datetime.datetime) -> str:
    """Give the line of the number; before there is one, with room for it."""
    signs = row.signs or planned_signs(row, day_of(at))
    return f"Số: {number_text(row.number, signs) if row.number else '        /' + signs}"


def day_words(row: OutgoingDocument, at: datetime.datetime) -> str:
    """Give the line of place and day; before the day is known, with room for it."""
    head = heading(row.agency_id, row.issued_on or day_of(at))
    if row.issued_on is None:
        return f"{head['place']}, ngày       tháng       năm {head['year']}"
    return "{place}, ngày {day} tháng {month} năm {year}".format(**head)


def planned_signs(row: OutgoingDocument, on: datetime.date) -> str:
    """Give the signs that a document will bear behind a number of that day."""
    return signs_of(kind_of(row.kind), signs_at(row.agency_id, on), row.unit)


@cache
def _source(name: str) -> bytes:
    return files("motcua.core.official").joinpath("layout", name).read_bytes()
