"""Thôi việc, chuyển công tác: posts end on a day, the account closes, open work goes on."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet

from motcua.core.access.actors import Actor, house
from motcua.core.access.heads import heads
from motcua.core.access.rows import visible
from motcua.core.accounts.managing import close_accounts_of
from motcua.core.agencies.models import Appointment
from motcua.core.agencies.queries import agency, in_force
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.models import WorkItem
from motcua.core.jobs.queue import enqueue
from motcua.core.people.models import Officer
from motcua.core.sql import Tx
from motcua.core.staff.heads import NotTheirHead, posts_then, today
from motcua.core.staff.reassigning import Outcome, Reassignment, reassign, reassign_all
from motcua.core.staff.rules import BadPeriod, OneSelf
from motcua.core.staff.told import Told, carry_out
from motcua.kernel.errors import Refused

JOB = "staff.leave"


class OpenWork(Refused):
    """Work would be left in the name of somebody who is gone."""

    code = "staff.open_work"
    vi = "Cán bộ này còn giữ {count} việc. Hãy giao lại hoặc chọn người nhận rồi mới ghi thôi việc."
    en = "This officer still holds {count} pieces of work. Give them on, or name who takes them."
    status = 409


class AppointedLater(Refused):
    """An appointment begins after the officer is gone."""

    code = "staff.appointed_later"
    vi = "Cán bộ này được bổ nhiệm từ ngày thôi việc trở đi. Hãy chọn ngày sau đó."
    en = "An appointment of this officer begins on that day or later. Choose a later day."


class SuccessorUnfit(Refused):
    """The successor holds none of the posts whose work they are to take."""

    code = "staff.successor_unfit"
    vi = "Người nhận việc không giữ vị trí nào của cán bộ này tại cùng cơ quan."
    en = "The successor holds none of this officer's posts in the same agency."


def open_work_of(officer_id: int) -> QuerySet[WorkItem]:
    """Give the open work that names an officer, for acts of this module: nobody reads it here."""
    return WorkItem.objects.filter(officer_id=officer_id, ended_at=None)


def left_behind(actor: Actor, officer_id: int) -> QuerySet[WorkItem]:
    """Give the open work in an officer's name that the actor may read, least time left first."""
    rows = visible(open_work_of(officer_id), actor, by="dossier")
    found = rows.select_related("dossier__version__procedure", "dossier__applicant", "agency")
    return found.defer("dossier__version__source", "dossier__version__body").order_by(
        "due_at", "pk"
    )


def leave(
    *,
    actor: Actor,
    at: datetime.datetime,
    officer_id: int,
    on: datetime.date,
    successor_id: int | None,
    to_post: bool = False,
    key: str | None,
) -> int:
    """End an officer's posts on a day (the first one on which they serve no more).

    By a head, not by themself. While work is open in their name it needs a plan: a successor in
    the same post, or back to the post (`to_post`); a job carries the plan out on the day, when the
    account closes too. From that day the officer reads and moves nothing.
    """

    def write(tx: Tx) -> Told:
        posts = posts_then(officer_id, on)
        _check(actor, posts, officer_id, on, at)
        count = open_work_of(officer_id).count()
        if successor_id is not None:
            _check_successor(posts, officer_id, successor_id, on)
        elif count and not to_post:
            raise OpenWork(count=count)
        Appointment.objects.filter(
            Q(valid_to=None) | Q(valid_to__gt=on), officer=officer_id
        ).update(valid_to=on)
        Officer.objects.filter(pk=officer_id).update(left_on=on)
        payload = {"officer": officer_id, "successor": successor_id}
        enqueue(tx, JOB, payload, at=at, run_at=max(at, _dawn(posts[0].agency_id, on)))
        return Told({"row": officer_id, "on": on.isoformat(), "successor": successor_id})

    body = [officer_id, on.isoformat(), successor_id, to_post]
    return carry_out("leave", write, actor=actor, at=at, key=key, body=body)


def hand_on(*, at: datetime.datetime, officer_id: int, successor_id: int | None) -> list[Outcome]:
    """Close the accounts of one who left, sessions and keys too, and give their open work on.

    What the successor cannot take (another post, their own dossier) is offered to the post.
    """
    actor, orders = house("leave"), []
    close_accounts_of(actor=actor.key, at=at, officer_id=officer_id)
    for dossier_id, leg in open_work_of(officer_id).values_list("dossier_id", "leg"):
        orders.append(Reassignment(dossier_id=dossier_id, leg=leg, officer_id=successor_id))
    outcomes = reassign_all(actor=actor, at=at, orders=orders, key=None)
    for number, order in enumerate(orders):
        if outcomes[number].refusal is not None and successor_id is not None:
            offered = Reassignment(dossier_id=order.dossier_id, leg=order.leg)
            reassign(actor=actor, at=at, order=offered, key=None)
            outcomes[number] = Outcome(order.dossier_id, None)
    return outcomes


def _check(
    actor: Actor,
    posts: list[Appointment],
    officer_id: int,
    on: datetime.date,
    at: datetime.datetime,
) -> None:
    there = posts[0].agency_id
    if officer_id == actor.officer_id or not any(heads(actor, one.agency_id) for one in posts):
        raise NotTheirHead(agency=agency(there).name_vi)
    if on < today(there, at):
        raise BadPeriod
    if Appointment.objects.filter(officer=officer_id, valid_from__gte=on).exists():
        raise AppointedLater


def _check_successor(
    posts: list[Appointment], officer_id: int, successor_id: int, on: datetime.date
) -> None:
    if successor_id == officer_id:
        raise OneSelf
    theirs = set(in_force(on).filter(officer=successor_id).values_list("agency_id", "post"))
    if theirs.isdisjoint((one.agency_id, one.post) for one in posts):
        raise SuccessorUnfit


def _dawn(agency_id: int, on: datetime.date) -> datetime.datetime:
    """Give the first instant of a day where an agency is."""
    zone = calendars[agency(agency_id).calendar].tzinfo
    return datetime.datetime.combine(on, datetime.time(), tzinfo=zone)
