"""Drafting an outgoing document, and writing its draft anew."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from motcua.core.access.actors import Actor
from motcua.core.access.rows import visible
from motcua.core.agencies.queries import agency
from motcua.core.dossiers.models import Dossier
from motcua.core.ledger.append import Origin
from motcua.core.official import content as contents
from motcua.core.official.carrying import Done, carry_out, held
from motcua.core.official.content import Content
from motcua.core.official.faults import (
    AuthorityUnknown,
    EffectUnclear,
    Missing,
    NoSuchDossier,
    NotAnAddress,
    NotASigner,
    NotInForce,
    Secret,
    TooMuch,
    UrgencyUnknown,
)
from motcua.core.official.kinds import KINDS, KindUnknown
from motcua.core.official.models import DocumentDossier, OutgoingDocument, Recipient
from motcua.core.official.rights import day_of, may_sign, must_draft, readable
from motcua.core.official.rules import AUTHORITIES, EFFECTS, IN_FORCE, ORDINARY, URGENCIES, State
from motcua.core.official.writing import Deed, tell
from motcua.core.sql import Tx
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.vietnamese import clean, fold

RECIPIENTS, DOSSIERS = 300, 5000
_ABSTRACT, _NAME, _POSITION, _UNIT = 500, 200, 100, 20
_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[A-Za-z0-9.-]{1,120}\.[A-Za-z0-9-]{2,20}")


@dataclass(frozen=True, slots=True)
class To:
    """A recipient: `way` is `to` (kính gửi) or `copy` (nơi nhận); an e-mail address or none."""

    name: str
    email: str = ""
    way: str = "to"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a document is to be.

    `kind` is a key of `kinds.KINDS`; `signer_id` an officer who may sign for the agency, in the way
    `authority`; `position` the lines above the name, in capitals as they are printed. `unit` are
    the signs of the drafting unit; `urgency` is one of `rules.URGENCIES`.
    `about_id` and `effect` name the document that this one changes
    when it is issued, and how.
    """

    kind: str
    abstract: str
    content: Content
    signer_id: int
    position: str
    recipients: Sequence[To] = ()
    authority: str = ""
    unit: str = ""
    dossiers: Sequence[int] = ()
    about_id: int | None = None
    effect: str = ""
    secrecy: str = ORDINARY
    urgency: str = URGENCIES[0]


def draft(
    *,
    actor: Actor,
    at: datetime.datetime,
    agency_id: int,
    order: Order,
    key: str | None,
    origin: Origin = "live",
) -> Done:
    """Draft a document of an agency in which the actor holds a post.

    Raises `OfficersOnly`, `NotYourAgency`, `Secret`, `Invalid` (every part that is wrong at once),
    `NoSuchDossier`, `NotInForce`.
    """
    on = day_of(at)
    must_draft(actor, agency_id, on)
    order = _checked(actor, agency(agency_id).id, order, on)

    def write(tx: Tx) -> OutgoingDocument:
        row = OutgoingDocument(
            agency_id=agency_id, drafted_by=actor.key, drafted_at=at, sample=origin == "sample"
        )
        _fill(row, order)
        row.save()
        _fill_around(row, order)
        data = {"dossiers": sorted(set(order.dossiers))}
        tell(tx, row, Deed(name="draft", actor=actor, at=at, data=data, origin=origin))
        return row

    body = [agency_id, *_said(order)]
    return carry_out("draft", write, actor=actor, at=at, key=key, body=body)


def rewrite(
    *,
    actor: Actor,
    at: datetime.datetime,
    document_id: int,
    revision: int | None,
    order: Order,
    key: str | None,
) -> Done:
    """Write a draft anew, whole, by its drafter. Raises as `draft` and as `moving.move` do."""
    on = day_of(at)

    def write(tx: Tx) -> OutgoingDocument:
        row = held(actor, document_id, "rewrite", revision)
        told = _checked(actor, row.agency_id, order, on)
        row.revision += 1
        _fill(row, told)
        row.save()
        row.recipients.all().delete()
        row.dossiers.all().delete()
        _fill_around(row, told)
        data = {"dossiers": sorted(set(told.dossiers))}
        tell(tx, row, Deed(name="rewrite", actor=actor, at=at, data=data))
        return row

    body = [document_id, revision, *_said(order)]
    return carry_out("rewrite", write, actor=actor, at=at, key=key, body=body)


