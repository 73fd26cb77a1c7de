"""Cơ quan, đơn vị: the tree of agencies as of a day, and one agency with its past and people."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.access.heads import draws
from motcua.core.agencies.models import Competence, Heir
from motcua.core.agencies.queries import Node, UnknownAgency, agency, in_force, tree
from motcua.core.official import agency_signs
from motcua.core.official.faults import NotYourSigns
from motcua.core.staff.letting_in import keeps_accounts
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page, page_number
from motcua.faces.desk.words import language, post_names, tier_name
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import fold, name_key, parse_date, sort_key

_LONGEST, _PAGE, _FIRST_YEAR, _DEEPEST = 100, 100, 1900, 5


@dataclass(frozen=True, slots=True)
class Line:
    """An agency in the tree: how far it is set in, and how many are right below it."""

    node: Node
    depth: int
    tier: str
    below: int


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of the tree."""

    rows: list[Line]
    total: int
    page: int
    pages: int


@require_safe
@desk
def agencies(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the tree of a day, or what in it bears some words."""
    on = _day(request.GET.get("ngay", "")) or visit.on
    words = request.GET.get("q", "")[:_LONGEST]
    context = {
        "listed": _lines(on, fold(words), page_number(request)),
        "on": on,
        "today": on == visit.on,
        "words": words,
    }
    return page(request, "agencies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def one_agency(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    """Show an agency that is or was; its people, and a form of its signs, to who answers for it."""
    found = [node for node in tree().nodes.values() if node.code == code]
    if not found:
        raise UnknownAgency(agency=code[:40])
    node = max(found, key=lambda one: one.valid_to or datetime.date.max)
    draws_it = draws(visit.actor, node.id)
    answers = draws_it or keeps_accounts(visit.actor)
    refused = _change_signs(request, visit, node) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        messages.success(request, _("Đã ghi ký hiệu của cơ quan."))
        return redirect("desk:agency", code)
    receives = Competence.objects.filter(agency=node.id, valid_to=None).order_by("procedure")
    context = {
        "node": node,
        "tier": tier_name(node.tier),
        "parent": agency(node.parent_id) if node.parent_id else None,
        "below": _below(node, visit.on),
        "heirs": _heirs(agency=node.id),
        "inherited": _heirs(heir=node.id),
        "receives": list(receives.values_list("procedure", flat=True)),
        "shows_people": answers,
        "people": _people(node, visit.on) if answers else [],
        "signs": agency_signs.signs_at(node.id, visit.on),
        "signs_told": agency_signs.history(node.id),
        "changes_signs": draws_it and node.lives(visit.on),
        "refused": refused.text(language()) if refused else "",
        "typed": request.POST,
        "key": request.POST.get("key") or str(uuid.uuid4()),
    }
    return page(request, "agency.html", context, status=422 if refused else 200)


def _change_signs(request: HttpRequest, visit: Visit, node: Node) -> Refused | None:
    """Let an agency bear other signs; give what speaks against it, or nothing."""
    sent = request.POST
    try:
        agency_signs.decide(
            actor=visit.actor,
            at=visit.at,
            agency_id=node.id,
            signs=sent.get("signs", ""),
            since=parse_date(sent.get("since", "")) if sent.get("since") else visit.on,
            document=sent.get("document", ""),
            key=sent.get("key"),
        )
    except NotYourSigns:
        raise
    except Refused as refused:
        return refused
    return None


def _lines(on: datetime.date, sought: str, number: int) -> Lines:
    below: dict[int | None, list[Node]] = {}
    living = {node.id: node for node in tree().living(on)}
    for node in living.values():
        parent = node.parent_id if node.parent_id in living else None
        below.setdefault(parent, []).append(node)
    found: list[Line] = []

    def walk(parent: int | None, depth: int) -> None:
        for node in sorted(below.get(parent, ()), key=lambda one: sort_key(one.name_vi)):
            count = len(below.get(node.id, ()))
            found.append(Line(node, min(depth, _DEEPEST), tier_name(node.tier), count))
            walk(node.id, depth + 1)

    walk(None, 0)
    if sought:
        found = [one for one in found if sought in fold(f"{one.node.name_vi} {one.node.code}")]
    pages = max(1, -(-len(found) // _PAGE))
    number = min(max(number, 1), pages)
    return Lines(found[(number - 1) * _PAGE : number * _PAGE], len(found), number, pages)


def _below(node: Node, on: datetime.date) -> list[Node]:
    found = [one for one in tree().living(on) if one.parent_id == node.id]
    return sorted(found, key=lambda one: sort_key(one.name(language())))


def _heirs(**of: int) -> list[tuple[Node, datetime.date]]:
    """Give who took over from an agency, or from whom it took over, each once with the day."""
    other = "heir_id" if "agency" in of else "agency_id"
    rows = Heir.objects.filter(**of).order_by("since", "pk").values_list(other, "since")
    return [(agency(number), since) for number, since in dict.fromkeys(rows)]


def _people(node: Node, on: datetime.date) -> list[tuple[int, str, str]]:
    names = post_names()
    rows = in_force(on).filter(agency_id=node.id).values_list("officer", "officer__name", "post")
    people = sorted(rows, key=lambda row: name_key(row[1]))
    return [(officer, name, names.get(post, post)) for officer, name, post in people]


def _day(text: str) -> datetime.date | None:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year >= _FIRST_YEAR else None
