"""Files of records as they come: CSV, XLSX, GeoJSON, e-mails, read into rows of text cells."""

from __future__ import annotations

import csv
import datetime
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from motcua.core.registers.declaration import GEOMETRY, RegisterDeclaration
from motcua.core.registers.foreign import reader_of
from motcua.core.registers.headings import LEFT_OUT, PLACE
from motcua.core.registers.mails import mails_in, turn_of
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import fold

MOST_ROWS = 50_000
_UNPACKED = 400_000_000
_NAMED = {
    **dict.fromkeys(("vi tri", "toa do", "wkt", "shape"), GEOMETRY),
    **dict.fromkeys((fold(PLACE.vi), fold(PLACE.en)), GEOMETRY),
    **dict.fromkeys((*LEFT_OUT, "retired"), ""),
    **dict.fromkeys((fold(name.vi) for name in LEFT_OUT.values()), ""),
    **dict.fromkeys((fold(name.en) for name in LEFT_OUT.values()), ""),
}
_FORMULA = ("'=", "'+", "'-", "'@")
_ZIP = b"PK\x03\x04"


class FileUnreadable(Refused):
    """Neither CSV in UTF-8, nor XLSX, nor a GeoJSON collection of features."""

    code = "registers.file_unreadable"
    vi = "Không đọc được tệp. Nhận CSV (UTF-8), XLSX hoặc GeoJSON (FeatureCollection)."
    en = "The file cannot be read. CSV (UTF-8), XLSX or GeoJSON (FeatureCollection) is taken."


class FileTooLong(Refused):
    """More rows than one import takes."""

    code = "registers.file_too_long"
    vi = "Tệp có hơn {most} dòng; hãy chia thành nhiều tệp."
    en = "The file has more than {most} rows; cut it into several."


class ColumnUnknown(Refused):
    """A heading is none of the register's, or stands there twice."""

    code = "registers.column_unknown"
    vi = "Cột “{column}” không có trong sổ này, hoặc lặp lại."
    en = "The register has no column “{column}”, or it stands there twice."


class NoRows(Refused):
    """The file has a heading at most."""

    code = "registers.no_rows"
    vi = "Tệp không có dòng dữ liệu nào."
    en = "The file has no rows."


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file: its line (counted from 1, the heading too) and its cells by part."""

    line: int
    cells: Mapping[str, str]
    geometry: object = None
    has_geometry: bool = False


def rows_of(declaration: RegisterDeclaration, body: bytes) -> list[Row]:
    """Read a file. Raises `FileUnreadable`, `FileTooLong`, `ColumnUnknown`, `NoRows`."""
    if body.startswith(_ZIP):
        found = _table(declaration, _xlsx(body))
    elif body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        found = _geojson(declaration, body)
    else:
        found = _mails(declaration, body) or _table(declaration, _csv(body))
    if not found:
        raise NoRows
    return found


def _mails(declaration: RegisterDeclaration, body: bytes) -> list[Row]:
    """Read e-mails into a register that takes them; none of any other file."""
    turn = turn_of(declaration.key)
    found = [] if turn is None else [turn(one) for one in mails_in(body)]
    _bounded(found)
    return [Row(line, cells) for line, cells in enumerate(found, 1)]


def _csv(body: bytes) -> Iterator[Sequence[str]]:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise FileUnreadable from wrong
    if "\0" in text:
        raise FileUnreadable
    first = text.split("\n", 1)[0]
    sign = max(",;\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True):
            yield [cell[1:] if cell.startswith(_FORMULA) else cell for cell in row]
    except csv.Error as wrong:
        raise FileUnreadable from wrong


def _xlsx(body: bytes) -> Iterator[Sequence[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            if sum(one.file_size for one in packed.infolist()) > _UNPACKED:
                raise FileUnreadable
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, IndexError, OSError) as wrong:
        raise FileUnreadable from wrong
    for row in rows:
        yield [_written(cell) for cell in row]


def _written(cell: object) -> str:
    """Write a cell of a spreadsheet as one would type it."""
    match cell:
        case bool():
            return "true" if cell else "false"
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case datetime.datetime():
            return cell.date().isoformat()
        case None:
            return ""
    return str(cell)


def _table(declaration: RegisterDeclaration, lines: Iterable[Sequence[str]]) -> list[Row]:
    rows = iter(lines)
    heads = [head.strip() for head in next(rows, ())]
    while heads and not heads[-1]:
        heads.pop()
    keys = _keys(declaration, heads)
    found: list[Row] = []
    for line, cells in enumerate(rows, 2):
        if any(cell.strip() for cell in cells):
            found.append(_row(line, keys, cells))
            _bounded(found)
    return found


def _keys(declaration: RegisterDeclaration, heads: Sequence[str]) -> list[str]:
    """Give the part that each heading means: its key, or its name in either language."""
    known = {GEOMETRY: GEOMETRY, "lat": "lat", "lon": "lon"}
    for part in declaration.parts():
        named = (part.key, fold(part.label.vi), fold(part.label.en))
        known.update(dict.fromkeys(named, part.key))
    keys: list[str] = []
    for head in heads:
        key = known.get(head, known.get(fold(head), _NAMED.get(fold(head))))
        if key is None or (key and key in keys):
            raise ColumnUnknown(column=head[:60])
        keys.append(key)
    return keys


def _row(line: int, keys: Sequence[str], cells: Sequence[str]) -> Row:
    told = {key: cell for key, cell in zip(keys, cells, strict=False) if key}
    lat, lon = told.pop("lat", ""), told.pop("lon", "")
    shape = told.pop(GEOMETRY, None)
    if shape is None and "lat" in keys and "lon" in keys:
        shape = f"{lat}, {lon}" if lat.strip() or lon.strip() else ""
    return Row(line, told, shape, has_geometry=shape is not None)


def _geojson(declaration: RegisterDeclaration, body: bytes) -> list[Row]:
    try:
        told = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as wrong:
        raise FileUnreadable from wrong
    features = told.get("features")
    plain = told.get("type") == "FeatureCollection" and isinstance(features, list)
    if not plain or reader_of(declaration.key, told) is not None:
        return _foreign(declaration, told)
    found: list[Row] = []
    for number, feature in enumerate(features, 1):
        found.append(_feature(declaration, number, feature))
        _bounded(found)
    return found


def _foreign(declaration: RegisterDeclaration, told: Mapping[str, Any]) -> list[Row]:
    """Read a form of files that a system adds, if this is one."""
    form = reader_of(declaration.key, told)
    if form is None:
        raise FileUnreadable
    found = form.rows(declaration, told)
    _bounded(found)
    return found


def _feature(declaration: RegisterDeclaration, number: int, feature: object) -> Row:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or not isinstance(properties, dict | None):
        raise FileUnreadable
    heads = list(properties or {})
    cells = [_written(value) for value in (properties or {}).values()]
    keys = _keys(declaration, heads)
    told = {key: cell for key, cell in zip(keys, cells, strict=True) if key}
    return Row(number, told, feature.get("geometry"), has_geometry="geometry" in feature)


def _bounded(found: Sequence[object]) -> None:
    if len(found) > MOST_ROWS:
        raise FileTooLong(most=MOST_ROWS)
