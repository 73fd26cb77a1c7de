"""Taking a file of records in: looked at first, then all of it in one act, or nothing."""

from __future__ import annotations

import datetime
import hashlib
import json
import secrets
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import IntegrityError

from motcua.core.access.actors import Actor
from motcua.core.ledger.append import Origin, append_to_house
from motcua.core.registers import photos as pictures
from motcua.core.registers.acts import RecordMoved
from motcua.core.registers.declaration import RegisterDeclaration
from motcua.core.registers.models import Record, RecordImport
from motcua.core.registers.photos import PHOTO, Photos
from motcua.core.registers.planning import CHANGED, NEW, SAME, WRONG, Planned, plan
from motcua.core.registers.rights import NotYourRegister, day_of, kept_agencies, must_keep
from motcua.core.registers.sheets import rows_of
from motcua.core.registers.writing import Change, write
from motcua.core.sql import Tx, act
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

KEPT = datetime.timedelta(days=1)
"""How long a file lies here to be looked at."""
_TOLD = 1000
_AT_ONCE = 500
_NAME = 200


class NoSuchImport(Refused):
    """The officer has no such file lying here."""

    code = "registers.no_such_import"
    vi = "Không có tệp nhập này, hoặc đã quá một ngày; hãy tải tệp lên lại."
    en = "There is no such file, or a day has passed; upload it again."
    status = 404


class ImportFaulty(Refused):
    """Rows are wrong: nothing of the file is taken in."""

    code = "registers.import_faulty"
    vi = "Tệp có {count} dòng sai nên chưa nhập dòng nào. Hãy sửa tệp rồi tải lên lại."
    en = "{count} rows are wrong, so none was taken in. Mend the file and upload it again."


class LookedOld(Refused):
    """Records were changed after the look: what would be written over was not seen."""

    code = "registers.looked_old"
    vi = (
        "Có {count} bản ghi đã đổi từ lúc xem trước nên chưa nhập dòng nào. Bản xem trước đã được"
        " lập lại; hãy xem rồi nhập."
    )
    en = (
        "{count} records were changed after the look, so none was taken in. The preview is new;"
        " look at it, then take it in."
    )
    status = 409


def look(
    *,
    actor: Actor,
    at: datetime.datetime,
    declaration: RegisterDeclaration,
    agency_id: int,
    name: str,
    body: bytes,
    photos: Photos | None = None,
) -> RecordImport:
    """Read a file and tell what each row would become; the file lies here for a day.

    `photos` came with it (`packed`), and lie in the store. Raises `NotYourRegister`,
    `PhotosNotTaken` and what `rows_of` raises.
    """
    planned = _plan(actor, at, declaration, agency_id, body, photos)
    assert actor.officer_id is not None
    return RecordImport.objects.create(
        code=secrets.token_hex(16),
        register=declaration.key,
        agency_id=agency_id,
        officer_id=actor.officer_id,
        asked_at=at,
        until_at=at + KEPT,
        name=clean(name[:_NAME].replace("\n", " ")),
        digest=hashlib.sha256(body).digest(),
        body=body,
        photos=pictures.written(photos),
        report=json.dumps(report_of(planned), ensure_ascii=False),
    )


def import_of(
    actor: Actor, declaration: RegisterDeclaration, code: str, at: datetime.datetime
) -> RecordImport:
    """Give a file that this officer uploaded. Raises `NoSuchImport`."""
    row = None
    if actor.officer_id is not None and code.isalnum():
        rows = RecordImport.objects.filter(register=declaration.key, until_at__gt=at)
        row = rows.filter(officer_id=actor.officer_id, code=code).first()
    if row is None:
        raise NoSuchImport
    return row


def take_in(
    *, actor: Actor, at: datetime.datetime, declaration: RegisterDeclaration, code: str
) -> RecordImport:
    """Take a file in that was looked at: every row or none; again it changes nothing.

    Nothing is written over that the look did not show. Raises `NoSuchImport`, `NotYourRegister`,
    `ImportFaulty`, `LookedOld` (then the look is made anew) and `RecordMoved`.
    """
    row = import_of(actor, declaration, code, at)
    if row.done_at is not None:
        return row
    photos = pictures.read(row.photos)
    planned = _planned(actor, at, declaration, row.agency_id, bytes(row.body), photos)
    unseen = len(_seen_of(planned).items() - json.loads(row.report)["seen"].items())
    if unseen:
        report = json.dumps(report_of(planned), ensure_ascii=False)
        RecordImport.objects.filter(pk=row.pk, done_at=None).update(report=report)
        raise LookedOld(count=unseen)
    try:
        with act() as tx:
            taken = RecordImport.objects.select_for_update().get(pk=row.pk)
            if taken.done_at is not None:  # its twin was first
                return taken
            report = _write(tx, planned, actor, at, declaration, row, "live")
            taken.report, taken.done_at, taken.body, taken.photos = report, at, b"", ""
            taken.save(update_fields=["report", "done_at", "body", "photos"])
    except IntegrityError as wrong:
        raise RecordMoved(number=1) from wrong
    return taken


