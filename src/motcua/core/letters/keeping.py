"""Acts on letter templates: a keeper begins a draft, writes it, drops it, or publishes it.

Each writes one entry of the house in the transaction that makes the change.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable

from django.db.models import Max

from motcua.core.access.actors import Actor
from motcua.core.access.keepers import SYSTEM_KEEPER
from motcua.core.agencies.queries import agency
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.signing import ProofNeeded
from motcua.core.idempotency.house import Told, carry_out
from motcua.core.letters.checks import checked
from motcua.core.letters.declared import Letter
from motcua.core.letters.editions import draft_of, in_force, numbered, sources_of
from motcua.core.letters.faults import NotPublishable, TemplateFaulty, fault
from motcua.core.letters.models import LetterEdition
from motcua.core.letters.rules import (
    LONGEST,
    BadDay,
    BeingWritten,
    DraftMoved,
    KeepersOnly,
    NoDocument,
    NoDraft,
    NothingChanged,
    normal,
)
from motcua.core.letters.sources import Sources
from motcua.core.sql import Tx
from motcua.kernel.vietnamese import clean

BEGIN, WRITE, DROP, PUBLISH = "letter_begin", "letter_write", "letter_drop", "letter_publish"
_DOCUMENT = 200
_FARTHEST = datetime.timedelta(days=366)


def keeps_letters(actor: Actor) -> bool:
    """Tell whether somebody keeps the templates."""
    return any(held.post == SYSTEM_KEEPER for held in actor.posts)


def check_keeps(actor: Actor) -> None:
    """Refuse whoever does not; raises `KeepersOnly`."""
    if not keeps_letters(actor):
        raise KeepersOnly


def begin(
    *, actor: Actor, at: datetime.datetime, letter: Letter, number: int | None, request: str | None
) -> int:
    """Begin a draft from an edition (None: the one in force); gives the number of its row.

    Raises `KeepersOnly`, `BeingWritten` or `EditionUnknown`.
    """
    check_keeps(actor)

    def write(_tx: Tx) -> Told:
        there = draft_of(letter)
        if there is not None:
            raise BeingWritten(number=there.number)
        base = (
            in_force(letter.system, letter.key, at=at)
            if number is None
            else numbered(letter, number)
        )
        row = LetterEdition.objects.create(
            system=letter.system,
            letter=letter.key,
            number=_next(letter),
            text=base.text,
            shared=base.shared,
            digest=base.digest,
            base=base.edition or 0,
            written_by=actor.key,
            written_at=at,
        )
        return Told(_facts(row))

    body = {"letter": letter.address, "from": number}
    return carry_out(BEGIN, write, actor=actor.key, at=at, key=request, body=body)


def rewrite(
    *,
    actor: Actor,
    at: datetime.datetime,
    letter: Letter,
    text: str,
    shared: str,
    revision: int,
    request: str | None,
) -> int:
    """Keep what was written of a draft, faulty or not; gives the number of its row.

    Raises `KeepersOnly`, `NoDraft`, `DraftMoved`, or `TemplateFaulty` for a text that is no text
    or too long to keep.
    """
    check_keeps(actor)
    text, shared = normal(text), normal(shared)
    _check_keepable(text, shared)

    def write(_tx: Tx) -> Told:
        row = _seen(letter, revision)
        row.text, row.shared = text, shared
        row.digest = Sources(letter.key, text, shared).digest
        row.revision += 1
        row.written_by, row.written_at = actor.key, at
        row.save()
        return Told(_facts(row))

    said = hashlib.sha256(f"{text}\0{shared}".encode()).hexdigest()
    body = {"letter": letter.address, "revision": revision, "said": said}
    return carry_out(WRITE, write, actor=actor.key, at=at, key=request, body=body)


def drop(
    *, actor: Actor, at: datetime.datetime, letter: Letter, revision: int, request: str | None
) -> int:
    """Give a draft up; its row stays to be read. Raises `KeepersOnly`, `NoDraft`, `DraftMoved`."""
    check_keeps(actor)

    def write(_tx: Tx) -> Told:
        row = _seen(letter, revision)
        row.state = LetterEdition.State.DROPPED
        row.save(update_fields=["state"])
        return Told(_facts(row))

    body = {"letter": letter.address, "revision": revision}
    return carry_out(DROP, write, actor=actor.key, at=at, key=request, body=body)


def publish(
    *,
    actor: Actor,
    at: datetime.datetime,
    letter: Letter,
    document: str,
    since: datetime.date | None,
    revision: int,
    request: str | None,
) -> int:
    """Publish a draft from a day (None: from now on); gives the number of its row.

    The checks run before the transaction, which then asks that the very text they saw still
    stands. Raises `KeepersOnly`, `ProofNeeded`, `NoDraft`, `DraftMoved`, `NothingChanged`,
    `NoDocument`, `BadDay`, or `NotPublishable` with every fault.
    """
    check_keeps(actor)
    if not actor.proven:
        raise ProofNeeded
    named = _document(document)

    def write(_tx: Tx) -> Told:
        row = _seen(letter, revision)
        if bytes(row.digest) == in_force(letter.system, letter.key, at=at).digest:
            raise NothingChanged
        row.document, row.since = named, _day(actor, letter, since, at)
        if bytes(row.digest) != passed():
            raise DraftMoved
        row.in_force_at = max(_dawn(actor, row.since), at)
        row.state = LetterEdition.State.PUBLISHED
        row.published_by, row.published_at = actor.key, at
        row.save()
        told = {"document": row.document, "since": row.since.isoformat()}
        return Told(_facts(row) | told)

    passed = _tried(letter)
    body = {
        "letter": letter.address,
        "revision": revision,
        "document": document,
        "since": str(since or ""),
    }
    return carry_out(PUBLISH, write, actor=actor.key, at=at, key=request, body=body)


def _tried(letter: Letter) -> Callable[[], bytes]:
    """Try the draft as it stands now; what it gives tells its digest, or raises what is wrong."""
    row = draft_of(letter)
    if row is None:
        return bytes  # the act itself says so, unless it was made before
    verdict = checked(letter, sources_of(row))

    def passed() -> bytes:
        if verdict.faults:
            raise NotPublishable(verdict.faults)
        return bytes(row.digest)

    return passed


def _seen(letter: Letter, revision: int) -> LetterEdition:
    """Lock the draft that a form showed; raises `NoDraft` or `DraftMoved`."""
    rows = LetterEdition.objects.select_for_update()
    row = rows.filter(
        system=letter.system, letter=letter.key, state=LetterEdition.State.DRAFT
    ).first()
    if row is None:
        raise NoDraft
    if row.revision != revision:
        raise DraftMoved
    return row


def _next(letter: Letter) -> int:
    rows = LetterEdition.objects.filter(system=letter.system, letter=letter.key)
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _check_keepable(text: str, shared: str) -> None:
    found = [
        fault("letters.too_long", where, length=len(said), limit=LONGEST)
        for said, where in ((text, "text"), (shared, "shared"))
        if len(said) > LONGEST
    ]
    found += [
        fault("letters.control", where)
        for said, where in ((text, "text"), (shared, "shared"))
        if "\0" in said or (not said.isascii() and any("\ud800" <= one <= "\udfff" for one in said))
    ]
    if found:
        raise TemplateFaulty(found)


def _document(document: str) -> str:
    said = clean(document, limit=_DOCUMENT)
    if not said:
        raise NoDocument
    return said


def _day(
    actor: Actor, letter: Letter, since: datetime.date | None, at: datetime.datetime
) -> datetime.date:
    """Give the day of an edition: no earlier than one that was published before it."""
    today = calendars[_calendar(actor)].local(at).date()
    rows = LetterEdition.objects.filter(
        system=letter.system, letter=letter.key, state=LetterEdition.State.PUBLISHED
    )
    latest = rows.aggregate(latest=Max("since"))["latest"] or today
    first, last = max(today, latest), today + _FARTHEST
    day = since or first
    if not first <= day <= last:
        raise BadDay(first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
    return day


def _dawn(actor: Actor, on: datetime.date) -> datetime.datetime:
    zone = calendars[_calendar(actor)].tzinfo
    return datetime.datetime.combine(on, datetime.time(), tzinfo=zone)


def _calendar(actor: Actor) -> str:
    return agency(actor.posts[0].agency_id).calendar


def _facts(row: LetterEdition) -> dict[str, object]:
    return {
        "row": row.pk,
        "letter": f"{row.system}.{row.letter}",
        "number": row.number,
        "revision": row.revision,
        "digest": bytes(row.digest).hex(),
    }
