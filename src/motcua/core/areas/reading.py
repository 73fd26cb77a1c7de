"""Reading a folder of areas: every cell is looked at, and all that is wrong is told at once."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from motcua.core.areas.cells import Cells
from motcua.core.areas.faults import AreasFaulty, fault
from motcua.core.areas.rules import KINDS_OF_CHANGE, check
from motcua.core.areas.table import (
    AgencyRow,
    ChangeRow,
    CountRow,
    Folder,
    ProvinceFile,
    UnitRow,
)
from motcua.kernel.flow.faults import Fault

PROVINCE, UNITS, CHANGES = "province.toml", "units.csv", "changes.csv"
AGENCIES, COUNTS = "agencies.csv", "counts.csv"
FILES = {PROVINCE: True, UNITS: True, CHANGES: True, AGENCIES: False, COUNTS: False}
"""The files of a folder, and whether each must be there."""

STATUSES = ("confirmed", "unconfirmed")
_TEXT_KEYS = {"code": 5, "name_vi": 100, "name_en": 100, "agency_code": 3, "source": 300}
_CORNERS = 4

Row = TypeVar("Row", UnitRow, ChangeRow, AgencyRow, CountRow)


def read_folder(folder: Traversable | Path) -> Folder:
    """Read and check a folder; raises `AreasFaulty` with every fault, by file and line."""
    faults: list[Fault] = []
    texts = texts_of(folder)
    province = _province(texts[PROVINCE], faults)
    units = _rows(UNITS, texts, UnitRow, _unit, faults)
    changes = _rows(CHANGES, texts, ChangeRow, _change, faults)
    agencies = _rows(AGENCIES, texts, AgencyRow, _agency, faults)
    counts = _rows(COUNTS, texts, CountRow, _count, faults)
    if faults or province is None:
        raise AreasFaulty(faults)
    read = Folder(province, units, changes, agencies, counts, digest_of(texts))
    if faults := check(read):
        raise AreasFaulty(faults)
    return read


def digest_of(texts: dict[str, str]) -> str:
    """Give one SHA-256 over names and texts of the files."""
    each = (f"{name}\0{len(text)}\0{text}" for name, text in sorted(texts.items()))
    return hashlib.sha256("".join(each).encode()).hexdigest()


def texts_of(folder: Traversable | Path) -> dict[str, str]:
    """Give the texts of a folder by name; raises `AreasFaulty` where one is missing."""
    faults: list[Fault] = []
    texts = dict(_texts(folder, faults))
    if faults:
        raise AreasFaulty(faults)
    return texts


def _texts(folder: Traversable | Path, faults: list[Fault]) -> Iterator[tuple[str, str]]:
    for name, needed in FILES.items():
        place = folder / name
        if not place.is_file():
            if needed:
                faults.append(fault("areas.no_file", name))
            continue
        try:
            yield name, place.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            faults.append(fault("areas.not_text", name))


def _province(text: str, faults: list[Fault]) -> ProvinceFile | None:
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        faults.append(fault("areas.not_toml", PROVINCE, problem=wrong))
        return None
    lacking = [key for key, limit in _TEXT_KEYS.items() if not _is_text(told.get(key), limit)]
    lacking += [] if isinstance(told.get("partial", False), bool) else ["partial"]
    lacking += [] if _is_day(told.get("facts_from")) else ["facts_from"]
    lacking += [] if _is_box(told.get("bounds")) else ["bounds"]
    if lacking:
        faults.extend(fault("areas.wrong_key", PROVINCE, key=key) for key in lacking)
        return None
    words = {key: told[key] for key in _TEXT_KEYS}
    partial, since = told.get("partial", False), told.get("facts_from")
    return ProvinceFile(**words, partial=partial, facts_from=since, bounds=_box(told))


def _is_text(value: object, limit: int) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= limit


def _is_day(value: object) -> bool:
    day = isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
    return value is None or day


def _box(told: dict[str, Any]) -> tuple[float, float, float, float] | None:
    if "bounds" not in told:
        return None
    south, west, north, east = map(float, told["bounds"])
    return south, west, north, east


def _is_box(value: object) -> bool:
    if value is None:
        return True
    numbers = isinstance(value, list) and all(isinstance(one, int | float) for one in value)
    return numbers and isinstance(value, list) and len(value) == _CORNERS


def _rows(
    name: str,
    texts: dict[str, str],
    kind: type[Row],
    read: Callable[[Cells], Row],
    faults: list[Fault],
) -> tuple[Row, ...]:
    columns = [one.name for one in fields(kind) if one.name != "line"]
    return tuple(map(read, _cells(name, texts.get(name, ""), columns, faults)))


def _cells(name: str, text: str, columns: list[str], faults: list[Fault]) -> Iterable[Cells]:
    """Give the rows of a file; one with too many or too few cells is a fault and left out."""
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader, None)
    if header is None:
        return
    if header != columns:
        faults.append(fault("areas.wrong_header", f"{name}:1", wanted=",".join(columns)))
        return
    for row in reader:
        where = f"{name}:{reader.line_num}"
        if not row:
            continue
        if len(row) != len(columns):
            told: dict[str, Any] = {"found": len(row), "wanted": len(columns)}
            faults.append(fault("areas.wrong_columns", where, **told))
            continue
        yield Cells(where, reader.line_num, dict(zip(columns, row, strict=True)), faults)


def _unit(row: Cells) -> UnitRow:
    lat, lon = row.degrees("lat"), row.degrees("lon")
    if (lat is None) is not (lon is None):
        row.wrong("areas.half_a_centre", "lat")
    return UnitRow(
        line=row.line,
        unit_id=row.text("unit_id"),
        gso_code=row.code("gso_code"),
        name=row.text("name"),
        type=row.text("type"),
        tier=row.text("tier"),
        parent_unit_id=row.text("parent_unit_id", needed=False),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        lat=lat,
        lon=lon,
        source=row.text("source"),
        status=row.one_of("status", STATUSES),
        note=row.text("note", needed=False),
    )


def _change(row: Cells) -> ChangeRow:
    return ChangeRow(
        line=row.line,
        date=row.needed_day("date"),
        legal_ref=row.text("legal_ref"),
        from_unit_id=row.text("from_unit_id"),
        to_unit_id=row.text("to_unit_id"),
        share=row.share("share"),
        kind=row.one_of("kind", KINDS_OF_CHANGE),
        main_heir=row.flag("main_heir"),
        source=row.text("source"),
        status=row.one_of("status", STATUSES),
        note=row.text("note", needed=False),
    )


def _agency(row: Cells) -> AgencyRow:
    return AgencyRow(
        line=row.line,
        list_id=row.text("list_id"),
        tier=row.text("tier"),
        name_vi=row.text("name_vi"),
        name_en=row.text("name_en"),
        code_qd20=row.agency_code("code_qd20", "qd20"),
        code_102=row.agency_code("code_102", "qcvn102"),
        heir=row.text("heir", needed=False),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        source=row.text("source"),
        status=row.one_of("status", STATUSES),
        note=row.text("note", needed=False),
    )


def _count(row: Cells) -> CountRow:
    return CountRow(
        line=row.line,
        day=row.needed_day("day"),
        tier=row.text("tier"),
        kind=row.text("kind", needed=False),
        count=row.number("count"),
        source=row.text("source"),
    )
