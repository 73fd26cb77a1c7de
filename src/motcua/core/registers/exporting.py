"""The records of a list as a file: the same filter, rights and masks, written to the access log.

Which records go out is fixed first; each batch asks the rights anew before it is written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from motcua.core.access import log
from motcua.core.access.masks import is_masked
from motcua.core.agencies.queries import tree
from motcua.core.exports.giving import Format, writer
from motcua.core.exports.table import Cell, Column, Kind, Table
from motcua.core.exports.writers import csv
from motcua.core.procedures.declaration import FieldRule, FieldType
from motcua.core.registers.declaration import (
    GEOMETRY,
    Form,
    Part,
    ReferenceRule,
    RegisterDeclaration,
)
from motcua.core.registers.headings import headings
from motcua.core.registers.models import Record
from motcua.core.registers.preparing import Kept, national, reference_text
from motcua.core.registers.querying import Filter, narrowed
from motcua.core.registers.rights import day_of, readable, sees_clear
from motcua.core.registers.showing import Shower, mask_of
from motcua.kernel import geometry
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import Language

AT_ONCE = 10_000
"""Records of a file that is made while one waits; a job takes any number (`exported`)."""
_BATCH = 500
_WHOLE = frozenset({FieldType.NUMBER, FieldType.MONEY})


class TooManyRecords(Refused):
    """More records than a request waits for; a job takes any number."""

    code = "registers.too_many"
    vi = "Bộ lọc có hơn {most} bản ghi, tải ngay tối đa {most}. Hãy lọc hẹp hơn hoặc lập tệp."
    en = "The filter gives more than {most} records; at once {most}. Narrow it, or ask for a file."


class NothingToDraw(Refused):
    """GeoJSON of a register without shapes."""

    code = "registers.nothing_to_draw"
    vi = "Sổ này không ghi vị trí nên không xuất ra GeoJSON."
    en = "This register keeps no shapes, so there is no GeoJSON of it."


class FileForm(StrEnum):
    """The formats in which a register is given out."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    GEOJSON = "geojson"


