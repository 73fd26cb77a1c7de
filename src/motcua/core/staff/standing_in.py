"""Ủy quyền, vắng mặt: lending the powers of a post, and who stands in for somebody away."""

from __future__ import annotations

import datetime
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from motcua.core.access.actors import Actor
from motcua.core.agencies.models import Absence, Appointment, Delegation
from motcua.core.agencies.queries import in_force, tree
from motcua.core.ledger.commitments import commitment
from motcua.core.procedures.models import Procedure
from motcua.core.sql import Tx
from motcua.core.staff.heads import answers_for, check_manages, posts_then, today
from motcua.core.staff.rules import (
    AwayThen,
    BadPeriod,
    DocumentMissing,
    InACircle,
    NotHeld,
    NotLent,
    NotTheSameHouse,
    OneSelf,
    StandsIn,
    UnknownBounds,
    closes_circle,
)
from motcua.core.staff.told import Told, carry_out
from motcua.kernel.vietnamese import clean

_SALT_BYTES = 16
_DOCUMENT = 100
_MOST_BOUNDS = 50
_KEY = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Lending:
    """The powers of a post to lend, half-open in days; empty `procedures` and `moves`: all.

    `procedures` are codes. `capacity` is `KT.`, `TL.` or `TUQ.`; `document` the paper that lends.
    """

    giver_id: int
    agency_id: int
    post: str
    taker_id: int
    capacity: str
    document: str
    valid_from: datetime.date
    valid_to: datetime.date
    procedures: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()

    def told(self) -> dict[str, object]:
        """Give what a request key hashes."""
        return {
            "giver": self.giver_id,
            "agency": self.agency_id,
            "post": self.post,
            "taker": self.taker_id,
            "capacity": self.capacity,
            "document": self.document,
            "from": self.valid_from.isoformat(),
            "to": self.valid_to.isoformat(),
            "procedures": list(self.procedures),
            "moves": list(self.moves),
        }


def delegate(*, actor: Actor, at: datetime.datetime, lending: Lending, key: str | None) -> int:
    """Lend the powers of a post that the giver holds all that time; gives the row's id.

    By the giver or a head. The taker belongs to the same house (the agency, one above or one
    below), is there meanwhile, and cannot lend on: only an appointment can be lent.
    """

    def write(_tx: Tx) -> Told:
        on = today(lending.agency_id, at)
        check_manages(actor, lending.giver_id, posts_then(lending.giver_id, on))
        _check_period(lending.valid_from, lending.valid_to, on)
        document = clean(lending.document, limit=_DOCUMENT)
        if not document:
            raise DocumentMissing
        held = _held(lending)
        _check_taker([held], lending.taker_id, lending.valid_from, lending.valid_to)
        row = Delegation(capacity=_capacity(lending.capacity), document=document)
        row.procedures, row.moves = _procedures(lending.procedures), _moves(lending.moves)
        _lend(row, held, lending.taker_id, lending.valid_from, lending.valid_to)
        return Told({"row": row.pk, **row.told()}, (commitment(bytes(row.salt), document),))

    return carry_out("delegate", write, actor=actor, at=at, key=key, body=lending.told())


def revoke(*, actor: Actor, at: datetime.datetime, delegation_id: int, key: str | None) -> int:
    """Take lent powers back: they end at once.

    To whoever is neither the giver nor a head of theirs there is nothing to take back.
    """

    def write(_tx: Tx) -> Told:
        row = Delegation.objects.filter(pk=delegation_id, absence=None).first()
        if row is None:
            raise NotLent
        on = today(row.agency_id, at)
        if not answers_for(actor, row.giver_id, on) or row.valid_to <= on:
            raise NotLent
        row.valid_to = max(on, row.valid_from)
        row.save(update_fields=["valid_to"])
        return Told({"row": row.pk, "to": row.valid_to.isoformat()})

    return carry_out("revoke", write, actor=actor, at=at, key=key, body=delegation_id)


def be_away(
    *,
    actor: Actor,
    at: datetime.datetime,
    officer_id: int,
    stand_in_id: int | None,
    days: tuple[datetime.date, datetime.date],
    capacity: str = Delegation.Capacity.FOR,
    key: str | None,
) -> int:
    """Record that an officer is away, half-open in days; gives the row's id.

    Whoever stands in gets the powers of every post of theirs meanwhile. Nobody who stands in for
    another then can be away, and nobody stands in who is away.
    """
    since, until = days

    def write(_tx: Tx) -> Told:
        posts = posts_then(officer_id, _day_of(officer_id, at))
        on = today(posts[0].agency_id, at)
        check_manages(actor, officer_id, posts)
        _check_period(since, until, on)
        _check_free(officer_id, since, until)
        if _meanwhile(since, until).filter(taker_id=officer_id).exclude(absence=None).exists():
            raise StandsIn
        row = Absence(officer_id=officer_id, valid_from=since, valid_to=until)
        row.stand_in_id = stand_in_id
        lent: list[Delegation] = []
        if stand_in_id is not None:
            posts = [one for one in posts if one.valid_to is None or one.valid_to >= until]
            _check_taker(posts, stand_in_id, since, until)
        row.save()
        if stand_in_id is not None:
            for post in posts:
                lent.append(Delegation(capacity=_capacity(capacity), absence=row))
                _lend(lent[-1], post, stand_in_id, since, until)
        return Told(
            {"row": row.pk, **_told_absence(row), "lent": [[x.pk, x.told()] for x in lent]},
            tuple(commitment(bytes(one.salt), "") for one in lent),
        )

    body = [officer_id, stand_in_id, since.isoformat(), until.isoformat(), str(capacity)]
    return carry_out("be_away", write, actor=actor, at=at, key=key, body=body)


