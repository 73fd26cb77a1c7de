"""Tải việc: how much each officer of the head's agencies holds."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.core.procedures.systems import systems
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page
from motcua.faces.desk.reading.people import Load
from motcua.faces.desk.reading.team import Team, teams
from motcua.faces.desk.words import language
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
    return page(request, "team.html", {"teams": shown, "at": visit.at})


def _rows(found: Team) -> list[MemberRow]:
    names = _post_names()
    most = max((one.load.open for one in found.members), default=0) or 1
    return [
        MemberRow(
            name=one.name,
            posts=", ".join(names.get(post, post) for post in one.posts),
            load=one.load,
            share=100 * one.load.open // most,
        )
        for one in found.members
    ]


def _post_names() -> dict[str, str]:
    """Names of posts over all systems; the first system that names a post is believed."""
    names: dict[str, str] = {}
    for system in systems():
        for post, name in system.declaration.posts.items():
            names.setdefault(post, name.text(language()))
    return names
