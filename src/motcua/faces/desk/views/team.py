"""Bàn điều hành: what each officer of a head's agencies holds, and the lists behind each count."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import Node, agency
from motcua.core.staff import work
from motcua.core.staff.people import Load
from motcua.core.staff.teams import Team, teams
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.ordering import number
from motcua.faces.desk.pages import page, page_number
from motcua.faces.desk.shown.team import LateRow, late_rows, team_rows
from motcua.faces.desk.words import language, post_names
from motcua.faces.ui import reads
from motcua.kernel.errors import Refused

NOBODY = "0"
"""What stands in the address for work that names nobody: no officer has this number."""
_FIRST = 10


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
    away: str
    load: Load
    share: int


@dataclass(frozen=True, slots=True)
class Board:
    """An agency on the board: its people, all its work, and the first of what is late."""

    agency: Node
    name: str
    members: list[MemberRow]
    unnamed: Load
    whole: Load
    late: list[LateRow]


@require_safe
@desk
def team(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the work of the agencies that the officer reads: by person, and what is late and why."""
    boards = [_board(request, visit, one) for one in teams(visit.actor, visit.at)]
    if not boards:
        raise NotAHead
    context = {"boards": boards, "at": visit.at, "kinds": _kinds(), "nobody": NOBODY}
    return page(request, "team.html", context)


@require_safe
@desk
def team_work(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the work behind a count of the board."""
    asked = asked_of_team(request, visit)
    node, kind = agency(asked.agency_id), asked.kind
    found = work.listed(visit.actor, visit.at, asked, page=page_number(request))
    reads.listed(request, visit.actor, visit.at, "team_work", [i.dossier_id for i in found.items])
    context = {
        "rows": team_rows(visit.actor, visit.at, found.items, why=kind == work.LATE),
        "listed": found,
        "agency": node,
        "kind": kind,
        "kind_name": _kinds()[kind],
        "who": request.GET.get("nguoi", ""),
        "people": _people(visit, node),
        "kinds": _kinds().items(),
        "nobody": NOBODY,
    }
    return page(request, "team_work.html", context)


def asked_of_team(request: HttpRequest, visit: Visit) -> work.Asked:
    """Read which work of which agency an address asks for. Raises `NotAHead`."""
    kind, who = request.GET.get("loai", ""), request.GET.get("nguoi", "")
    return work.Asked(
        agency_id=_read_agency(visit.actor, number(request.GET, "co-quan")).id,
        kind=kind if kind in _kinds() else work.OPEN,
        officer=number(request.GET, "nguoi"),
        unnamed=who == NOBODY,
    )


def _kinds() -> dict[str, str]:
    return {
        work.OPEN: _("Việc đang giữ"),
        work.LATE: _("Quá hạn"),
        work.WEEK: _("Đến hạn trong tuần"),
        work.SIGNING: _("Chờ ký"),
    }


def _read_agency(actor: Actor, number_: int | None) -> Node:
    """Give one of the agencies on the board, the first one where none is named."""
    mine = list(dict.fromkeys(held.agency_id for held in actor.posts if held.reads_agency))
    wanted = mine[0] if mine and number_ is None else number_
    if wanted not in mine or wanted is None:
        raise NotAHead
    return agency(wanted)


def _people(visit: Visit, node: Node) -> list[tuple[str, str]]:
    found = next(one for one in teams(visit.actor, visit.at) if one.agency.id == node.id)
    return [(str(one.id), one.name) for one in found.members]


def _board(request: HttpRequest, visit: Visit, found: Team) -> Board:
    asked = work.Asked(agency_id=found.agency.id, kind=work.LATE)
    late = work.listed(visit.actor, visit.at, asked).items
    shown = late[:_FIRST]
    reads.listed(request, visit.actor, visit.at, "team", [one.dossier_id for one in shown])
    return Board(
        agency=found.agency,
        name=found.agency.name(language()),
        members=_rows(found),
        unnamed=found.unnamed,
        whole=sum((one.load for one in found.members), found.unnamed + found.others),
        late=late_rows(visit.actor, visit.at, shown),
    )


def _rows(found: Team) -> list[MemberRow]:
    names = post_names()
    most = max((one.load.open for one in found.members), default=0) or 1
    return [
        MemberRow(
            id=one.id,
            name=one.name,
            posts=", ".join(names.get(post, post) for post in one.posts),
            away=_away(one.stand_in) if one.is_away else "",
            load=one.load,
            share=100 * one.load.open // most,
        )
        for one in found.members
    ]


def _away(stand_in: str) -> str:
    if not stand_in:
        return _("Vắng mặt, chưa có người thay")
    return _("Vắng mặt, %(name)s thay") % {"name": stand_in}
