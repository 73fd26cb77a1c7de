"""Tải việc: how much each officer of the head's agencies holds."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.core.staff.people import Load
from motcua.core.staff.teams import Team, teams
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page
from motcua.faces.desk.words import language, post_names
from motcua.kernel.errors import Refused


class NotAHead(Refused):
    """The officer reads no agency as a whole."""

    code = "desk.not_a_head"
    vi = "Trang này dành cho người được xem mọi hồ sơ của cơ quan. Hãy hỏi người phân quyền."
    en = "This page is for those who may read all dossiers of an agency. Ask who grants rights."
    status = 403


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A line of the table; `share` compares with the busiest officer, in percent."""

    id: int
    name: str
    posts: str
    load: Load
    share: int


@require_safe
@desk
def team(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the load per officer of the agencies that the officer reads."""
    found = teams(visit.actor, visit.at)
    if not found:
        raise NotAHead
    shown = [(one.agency.name(language()), _rows(one), one.unnamed) for one in found]
    context = {"teams": shown, "at": visit.at}
    return page(request, "team.html", context)


def _rows(found: Team) -> list[MemberRow]:
    names = post_names()
    most = max((one.load.open for one in found.members), default=0) or 1
    return [
        MemberRow(
            id=one.id,
            name=one.name,
            posts=", ".join(names.get(post, post) for post in one.posts),
            load=one.load,
            share=100 * one.load.open // most,
        )
        for one in found.members
    ]