_SHEETS = frozenset({FileForm.CSV, FileForm.XLSX})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is given to whom; `query` is what the access log keeps of the filter.

    With a language the columns of a sheet bear their names in it, without one their keys; those of
    Parquet and GeoJSON, which programs read, always bear their keys.
    """

    reader: log.Reader
    declaration: RegisterDeclaration
    wanted: Filter
    form: FileForm
    query: str = ""
    language: Language | None = None


def give(out: BinaryIO, wish: Wish) -> int:
    """Write the records of a filter; give their number.

    Raises `TooManyRecords`, `NothingToDraw`, and `LogUnwritable`: then the file is not whole.
    """
    declaration = wish.declaration
    if wish.form is FileForm.GEOJSON and declaration.form is Form.NONE:
        raise NothingToDraw
    rows = narrowed(wish.reader.actor, declaration, wish.wanted, on=day_of(wish.reader.at))
    numbers = list(rows.order_by("-id").values_list("pk", flat=True)[: AT_ONCE + 1])
    if len(numbers) > AT_ONCE:
        raise TooManyRecords(most=AT_ONCE)
    return _write(out, wish, _batches(wish, numbers))


def give_any(out: BinaryIO, wish: Wish, tell: Callable[[int], None]) -> int:
    """Write the records of a filter, however many: a stretch a statement, each behind the last.

    A record that is changed meanwhile is as it was when its stretch was read.
    """
    return _write(out, wish, _stretches(wish, tell))


def _stretches(wish: Wish, tell: Callable[[int], None]) -> Iterator[list[Record]]:
    actor, declaration, on = wish.reader.actor, wish.declaration, day_of(wish.reader.at)
    rows = narrowed(actor, declaration, wish.wanted, on=on).order_by("-id")
    page = list(rows[:_BATCH])
    while page:
        _note(wish, len(page))
        yield page
        tell(len(page))
        page = list(rows.filter(pk__lt=page[-1].pk)[:_BATCH])


def _write(out: BinaryIO, wish: Wish, batches: Iterator[list[Record]]) -> int:
    declaration, cells = wish.declaration, _cells(wish, batches)
    spoken = wish.language if wish.form in _SHEETS else None
    table = Table(declaration.key, _columns(declaration, spoken), cells)
    match wish.form:
        case FileForm.GEOJSON:
            return _write_geojson(declaration.form.kind, table, out)
        case FileForm.CSV:
            return csv.write(table, out, for_spreadsheets=True)
        case _:
            return writer(Format(wish.form.value))(table, out)


def _columns(declaration: RegisterDeclaration, language: Language | None) -> tuple[Column, ...]:
    kinds = {one.key: _kind(one) for one in declaration.parts()} | {"record": Kind.WHOLE}
    named = headings(declaration, language)
    return tuple(Column(name, kinds.get(key, Kind.TEXT)) for key, name in named.items())


def _kind(part: Part) -> Kind:
    whole = isinstance(part, FieldRule) and part.type in _WHOLE
    return Kind.WHOLE if whole else Kind.TEXT


def _batches(wish: Wish, numbers: Sequence[int]) -> Iterator[list[Record]]:
    declaration = wish.declaration
    for start in range(0, len(numbers), _BATCH):
        some = numbers[start : start + _BATCH]
        rows = list(readable(wish.reader.actor, declaration).filter(pk__in=some).order_by("-id"))
        _note(wish, len(rows))
        yield rows


def _note(wish: Wish, count: int) -> None:
    """Write to the access log that some records go out."""
    if wish.declaration.is_personal:
        what = f"register.{wish.declaration.key}.{wish.form}"
        log.of_records(wish.reader, log.Kind.EXPORTED, what=what, count=count, query=wish.query)


def _cells(wish: Wish, batches: Iterable[list[Record]]) -> Iterator[list[Cell]]:
    actor, declaration = wish.reader.actor, wish.declaration
    parts = list(declaration.parts())
    agencies = tree().nodes
    for rows in batches:
        shower = Shower(actor, declaration, rows, "vi")
        for row in rows:
            clear = sees_clear(actor, row.agency_id)
            values = shower.values(row)
            shape = geometry.kept(row.geometry)
            placed: list[Cell] = [shape.wkt() if shape else ""]
            yield [
                *(_cell(one, values, clear=clear) for one in parts),
                *([] if declaration.form is Form.NONE else placed),
                row.since.isoformat(),
                agencies[row.agency_id].code,
                row.pk,
            ]


def _cell(part: Part, values: Kept, *, clear: bool) -> Cell:
    value = values.get(part.key)
    if value is None:
        return None
    if isinstance(part, ReferenceRule):
        return reference_text(part, value)
    if is_masked(part.grade, clearance=clear):
        return mask_of(part, value, clear=clear)
    if part.type is FieldType.BOOLEAN:
        return "true" if value else "false"
    if part.type is FieldType.PHONE:
        return national(str(value))
    return value


def _write_geojson(kind: geometry.Kind | None, table: Table, out: BinaryIO) -> int:
    """Write a collection of features, one a line; what has no shape is there without one."""
    keys = [one.key for one in table.columns]
    place = keys.index(GEOMETRY)
    out.write(b'{"type":"FeatureCollection","features":[')
    count = 0
    for row in table.rows:
        told = dict(zip(keys, row, strict=True))
        del told[GEOMETRY]
        shape = geometry.parse(row[place], kind) if kind else None
        feature = {
            "type": "Feature",
            "geometry": shape.geojson() if shape else None,
            "properties": {key: value for key, value in told.items() if value not in (None, "")},
        }
        out.write(b"\n" if count == 0 else b",\n")
        out.write(json.dumps(feature, ensure_ascii=False, separators=(",", ":")).encode())
        count += 1
    out.write(b"\n]}\n")
    return count