def come_back(*, actor: Actor, at: datetime.datetime, absence_id: int, key: str | None) -> int:
    """End an absence early: from today who stood in has no powers of it.

    To whoever is neither the officer nor a head of theirs there is no such absence.
    """

    def write(_tx: Tx) -> Told:
        row = Absence.objects.filter(pk=absence_id).first()
        if row is None:
            raise NotLent
        on = _day_of(row.officer_id, at)
        if not answers_for(actor, row.officer_id, on) or row.valid_to <= on:
            raise NotLent
        row.valid_to = max(on, row.valid_from)
        row.save(update_fields=["valid_to"])
        row.delegations.update(valid_to=row.valid_to)
        return Told({"row": row.pk, "to": row.valid_to.isoformat()})

    return carry_out("come_back", write, actor=actor, at=at, key=key, body=absence_id)


def _day_of(officer_id: int, at: datetime.datetime) -> datetime.date:
    """Give the day where an officer works: agencies of one officer lie in one time zone."""
    first = Appointment.objects.filter(officer_id=officer_id).order_by("-id").first()
    return today(first.agency_id, at) if first is not None else at.date()


def _check_period(since: datetime.date, until: datetime.date, on: datetime.date) -> None:
    if not on <= since < until:
        raise BadPeriod


def _held(lending: Lending) -> Appointment:
    """Give the appointment that is lent: the giver holds it all that time."""
    rows = in_force(lending.valid_from).filter(
        Q(valid_to=None) | Q(valid_to__gte=lending.valid_to),
        officer_id=lending.giver_id,
        agency_id=lending.agency_id,
        post=lending.post,
    )
    found = rows.first()
    if found is None:
        raise NotHeld
    return found


def _check_taker(
    lent: list[Appointment], taker_id: int, since: datetime.date, until: datetime.date
) -> None:
    if not lent:
        raise NotHeld
    giver_id = lent[0].officer_id
    if giver_id == taker_id:
        raise OneSelf
    theirs = in_force(since).filter(Q(valid_to=None) | Q(valid_to__gte=until), officer_id=taker_id)
    agencies = list(theirs.values_list("agency_id", flat=True))
    for one in lent:
        if not any(same_house(one.agency_id, other) for other in agencies):
            raise NotTheSameHouse
    _check_free(taker_id, since, until)
    pairs = _meanwhile(since, until).values_list("giver_id", "taker_id")
    if closes_circle(pairs, giver=giver_id, taker=taker_id):
        raise InACircle


def same_house(one: int, other: int) -> bool:
    """Tell whether two agencies are one, or one stands above the other."""
    return one in tree().chain(other) or other in tree().chain(one)


def _check_free(officer_id: int, since: datetime.date, until: datetime.date) -> None:
    """Refuse where the officer is away in any of those days."""
    if Absence.objects.filter(_overlapping(since, until), officer_id=officer_id).exists():
        raise AwayThen


def _overlapping(since: datetime.date, until: datetime.date) -> Q:
    """What ended on its first day never was."""
    return Q(valid_from__lt=until, valid_to__gt=since) & Q(valid_to__gt=F("valid_from"))


def _meanwhile(since: datetime.date, until: datetime.date) -> QuerySet[Delegation]:
    return Delegation.objects.filter(_overlapping(since, until))


def _capacity(text: str) -> str:
    if text not in Delegation.Capacity.values:
        raise UnknownBounds(bound=text[:20])
    return text


def _procedures(codes: Iterable[str]) -> str:
    wanted = sorted(set(codes))[: _MOST_BOUNDS + 1]
    known = dict(Procedure.objects.filter(code__in=wanted).values_list("code", "pk"))
    for code in wanted:
        if code not in known or len(wanted) > _MOST_BOUNDS:
            raise UnknownBounds(bound=code[:40])
    return json.dumps(sorted(known.values()))


def _moves(moves: Iterable[str]) -> str:
    wanted = sorted(set(moves))
    for move in wanted:
        if not move.isidentifier() or len(move) > _KEY or len(wanted) > _MOST_BOUNDS:
            raise UnknownBounds(bound=move[:40])
    return json.dumps(wanted)


def _lend(
    row: Delegation,
    held: Appointment,
    taker_id: int,
    since: datetime.date,
    until: datetime.date,
) -> None:
    row.giver_id, row.taker_id = held.officer_id, taker_id
    row.agency_id, row.post = held.agency_id, held.post
    row.valid_from, row.valid_to = since, until
    row.salt = secrets.token_bytes(_SALT_BYTES)
    row.save()


def _told_absence(row: Absence) -> dict[str, object]:
    return {
        "officer": row.officer_id,
        "stand_in": row.stand_in_id,
        "from": row.valid_from.isoformat(),
        "to": row.valid_to.isoformat(),
    }
