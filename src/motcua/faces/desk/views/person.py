"""Cán bộ: who stands in for an officer, what they keep out of, their work, and their leaving."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.core.agencies.models import Delegation
from motcua.core.people.models import Interest
from motcua.core.staff.interests import declare_interest, end_interest
from motcua.core.staff.leaving import leave
from motcua.core.staff.person import Person
from motcua.core.staff.person import person as read_person
from motcua.core.staff.reassigning import Reassignment, reassign_all
from motcua.core.staff.rules import BadPeriod, ProofWanted
from motcua.core.staff.standing_in import Lending, be_away, come_back, delegate, revoke
from motcua.faces.desk.doors import Visit, desk, prove_first
from motcua.faces.desk.ordering import number as number_in
from motcua.faces.desk.pages import page
from motcua.faces.desk.shown.person import forms_of, work_rows
from motcua.faces.desk.views.posts import ACTS as POST_ACTS
from motcua.faces.desk.words import language, post_names
from motcua.faces.ui.boxes import Fault
from motcua.kernel.errors import Invalid, Refused

DAY = datetime.timedelta(days=1)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def person(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Show an officer to themself or their head, or do what one of its forms asks."""
    found = read_person(visit.actor, number, visit.on)
    if request.method != "POST":
        return _page(request, visit, found, [])
    act = _ACTS.get(request.POST.get("do", ""))
    try:
        said = act(visit, found, request.POST) if act else ""
    except ProofWanted:
        return prove_first(request)
    except Refused as refusal:
        problems = refusal.problems.values() if isinstance(refusal, Invalid) else [refusal]
        faults = [Fault("main", one.text(language())) for one in problems]
        return _page(request, visit, found, faults)
    if said:
        messages.success(request, said)
    return redirect("desk:team" if request.POST.get("do") == "leave" else request.path)


def _page(request: HttpRequest, visit: Visit, found: Person, faults: list[Fault]) -> HttpResponse:
    names = post_names()
    context = {
        "person": found,
        "posts": [(names.get(one.post, one.post), one.agency) for one in found.posts],
        "taken": [(one, names.get(one.post, one.post)) for one in found.taken],
        "lent": [(one, names.get(one.post, one.post)) for one in found.lent],
        "work": work_rows(found, visit.at),
        "forms": forms_of(visit.actor, visit.on, found, request.POST),
        "key": str(uuid.uuid4()),
        "errors": faults,
    }
    return page(request, "person.html", context, status=422 if faults else 200)


def _day(sent: QueryDict, name: str) -> datetime.date:
    """Read a day of three boxes; raises `BadPeriod` for what is none."""
    try:
        year, month, day = (int(sent.get(f"{name}.{part}", "")) for part in _PARTS)
        return datetime.date(year, month, day)
    except (ValueError, OverflowError):
        raise BadPeriod from None


_PARTS = ("year", "month", "day")


def _away(visit: Visit, found: Person, sent: QueryDict) -> str:
    """The last day of an absence is a day of it."""
    be_away(
        actor=visit.actor,
        at=visit.at,
        officer_id=found.officer.pk,
        stand_in_id=number_in(sent, "stand_in"),
        days=(_day(sent, "away_from"), _day(sent, "away_until") + DAY),
        capacity=sent.get("away_capacity") or Delegation.Capacity.FOR,
        key=sent.get("key"),
    )
    return _("Đã ghi thời gian vắng mặt và người thay.")


def _back(visit: Visit, _found: Person, sent: QueryDict) -> str:
    absence = number_in(sent, "absence") or 0
    come_back(actor=visit.actor, at=visit.at, absence_id=absence, key=sent.get("key"))
    return _("Đã kết thúc thời gian vắng mặt; người thay không còn quyền từ hôm nay.")


def _lend(visit: Visit, found: Person, sent: QueryDict) -> str:
    posts = {str(one.pk): one for one in found.posts}
    held = posts.get(sent.get("lent_post", ""), found.posts[0])
    lending = Lending(
        giver_id=found.officer.pk,
        agency_id=held.agency_id,
        post=held.post,
        taker_id=number_in(sent, "taker") or 0,
        capacity=sent.get("capacity", ""),
        document=sent.get("document", ""),
        valid_from=_day(sent, "lent_from"),
        valid_to=_day(sent, "lent_until") + DAY,
        procedures=tuple(sent.get("procedures", "").split()),
    )
    delegate(actor=visit.actor, at=visit.at, lending=lending, key=sent.get("key"))
    return _("Đã ghi ủy quyền.")


def _take_back(visit: Visit, _found: Person, sent: QueryDict) -> str:
    lent = number_in(sent, "delegation") or 0
    revoke(actor=visit.actor, at=visit.at, delegation_id=lent, key=sent.get("key"))
    return _("Đã thu hồi ủy quyền; người nhận không còn quyền từ lúc này.")


def _declare(visit: Visit, found: Person, sent: QueryDict) -> str:
    declare_interest(
        actor=visit.actor,
        at=visit.at,
        officer_id=found.officer.pk,
        kind=sent.get("kind", Interest.Kind.SELF),
        number=sent.get("number", ""),
        key=sent.get("key"),
    )
    return _("Đã ghi. Cán bộ không còn thấy và không xử lý hồ sơ của người, tổ chức này.")


def _undeclare(visit: Visit, _found: Person, sent: QueryDict) -> str:
    interest = number_in(sent, "interest") or 0
    end_interest(actor=visit.actor, at=visit.at, interest_id=interest, key=sent.get("key"))
    return _("Đã kết thúc khai báo.")


def _give(visit: Visit, found: Person, sent: QueryDict) -> str:
    """Give on the ticked work; what could not be is told by number."""
    ticked = set(sent.getlist("work"))
    orders = [
        Reassignment(
            dossier_id=item.dossier_id,
            leg=item.leg,
            officer_id=number_in(sent, "to"),
            reason=sent.get("reason", ""),
        )
        for item in found.work
        if str(item.pk) in ticked
    ]
    outcomes = reassign_all(actor=visit.actor, at=visit.at, orders=orders, key=sent.get("key"))
    codes = {one.dossier_id: one.dossier.code or one.dossier.lookup for one in found.work}
    problems = {codes[one.dossier_id]: one.refusal for one in outcomes if one.refusal is not None}
    if problems:
        raise Invalid(problems)
    return _("Đã giao lại %(count)s việc.") % {"count": len(outcomes)}


def _leave(visit: Visit, found: Person, sent: QueryDict) -> str:
    chosen = sent.get("successor", "")
    leave(
        actor=visit.actor,
        at=visit.at,
        officer_id=found.officer.pk,
        on=_day(sent, "left_on"),
        successor_id=number_in(sent, "successor") if chosen != "post" else None,
        to_post=chosen == "post",
        key=sent.get("key"),
    )
    return _("Đã ghi thôi việc. Tài khoản đóng và việc còn lại được chuyển vào ngày đó.")


_ACTS: dict[str, Callable[[Visit, Person, QueryDict], str]] = {
    "away": _away,
    "back": _back,
    "lend": _lend,
    "take_back": _take_back,
    "declare": _declare,
    "undeclare": _undeclare,
    "give": _give,
    "leave": _leave,
    **POST_ACTS,
}
