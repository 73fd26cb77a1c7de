"""What a head does with the posts of one officer: one more, another one, one less."""

from __future__ import annotations

from collections.abc import Callable

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.core.staff.appointing import Post, appoint, end_post, transfer
from motcua.core.staff.person import Person
from motcua.faces.desk.doors import Visit
from motcua.faces.desk.ordering import number
from motcua.faces.desk.posts import given_day, given_post


def _appoint(visit: Visit, found: Person, sent: QueryDict) -> str:
    """Give a post, beside the others or in the place of one."""
    post, instead = Post(**given_post(sent)), number(sent, "instead")
    actor, at, key = visit.actor, visit.at, sent.get("key")
    if instead is not None:
        transfer(actor=actor, at=at, appointment_id=instead, post=post, key=key)
        return _("Đã ghi điều chuyển.")
    appoint(actor=actor, at=at, officer_id=found.officer.pk, post=post, key=key)
    return _("Đã ghi bổ nhiệm.")


def _end(visit: Visit, _found: Person, sent: QueryDict) -> str:
    end_post(
        actor=visit.actor,
        at=visit.at,
        appointment_id=number(sent, "ended") or 0,
        on=given_day(sent, "ended_on"),
        key=sent.get("key"),
    )
    return _("Đã ghi thôi giữ vị trí.")


ACTS: dict[str, Callable[[Visit, Person, QueryDict], str]] = {"appoint": _appoint, "end": _end}
