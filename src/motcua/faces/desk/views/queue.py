"""What goes with a queue: the next of it, filters under a name, the undo button, the keys."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.core.desks import keys
from motcua.core.desks.saved import forget, save
from motcua.core.dossiers.queries import declaration_of, find_one
from motcua.core.dossiers.sorting import SORTED_AT_MOST, all_in_order
from motcua.core.staff.undoing import undo_assignment
from motcua.faces.desk.doors import KEYS_OFF, Visit, desk
from motcua.faces.desk.filters import counted
from motcua.faces.desk.narrowing import PAGE_KEY, address_of_list, filter_in, order_in
from motcua.faces.desk.ordering import number
from motcua.faces.desk.pages import page, refused, shown_code
from motcua.faces.desk.queueing import (
    PAGES,
    address_of,
    back_to,
    queue_behind,
    saved_queue,
    whose_in,
)
from motcua.faces.desk.reading.work import codes_in_order
from motcua.faces.desk.words import language
from motcua.kernel.errors import Refused

_WAYS = {"truoc": -1, "sau": 1}
_LOOKED_AT = 1000  # of a queue, from its beginning


@require_safe
@desk
def neighbour(request: HttpRequest, visit: Visit, code: str, way: str) -> HttpResponse:
    """Lead to the dossier before or after this one in the queue that the officer came from.

    One that is no longer in the queue was just done: what is first is next.
    """
    if way not in _WAYS:
        raise Http404
    found = _codes_behind(request, visit)
    codes = list(dict.fromkeys(code or lookup for code, lookup in found))
    at = codes.index(code) + _WAYS[way] if code in codes else 0
    if 0 <= at < len(codes) and codes[at] != code:
        return redirect("desk:dossier", codes[at])
    messages.info(request, _("Hết danh sách: không còn hồ sơ nào ở phía này."))
    return redirect(back_to(request))


def _codes_behind(request: HttpRequest, visit: Visit) -> list[tuple[str | None, str]]:
    """Give the codes of the list that the officer came from, from its beginning."""
    queue = queue_behind(request)
    if queue is not None:
        return codes_in_order(visit.actor, visit.at, queue, most=_LOOKED_AT)
    sent = QueryDict(back_to(request).partition("?")[2])
    wanted, order = filter_in(sent, visit.at), order_in(sent)
    lines = all_in_order(visit.actor, wanted, order, language(), most=SORTED_AT_MOST).lines
    return [(row.code, row.lookup) for row in lines[:_LOOKED_AT]]


@require_POST
@desk
def undo(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take back an assignment that was just made, by an act of its own."""
    sent = request.POST
    snapshot = find_one(visit.actor, sent.get("code", ""))
    try:
        undo_assignment(
            actor=visit.actor,
            at=visit.at,
            dossier_id=snapshot.id,
            leg=number(sent, "leg"),
            revision=number(sent, "revision") or 0,
            key=sent.get("key", "")[:80],
        )
    except Refused as refusal:
        return refused(request, refusal, snapshot, declaration_of(snapshot))
    told = _("Đã hoàn tác: hồ sơ %(code)s trở lại người giữ trước.")
    messages.success(request, told % {"code": shown_code(snapshot)})
    return redirect("desk:dossier", shown_code(snapshot))


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def saved_filters(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Count what the saved filters of the list find; save one under a name, or forget one."""
    if request.method != "POST":
        return page(request, "filters.html", {"rows": counted(visit), "at": visit.at})
    sent = request.POST
    page_key, address = _kept(visit, sent)
    try:
        if sent.get("do") == "forget":
            forget(actor=visit.actor, number=number(sent, "filter") or 0)
        else:
            save(
                actor=visit.actor,
                page=page_key,
                name=sent.get("name", ""),
                query=address.partition("?")[2],
                shared="shared" in sent,
                is_default="default" in sent,
            )
    except Refused as refusal:
        messages.warning(request, refusal.text(language()))
    return redirect(address)


def _kept(visit: Visit, sent: QueryDict) -> tuple[str, str]:
    """Read the page that a filter is of, and its address as it is kept: normal, without words."""
    query = sent.get("query", "")[:1000]
    if sent.get("trang") == PAGE_KEY:
        told = QueryDict(query)
        wanted, order = filter_in(told, visit.at), order_in(told)
        return PAGE_KEY, address_of_list(wanted, order, words=False)
    whose = whose_in(sent)
    return PAGES[whose], address_of(saved_queue(query, whose))


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def keys_sheet(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the keys of the desk, or switch them on or off for this officer."""
    if request.method == "POST":
        on = request.POST.get("do") == "on"
        keys.switch(actor=visit.actor, on=on)
        request.session[KEYS_OFF] = not on
        return redirect("desk:keys")
    return page(request, "keys.html", {"keys": _keys()})


def _keys() -> list[tuple[str, str]]:
    """Give the keys of the desk and what each does."""
    return [
        ("/", _("Tìm hồ sơ")),
        ("J", _("Dòng sau")),
        ("K", _("Dòng trước")),
        ("Enter", _("Mở dòng đang chọn")),
        ("X", _("Đánh dấu dòng; Shift+X: đánh dấu cả đoạn")),
        ("G", _("Giao việc")),
        ("C", _("Chuyển bước hàng loạt")),
        ("P", _("Phiếu kiểm soát")),
        ("N", _("Tiếp nhận mới")),
        ("[", _("Hồ sơ trước trong danh sách")),
        ("]", _("Hồ sơ sau trong danh sách")),
        ("1–9", _("Thao tác theo thứ tự ghi trên nút")),
        ("M", _("Tới ô ghi chú, lý do")),
        ("Z", _("Hoàn tác giao việc")),
        ("Ctrl+Enter", _("Gửi biểu mẫu")),
        ("Esc", _("Rời ô nhập, hoặc quay lại")),
        ("?", _("Bảng phím tắt")),
    ]
