"""Does what was taken over still say what the ledger committed to?"""

from __future__ import annotations

import json
from collections.abc import Iterator

from motcua.core.dossiers.erased import NO_SALT
from motcua.core.ledger.append import instant_text
from motcua.core.ledger.commitments import commitment
from motcua.core.ledger.findings import Finding
from motcua.core.places import BITS, LAST
from motcua.core.sql import Row, Sql, instant, reading
from motcua.core.takeover.writing import EVENT_ACT
from motcua.kernel.errors import Refused

_PAGE = 1000
_COLUMNS = "SELECT e.id, v.code, v.at, v.cells, v.salt, e.body, d.salt FROM"
_TOLD = Sql(
    f"{_COLUMNS} ledger_entry e LEFT JOIN takeover_event v ON v.id = e.id"
    " LEFT JOIN dossiers_dossier d ON d.id = e.stream"
    " WHERE e.id > %s AND e.act = %s ORDER BY e.id LIMIT %s"
)
_UNTOLD = Sql(
    "SELECT v.id FROM takeover_event v LEFT JOIN ledger_entry e ON e.id = v.id AND e.act = %s"
    " WHERE e.id IS NULL ORDER BY v.id LIMIT %s"
)


def check_events() -> Iterator[Finding]:
    """Give every event that was changed, removed or added behind the ledger's back.

    One without salt and cells too, unless its dossier was erased by an act.
    """
    tx, after = reading(), 0
    while page := tx.all(_TOLD, after, EVENT_ACT, _PAGE):
        for row in page:
            if not _agrees(row):
                yield _finding(row[0])
        after = page[-1][0]
    for (place,) in tx.all(_UNTOLD, EVENT_ACT, _PAGE):
        yield _finding(place)


def _agrees(row: Row) -> bool:
    try:
        return _is_as_told(row)
    except (Refused, ValueError, LookupError, TypeError):
        return False


def _is_as_told(row: Row) -> bool:
    _, code, at, cells, salt, body, kept = row
    if code is None:
        return False
    if not cells and not bytes(salt):
        return bytes(kept or b"") == NO_SALT
    told = json.loads(body)
    happened = instant(at)
    same = told["data"]["event"] == code and happened is not None
    if not same or instant_text(happened) != told["at"]:
        return False
    committed: str = told["data"]["cells"]
    return commitment(bytes(salt), json.loads(cells)) == committed


def _finding(place: int) -> Finding:
    return Finding(
        "state.event_differs",
        "Sự kiện tiếp nhận khác với cam kết trong sổ cái.",
        "An event that was taken over differs from its commitment in the ledger.",
        place >> BITS,
        place & LAST,
    )
