"""Bổ nhiệm, điều chuyển, thôi giữ vị trí: who comes to a post, and who gives it up."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q

from motcua.core.access.actors import Actor
from motcua.core.agencies.models import Appointment
from motcua.core.agencies.queries import agency, forget_tree, in_force
from motcua.core.dossiers.models import WorkItem
from motcua.core.idempotency.house import Told
from motcua.core.people.models import Officer
from motcua.core.procedures.systems import systems
from motcua.core.sql import Tx
from motcua.core.staff.heads import UnknownOfficer, answers_for, today
from motcua.core.staff.mandate import check_appoints
from motcua.core.staff.rules import (
    BadPeriod,
    HeldAlready,
    LastPost,
    NoName,
    OpenInPost,
    UnknownPost,
)
from motcua.core.staff.told import carry_out
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

_NAME, _NUMBER, _PHONE = 100, 20, 20


class StaffNumberTaken(Refused):
    """Another officer has this staff number."""

    code = "staff.number_taken"
    vi = "Số hiệu “{number}” đã có cán bộ khác mang."
    en = "Another officer has the staff number “{number}”."
    status = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post to be held in an agency from a day on; `reads_agency`: all its dossiers are read."""

    agency_id: int
    post: str
    since: datetime.date
    reads_agency: bool = False

    def told(self) -> list[object]:
        """Give what a request key hashes."""
        return [self.agency_id, self.post, self.since.isoformat(), self.reads_agency]


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody who comes into the service of the city."""

    name: str
    staff_number: str
    email: str = ""
    phone: str = ""


def take_on(
    *, actor: Actor, at: datetime.datetime, newcomer: Newcomer, post: Post, key: str | None
) -> int:
    """Write a new officer with a first post; give the number of the officer.

    Who may is told by `mandate`. The ledger knows the officer by number alone.
    """
    name, number = clean(newcomer.name, limit=_NAME), clean(newcomer.staff_number, limit=_NUMBER)

    def write(_tx: Tx) -> Told:
        _check(actor, at, post)
        if not name or not number:
            raise NoName
        if Officer.objects.filter(staff_number=number).exists():
            raise StaffNumberTaken(number=number)
        row = Officer.objects.create(
            name=name,
            staff_number=number,
            email=clean(newcomer.email, limit=254),
            phone=clean(newcomer.phone, limit=_PHONE),
        )
        _hold(row.pk, post)
        return Told({"row": row.pk, **_told(row.pk, post)})

    body = [name, number, newcomer.email, newcomer.phone, *post.told()]
    return carry_out("appoint", write, actor=actor, at=at, key=key, body=body)


def appoint(
    *, actor: Actor, at: datetime.datetime, officer_id: int, post: Post, key: str | None
) -> int:
    """Give an officer of the actor's people one more post; give the number of the officer."""

    def write(_tx: Tx) -> Told:
        _check(actor, at, post)
        _check_person(actor, officer_id, at)
        _check_free(officer_id, post)
        _hold(officer_id, post)
        return Told({"row": officer_id, **_told(officer_id, post)})

    body = [officer_id, *post.told()]
    return carry_out("appoint", write, actor=actor, at=at, key=key, body=body)


def transfer(
    *, actor: Actor, at: datetime.datetime, appointment_id: int, post: Post, key: str | None
) -> int:
    """Move an officer from one post to another on a day; give the number of the officer.

    The actor answers for both agencies. Open work of the old post is given on before.
    """

    def write(_tx: Tx) -> Told:
        old = _held(actor, at, appointment_id)
        _check(actor, at, post)
        _check_free(old.officer_id, post)
        ended = _end(old, post.since)
        _hold(old.officer_id, post)
        told = _told(old.officer_id, post)
        return Told({"row": old.officer_id, **told, "ended": ended})

    body = [appointment_id, *post.told()]
    return carry_out("transfer", write, actor=actor, at=at, key=key, body=body)


def end_post(
    *, actor: Actor, at: datetime.datetime, appointment_id: int, on: datetime.date, key: str | None
) -> int:
    """End one of several posts on a day, the first one on which it is held no more.

    The last post ends by leaving (`leaving.leave`), which plans what becomes of the work.
    """

    def write(_tx: Tx) -> Told:
        row = _held(actor, at, appointment_id)
        others = in_force(on).filter(officer=row.officer_id).exclude(pk=row.pk)
        if not others.exists():
            raise LastPost
        if on < today(row.agency_id, at):
            raise BadPeriod
        return Told({"row": row.officer_id, "ended": _end(row, on)})

    body = [appointment_id, on.isoformat()]
    return carry_out("end_post", write, actor=actor, at=at, key=key, body=body)


def _check(actor: Actor, at: datetime.datetime, post: Post) -> None:
    node = agency(post.agency_id)
    if not any(post.post in one.declaration.posts for one in systems()):
        raise UnknownPost(post=post.post[:40])
    if post.since < today(node.id, at) or not node.lives(post.since):
        raise BadPeriod
    check_appoints(actor, node.id, post.post)


def _check_person(actor: Actor, officer_id: int, at: datetime.datetime) -> None:
    """To who does not answer for an officer there is none; nobody appoints themself."""
    if officer_id == actor.officer_id or not answers_for(actor, officer_id, at.date()):
        raise UnknownOfficer
    if Officer.objects.filter(pk=officer_id).exclude(left_on=None).exists():
        raise UnknownOfficer


def _check_free(officer_id: int, post: Post) -> None:
    same = Appointment.objects.filter(officer=officer_id, agency=post.agency_id, post=post.post)
    if same.filter(Q(valid_to=None) | Q(valid_to__gt=post.since)).exists():
        raise HeldAlready


def _held(actor: Actor, at: datetime.datetime, appointment_id: int) -> Appointment:
    row = Appointment.objects.filter(pk=appointment_id, valid_to=None).first()
    if row is None:
        raise UnknownOfficer
    _check_person(actor, row.officer_id, at)
    check_appoints(actor, row.agency_id, row.post)
    return row


def _end(row: Appointment, on: datetime.date) -> list[object]:
    if on <= row.valid_from:
        raise BadPeriod
    work = WorkItem.objects.filter(officer=row.officer_id, ended_at=None)
    count = work.filter(agency=row.agency_id, post=row.post).count()
    if count:
        raise OpenInPost(count=count)
    row.valid_to = on
    row.save(update_fields=["valid_to"])
    since = row.valid_from.isoformat()
    return [row.officer_id, agency(row.agency_id).code, row.post, since, on.isoformat()]


def _hold(officer_id: int, post: Post) -> None:
    Appointment.objects.create(
        officer_id=officer_id,
        agency_id=post.agency_id,
        post=post.post,
        valid_from=post.since,
        reads_agency=post.reads_agency,
    )
    forget_tree()  # who does what where is kept for some seconds


def _told(officer_id: int, post: Post) -> dict[str, object]:
    return {
        "officer": officer_id,
        "agency": agency(post.agency_id).code,
        "post": post.post,
        "from": post.since.isoformat(),
        "reads": post.reads_agency,
    }
