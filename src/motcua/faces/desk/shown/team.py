"""The lines of a head's lists: a piece of work with its holder, and why it is late."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import agency
from motcua.core.dossiers.clearance import name_in_list
from motcua.core.dossiers.models import WorkItem
from motcua.core.procedures.queries import declared
from motcua.core.staff.lateness import Cause, causes
from motcua.faces.desk.shown.deadlines import Chip, of_work
from motcua.faces.desk.words import day, language, place_name

_AT_ONCE = 100  # pieces of work whose steps one statement asks for


@dataclass(frozen=True, slots=True)
class LateRow:
    """A line of a head's list; `why` tells of late work which step ran over."""

    code: str
    applicant: str
    procedure: str
    name: str
    step: str
    holder: str
    promised: str
    why: str
    chip: Chip


def late_rows(actor: Actor, at: datetime.datetime, items: Iterable[WorkItem]) -> list[LateRow]:
    """Give the lines of late work, each with its reason."""
    return team_rows(actor, at, items, why=True)


def team_rows(
    actor: Actor, at: datetime.datetime, items: Iterable[WorkItem], *, why: bool
) -> list[LateRow]:
    """Give the lines of work, with the reason of each where it is `why`."""
    asked = list(items)
    reasons = causes(asked, at) if why else {}
    return [_row(actor, at, item, reasons.get(item.pk), why=why) for item in asked]


def reasons(items: Sequence[WorkItem], at: datetime.datetime) -> dict[int, str]:
    """Say of each piece of late work why it is late, by its number."""
    told: dict[int, str] = {}
    for start in range(0, len(items), _AT_ONCE):
        some = items[start : start + _AT_ONCE]
        found = causes(some, at)
        told |= {item.pk: reason(found.get(item.pk)) for item in some}
    return told


def _row(
    actor: Actor, at: datetime.datetime, item: WorkItem, cause: Cause | None, *, why: bool
) -> LateRow:
    dossier = item.dossier
    declaration = declared(dossier.version_id)
    due = getattr(item, "due", None)
    return LateRow(
        code=dossier.code or dossier.lookup,
        applicant=name_in_list(actor, dossier) or "–",
        procedure=declaration.short.text(language()),
        name=declaration.name.text(language()),
        step=place_name(declaration, item.step),
        holder=item.officer.name if item.officer else "",
        promised=day(dossier.promised_at),
        why=reason(cause) if why else "",
        chip=of_work(item, at, due=due, paused=dossier.paused_since),
    )


def reason(cause: Cause | None) -> str:
    """Say why work is late."""
    if cause is None:
        return _("Các bước đều trong giờ của mình; tổng thời gian vượt hạn giải quyết")
    told = {
        "step": place_name(declared(cause.version_id), cause.step),
        "who": cause.officer or agency(cause.agency_id).short(language()),
        "over": _over(cause.over),
    }
    if cause.here:
        return _("Bước này quá %(over)s") % told
    return _("Bước “%(step)s” (%(who)s) đã quá %(over)s") % told


def _over(over: datetime.timedelta) -> str:
    if over.days:
        return ngettext("%(n)s ngày", "%(n)s ngày", over.days) % {"n": over.days}
    hours = max(1, over.seconds // 3600)
    return ngettext("%(n)s giờ", "%(n)s giờ", hours) % {"n": hours}