def import_rows(
    *,
    actor: Actor,
    at: datetime.datetime,
    declaration: RegisterDeclaration,
    agency_id: int,
    body: bytes,
    photos: Photos | None = None,
    origin: Origin = "imported",
) -> dict[str, int]:
    """Take a file in without a look: what `motcua load` and seeding do. Gives the counts."""
    planned = _planned(actor, at, declaration, agency_id, body, photos)
    row = RecordImport(agency_id=agency_id, digest=hashlib.sha256(body).digest())
    with act() as tx:
        report = _write(tx, planned, actor, at, declaration, row, origin)
    counts: dict[str, int] = json.loads(report)["counts"]
    return counts


def tried(
    *,
    actor: Actor,
    at: datetime.datetime,
    declaration: RegisterDeclaration,
    agency_id: int,
    body: bytes,
    photos: Photos | None = None,
) -> dict[str, Any]:
    """Tell what taking a file in would do, row by row (`report_of`); nothing is written."""
    return report_of(_plan(actor, at, declaration, agency_id, body, photos))


def _plan(
    actor: Actor,
    at: datetime.datetime,
    declaration: RegisterDeclaration,
    agency_id: int,
    body: bytes,
    photos: Photos | None,
) -> list[Planned]:
    on = day_of(at)
    _must_import(actor, declaration, agency_id, on)
    pictures.must_take(declaration.key, photos)
    planned = plan(actor, declaration, agency_id, rows_of(declaration, body), on=on)
    return pictures.plan_photos(declaration.key, planned, photos)


def _planned(
    actor: Actor,
    at: datetime.datetime,
    declaration: RegisterDeclaration,
    agency_id: int,
    body: bytes,
    photos: Photos | None,
) -> list[Planned]:
    planned = _plan(actor, at, declaration, agency_id, body, photos)
    wrong = sum(one.outcome == WRONG for one in planned)
    if wrong:
        raise ImportFaulty(count=wrong)
    return planned


def _write(
    tx: Tx,
    planned: Sequence[Planned],
    actor: Actor,
    at: datetime.datetime,
    declaration: RegisterDeclaration,
    row: RecordImport,
    origin: Origin,
) -> str:
    """Write every record of a plan with its entry, and what the house says of the file."""
    changes = list(_changes(planned, row.agency_id, day_of(at)))
    report = report_of(planned)
    if changes:
        write(tx, declaration, changes, actor=actor, at=at, origin=origin)
    if pictures.attach(tx, declaration.key, planned, at=at) or changes:
        data = {
            "register": declaration.key,
            "agency": row.agency_id,
            "file": bytes(row.digest).hex(),
            **report["counts"],
        }
        append_to_house(tx, act="record_import", at=at, actor=actor.key, data=data, origin=origin)
    return json.dumps(report, ensure_ascii=False)


def _changes(planned: Sequence[Planned], agency_id: int, on: datetime.date) -> Iterator[Change]:
    known = [one for one in planned if one.outcome == CHANGED]
    taken = _taken([one.record.pk for one in known if one.record])
    for one in planned:
        if one.outcome == SAME or one.prepared is None:
            continue
        if one.record is None:
            one.record = Record(agency_id=agency_id)
            yield Change(one.record, "enter", one.prepared, on)
            continue
        now = taken[one.record.pk]
        if now.number != one.record.number:
            raise RecordMoved(number=now.number)
        yield Change(now, "change", one.prepared, on)


def _taken(numbers: Sequence[int]) -> dict[int, Record]:
    """Lock the records that a file changes, each once, in one order."""
    found: dict[int, Record] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        some = sorted(numbers)[start : start + _AT_ONCE]
        rows = Record.objects.select_for_update().filter(pk__in=some).order_by("pk")
        found.update({row.pk: row for row in rows})
    return found


def report_of(planned: Sequence[Planned]) -> dict[str, Any]:
    """Tell the counts, and each row that is wrong, changed or new, as far as a page shows them."""
    counts = dict.fromkeys((NEW, CHANGED, SAME, WRONG), 0)
    for one in planned:
        counts[one.outcome] += 1
    if added := sum(one.photo is not None for one in planned):
        counts["photos"] = added
    told = [one for one in planned if one.outcome != SAME or one.photo is not None]
    told.sort(key=lambda one: (_ORDER[one.outcome], one.row.line))
    rows = [_told(one) for one in told[:_TOLD]]
    return {"counts": counts, "rows": rows, "seen": _seen_of(planned)}


def _seen_of(planned: Sequence[Planned]) -> dict[str, int]:
    """Give the version of each record that a plan writes over, by its number."""
    known = (one.record for one in planned if one.outcome == CHANGED)
    return {str(row.pk): row.number for row in known if row is not None}


_ORDER = {WRONG: 0, CHANGED: 1, NEW: 2, SAME: 3}


def _told(one: Planned) -> dict[str, object]:
    return {
        "line": one.row.line,
        "outcome": PHOTO if one.outcome == SAME else one.outcome,
        "title": one.prepared.title if one.prepared else one.named,
        "problems": [
            {"part": part, "code": why.code, "vi": why.text("vi"), "en": why.text("en")}
            for part, why in one.problems.items()
        ],
    }


def _must_import(
    actor: Actor, declaration: RegisterDeclaration, agency_id: int, on: datetime.date
) -> None:
    must_keep(actor, declaration, agency_id)
    if agency_id not in {one.id for one in kept_agencies(actor, declaration, on)}:
        raise NotYourRegister
