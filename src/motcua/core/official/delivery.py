"""Sending an issued document by e-mail, and what became of it for each recipient."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import agency
from motcua.core.exchange.models import Message
from motcua.core.exchange.outbox import put
from motcua.core.official.carrying import Done, carry_out, held
from motcua.core.official.faults import ReasonMissing
from motcua.core.official.kinds import kind_of
from motcua.core.official.models import IncomingDocument, OutgoingDocument, Recipient
from motcua.core.official.rules import number_text
from motcua.core.official.writing import Deed, tell
from motcua.core.sql import Tx
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean, format_date

_REASON = 500
TOPIC = "official_document"
RECEIVER = "recipient"
"""The kind of receiver: `recipient:12` is the row of one recipient of one document."""
REFUSAL = "refused_document"
SENDER = "arrival_sender"
"""The kind of receiver of a refusal: `arrival_sender:12` is who sent an incoming document."""


class NobodyToSend(Refused):
    """No recipient has an address, or all have been sent to."""

    code = "official.nobody_to_send"
    vi = "Không còn nơi nhận nào có địa chỉ thư điện tử mà chưa gửi."
    en = "No recipient with an e-mail address is left to send to."


class NeverSent(Refused):
    """A recipient is said to have sent back what they were never sent."""

    code = "official.never_sent"
    vi = "Văn bản chưa gửi đến nơi nhận này nên không thể bị trả lại."
    en = "The document was not sent to this recipient, so it cannot have come back."
    status = 409


class Way(StrEnum):
    """How far the delivery to a recipient has come."""

    NO_ADDRESS = "no_address"
    NOT_SENT = "not_sent"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A recipient, how far the delivery has come, and since when it is there."""

    recipient: Recipient
    way: Way
    at: datetime.datetime | None


_WAYS = {
    Message.State.WAITING: Way.QUEUED,
    Message.State.SENT: Way.SENT,
    Message.State.DEAD: Way.FAILED,
    Message.State.DROPPED: Way.FAILED,
}


def send(
    *, actor: Actor, at: datetime.datetime, document_id: int, revision: int | None, key: str | None
) -> Done:
    """Put an issued document into the outbox for everybody with an address who has not got it.

    Whoever it could not be delivered to is sent to again. Raises what `carrying.held` does and
    `NobodyToSend`.
    """

    def write(tx: Tx) -> OutgoingDocument:
        row = held(actor, document_id, "send", revision)
        open_ways = (Way.NOT_SENT, Way.FAILED, Way.RETURNED)
        todo = [one.recipient for one in deliveries(row) if one.way in open_ways]
        if not todo:
            raise NobodyToSend
        payload = _payload(row)
        for one in todo:
            receiver = f"{RECEIVER}:{one.pk}"
            put(tx, receiver=receiver, channel="notice", topic=TOPIC, payload=payload,
                dossier=None, at=at)  # fmt: skip
        row.revision += 1
        row.save(update_fields=["revision"])
        data = {"recipients": [one.pk for one in todo]}
        tell(tx, row, Deed(name="send", actor=actor, at=at, data=data))
        return row

    body = [document_id, revision]
    return carry_out("send", write, actor=actor, at=at, key=key, body=body)


def returned(
    *,
    actor: Actor,
    at: datetime.datetime,
    document_id: int,
    recipient_id: int,
    reason: str,
    revision: int | None,
    key: str | None,
) -> Done:
    """Note that a recipient sent a document back, and why; it may be sent to them again.

    Raises what `carrying.held` does, `ReasonMissing`, `NeverSent`.
    """
    said = clean(reason, limit=_REASON)
    if not said:
        raise ReasonMissing

    def write(tx: Tx) -> OutgoingDocument:
        row = held(actor, document_id, "returned", revision)
        found = [one for one in deliveries(row) if one.recipient.pk == recipient_id]
        if not found or found[0].way in {Way.NO_ADDRESS, Way.NOT_SENT, Way.RETURNED}:
            raise NeverSent
        one = found[0].recipient
        one.returned_at, one.returned_why = at, said
        one.save(update_fields=["returned_at", "returned_why"])
        row.revision += 1
        row.save(update_fields=["revision"])
        data = {"recipient": recipient_id}
        tell(tx, row, Deed(name="returned", actor=actor, at=at, reason=said, data=data))
        return row

    body = [document_id, recipient_id, said, revision]
    return carry_out("returned", write, actor=actor, at=at, key=key, body=body)