def _checked(actor: Actor, agency_id: int, order: Order, on: datetime.date) -> Order:
    """Give an order cleaned, or refuse it with all that is wrong."""
    if order.secrecy != ORDINARY:
        raise Secret
    problems: dict[str, Refused] = {}
    text = {
        "abstract": checked_text(order.abstract, _ABSTRACT, "abstract", problems, needed=True),
        "position": checked_text(order.position, _POSITION, "position", problems, needed=True),
        "unit": checked_text(order.unit, _UNIT, "unit", problems),
    }
    recipients = checked_recipients(order.recipients, problems)
    told = order.content
    if order.kind not in KINDS:
        problems["kind"] = KindUnknown(kind=order.kind[:20])
    try:
        told = contents.cleaned(order.content)
    except Invalid as wrong:
        problems |= wrong.problems
    if order.authority not in AUTHORITIES:
        problems["authority"] = AuthorityUnknown()
    elif not may_sign(order.signer_id, agency_id, order.authority, on):
        problems["signer"] = NotASigner()
    check_urgency(order.urgency, problems)
    if bool(order.effect) != (order.about_id is not None) or order.effect not in {"", *EFFECTS}:
        problems["effect"] = EffectUnclear()
    if problems:
        raise Invalid(problems)
    _check_about(actor, agency_id, order)
    return Order(
        kind=order.kind,
        content=told,
        signer_id=order.signer_id,
        recipients=recipients,
        authority=order.authority,
        dossiers=_dossiers(actor, order.dossiers),
        about_id=order.about_id,
        effect=order.effect,
        urgency=order.urgency,
        **text,
    )


def _check_about(actor: Actor, agency_id: int, order: Order) -> None:
    if order.about_id is None:
        return
    rows = readable(actor).filter(pk=order.about_id, agency=agency_id, state__in=IN_FORCE)
    if not rows.exists():
        raise NotInForce


def _dossiers(actor: Actor, numbers: Sequence[int]) -> tuple[int, ...]:
    if len(numbers) > DOSSIERS:
        raise Invalid({"dossiers": TooMuch(limit=DOSSIERS)})
    asked = tuple(dict.fromkeys(numbers))
    seen = set(visible(Dossier.objects.filter(pk__in=asked), actor).values_list("pk", flat=True))
    for one in asked:
        if one not in seen:
            raise NoSuchDossier(dossier=one)
    return asked


def check_urgency(urgency: str, problems: dict[str, Refused]) -> None:
    """Note a grade of urgency that there is none of."""
    if urgency not in URGENCIES:
        problems["urgency"] = UrgencyUnknown()


def checked_address(text: str, name: str, problems: dict[str, Refused]) -> str:
    """Give an e-mail address cleaned, or nothing; notes what cannot be one."""
    address = text.strip()
    if address and not _EMAIL.fullmatch(address):
        problems[name] = NotAnAddress(text=address[:80])
    return address


def checked_text(
    text: str, limit: int, name: str, problems: dict[str, Refused], *, needed: bool = False
) -> str:
    """Give a line cleaned (a signer's position may have several); notes what is wrong with it."""
    try:
        said = clean(text, limit=limit, multiline=name == "position")
    except Refused as wrong:
        problems[name] = wrong
        return ""
    if needed and not said:
        problems[name] = Missing()
    return said


def checked_recipients(given: Sequence[To], problems: dict[str, Refused]) -> tuple[To, ...]:
    """Give recipients cleaned; notes what is wrong with any."""
    if len(given) > RECIPIENTS:
        problems["recipients"] = TooMuch(limit=RECIPIENTS)
        return ()
    found = []
    for one in given:
        name = checked_text(one.name, _NAME, "recipients", problems, needed=True)
        email = checked_address(one.email, "recipients", problems)
        found.append(To(name, email, "copy" if one.way == "copy" else "to"))
    return tuple(found)


def _fill(row: OutgoingDocument, order: Order) -> None:
    row.kind, row.abstract, row.unit = order.kind, order.abstract, order.unit
    row.content = contents.written(order.content)
    row.signer_id, row.authority, row.position = order.signer_id, order.authority, order.position
    row.about_id, row.effect = order.about_id, order.effect
    row.urgency = URGENCIES.index(order.urgency)
    row.state, row.reviewed_by = State.DRAFT, ""
    row.search = fold(" ".join([order.abstract, *(one.name for one in order.recipients)]))


def keep_recipients(row: OutgoingDocument, recipients: Sequence[To]) -> None:
    """Write the recipients of a document."""
    Recipient.objects.bulk_create(
        Recipient(document=row, way=one.way, name=one.name, email=one.email) for one in recipients
    )


def _fill_around(row: OutgoingDocument, order: Order) -> None:
    keep_recipients(row, order.recipients)
    DocumentDossier.objects.bulk_create(
        DocumentDossier(document=row, dossier_id=one) for one in order.dossiers
    )


def _said(order: Order) -> list[object]:
    """Give an order as the body of a request is compared."""
    return [
        order.kind,
        order.abstract,
        contents.told(order.content),
        order.signer_id,
        order.position,
        [[one.name, one.email, one.way] for one in order.recipients],
        order.authority,
        order.unit,
        list(order.dossiers),
        order.about_id,
        order.effect,
        order.secrecy,
        *([order.urgency] if order.urgency != URGENCIES[0] else []),
    ]
