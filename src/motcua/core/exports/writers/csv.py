"""CSV as RFC 4180 wants it, in UTF-8; Python's own writer leaves a lone CR without quotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import BinaryIO

from motcua.core.exports.table import Table, in_words

BOM = "\ufeff"
"""By it a spreadsheet knows that the file is UTF-8 and shows the accents."""

_AT_ONCE = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(
    table: Table,
    out: BinaryIO,
    *,
    delimiter: str = ",",
    quote: str = '"',
    for_spreadsheets: bool = False,
) -> int:
    """Write a header and the rows.

    `for_spreadsheets` puts an apostrophe before what a spreadsheet would take for a formula, and
    a mark of UTF-8 at the beginning; such a file no longer goes back in as it was.
    """
    line = _line(delimiter, quote)
    keep = harmless if for_spreadsheets else str
    out.write((BOM if for_spreadsheets else "").encode())
    out.write(line([keep(column.key) for column in table.columns]).encode())
    count, waiting = 0, list[str]()
    for row in table.rows:
        cells = [in_words(cell) for cell in row]
        waiting.append(line([harmless(cell) for cell in cells] if for_spreadsheets else cells))
        count += 1
        if len(waiting) == _AT_ONCE:
            out.write("".join(waiting).encode())
            waiting.clear()
    out.write("".join(waiting).encode())
    return count


def harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _line(delimiter: str, quote: str) -> Callable[[Sequence[str]], str]:
    special = re.compile(f"[{re.escape(delimiter)}{re.escape(quote)}\r\n]")
    breaks = re.compile(f"[{re.escape(quote)}\r\n]")

    def quoted(cell: str) -> str:
        if not special.search(cell):
            return cell
        return f"{quote}{cell.replace(quote, quote * 2)}{quote}"

    def written(cells: Sequence[str]) -> str:
        plain = delimiter.join(cells)
        if plain.count(delimiter) == len(cells) - 1 and not breaks.search(plain):
            return plain + "\n"  # the common row: nothing in it needs quotes
        return delimiter.join([quoted(cell) for cell in cells]) + "\n"

    return written