def tell_sender(tx: Tx, row: IncomingDocument, why: str, *, at: datetime.datetime) -> None:
    """Put the notice into the outbox that an incoming document is sent back."""
    name = agency(row.agency_id)
    dated = f" ngày {format_date(row.dated)}" if row.dated else ""
    vi = f"{name.name_vi} không tiếp nhận văn bản số {row.signs}{dated}: {row.abstract}."
    en = f"{name.name_en} does not accept document no. {row.signs}."
    text = f"{vi}\n\nLý do: {why}\n\nSố đến: {row.number}/{row.year}\n\n{en} Reason: {why}"
    put(tx, receiver=f"{SENDER}:{row.pk}", channel="notice", topic=REFUSAL,
        payload={"subject": f"Trả lại văn bản số {row.signs}", "text": text}, dossier=None,
        at=at)  # fmt: skip


def sender_told(row: IncomingDocument) -> tuple[Way, datetime.datetime | None]:
    """Give how far the notice to the sender of a refused document has come, and since when."""
    found = Message.objects.filter(receiver=f"{SENDER}:{row.pk}", topic=REFUSAL).last()
    if found is None:
        return Way.NO_ADDRESS, None
    return _WAYS[Message.State(found.state)], found.sent_at or found.created_at


def sender_of(arrival_id: int) -> str | None:
    """Give the e-mail address of who sent an incoming document, for who carries notices."""
    rows = IncomingDocument.objects.filter(pk=arrival_id)
    return rows.values_list("sender", flat=True).first() or None


def deliveries(row: OutgoingDocument) -> list[Delivery]:
    """Give every recipient of a document with how far its delivery has come."""
    recipients = list(row.recipients.order_by("pk"))
    last = _last(f"{RECEIVER}:{one.pk}" for one in recipients)
    return [_delivery(one, last.get(f"{RECEIVER}:{one.pk}")) for one in recipients]


def address_of(recipient_id: int) -> str | None:
    """Give the e-mail address of a recipient, for who carries notices."""
    found = Recipient.objects.filter(pk=recipient_id).values_list("email", flat=True).first()
    return found or None


def file_name(row: OutgoingDocument) -> str:
    """Give the name under which a document is handed out: `15-QĐ-SKHCN.pdf`."""
    number = number_text(row.number or 0, row.signs).replace("/", "-")
    return f"{number}.pdf" if row.number else f"van-ban-{row.pk}.pdf"


def _last(receivers: Iterable[str]) -> dict[str, Message]:
    rows = Message.objects.filter(receiver__in=list(receivers), topic=TOPIC).order_by("pk")
    return {one.receiver: one for one in rows}


def _delivery(one: Recipient, message: Message | None) -> Delivery:
    if message is None:
        return Delivery(one, Way.NOT_SENT if one.email else Way.NO_ADDRESS, None)
    if one.returned_at is not None and message.created_at <= one.returned_at:
        return Delivery(one, Way.RETURNED, one.returned_at)
    return Delivery(one, _WAYS[Message.State(message.state)], message.sent_at or message.created_at)


def _payload(row: OutgoingDocument) -> dict[str, object]:
    number, on = number_text(row.number or 0, row.signs), row.issued_on
    assert on is not None  # it is issued
    name, office = kind_of(row.kind), agency(row.agency_id)
    stored = row.files.select_related("file").get(stage="issued").file
    vi = f"{name.name.vi} số {number} ngày {format_date(on)} của {office.name_vi}: {row.abstract}"
    en = f"{name.name.en} no. {number} of {format_date(on, 'en')}, {office.name_en}."
    return {
        "subject": f"{number}: {row.abstract}",
        "text": f"{vi}\n\nMã băm SHA-256: {stored.sha256}\n\n{en} SHA-256 of the file above.",
        "files": [{"sha256": stored.sha256, "name": file_name(row)}],
    }
