"""Sổ theo dõi hồ sơ as a file: a table for a spreadsheet, or form06 on paper, volume by volume.

Each volume is a PDF of its own, so memory holds one of them however long the period is; more than
one go into an archive.
"""

from __future__ import annotations

import datetime
import itertools
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

from motcua.core.agencies.queries import agency
from motcua.core.daybook.noting import Noted, noted
from motcua.core.daybook.numbering import Numbering
from motcua.core.daybook.reading import Extract
from motcua.core.daybook.words import WAYS
from motcua.core.documents.context import heading
from motcua.core.dossiers.listing import Line
from motcua.core.exports.giving import Format
from motcua.core.exports.listed import Wish, write_rows
from motcua.core.exports.table import Cell, Column, Kind, Table
from motcua.core.letters.editions import in_force
from motcua.core.letters.setting import forget, render
from motcua.core.letters.sources import system_with
from motcua.core.procedures.queries import published
from motcua.core.sql import reading
from motcua.kernel.vietnamese import format_date

FORM = "form06"
ARCHIVE = "zip"
_EMPTY = (0, 1)  # what a period without lines is printed as

COLUMNS: Mapping[str, Kind] = {
    "number": Kind.WHOLE,
    "volume": Kind.WHOLE,
    "code": Kind.TEXT,
    "procedure": Kind.TEXT,
    "procedure_name": Kind.TEXT,
    "sets": Kind.WHOLE,
    "applicant": Kind.TEXT,
    "address": Kind.TEXT,
    "phone": Kind.TEXT,
    "lead": Kind.TEXT,
    "received": Kind.INSTANT,
    "promised": Kind.INSTANT,
    "passed": Kind.INSTANT,
    "result": Kind.INSTANT,
    "returned": Kind.INSTANT,
    "way": Kind.TEXT,
    "handed_by": Kind.TEXT,
    "remarks": Kind.TEXT,
}


def write_book(out: BinaryIO, wish: Wish, batches: Iterable[Sequence[Line]]) -> str:
    """Write the lines of a book as they come; give the kind of file that it became."""
    assert wish.book is not None
    lines = _noted(wish, batches)
    if wish.form is Format.PDF:
        return _bind(out, wish, _volumes(wish, wish.book, lines))
    headings = wish.wording.headings
    columns = tuple(Column(headings.get(key, key), kind) for key, kind in COLUMNS.items())
    write_rows(out, wish, Table("daybook", columns, (_cells(wish, one) for one in lines), 2))
    return wish.form


def _noted(wish: Wish, batches: Iterable[Sequence[Line]]) -> Iterator[Noted]:
    numbering = Numbering(reading())
    for batch in batches:
        yield from noted(wish.reader.actor, batch, numbering)


def _cells(wish: Wish, one: Noted) -> list[Cell]:
    line, spoken = one.line, wish.wording.language
    declaration = line.declaration
    instants = (
        *(line.received_at, line.promised_at),
        *(one.passed_at, one.result_at, one.returned_at),
    )
    return [
        one.place.number,
        one.place.volume,
        line.code or "",
        declaration.code,
        declaration.name.text(spoken),
        one.sets or None,
        one.name,
        one.address,
        one.phone,
        one.lead.name(spoken) if one.lead else "",
        *(at.astimezone(wish.zone) if at else None for at in instants),
        wish.wording.says("way", one.way),
        one.handed_by,
        "; ".join(remark.text(spoken) for remark in one.remarks),
    ]


def _volumes(wish: Wish, book: Extract, lines: Iterable[Noted]) -> Iterator[tuple[str, bytes]]:
    """Set one volume after the other; give a name and a PDF for each."""
    empty = True
    for place, found in itertools.groupby(lines, lambda one: (one.place.year, one.place.volume)):
        empty = False
        yield _volume(wish, book, place, list(found))
    if empty:
        yield _volume(wish, book, _EMPTY, [])


def _volume(
    wish: Wish, book: Extract, place: tuple[int, int], lines: Sequence[Noted]
) -> tuple[str, bytes]:
    year, volume = place[0] or book.first.year, place[1]
    at = wish.reader.at.astimezone(wish.zone)
    data = {
        "letter": {"key": FORM, "name": "Sổ theo dõi hồ sơ"},
        "head": heading(book.agency_id, at.date()),
        "sample": any(one.sample for one in lines),
        "year": str(year),
        "volume": f"{volume:02}",
        "first": format_date(book.first),
        "last": format_date(book.last),
        "procedure": _procedure(book.procedure),
        "asked": _moment(wish, at),
        "by": wish.reader.actor.name,
        "rows": [_row(wish, one) for one in lines],
    }
    name = f"so-theo-doi-{agency(book.agency_id).code}-{year}-quyen-{volume:02}.pdf"
    sources = in_force(system_with(FORM), FORM, at=wish.reader.at)
    pdf = render(sources, data, at=wish.reader.at)
    forget()
    return name, pdf


def _row(wish: Wish, one: Noted) -> dict[str, str]:
    line = one.line
    return {
        "number": f"{one.place.number:02}",
        "code": line.code or "",
        "procedure": line.declaration.name.vi,
        "sets": f"{one.sets:02}" if one.sets else "",
        "name": one.name,
        "address": one.address,
        "phone": one.phone,
        "lead": one.lead.name_vi if one.lead else "",
        "received": _moment(wish, line.received_at),
        "promised": _moment(wish, line.promised_at),
        "passed": _moment(wish, one.passed_at),
        "result": _moment(wish, one.result_at),
        "returned": _moment(wish, one.returned_at),
        "way": WAYS[one.way].vi if one.way else "",
        "handed_by": one.handed_by,
        "remarks": "; ".join(remark.vi for remark in one.remarks),
    }


def _moment(wish: Wish, at: datetime.datetime | None) -> str:
    if at is None:
        return ""
    local = at.astimezone(wish.zone)
    return f"{local:%H:%M} {format_date(local.date())}"


def _procedure(code: str) -> str:
    found = (one.declaration.name.vi for one in published() if one.declaration.code == code)
    return next(found, code)


def _bind(out: BinaryIO, wish: Wish, volumes: Iterator[tuple[str, bytes]]) -> str:
    """Write one volume as it is, several as an archive of them."""
    first = next(volumes)
    second = next(volumes, None)
    if second is None:
        out.write(first[1])
        return Format.PDF
    made = wish.reader.at.astimezone(wish.zone).timetuple()[:6]
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in itertools.chain((first, second), volumes):
            archive.writestr(zipfile.ZipInfo(name, made), data)  # a PDF is compressed already
    return ARCHIVE
