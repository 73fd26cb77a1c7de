"""Parquet for analysis: typed columns, compressed, one group of rows after another."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from motcua.core.exports.table import Cell, Kind, Table

GROUP = 50_000
"""Rows that are held in memory at once and lie in one group of the file."""

_TYPES = {
    Kind.TEXT: pa.string(),
    Kind.WHOLE: pa.int64(),
    Kind.INSTANT: pa.timestamp("us", tz="UTC"),
}


def write(table: Table, out: BinaryIO) -> int:
    """Write the rows; an instant is kept as the moment it is, whatever the zone."""
    schema = pa.schema([(column.key, _TYPES[column.kind]) for column in table.columns])
    count = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for rows in _groups(table.rows):
            columns = zip(*rows, strict=True)
            arrays = [
                pa.array(_plain(cells, field), type=field.type)
                for cells, field in zip(columns, schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema), row_group_size=GROUP)
            count += len(rows)
    return count


def _groups(rows: Iterator[Sequence[Cell]]) -> Iterator[list[Sequence[Cell]]]:
    while group := list(itertools.islice(rows, GROUP)):
        yield group


def _plain(cells: Sequence[Cell], field: pa.Field) -> Sequence[object]:
    """Bring instants to the zone of their column, as the type holds no other."""
    if not pa.types.is_timestamp(field.type):
        return cells
    return [
        cell.astimezone(datetime.UTC) if isinstance(cell, datetime.datetime) else None
        for cell in cells
    ]
