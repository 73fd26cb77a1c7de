"""Phiếu kiểm soát on the page: one row for each hand-over (TT 01/2018, form 05)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.core.agencies.queries import agency
from motcua.core.clock.calendars import calendars
from motcua.core.documents.steps import taker_of
from motcua.core.dossiers.models import WorkItem
from motcua.core.procedures.declaration import Declaration
from motcua.faces.desk.reading.history import Told, officer_names
from motcua.faces.desk.shown.deadlines import Chip, of_work
from motcua.faces.desk.words import BUCKETS, RESULTS, language, moment, place_name, post_name
from motcua.kernel.calendar import length_text


@dataclass(frozen=True, slots=True)
class SlipRow:
    """A hand-over: who gave, who took, when, and how the step kept its time."""

    number: int
    agency: str
    step: str
    giver: str
    taker: str
    given: str
    due: str
    ended: str
    used: str
    chip: Chip
    note: str


def slip_rows(
    declaration: Declaration,
    work: Sequence[WorkItem],
    told: Sequence[Told],
    at: datetime.datetime,
    *,
    paused: datetime.datetime | None,
) -> list[SlipRow]:
    """Give the rows in the order in which the work began; `told` are the dossier's entries."""
    asked = [one for one in told if one.data.get("legs")]
    names = officer_names({one.actor for one in asked})
    askers = {one.entry.at: names.get(one.actor, "") for one in asked}
    return [
        _row(declaration, number, item, _giver(work[: number - 1], item, askers), at, paused)
        for number, item in enumerate(work, 1)
    ]


def _row(
    declaration: Declaration,
    number: int,
    item: WorkItem,
    giver: str,
    at: datetime.datetime,
    paused: datetime.datetime | None,
) -> SlipRow:
    officer = taker_of(item)
    calendar = calendars[item.agency.calendar]
    used = calendar.used(item.began_at, item.ended_at or at)
    return SlipRow(
        number=number,
        agency=agency(item.agency_id).name(language()),
        step=place_name(declaration, item.step),
        giver=giver,
        taker=officer.name if officer else post_name(declaration, item.post),
        given=moment(item.began_at),
        due=moment(item.due_at),
        ended=moment(item.ended_at),
        used=length_text(used, language()),
        chip=_kept(item, at, paused),
        note=str(RESULTS.get(item.result, item.result)),
    )


def _giver(
    before: Sequence[WorkItem], item: WorkItem, askers: Mapping[datetime.datetime, str]
) -> str:
    """The officer who ended the work before at the same instant; the applicant at the start.

    A consultation ends no work: there it is the officer who asked.
    """
    if not before:
        return _("Người nộp")
    if item.leg is not None:
        return askers.get(item.began_at) or "–"
    givers = [one.ended_by.name for one in before if one.ended_by and one.ended_at == item.began_at]
    return givers[-1] if givers else "–"


def _kept(item: WorkItem, at: datetime.datetime, paused: datetime.datetime | None) -> Chip:
    """Early: on a day before the due day; on time: not after the due instant; else late."""
    if item.ended_at is None:
        return of_work(item, at, due=item.due_at, paused=paused)
    if item.due_at is None:
        text = _("Không tính hạn")
        return Chip("over", text, text)
    zone = calendars[item.agency.calendar]
    bucket = "on_time" if item.ended_at <= item.due_at else "late"
    if zone.local(item.ended_at).date() < zone.local(item.due_at).date():
        bucket = "early"
    text = str(BUCKETS[bucket])
    return Chip("late" if bucket == "late" else "ok", text, text)
