"""Cán bộ: the officers one answers for, and how somebody comes into the service."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.staff.appointing import Newcomer, Post, take_on
from motcua.core.staff.letting_in import keeps_accounts
from motcua.core.staff.mandate import agencies_headed
from motcua.core.staff.roll import NoRoll, reach, roll
from motcua.core.staff.rules import ProofWanted
from motcua.faces.desk import unsent
from motcua.faces.desk.doors import Visit, desk, prove_first
from motcua.faces.desk.ordering import number
from motcua.faces.desk.pages import page, page_number
from motcua.faces.desk.posts import given_post, post_boxes
from motcua.faces.desk.words import language, post_names
from motcua.faces.ui.boxes import Box, Fault
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import sort_key

_LONGEST = 100


@require_safe
@desk
def officers(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the officers that one answers for or whose accounts one keeps."""
    wanted = number(request.GET, "co-quan")
    words = request.GET.get("q", "")[:_LONGEST]
    found = roll(visit.actor, visit.on, words=words, agency_id=wanted, page=page_number(request))
    names = post_names()
    nodes = sorted(reach(visit.actor, visit.on), key=lambda node: sort_key(node.name_vi))
    context = {
        "rows": [
            (one, [(names.get(post, post), node) for post, node in one.posts]) for one in found.rows
        ],
        "listed": found,
        "words": words,
        "agencies": nodes,
        "wanted": wanted,
        "keeps": keeps_accounts(visit.actor),
        "heads": bool(agencies_headed(visit.actor, visit.on)),
    }
    return page(request, "officers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def newcomer(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the form of somebody new, or take them on and show their page."""
    headed = agencies_headed(visit.actor, visit.on)
    if not headed:
        raise NoRoll
    faults: list[Fault] = []
    if request.method == "POST":
        try:
            officer = _taken_on(request, visit)
        except ProofWanted:
            return prove_first(request)
        except Refused as refusal:
            faults = [Fault("main", refusal.text(language()))]
        else:
            unsent.was_done(request, visit, unsent.NEWCOMER)
            messages.success(request, _("Đã ghi cán bộ mới. Người quản trị hệ thống mở tài khoản."))
            return redirect("desk:person", officer)
    sent = request.POST.copy()
    unsent.fill(request, visit, unsent.NEWCOMER, sent)
    boxes = [
        Box(name="name", label=_("Họ và tên"), value=sent.get("name", ""), required=True),
        Box(
            name="staff_number",
            label=_("Số hiệu cán bộ"),
            value=sent.get("staff_number", ""),
            required=True,
        ),
        Box(name="email", label=_("Thư điện tử"), kind="email", value=sent.get("email", "")),
        Box(name="phone", label=_("Số điện thoại"), kind="tel", value=sent.get("phone", "")),
        *post_boxes(visit.actor, visit.on, sent),
    ]
    context = {
        "boxes": boxes,
        "errors": faults,
        "key": str(uuid.uuid4()),
        "unsent": unsent.offered(request, visit, unsent.NEWCOMER),
    }
    return page(request, "officer_new.html", context, status=422 if faults else 200)


def _taken_on(request: HttpRequest, visit: Visit) -> int:
    sent = request.POST
    return take_on(
        actor=visit.actor,
        at=visit.at,
        newcomer=Newcomer(
            name=sent.get("name", ""),
            staff_number=sent.get("staff_number", ""),
            email=sent.get("email", ""),
            phone=sent.get("phone", ""),
        ),
        post=Post(**given_post(sent)),
        key=sent.get("key"),
    )
