"""Giving a table out in a format, of one moment."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import BinaryIO
from zoneinfo import ZoneInfo

from motcua.core.exports import house, sources
from motcua.core.exports.table import Table
from motcua.core.exports.writers import csv
from motcua.core.sql import still
from motcua.kernel.errors import Refused


class Format(StrEnum):
    """The formats in which a table is given."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    XES = "xes"
    PDF = "pdf"


class Rows(StrEnum):
    """What one row stands for."""

    CASES = "cases"
    EVENTS = "events"


class OnlyEvents(Refused):
    """An event log, or what a source gave, has rows of events and no others."""

    code = "exports.only_events"
    vi = "Định dạng hoặc nguồn này chỉ có dòng sự kiện; bỏ --rows cases."
    en = "This format or source has rows of events only; leave out --rows cases."


Writer = Callable[[Table, BinaryIO], int]


def writer(form: Format, *, for_spreadsheets: bool = False) -> Writer:
    """Give what writes a format; the libraries behind it are loaded only when it is asked for."""
    if form is Format.XLSX:
        from motcua.core.exports.writers.xlsx import write  # noqa: PLC0415
    elif form is Format.PARQUET:
        from motcua.core.exports.writers.parquet import write  # noqa: PLC0415
    elif form is Format.XES:
        from motcua.core.exports.writers.xes import write  # noqa: PLC0415
    else:
        return lambda table, out: csv.write(table, out, for_spreadsheets=for_spreadsheets)
    return write


def give_dossiers(
    out: BinaryIO,
    form: Format,
    *,
    zone: str,
    rows: Rows = Rows.EVENTS,
    for_spreadsheets: bool = False,
) -> int:
    """Write every dossier of the house, instants in a time zone; give the number of rows."""
    if form is Format.XES and rows is Rows.CASES:
        raise OnlyEvents
    made = house.cases if rows is Rows.CASES else house.events
    with still() as tx:
        table = made(tx, ZoneInfo(zone))
        return writer(form, for_spreadsheets=for_spreadsheets)(table, out)


def give_back(out: BinaryIO, form: Format, source: str, *, for_spreadsheets: bool = False) -> int:
    """Write what was taken over from a source; give the number of rows.

    In CSV they come with the signs between cells that the source's own files had.
    """
    row = sources.source_named(source)
    with still() as tx:
        if form is Format.XES:
            return writer(form)(sources.as_log(tx, row), out)
        table = sources.given_by(tx, row)
        if form is Format.CSV:
            return csv.write(
                table,
                out,
                delimiter=row.delimiter,
                quote=row.quote,
                for_spreadsheets=for_spreadsheets,
            )
        return writer(form)(table, out)
