"""Whether records and their versions still say what their entries were told."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

from motcua.core.dossiers import answers
from motcua.core.dossiers.erased import NO_FIELDS, NO_SALT
from motcua.core.ledger.findings import Finding
from motcua.core.ledger.models import Entry
from motcua.core.people.numbers import NumberUnreadable
from motcua.core.places import BITS, DOCUMENTS, LAST, RECORDS, place, places
from motcua.core.reform.reconcile import is_under_way
from motcua.core.registers.models import Record, RecordVersion
from motcua.core.registers.reformed import left_behind
from motcua.core.registers.standing import ERASE
from motcua.core.registers.writing import bounds_of, metres_of, said_of, stream_of
from motcua.kernel import geometry

_AT_ONCE = 500
_FIRST = place(RECORDS, 0)
_TEXTS = {
    "state.record_version": (
        "Phiên bản {number} của bản ghi {record} không khớp bút toán của nó.",
        "Version {number} of record {record} is not what its entry was told.",
    ),
    "state.record_left_behind": (
        "Bản ghi {record} còn ở cơ quan đã kết thúc.",
        "Record {record} is still with an agency that ended.",
    ),
    "state.record": (
        "Bản ghi {record} không khớp phiên bản cuối của nó.",
        "Record {record} is not what its last version says.",
    ),
}


def check_records() -> Iterator[Finding]:
    """Give every version and record that was changed, removed or added behind the ledger's back."""
    yield from _missing()
    erased = _erased()
    for versions in _pages():
        entries = Entry.objects.in_bulk([_FIRST + row.pk for row in versions])
        for row in versions:
            is_empty = row.pk < erased.get(row.pk >> BITS, 0)
            if not _agrees(row, entries.get(_FIRST + row.pk), is_empty=is_empty):
                yield _finding("state.record_version", row.pk >> BITS, number=row.pk & LAST)
    for record in Record.objects.order_by("pk").iterator(chunk_size=_AT_ONCE):
        if not _is_last(record, erased.get(record.pk)):
            yield _finding("state.record", record.pk)
    if not is_under_way():
        for number in left_behind().order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]:
            yield _finding("state.record_left_behind", number)


def _missing() -> Iterator[Finding]:
    """Give versions of which only the entry is left."""
    rows = Entry.objects.filter(pk__gte=_FIRST, pk__lt=place(DOCUMENTS, 0))
    entries = rows.order_by("pk").values_list("pk", flat=True)
    after = _FIRST
    while page := list(entries.filter(pk__gt=after)[:_AT_ONCE]):
        known = RecordVersion.objects.filter(pk__in=[one - _FIRST for one in page])
        there = set(known.values_list("pk", flat=True))
        for one in page:
            if one - _FIRST not in there:
                yield _finding("state.record_version", (one - _FIRST) >> BITS, number=one & LAST)
        after = page[-1]


def _pages() -> Iterator[list[RecordVersion]]:
    rows, after = RecordVersion.objects.order_by("pk"), 0
    while page := list(rows.filter(pk__gt=after)[:_AT_ONCE]):
        yield page
        after = page[-1].pk


def _erased() -> dict[int, int]:
    """Give the version that erased a record last, by record: what was said before it is empty."""
    rows = Entry.objects.filter(pk__gte=_FIRST, pk__lt=place(DOCUMENTS, 0), act=f"record_{ERASE}")
    found = (one - _FIRST for one in rows.order_by("pk").values_list("pk", flat=True))
    return {one >> BITS: one for one in found}


def _agrees(row: RecordVersion, entry: Entry | None, *, is_empty: bool) -> bool:
    if entry is None:
        return False
    body = json.loads(entry.body)
    try:
        values = answers.read(row.values)
    except (ValueError, NumberUnreadable):
        return False
    data = body["data"]
    told = (data["since"], data["retired"], data["agency"], body["act"], body["actor"])
    kept = (row.since.isoformat(), row.retired, row.agency_id, f"record_{row.act}", row.actor)
    if is_empty:
        nothing = (row.values, row.geometry, row.reason, bytes(row.salt))
        return nothing == (NO_FIELDS, "", "", NO_SALT) and told == kept
    said = said_of(bytes(row.salt), values, row.geometry, row.reason)
    return body["commitments"] == [said] and told == kept


def _is_last(record: Record, erased: int | None) -> bool:
    """Tell whether a record stands as its last version; secret values are compared opened."""
    last = RecordVersion.objects.filter(pk__range=places(record.pk)).order_by("-pk").first()
    if last is None or last.pk != place(record.pk, record.number):
        return False
    names = ("values", "geometry", "retired", "since", "agency_id", "recorded_at")
    if any(getattr(last, name) != getattr(record, name) for name in names):
        return False
    if record.erased != _stays_erased(record, erased):
        return False
    shape = geometry.kept(record.geometry)
    bounds = (record.west, record.south, record.east, record.north)
    return bounds == bounds_of(shape) and _is_near(record.metres, metres_of(shape))


def _stays_erased(record: Record, erased: int | None) -> bool:
    """Tell whether a record was erased, and not taken into use again since."""
    if erased is None:
        return False
    since = RecordVersion.objects.filter(pk__range=(erased, places(record.pk)[1]), retired=False)
    return not since.exists()


def _is_near(kept: float | None, told: float | None) -> bool:
    """Tell whether two lengths are one, on whichever machine each was reckoned."""
    if kept is None or told is None:
        return kept is told
    return math.isclose(kept, told, rel_tol=1e-9, abs_tol=1e-6)


def _finding(code: str, record: int, **details: object) -> Finding:
    vi, en = _TEXTS[code]
    told = {"record": record, **details}
    return Finding(code, vi.format(**told), en.format(**told), stream_of(record))
