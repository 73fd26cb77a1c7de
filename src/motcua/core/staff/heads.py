"""Who answers for whom: heads of an agency, and those of the agencies above it."""

from __future__ import annotations

import datetime

from django.db.models import Q

from motcua.core.access.actors import Actor
from motcua.core.access.heads import heads
from motcua.core.agencies.models import Appointment
from motcua.core.agencies.queries import agency, in_force
from motcua.core.clock.calendars import calendars
from motcua.core.idempotency.keys import KEPT
from motcua.kernel.errors import Refused


class NotTheirHead(Refused):
    """An act on another person's powers or work by somebody who is not their head."""

    code = "staff.not_their_head"
    vi = "Việc này dành cho chính cán bộ đó hoặc người đứng đầu {agency} (hoặc cấp trên)."
    en = "This is for that officer, or for a head of {agency} or of an agency above it."
    status = 403


class UnknownOfficer(Refused):
    """Nobody goes by this number here."""

    code = "staff.unknown_officer"
    vi = "Không có cán bộ này đang giữ vị trí tại cơ quan."
    en = "No such officer holds a post there."
    status = 404


def check_head(actor: Actor, agency_id: int) -> None:
    """Refuse who does not answer for the people of an agency."""
    if not heads(actor, agency_id):
        raise NotTheirHead(agency=agency(agency_id).name_vi)


def today(agency_id: int, at: datetime.datetime) -> datetime.date:
    """Give the day of an instant where an agency is."""
    return calendars[agency(agency_id).calendar].local(at).date()


def check_known(actor: Actor, officer_id: int, on: datetime.date) -> None:
    """Refuse, as if there were no such officer, who neither is the officer nor their head.

    Who left is still known while request keys are kept: a request sent again is answered.
    """
    rows = Appointment.objects.filter(officer_id=officer_id, valid_from__lte=on)
    posts = list(rows.filter(Q(valid_to=None) | Q(valid_to__gt=on - KEPT)).order_by("id"))
    if not posts or not manages(actor, officer_id, posts):
        raise UnknownOfficer


def posts_then(officer_id: int, on: datetime.date) -> list[Appointment]:
    """Give the posts an officer holds on a day, first appointed first; refuses who holds none."""
    found = list(in_force(on).filter(officer_id=officer_id).order_by("id"))
    if not found:
        raise UnknownOfficer
    return found


def manages(actor: Actor, officer_id: int, posts: list[Appointment]) -> bool:
    """Tell whether an actor is the officer, or a head where the officer holds a post."""
    return actor.officer_id == officer_id or any(heads(actor, one.agency_id) for one in posts)


def check_manages(actor: Actor, officer_id: int, posts: list[Appointment]) -> None:
    """Refuse who is neither the officer nor a head where the officer holds a post."""
    if not manages(actor, officer_id, posts):
        raise NotTheirHead(agency=agency(posts[0].agency_id).name_vi)


def answers_for(actor: Actor, officer_id: int, on: datetime.date) -> bool:
    """Tell whether an actor is an officer who serves on a day, or a head of theirs.

    For acts on a row of an officer: to everybody else there is no such row.
    """
    posts = list(in_force(on).filter(officer_id=officer_id).order_by("id"))
    return bool(posts) and manages(actor, officer_id, posts)
