"""Giả định: a head asks what a past period would have been; nothing of it is written."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.agencies.queries import Node, agency
from motcua.core.procedures.queries import published
from motcua.core.whatif.asking import (
    MOST,
    Answer,
    BadPeriod,
    NobodyLeft,
    NotForYou,
    OfficeTold,
    Question,
    TooMany,
    ask,
    check_head,
    headed,
)
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.ordering import number
from motcua.faces.desk.pages import page
from motcua.faces.desk.words import language, post_names
from motcua.kernel.calendar import Limit, Unit

_DAYS = 90
_LONGEST = 999
_HOURS = 60


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the form says; empty words change nothing."""

    agency_id: int
    first: datetime.date
    last: datetime.date
    procedure: str
    days: int | None
    post: str
    fewer: int | None

    def question(self) -> Question:
        """Give it as a question; a limit needs its procedure, fewer people their post."""
        limits, fewer = {}, {}
        if self.days and self.procedure:
            limits[self.procedure] = Limit(self.days, Unit.WORKING_DAY)
        if self.fewer and self.post:
            fewer[self.agency_id, self.post] = self.fewer
        return Question(
            agency_id=self.agency_id,
            first=self.first,
            last=self.last,
            procedure=self.procedure,
            limits=limits,
            fewer=fewer,
        )


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """A line of the table: hours that a dossier stays, and late ones, before and after."""

    agency: Node
    post: str
    told: OfficeTold

    @property
    def hours(self) -> tuple[int, int]:
        """Give the working hours that one turn takes in the mean."""
        before, after = self.told.before, self.told.after
        return round(before.minutes / before.turns / _HOURS), round(
            after.minutes / after.turns / _HOURS
        )


@require_safe
@desk
def what_if(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the form, and what the assumptions of the address come to."""
    mine = headed(visit.actor, visit.on)
    if not mine:
        raise NotForYou(agency=_("cơ quan"))
    asked = _asked(request, visit, mine)
    check_head(visit.actor, asked.agency_id)
    answer, refusal = None, None
    try:
        answer = ask(asked.question(), at=visit.at, most=MOST) if "co-quan" in request.GET else None
    except (BadPeriod, NobodyLeft, TooMany) as refused:
        refusal = refused
    context = {
        "asked": asked,
        "agencies": [agency(one) for one in mine],
        "procedures": [
            (one.declaration.code, one.declaration.short.text(language())) for one in published()
        ],
        "posts": post_names().items(),
        "answer": answer,
        "rows": _rows(answer) if answer else [],
        "refusal": refusal,
    }
    return page(request, "what_if.html", context, status=refusal.status if refusal else 200)


def _rows(answer: Answer) -> list[OfficeRow]:
    names = post_names()
    return [
        OfficeRow(agency(told.office[0]), names.get(told.office[1], told.office[1]), told)
        for told in answer.offices
    ]


def _asked(request: HttpRequest, visit: Visit, mine: list[int]) -> _Asked:
    sent = request.GET
    days, fewer = number(sent, "thoi-han"), number(sent, "bot")
    return _Asked(
        agency_id=number(sent, "co-quan") or mine[0],
        first=_day(sent.get("tu", "")) or visit.on - datetime.timedelta(days=_DAYS),
        last=_day(sent.get("den", "")) or visit.on,
        procedure=sent.get("thu-tuc", "")[:30],
        days=min(days, _LONGEST) if days else None,
        post=sent.get("vi-tri", "")[:30],
        fewer=min(fewer, _LONGEST) if fewer else None,
    )


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
