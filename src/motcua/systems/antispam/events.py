"""What comes in from outside: messages to 5656 and 156, orders to the list, reports of the web."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from contextlib import suppress

from motcua.core.access.actors import Actor
from motcua.core.dossiers.answers import read as read_values
from motcua.core.idempotency import keys
from motcua.core.idempotency.keys import KeyReused
from motcua.core.places import RECORDS
from motcua.core.registers import acts
from motcua.core.registers.acts import Done, RecordExists
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record
from motcua.core.registers.preparing import Order
from motcua.core.registers.references import natural_text
from motcua.core.registers.rights import NotYourRegister, day_of, kept_agencies
from motcua.core.sql import act
from motcua.kernel.errors import Invalid
from motcua.systems.antispam.queries import missing_in
from motcua.systems.antispam.rules import (
    LONGEST_CONTENT,
    LONGEST_MESSAGE,
    ListOrder,
    Message,
    Report,
    SenderMissing,
    Taken,
    list_wishes,
    parts_of,
    printable,
    read_message,
    source_of,
)

REPORTS, NO_CALLS = "spam_reports", "do_not_call"
_TRIES = 5


def take_message(
    *, actor: Actor, at: datetime.datetime, message: Message, agency_id: int | None = None
) -> Taken:
    """Take a message in: a report, or an order to the do-not-call list.

    The same message again (by its code) changes nothing, also an order to the list that another
    one has followed; other words, sender or day under that code are refused.
    Raises `NotYourRegister`, `SenderMissing`, `KeyReused` and `Invalid`.
    """
    told = [message.channel, message.text, message.sender, message.received_on.isoformat()]
    asked = keys.request(actor=actor.key, operation="spam_message", key=message.code, body=told)
    for _ in range(_TRIES):
        # another order of the number, or the twin of this message, was first
        with suppress(acts.RecordMoved, RecordExists, keys.Repeated):
            return _taken(actor, at, message, asked, agency_id)
    raise acts.RecordMoved(number=1)


def _taken(
    actor: Actor,
    at: datetime.datetime,
    message: Message,
    asked: keys.Request,
    agency_id: int | None,
) -> Taken:
    read = read_message(message.text)
    register, kind = _place_of(read)
    with act() as tx:
        first = keys.earlier(tx, asked)
        if first is not None:
            return Taken(register, first[0] - RECORDS, kind, repeated=True)
        agency_id = agency_id or _kept(actor, register, at)
        if isinstance(read, ListOrder):
            done, known = _listed(actor, at, message, read, agency_id)
        else:
            done, known = _reported(actor, at, message, read, agency_id)
        keys.take(tx, asked, stream=RECORDS + done.record_id, seq=done.number, at=at)
    return Taken(register, done.record_id, kind, repeated=known)


def _place_of(read: Report | ListOrder) -> tuple[str, str]:
    """Give the register into which a message goes, and what it is called there."""
    if isinstance(read, ListOrder):
        return NO_CALLS, "dnc_on" if read.on else "dnc_off"
    return REPORTS, read.kind


def _reported(
    actor: Actor, at: datetime.datetime, message: Message, read: Report, agency_id: int
) -> tuple[Done, bool]:
    """Enter a report, or give the one that has this code already, if it says the same."""
    said = {
        "code": message.code,
        "channel": message.channel,
        "received_on": message.received_on.isoformat(),
        "sender": message.sender,
        **parts_of(read, message.text),
    }
    declaration = register_of(REPORTS)
    told = {"actor": actor, "at": at, "declaration": declaration, "key": None}
    try:
        return _write(None, told, said, agency_id), False
    except RecordExists:
        natural = natural_text(declaration, message.code, day_of(at))
        row = Record.objects.get(register=REPORTS, natural=natural)
        if _plain(said) != _plain(read_values(row.values)):
            raise KeyReused from None
        return Done(row.pk, row.number), True


def _plain(told: Mapping[str, object]) -> tuple[object, ...]:
    """Give what two messages of one code say alike, however officers have read them since."""
    sender = source_of(str(told.get("sender") or ""))
    return told.get("message"), sender, told.get("received_on")


def _listed(
    actor: Actor, at: datetime.datetime, message: Message, order: ListOrder, agency_id: int
) -> tuple[Done, bool]:
    """Put the sender's number on or off the list, for what the order names alone."""
    if not message.sender:
        raise SenderMissing
    declaration = register_of(NO_CALLS)
    natural = natural_text(declaration, message.sender, day_of(at))
    row = Record.objects.filter(register=NO_CALLS, natural=natural or "").first()
    values = {
        "number": message.sender,
        **list_wishes(read_values(row.values) if row else {}, order),
    }
    told = {"actor": actor, "at": at, "declaration": declaration, "key": None}
    try:
        return _write(row, told, values, agency_id), False
    except acts.NothingChanged:
        assert row is not None
        return Done(row.pk, row.number), True


def _write(
    row: Record | None, told: Mapping[str, object], values: Mapping[str, object], agency_id: int
) -> Done:
    enter: Callable[..., Done] = acts.enter
    change: Callable[..., Done] = acts.change
    if row is None:
        return enter(**told, agency_id=agency_id, order=Order(values))
    return change(**told, record_id=row.pk, revision=row.number, order=Order(values))


def _kept(actor: Actor, register: str, at: datetime.datetime) -> int:
    found = kept_agencies(actor, register_of(register), day_of(at))
    if not found:
        raise NotYourRegister
    return found[0].id


def take_web_report(
    *,
    actor: Actor,
    at: datetime.datetime,
    agency_id: int,
    code: str,
    said: Mapping[str, str],
    confirmed: bool = False,
) -> Done:
    """Take in what a citizen says on the web: kind, source, content and their number.

    `confirmed`: a code that was sent to that number was given. Raises `Invalid`.
    """
    if missing := missing_in(said):
        raise Invalid(missing)
    source = source_of(said["source"])
    values = {
        **said,
        "code": code,
        "channel": "web",
        "source": source.text if source else "",
        "source_kind": source.kind if source else "",
        "content": printable(said["content"])[:LONGEST_CONTENT],
        "message": printable(said["content"])[:LONGEST_MESSAGE],
        "received_on": day_of(at).isoformat(),
        "confirmed": confirmed,
    }
    return acts.enter(
        actor=actor,
        at=at,
        declaration=register_of(REPORTS),
        agency_id=agency_id,
        order=Order(values),
        key=None,
    )
