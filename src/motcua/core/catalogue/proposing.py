"""Preparing an edition: an officer copies what stands, mends it, hands it in, or gives it up."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db.models import Q

from motcua.core.access.actors import Actor
from motcua.core.catalogue import wording
from motcua.core.catalogue.actions import check_whole, taken
from motcua.core.catalogue.checks import REQUIRED
from motcua.core.catalogue.content import Content, Value, body_of, content_of, digest_of
from motcua.core.catalogue.faults import EditionUnreadable, fault
from motcua.core.catalogue.importing import next_number, unkeepable
from motcua.core.catalogue.listings import show, standing
from motcua.core.catalogue.models import Edition, Listing, Proposal
from motcua.core.catalogue.proposals import (
    BeingPrepared,
    OfficersPrepare,
    asked_for,
    check_seen,
    check_state,
    check_writes,
    open_proposal,
)
from motcua.core.catalogue.queries import UnknownListing
from motcua.core.idempotency.house import Told, carry_out
from motcua.core.procedures.declaration import Mark
from motcua.core.sql import Tx
from motcua.kernel.errors import Refused
from motcua.kernel.flow.faults import Fault

MOST_TEXT, MOST_SOURCE = 40_000, 600
_FIRST = ("code", "name", "short_name", "group", "field")
_OURS = ("group",)


class NothingChanged(Refused):
    """The edition says what the one in force says."""

    code = "catalogue.nothing_changed"
    vi = "Bản này giống hệt bản đang có hiệu lực; chưa có gì để trình."
    en = "This edition says what the one in force says; there is nothing to hand in."
    status = 409


@dataclass(frozen=True, slots=True)
class Written:
    """A value as it was typed: its lines, its source, and whether a document confirms it."""

    text: str
    source: str = ""
    confirmed: bool = False


def writable(content: Content) -> tuple[str, ...]:
    """Give the values that can be typed: what must be said first, then what the edition has."""
    names = dict.fromkeys((*_FIRST, *REQUIRED[content.form], *content.values))
    return tuple(one for one in names if _is_typed(content, one))


def _is_typed(content: Content, name: str) -> bool:
    if name == "id":
        return False
    said = content.said(name)
    return (
        said is None
        or isinstance(said, str)
        or wording.is_listed(content.form, name)
        or (name == "fee")
    )


def prepare(*, actor: Actor, at: datetime.datetime, key: str, request: str | None) -> int:
    """Begin an edition from the one that stands; gives the number of the proposal.

    Raises `UnknownListing`, `OfficersPrepare` or `BeingPrepared`.
    """

    def write(_tx: Tx) -> Told:
        listing = taken(key)
        if actor.officer_id is None or not actor.posts:
            raise OfficersPrepare
        there = open_proposal(listing)
        if there is not None:
            raise BeingPrepared(key=key, number=there.edition.number)
        base = standing(listing)
        if base is None:
            raise UnknownListing(key=key)
        row = _copied(listing, base, actor, at)
        return Told(_facts(row))

    return carry_out("catalogue_prepare", write, actor=actor.key, at=at, key=request, body=key)


def _copied(listing: Listing, base: Edition, actor: Actor, at: datetime.datetime) -> Proposal:
    edition = Edition.objects.create(
        listing=listing,
        number=next_number(listing),
        form=base.form,
        body=base.body,
        digest=base.digest,
        drafted_at=at,
    )
    return Proposal.objects.create(
        edition=edition,
        listing=listing,
        agency_id=actor.posts[0].agency_id,
        base=base.number,
        prepared_by=actor.key,
        prepared_at=at,
    )


def revise(
    *,
    actor: Actor,
    at: datetime.datetime,
    key: str,
    written: Mapping[str, Written],
    revision: int | None,
    request: str | None,
) -> int:
    """Write values of the edition in preparation; the others stay. Gives the proposal's number.

    A value without words is taken out. Raises `UnknownListing`, `NoProposal`, `NotYourEdition`,
    `OtherState`, `EditionMoved`, or `EditionUnreadable` with every fault.
    """

    def write(_tx: Tx) -> Told:
        row = asked_for(key)
        check_writes(actor, row)
        check_state(row, Proposal.State.EDITING)
        check_seen(row, revision)
        edition = row.edition
        content = rewritten(content_of(edition.body), written)
        _check_code(row.listing, content)
        edition.body = body_of(content)
        edition.digest, edition.drafted_at = digest_of(edition.body), at
        edition.save()
        row.revision += 1
        row.save(update_fields=["revision"])
        return Told(_facts(row))

    told = {name: asdict(one) for name, one in written.items()}
    body = {"key": key, "revision": revision, "values": told}
    return carry_out("catalogue_revise", write, actor=actor.key, at=at, key=request, body=body)


def rewritten(content: Content, written: Mapping[str, Written]) -> Content:
    """Give a content with values as they were typed; raises `EditionUnreadable`."""
    faults: list[Fault] = []
    values, allowed = dict(content.values), writable(content)
    for name, one in written.items():
        if name not in allowed:
            faults.append(fault("catalogue.unknown_key", name, key=name))
            continue
        value = _typed(content, name, one, faults)
        if value is None:
            values.pop(name, None)
        else:
            values[name] = value
    found = Content(content.form, values)
    if faults or (faults := list(unkeepable(found))):
        raise EditionUnreadable(faults)
    return found


def _typed(content: Content, name: str, one: Written, faults: list[Fault]) -> Value | None:
    for part, text, most in (("", one.text, MOST_TEXT), (".source", one.source, MOST_SOURCE)):
        if len(text) > most:
            place = f"{name}{part}"
            details = {"key": place, "length": len(text), "limit": most}
            faults.append(fault("catalogue.too_long", place, **details))
            return None
        if "\0" in text:
            faults.append(fault("catalogue.broken_text", f"{name}{part}"))
            return None
    if not one.text.strip():
        return None
    before = content.values.get(name)
    said = wording.read(content.form, name, one.text, before.said if before else None, faults)
    if name in _OURS:
        return Value(said)
    mark = Mark.CONFIRMED if one.confirmed else Mark.UNCONFIRMED
    return Value(said, mark, " ".join(one.source.split()))


def _check_code(listing: Listing, content: Content) -> None:
    code = content.text("code")
    others = Listing.objects.exclude(pk=listing.pk).filter(Q(key=code) | Q(code=code))
    if code and others.exists():
        raise EditionUnreadable([fault("catalogue.code_taken", "code", said=code)])


def submit(
    *, actor: Actor, at: datetime.datetime, key: str, revision: int | None, request: str | None
) -> int:
    """Hand the edition in for a decision; gives the proposal's number.

    Raises `UnknownListing`, `NoProposal`, `NotYourEdition`, `OtherState`, `EditionMoved`,
    `NothingChanged`, or `NotPublishable` with every gap.
    """

    def write(_tx: Tx) -> Told:
        row = asked_for(key)
        check_writes(actor, row)
        check_state(row, Proposal.State.EDITING)
        check_seen(row, revision)
        check_whole(row.edition)
        _check_new(row)
        row.state, row.submitted_at, row.reason = Proposal.State.SUBMITTED, at, ""
        row.save(update_fields=["state", "submitted_at", "reason"])
        return Told(_facts(row))

    body = {"key": key, "revision": revision}
    return carry_out("catalogue_submit", write, actor=actor.key, at=at, key=request, body=body)


def _check_new(row: Proposal) -> None:
    published = row.listing.editions.filter(state=Edition.State.PUBLISHED)
    if published.filter(digest=row.edition.digest).exists():
        raise NothingChanged


def give_up(
    *, actor: Actor, at: datetime.datetime, key: str, revision: int | None, request: str | None
) -> int:
    """Give the edition up before it is in force: it stays to be read, and nobody publishes it.

    One that was signed is given up by a head alone. Raises `UnknownListing`, `NoProposal`,
    `NotYourEdition`, `OtherState` or `EditionMoved`.
    """

    def write(_tx: Tx) -> Told:
        row = asked_for(key)
        check_writes(actor, row)
        check_state(row, *_may_give_up(actor, row))
        check_seen(row, revision)
        row.edition.state = Edition.State.DROPPED
        row.edition.save(update_fields=["state"])
        row.state = Proposal.State.DROPPED
        row.save(update_fields=["state"])
        show(row.listing)
        return Told(_facts(row))

    body = {"key": key, "revision": revision}
    return carry_out("catalogue_give_up", write, actor=actor.key, at=at, key=request, body=body)


def _may_give_up(actor: Actor, row: Proposal) -> tuple[Proposal.State, ...]:
    signed = () if actor.key == row.prepared_by else (Proposal.State.SIGNED,)
    return (Proposal.State.EDITING, Proposal.State.SUBMITTED, *signed)


def _facts(row: Proposal) -> dict[str, object]:
    return {
        "row": row.pk,
        "key": row.listing.key,
        "number": row.edition.number,
        "revision": row.revision,
        "digest": bytes(row.edition.digest).hex(),
    }
