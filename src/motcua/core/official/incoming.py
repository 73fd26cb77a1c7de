"""Văn bản đến: registered under an arrival number, assigned to an officer, done."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import agency, in_force
from motcua.core.files.store import Stored, record
from motcua.core.ledger.append import Origin
from motcua.core.official.carrying import Done, carry_out
from motcua.core.official.delivery import tell_sender
from motcua.core.official.drafting import check_urgency, checked_address
from motcua.core.official.faults import (
    DocumentMoved,
    Missing,
    NoSuchDocument,
    NotYourMove,
    ReasonMissing,
    Secret,
    WrongState,
)
from motcua.core.official.models import IncomingDocument
from motcua.core.official.numbers import ARRIVALS, take
from motcua.core.official.rights import (
    arrival_of,
    clerk_agencies,
    day_of,
    is_head,
    must_keep_books,
    must_serve,
)
from motcua.core.official.rules import ORDINARY, URGENCIES
from motcua.core.official.writing import Deed, tell
from motcua.core.sql import Tx
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.vietnamese import clean, fold

_LONGEST = {"author": 200, "signs": 60, "abstract": 500}
_REASON = 500
State = IncomingDocument.State


class NotInService(Refused):
    """Whoever is to handle a document holds no post in its agency."""

    code = "official.not_in_service"
    vi = "Người này không giữ vị trí nào ở cơ quan nhận văn bản."
    en = "This officer holds no post in the agency that received the document."


class DatedLater(Refused):
    """A document is dated after it came in."""

    code = "official.dated_later"
    vi = "Ngày của văn bản không thể sau ngày đến."
    en = "A document cannot be dated after the day on which it came in."


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What came in: its author, number and signs, day, abstract, until when, and its file.

    `urgency` is one of `rules.URGENCIES`; `sender` an e-mail address of who sent it, or nothing.
    """

    author: str
    signs: str
    abstract: str
    dated: datetime.date | None = None
    due_on: datetime.date | None = None
    file: Stored | None = None
    secrecy: str = ORDINARY
    urgency: str = URGENCIES[0]
    sender: str = ""


def register(
    *,
    actor: Actor,
    at: datetime.datetime,
    agency_id: int,
    arrival: Arrival,
    key: str | None,
    origin: Origin = "live",
) -> Done:
    """Enter a document into an agency's book of incoming ones; its clerk alone does.

    Takes the next arrival number of the year. Raises `NotYourAgency`, `Secret`, `Invalid`.
    """
    must_serve(actor)
    must_keep_books(actor, agency(agency_id).id)
    told = _checked(arrival, day_of(at))

    def write(tx: Tx) -> IncomingDocument:
        number, on = take(tx, agency_id=agency_id, book=ARRIVALS, on=day_of(at))
        file_id = record(tx, arrival.file, at=at) if arrival.file else None
        row = IncomingDocument.objects.create(
            agency_id=agency_id,
            year=on.year,
            number=number,
            arrived_on=on,
            dated=arrival.dated,
            due_on=arrival.due_on,
            search=fold(" ".join(told.values())),
            file_id=file_id,
            registered_at=at,
            urgency=URGENCIES.index(arrival.urgency),
            sender=arrival.sender.strip(),
            sample=origin == "sample",
            **told,
        )
        files = (arrival.file.sha256,) if arrival.file else ()
        tell(tx, row, Deed(name="register", actor=actor, at=at, files=files, origin=origin))
        return row

    body = [agency_id, told, str(arrival.dated), str(arrival.due_on),
            arrival.file.sha256 if arrival.file else None]  # fmt: skip
    if arrival.sender or arrival.urgency != URGENCIES[0]:
        body += [arrival.sender, arrival.urgency]
    return carry_out("arrival_register", write, actor=actor, at=at, key=key, body=body)


