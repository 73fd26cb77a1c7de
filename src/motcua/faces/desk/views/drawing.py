"""Lập phương án sắp xếp: a plan of a reform drawn by choosing from lists, and decided by a head."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.core.agencies.queries import tree
from motcua.core.reform.drafting import (
    Change,
    decide,
    draw,
    redraw,
    with_founding,
    with_heir,
    with_seat,
    without_founding,
    without_heir,
)
from motcua.core.reform.drawing import draft
from motcua.core.reform.faults import HeirMissing, NoReform, NotADraft, NotADrawer
from motcua.core.reform.ground import Ground
from motcua.core.reform.models import Reform
from motcua.core.reform.planning import drawable, readable
from motcua.core.reform.preview import preview
from motcua.core.reform.reading import read_plan
from motcua.core.reform.rules import Founding, Order, Seat, Succession
from motcua.core.staff.rules import BadPeriod
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page
from motcua.faces.desk.shown import drawing_forms as forms
from motcua.faces.desk.shown.drawn import Ending, endings, fault_texts, mark_of, seated
from motcua.faces.desk.words import language
from motcua.faces.ui.boxes import Box, Fault
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.vietnamese import format_date

_MONTH = datetime.timedelta(days=30)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def begin(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Begin a plan: its day, its document, and one agency or what becomes of areas that day."""
    below, mine = drawable(visit.actor, visit.on)
    if not below:
        raise NotADrawer
    sent, faults = request.POST, []
    if request.method == "POST":
        try:
            row = draw(actor=visit.actor, at=visit.at, order=_first(sent))
            return redirect("desk:reform", row.pk)
        except Refused as refusal:
            faults = _faults(refusal)
    choices = (forms.nodes(below), forms.nodes(mine))
    boxes = forms.new_plan(sent, visit.on + _MONTH, *choices)
    return _form(request, "draw.html", boxes, faults, {})


def _first(sent: QueryDict) -> Order:
    on, document = _day(sent), sent.get("van-ban", "").strip()
    if sent.get("cach") == "dia-ban":
        return draft(on=on, document=document)
    return Order(on, document, (_ending(sent),))


