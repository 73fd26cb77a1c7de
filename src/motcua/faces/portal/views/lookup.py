"""Looking up by number and phone, without an account."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from motcua.core.now import now
from motcua.faces.ui.actors import prove
from motcua.faces.ui.boxes import Box, faults_of
from motcua.faces.ui.citizens import bind_looked_up
from motcua.faces.ui.templatetags.ui import language
from motcua.kernel.errors import Refused

_MAX = 60


@never_cache
def look_up(request: HttpRequest) -> HttpResponse:
    """Ask for number and phone; together they open the tracking page for half an hour.

    A citizen who signed in and knows the look-up number has it open from then on.
    """
    number = str(request.POST.get("so", request.GET.get("so", "")))
    phone, at = str(request.POST.get("phone", "")), now()
    if request.method != "POST":
        return _form(request, number, phone)
    try:
        snapshot = prove(request, number=number, phone=phone, at=at)
    except Refused as refusal:
        return _form(request, number, phone, refusal)
    bind_looked_up(request, number, snapshot, at)
    return redirect("tracking", code=snapshot.now.code or snapshot.lookup)


def look_up_here(number: str) -> str:
    """Give the look-up page on this very address, with a number filled in."""
    return f"{reverse('look_up')}?{urlencode({'so': number})}"


def look_up_again(request: HttpRequest, number: str) -> HttpResponse:
    """Lead to the look-up page; what was sent when the half hour was over was not taken."""
    if request.method == "POST":
        messages.warning(
            request,
            _(
                "Chưa có gì được gửi: trang theo dõi đã hết 30 phút. "
                "Hãy tra cứu lại rồi gửi lần nữa."
            ),
        )
    return redirect(look_up_here(number))


def _form(
    request: HttpRequest, number: str, phone: str, refusal: Refused | None = None
) -> HttpResponse:
    boxes = (
        Box(
            name="so",
            label=_("Số tra cứu hoặc mã hồ sơ"),
            hint=_("Ví dụ: 7KQ4M-2XH9B hoặc H26.12-250701-0001, ghi trên giấy tiếp nhận"),
            value=number[:_MAX],
            error=refusal.text(language()) if refusal else "",
            required=True,
            autocomplete="off",
            width="middle",
        ),
        Box(
            name="phone",
            label=_("Số điện thoại đã khai khi nộp"),
            kind="tel",
            value=phone[:_MAX],
            required=True,
            autocomplete="tel",
            inputmode="tel",
            width="middle",
        ),
    )
    context = {"boxes": boxes, "errors": faults_of(boxes)}
    status = refusal.status if refusal else 200
    return render(request, "portal/lookup.html", context, status=status)