def assign(
    *,
    actor: Actor,
    at: datetime.datetime,
    arrival_id: int,
    officer_id: int,
    due_on: datetime.date | None,
    revision: int | None,
    key: str | None,
) -> Done:
    """Give a document to an officer of the agency, by a head of it; again, to another.

    Raises `NotYourMove`, `WrongState`, `DocumentMoved`, `NotInService`.
    """

    def write(tx: Tx) -> IncomingDocument:
        row = _held(actor, arrival_id, revision, (State.REGISTERED, State.ASSIGNED))
        if not is_head(actor, row.agency_id):
            raise NotYourMove
        serving = in_force(day_of(at)).filter(officer=officer_id, agency=row.agency_id)
        if not serving.exists():
            raise NotInService
        row.revision += 1
        row.handler_id, row.state = officer_id, State.ASSIGNED
        row.due_on = due_on or row.due_on
        row.save()
        tell(tx, row, Deed(name="assign", actor=actor, at=at))
        return row

    body = [arrival_id, officer_id, str(due_on), revision]
    return carry_out("arrival_assign", write, actor=actor, at=at, key=key, body=body)


def finish(
    *,
    actor: Actor,
    at: datetime.datetime,
    arrival_id: int,
    result: str,
    revision: int | None,
    key: str | None,
) -> Done:
    """Say what was done of a document, by who handles it. Raises as `assign`, `ReasonMissing`."""
    said = clean(result, limit=_REASON)
    if not said:
        raise ReasonMissing

    def write(tx: Tx) -> IncomingDocument:
        row = _held(actor, arrival_id, revision, (State.ASSIGNED,))
        if row.handler_id != actor.officer_id:
            raise NotYourMove
        row.revision += 1
        row.state, row.done_at = State.DONE, at
        row.save()
        tell(tx, row, Deed(name="finish", actor=actor, at=at, reason=said))
        return row

    body = [arrival_id, said, revision]
    return carry_out("arrival_finish", write, actor=actor, at=at, key=key, body=body)


def refuse(
    *,
    actor: Actor,
    at: datetime.datetime,
    arrival_id: int,
    reason: str,
    sender: str = "",
    revision: int | None,
    key: str | None,
) -> Done:
    """Refuse a document that came here wrongly, by the clerk, and tell its sender by e-mail.

    It keeps its number. `sender` is an address, where none was entered or it is another. Raises as
    `assign`, `ReasonMissing`, `Invalid`.
    """
    said, problems = clean(reason, limit=_REASON), dict[str, Refused]()
    if not said:
        raise ReasonMissing
    address = checked_address(sender, "sender", problems)
    if problems:
        raise Invalid(problems)

    def write(tx: Tx) -> IncomingDocument:
        row = _held(actor, arrival_id, revision, (State.REGISTERED, State.ASSIGNED))
        must_keep_books(actor, row.agency_id)
        row.revision += 1
        row.state, row.done_at = State.REFUSED, at
        row.sender = address or row.sender
        row.save()
        tell(tx, row, Deed(name="refuse", actor=actor, at=at, reason=said))
        if row.sender:
            tell_sender(tx, row, said, at=at)
        return row

    body = [arrival_id, said, address, revision]
    return carry_out("arrival_refuse", write, actor=actor, at=at, key=key, body=body)


def registering_agencies(actor: Actor, on: datetime.date) -> tuple[int, ...]:
    """Give the agencies whose book of incoming documents an actor keeps."""
    return tuple(one.id for one in clerk_agencies(actor, on))


def _held(
    actor: Actor, arrival_id: int, revision: int | None, states: tuple[State, ...]
) -> IncomingDocument:
    row = IncomingDocument.objects.select_for_update().filter(pk=arrival_id).first()
    arrival_of(actor, arrival_id)
    if row is None:
        raise NoSuchDocument
    if revision is not None and revision != row.revision:
        raise DocumentMoved(revision=row.revision)
    if row.state not in states:
        raise WrongState
    return row


def _checked(arrival: Arrival, on: datetime.date) -> dict[str, str]:
    if arrival.secrecy != ORDINARY:
        raise Secret
    problems: dict[str, Refused] = {}
    told = {}
    for name, limit in _LONGEST.items():
        try:
            told[name] = clean(getattr(arrival, name), limit=limit)
        except Refused as wrong:
            problems[name] = wrong
            continue
        if not told[name]:
            problems[name] = Missing()
    if arrival.dated is not None and arrival.dated > on:
        problems["dated"] = DatedLater()
    check_urgency(arrival.urgency, problems)
    checked_address(arrival.sender, "sender", problems)
    if problems:
        raise Invalid(problems)
    return told
