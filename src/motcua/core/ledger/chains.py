"""The check of every stream: places from 1 on, links, hashes, and columns against the body.

Reads page by page in the order of places, which is that of streams and their entries, so memory
does not grow with the ledger.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from motcua.core.ledger.append import instant_text
from motcua.core.ledger.findings import Finding, finding
from motcua.core.ledger.hashing import entry_hash, genesis
from motcua.core.places import place
from motcua.core.sql import Row, Sql, Tx, instant

_PAGE = 2_000
_SELECT = """SELECT stream, seq, id, act, {at}, {recorded_at}, body, previous, hash
    FROM ledger_entry
    WHERE id > %s ORDER BY id LIMIT %s"""
# As text on SQLite, so that a date torn by hand is a finding instead of a failure of the driver.
_ROWS = Sql(
    _SELECT.format(at="CAST(at AS text)", recorded_at="CAST(recorded_at AS text)"),
    postgres=_SELECT.format(at="at", recorded_at="recorded_at"),
)
_BEFORE_ALL = -(2**63)


@dataclass(slots=True)
class Tally:
    """What went past while the streams were checked."""

    entries: int = 0
    streams: int = 0


def check_chains(tx: Tx, tally: Tally) -> Iterator[Finding]:
    """Give what is wrong with the streams, counting into `tally`."""
    stream, seq, head = None, 0, b""
    for row in _rows(tx):
        if row[0] != stream:
            stream, seq, head = row[0], 0, genesis(row[0])
            tally.streams += 1
        tally.entries += 1
        yield from _check_place(row, seq, head)
        yield from _check_content(row)
        seq, head = row[1], bytes(row[8])


def _rows(tx: Tx) -> Iterator[Row]:
    after = _BEFORE_ALL
    while page := tx.all(_ROWS, after, _PAGE):
        yield from page
        after = page[-1][2]


def _check_place(row: Row, after: int, head: bytes) -> Iterator[Finding]:
    stream, seq = row[0], row[1]
    if row[2] != place(stream, seq):
        yield finding("ledger.entry_misplaced", stream=stream, seq=seq)
    if seq == after:
        yield finding("ledger.entry_repeated", stream=stream, seq=seq)
    elif seq != after + 1:
        yield finding("ledger.entry_missing", stream=stream, seq=seq, after=after, found=seq)
    if bytes(row[7]) != head:
        yield finding("ledger.link_broken", stream=stream, seq=seq)


def _check_content(row: Row) -> Iterator[Finding]:
    stream, seq, body = row[0], row[1], str(row[6])
    # A body torn by hand may hold half of a surrogate pair; its bytes then simply don't match.
    if entry_hash(bytes(row[7]), body.encode(errors="replace")) != bytes(row[8]):
        yield finding("ledger.body_changed", stream=stream, seq=seq)
    try:
        facts = json.loads(body)
        stated = tuple(facts[name] for name in ("stream", "seq", "act", "at", "recorded"))
    except (ValueError, LookupError, TypeError):
        yield finding("ledger.body_unreadable", stream=stream, seq=seq)
        return
    for name, told, kept in zip(_COLUMNS, stated, _kept(row), strict=True):
        if told != kept:
            yield finding("ledger.column_changed", stream=stream, seq=seq, column=name)


_COLUMNS = ("stream", "seq", "act", "at", "recorded_at")


def _kept(row: Row) -> tuple[object, ...]:
    return (row[0], row[1], row[3], _text(row[4]), _text(row[5]))


def _text(value: object) -> str | None:
    try:
        at = instant(value)
    except ValueError:
        return None
    return instant_text(at) if at else None
