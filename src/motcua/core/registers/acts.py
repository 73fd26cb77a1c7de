"""Acts on one record: enter, change, confirm, retire, restore; each once, with its entry."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db import IntegrityError

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import agency
from motcua.core.dossiers import answers
from motcua.core.idempotency import keys
from motcua.core.ledger.append import Origin
from motcua.core.places import RECORDS
from motcua.core.registers.declaration import RegisterDeclaration
from motcua.core.registers.models import Record, RecordLink
from motcua.core.registers.preparing import Order, prepare
from motcua.core.registers.references import Resolver
from motcua.core.registers.rights import (
    NoSuchRecord,
    NotYourRegister,
    day_of,
    kept_agencies,
    must_keep,
    record_of,
)
from motcua.core.registers.standing import as_it_is
from motcua.core.registers.writing import Change, write
from motcua.core.sql import Tx, act, reading
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

LONGEST_REASON = 500


class RecordExists(Refused):
    """The register has a record of that key, perhaps a retired one."""

    code = "registers.exists"
    vi = "Sổ đã có bản ghi với khóa này (kể cả bản ghi đã ngừng). Hãy tìm và sửa bản ghi đó."
    en = "The register has a record of this key (perhaps a retired one). Find and change that one."
    status = 409


class RecordMoved(Refused):
    """Somebody changed the record since it was read."""

    code = "registers.moved"
    vi = "Bản ghi vừa được người khác sửa (nay là phiên bản {number}). Hãy tải lại và xem lại."
    en = "Somebody has just changed this record (version {number} now). Reload and look again."
    status = 409


class NothingChanged(Refused):
    """What is said is what the record says already."""

    code = "registers.nothing_changed"
    vi = "Không có gì thay đổi. Nếu bản ghi vẫn đúng, hãy bấm “Xác nhận còn đúng”."
    en = "Nothing was changed. If the record is still right, confirm it."


class NotYet(Refused):
    """A record tells what is, not what will be."""

    code = "registers.not_yet"
    vi = "Ngày bắt đầu đúng không được ở tương lai."
    en = "The day since which it is so cannot lie in the future."


class ReasonMissing(Refused):
    """A record is retired or restored for a stated reason."""

    code = "registers.reason_missing"
    vi = "Ghi lý do."
    en = "State the reason."


class RecordRetired(Refused):
    """The record is retired: it can only be restored."""

    code = "registers.retired"
    vi = "Bản ghi đã ngừng; muốn sửa thì khôi phục trước."
    en = "The record is retired; restore it before you change it."
    status = 409


class NotRetired(Refused):
    """The record is in use: there is nothing to restore."""

    code = "registers.not_retired"
    vi = "Bản ghi đang dùng, không cần khôi phục."
    en = "The record is in use; there is nothing to restore."
    status = 409


class RecordNamed(Refused):
    """Records in use name this one."""

    code = "registers.named"
    vi = "Còn {count} bản ghi đang dùng dẫn tới bản ghi này; hãy sửa các bản ghi đó trước."
    en = "{count} records in use name this one; change those first."
    status = 409


@dataclass(frozen=True, slots=True)
class Done:
    """The record that an act wrote and its revision."""

    record_id: int
    number: int


def enter(
    *,
    actor: Actor,
    at: datetime.datetime,
    declaration: RegisterDeclaration,
    agency_id: int,
    order: Order,
    key: str | None,
    origin: Origin = "live",
) -> Done:
    """Enter a new record for an agency that keeps the register.

    Raises `NotYourRegister`, `Invalid`, `NotYet`, `RecordExists`.
    """
    must_keep(actor, declaration, agency_id)
    on = day_of(at)
    if agency_id not in {one.id for one in kept_agencies(actor, declaration, on)}:
        raise NotYourRegister
    prepared = prepare(declaration, order, Resolver(actor, on), on=on)
    since = _since(order.since, on)

    def change(_tx: Tx) -> Change:
        row = Record(agency_id=agency(agency_id).id)
        return Change(row, "enter", prepared, since, reason=_reason(order.reason))

    body = [declaration.key, agency_id, *_said(order)]
    return _carry_out("enter", change, declaration, actor=actor, at=at, key=key, body=body,
                      origin=origin)  # fmt: skip


def change(
    *,
    actor: Actor,
    at: datetime.datetime,
    declaration: RegisterDeclaration,
    record_id: int,
    revision: int | None,
    order: Order,
    key: str | None,
) -> Done:
    """Say anew what a record is, since a day (today unless said).

    Raises `NoSuchRecord`, `NotYourRegister`, `RecordMoved`, `RecordRetired`, `Invalid`, `NotYet`,
    `NothingChanged`, `RecordExists`.
    """
    on = day_of(at)

    def made(_tx: Tx) -> Change:
        row = _taken(actor, declaration, record_id, revision)
        if row.retired:
            raise RecordRetired
        before = answers.read(row.values)
        prepared = prepare(declaration, order, Resolver(actor, on), on=on, before=before)
        since = _since(order.since, on)
        if (prepared.values, prepared.geometry) == (before, row.geometry) and order.since is None:
            raise NothingChanged
        return Change(row, "change", prepared, since, reason=_reason(order.reason))

    body = [record_id, revision, *_said(order)]
    return _carry_out("change", made, declaration, actor=actor, at=at, key=key, body=body)


def confirm(
    *,
    actor: Actor,
    at: datetime.datetime,
    declaration: RegisterDeclaration,
    record_id: int,
    revision: int | None,
    key: str | None,
) -> Done:
    """Say that a record is still right today: it is alive for another cycle."""

    def made(_tx: Tx) -> Change:
        row = _taken(actor, declaration, record_id, revision)
        if row.retired:
            raise RecordRetired
        return Change(row, "confirm", as_it_is(declaration, row, day_of(at)), day_of(at))

    body = [record_id, revision]
    return _carry_out("confirm", made, declaration, actor=actor, at=at, key=key, body=body)


def retire(
    *,
    actor: Actor,
    at: datetime.datetime,
    declaration: RegisterDeclaration,
    record_id: int,
    revision: int | None,
    reason: str,
    since: datetime.date | None = None,
    key: str | None,
) -> Done:
    """Take a record out of use since a day; it stays and can be restored.

    Raises as `change` does, `ReasonMissing`, and `RecordNamed` while others in use name it.
    """
    said = _needed(reason)

    def made(_tx: Tx) -> Change:
        row = _taken(actor, declaration, record_id, revision)
        if row.retired:
            raise RecordRetired
        count = RecordLink.objects.filter(target=row, record__retired=False).count()
        if count:
            raise RecordNamed(count=count)
        on = day_of(at)
        told = as_it_is(declaration, row, on)
        return Change(row, "retire", told, _since(since, on), retired=True, reason=said)

    body = [record_id, revision, said, since.isoformat() if since else None]
    return _carry_out("retire", made, declaration, actor=actor, at=at, key=key, body=body)


def restore(
    *,
    actor: Actor,
    at: datetime.datetime,
    declaration: RegisterDeclaration,
    record_id: int,
    revision: int | None,
    reason: str,
    key: str | None,
) -> Done:
    """Take a retired record into use again, as it was, from today."""
    said = _needed(reason)

    def made(_tx: Tx) -> Change:
        row = _taken(actor, declaration, record_id, revision)
        if not row.retired:
            raise NotRetired
        on = day_of(at)
        return Change(row, "restore", as_it_is(declaration, row, on), on, reason=said)

    body = [record_id, revision, said]
    return _carry_out("restore", made, declaration, actor=actor, at=at, key=key, body=body)


def _taken(
    actor: Actor, declaration: RegisterDeclaration, record_id: int, revision: int | None
) -> Record:
    """Lock a record for a keeper of it who saw this revision."""
    row = Record.objects.select_for_update().filter(pk=record_id).first()
    record_of(actor, declaration, record_id)
    if row is None:
        raise NoSuchRecord
    must_keep(actor, declaration, row.agency_id)
    if revision is not None and revision != row.number:
        raise RecordMoved(number=row.number)
    return row


def _since(since: datetime.date | None, on: datetime.date) -> datetime.date:
    if since is not None and since > on:
        raise NotYet
    return since or on


def _reason(text: str) -> str:
    return clean(text, limit=LONGEST_REASON)


def _needed(text: str) -> str:
    said = _reason(text)
    if not said:
        raise ReasonMissing
    return said


def _said(order: Order) -> list[object]:
    """Give an order as the body of a request is compared: text, whatever was sent."""
    since = order.since.isoformat() if order.since else None
    values = sorted((str(key), repr(value)) for key, value in order.values.items())
    return [[list(one) for one in values], repr(order.geometry), since, order.reason]


def _carry_out(
    name: str,
    made: Callable[[Tx], Change],
    declaration: RegisterDeclaration,
    *,
    actor: Actor,
    at: datetime.datetime,
    key: str | None,
    body: object,
    origin: Origin = "live",
) -> Done:
    """Write one change under a request key; a repeat gives what the first one wrote."""
    asked = None
    if key:
        asked = keys.request(actor=actor.key, operation=f"record_{name}", key=key, body=body)
    first = _earlier(reading(), asked, actor, declaration)
    if first is not None:
        return first
    try:
        with act() as tx:
            first = _earlier(tx, asked, actor, declaration)  # its twin was first
            if first is not None:
                return first
            change = made(tx)
            write(tx, declaration, [change], actor=actor, at=at, origin=origin)
            done = Done(change.record.pk, change.record.number)
            if asked is not None:
                stream = RECORDS + done.record_id
                keys.take(tx, asked, stream=stream, seq=done.number, at=at)
    except (IntegrityError, keys.Repeated) as error:
        first = _earlier(reading(), asked, actor, declaration)
        if first is None and isinstance(error, IntegrityError):
            raise RecordExists from error
        if first is None:
            raise
        return first
    return done


def _earlier(
    tx: Tx, asked: keys.Request | None, actor: Actor, declaration: RegisterDeclaration
) -> Done | None:
    found = keys.earlier(tx, asked) if asked is not None else None
    if found is None:
        return None
    stream, seq = found
    record_of(actor, declaration, stream - RECORDS)  # who may not see it any more is not told
    return Done(stream - RECORDS, seq)
