"""Do changed calendars, and the dates that they moved, agree with the house's own entries?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from motcua.core.clock.calendars import calendars
from motcua.core.clock.models import CalendarChange, WorkCalendar
from motcua.core.dossiers.house import digest_of
from motcua.core.ledger.append import HOUSE
from motcua.core.ledger.findings import Finding
from motcua.core.ledger.models import Entry
from motcua.core.places import LAST
from motcua.core.redating.deciding import DECIDE, PROPOSE, UNDO, State
from motcua.core.redating.effect import IN_FORCE
from motcua.core.redating.finding import pages
from motcua.core.redating.laid_out import layout
from motcua.core.redating.whole import DONE
from motcua.core.redating.writing import REDATE
from motcua.core.sql import Sql, reading

_STATES = {DECIDE: "decided", UNDO: "undone", IN_FORCE: "in_force", DONE: "done"}
_PAGE = 5000
_ROWS = Sql(
    "SELECT batch, id, seq, told, dossier_id FROM clock_redated"
    " WHERE (batch, id) > (%s, %s) ORDER BY batch, id LIMIT %s"
)
_SAID = {
    "state.calendar_differs": (
        "Lịch làm việc “{what}” khác với sổ cái của hệ thống.",
        "The working calendar “{what}” differs from the house's own entries.",
    ),
    "state.calendar_change_differs": (
        "Thay đổi lịch số {what} khác với sổ cái của hệ thống.",
        "The change of the calendar {what} differs from the house's own entries.",
    ),
    "state.redated_differs": (
        "Các hạn tính lại ghi ở bút toán {what} của hệ thống không khớp cam kết.",
        "The dates moved by entry {what} of the house do not match its commitment.",
    ),
    "state.not_redated": (
        "Hạn của hồ sơ khác với hạn tính theo lịch làm việc hiện tại.",
        "The dates of the dossier are not those that the calendar of now gives.",
    ),
}


def check_calendars() -> Iterator[Finding]:
    """Give every calendar, change and moved date that entries do not explain.

    Where no change is under way the date of every open dossier is counted anew and compared.
    """
    changes, layouts, batches = _told()
    kept = {row.pk: (digest_of(row.text), str(row.state)) for row in CalendarChange.objects.all()}
    for number in sorted(changes.keys() | kept.keys()):
        if changes.get(number) != kept.get(number):
            yield _finding("state.calendar_change_differs", number)
    for row in WorkCalendar.objects.order_by("key"):
        revision, digest = layouts.get(row.key, (1, None))
        if row.revision != revision or (digest and digest_of(layout(row)) != digest):
            yield _finding("state.calendar_differs", row.key)
    yield from _check_batches(batches)
    if not CalendarChange.objects.filter(state=State.IN_FORCE).exists():
        yield from _check_dates()


def _told() -> tuple[dict[int, tuple[str, str]], dict[str, tuple[int, str]], dict[int, Any]]:
    changes: dict[int, tuple[str, str]] = {}
    layouts: dict[str, tuple[int, str]] = {}
    batches: dict[int, Any] = {}
    rows = Entry.objects.of(HOUSE).filter(act__in=(PROPOSE, REDATE, *_STATES)).order_by("seq")
    for seq, name, body in rows.values_list("seq", "act", "body").iterator():
        data = json.loads(body)["data"]
        number = data["change"]
        if name == PROPOSE:
            changes[number] = (data["digest"], "proposed")
        elif name == REDATE:
            batches[seq] = (data["dossiers"], data["digest"])
        elif number in changes:
            changes[number] = (changes[number][0], _STATES[name])
        if name == IN_FORCE:
            layouts[data["calendar"]] = (data["revision"], data["layout"])
    return changes, layouts, batches


def _check_batches(told: dict[int, Any]) -> Iterator[Finding]:
    found: dict[int, Any] = {}
    count, running, last = 0, hashlib.sha256(), -1
    for batch, line in _lines():
        if batch != last:
            found[last] = (count, running.hexdigest())
            count, running, last = 0, hashlib.sha256(), batch
        count += 1
        running.update(line)
    found[last] = (count, running.hexdigest())
    found.pop(-1, None)
    for batch in sorted(told.keys() | found.keys()):
        if told.get(batch) != found.get(batch):
            yield _finding("state.redated_differs", batch)


def _lines() -> Iterator[tuple[int, bytes]]:
    """Give the rows of each batch as its digest covers them."""
    after = (-1, -1)
    while rows := reading().all(_ROWS, *after, _PAGE):
        for batch, row_id, seq, told, dossier_id in rows:
            yield batch, f"{dossier_id} {row_id & LAST} {seq} {told}\n".encode()
        after = rows[-1][:2]


def _check_dates() -> Iterator[Finding]:
    for found in pages(calendars):
        for one in found.moving:
            if one.due != one.before or one.work:
                yield _finding("state.not_redated", one.id, stream=one.id)


def _finding(code: str, what: object, *, stream: int = HOUSE) -> Finding:
    vi, en = _SAID[code]
    return Finding(code, vi.format(what=what), en.format(what=what), stream)