@require_POST
@desk
def add_ending(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Let one more agency end."""
    row = _draft(visit, number)
    heir = _ending(request.POST)
    _change(visit, row, with_heir(heir))
    return redirect("desk:reform_ending", row.pk, heir.ending)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def ending(request: HttpRequest, visit: Visit, number: int, code: str) -> HttpResponse:
    """Show what becomes of one agency and its officers, or change it."""
    row = _draft(visit, number)
    faults: list[Fault] = []
    if request.method == "POST":
        act = _ACTS.get(request.POST.get("do", ""))
        try:
            if act is not None:
                row = _change(visit, row, act(code, request.POST))
            return _after(row, code)
        except Refused as refusal:
            faults = _faults(refusal)
    ground = Ground(read_plan(row.text))
    found = _part(row, ground, code)
    staying = forms.heirs(ground, drawable(visit.actor, row.on)[1])
    where, posts = forms.seat_choices(staying)
    areas = {one.area for one in ground.work if one.ending == code}
    context = {
        "row": row,
        "ending": found,
        "people": list(seated(ground, code)),
        "where": where,
        "posts": posts,
    }
    return _form(request, "drawn.html", forms.heir(request.POST, staying, areas), faults, context)


def _after(row: Reform, code: str) -> HttpResponse:
    if code in read_plan(row.text).ending:
        return redirect("desk:reform_ending", row.pk, code)
    return redirect("desk:reform", row.pk)


def _part(row: Reform, ground: Ground, code: str) -> Ending:
    parts = endings(ground, preview(ground.order, of=row.pk))
    found = next((one for one in parts if one.code == code), None)
    if found is None:
        raise NoReform
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def founding(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Show the agencies that begin with the plan; add one, or take one out."""
    row = _draft(visit, number)
    faults: list[Fault] = []
    if request.method == "POST":
        sent = request.POST
        gone = sent.get("bo", "")
        try:
            _change(visit, row, without_founding(gone) if gone else with_founding(_new(sent)))
            return redirect("desk:reform_founding", row.pk)
        except Refused as refusal:
            faults = _faults(refusal)
    order = read_plan(row.text)
    parents = (*_founded(order), *forms.nodes(drawable(visit.actor, row.on)[1]))
    texts = fault_texts(preview(order, of=row.pk).faults)
    new = [(one, texts.get(("found", one.code), ())) for one in order.founds]
    boxes = forms.founding(request.POST, parents)
    return _form(request, "founding.html", boxes, faults, {"row": row, "new": new})


@require_POST
@desk
def settle(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Decide the draft that was looked at."""
    row = _readable(visit, number)
    seen = request.POST.get("da-xem", "")
    try:
        decide(actor=visit.actor, at=visit.at, reform_id=row.pk, seen=seen)
    except Invalid as invalid:
        for one in invalid.problems.values():
            messages.error(request, one.text(language()))
        return redirect("desk:reform", row.pk)
    messages.success(request, _("Đã quyết định phương án ngày %s.") % format_date(row.on))
    return redirect("desk:reform", row.pk)


def _readable(visit: Visit, number: int) -> Reform:
    row = next((one for one in readable(visit.actor) if one.pk == number), None)
    if row is None:
        raise NoReform
    return row


def _draft(visit: Visit, number: int) -> Reform:
    row = _readable(visit, number)
    if row.state != Reform.State.DRAFT:
        raise NotADraft
    return row


def _change(visit: Visit, row: Reform, change: Change) -> Reform:
    return redraw(actor=visit.actor, at=visit.at, reform_id=row.pk, change=change)


def _ending(sent: QueryDict) -> Succession:
    ending, heir = sent.get("ket-thuc", ""), sent.get("ke-thua", "")
    if not ending or not heir:
        raise HeirMissing
    return Succession(ending, heir, sent.get("loai") or "merged")


def _heir(code: str, sent: QueryDict) -> Change:
    if not sent.get("cho"):
        raise HeirMissing
    procedure, share = sent.get("thu-tuc", ""), sent.get("ty-le", "").strip()
    areas = tuple(one.strip() for one in sent.get("dia-ban", "").split(",") if one.strip())
    heir = Succession(
        ending=code,
        heir=sent.get("cho", ""),
        kind=sent.get("hinh-thuc") or "merged",
        procedures=(procedure,) if procedure else (),
        areas=areas,
        share=int(share) if share.isascii() and share.isdecimal() else -1 if share else 0,
    )
    return with_heir(heir)


def _no_heir(code: str, sent: QueryDict) -> Change:
    mark = sent.get("dong", "")

    def change(order: Order) -> Order:
        gone = [o for o in order.successions if o.ending == code and mark_of(o) == mark]
        return without_heir(gone[0])(order) if gone else order

    return change


def _seat(code: str, sent: QueryDict) -> Change:
    where = sent.get("ve", "")
    new = sent.get("vi-tri-moi", "") if where not in {forms.STAYS, forms.LEAVES} else ""
    heir = "" if where == forms.LEAVES else where
    told = Seat(sent.get("cb", ""), heir, ending=code, post=sent.get("vi-tri", ""), new=new)
    return with_seat(told, follows=where == forms.STAYS)


_ACTS: dict[str, Callable[[str, QueryDict], Change]] = {
    "heir": _heir,
    "no_heir": _no_heir,
    "seat": _seat,
}


def _new(sent: QueryDict) -> Founding:
    told = {name: sent.get(box, "").strip() for name, box in _BOXES.items()}
    parent = next((node for node in tree().nodes.values() if node.code == told["parent"]), None)
    return Founding(**told, calendar=parent.calendar if parent else "national")


_BOXES = {
    "code": "ma",
    "parent": "cap-tren",
    "tier": "cap",
    "name_vi": "ten",
    "name_en": "ten-en",
    "short_name": "ten-gon",
    "area": "dia-ban-moi",
    "address": "tru-so",
    "phone": "dien-thoai",
}


def _founded(order: Order) -> forms.Choices:
    return tuple((one.code, f"{one.name_vi} ({one.code})") for one in order.founds)


def _day(sent: QueryDict) -> datetime.date:
    try:
        year, month, day = (int(sent.get(f"ngay.{part}", "")) for part in ("year", "month", "day"))
        return datetime.date(year, month, day)
    except (ValueError, OverflowError):
        raise BadPeriod from None


def _faults(refusal: Refused) -> list[Fault]:
    """Show what the form said; who may not do it, or comes too late, gets the page of refusals."""
    if refusal.status != Refused.status:
        raise refusal
    found = refusal.problems.values() if isinstance(refusal, Invalid) else [refusal]
    return [Fault("main", one.text(language())) for one in found]


def _form(
    request: HttpRequest,
    template: str,
    boxes: list[Box],
    faults: list[Fault],
    context: dict[str, object],
) -> HttpResponse:
    told = {"boxes": boxes, "errors": faults, **context}
    return page(request, template, told, status=422 if faults else 200)
