"""Tài khoản của cán bộ: a system keeper opens it, starts its sign-in over, or closes it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.core.accounts.models import Factor
from motcua.core.staff import letting_in
from motcua.core.staff.rules import ProofWanted
from motcua.faces.desk.doors import Visit, desk, prove_first
from motcua.faces.desk.pages import page
from motcua.faces.desk.words import language
from motcua.faces.ui.boxes import Box, Fault
from motcua.kernel.errors import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def account_of(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Show how an officer signs in, or do what was asked; a new password is shown this once."""
    officer = letting_in.officer_to_let_in(visit.actor, number)
    password, faults = "", list[Fault]()
    if request.method == "POST":
        try:
            password = _done(request, visit, number)
        except ProofWanted:
            return prove_first(request)
        except Refused as refusal:
            faults = [Fault("main", refusal.text(language()))]
        else:
            if not password:
                return redirect(request.path)
    account = letting_in.account_of(number)
    factors = Factor.objects.filter(account=account, removed_at=None) if account else ()
    context = {
        "officer": officer,
        "account": account,
        "factors": [one.kind for one in factors],
        "password": password,
        "username": Box(
            name="username",
            label=_("Tên đăng nhập"),
            hint=_("Bắt đầu bằng chữ cái, không có dấu cách"),
            value=request.POST.get("username", ""),
            required=True,
            autocomplete="off",
        ),
        "errors": faults,
    }
    return page(request, "letting_in.html", context, status=422 if faults else 200)


def _done(request: HttpRequest, visit: Visit, number: int) -> str:
    """Do what the form says; give the password of an invitation, if one was made."""
    actor, at = visit.actor, visit.at
    match request.POST.get("do", ""):
        case "open":
            name = request.POST.get("username", "")
            return letting_in.open_for(actor=actor, at=at, officer_id=number, username=name)
        case "start_over":
            return letting_in.start_over(actor=actor, at=at, officer_id=number)
        case "close":
            letting_in.shut(actor=actor, at=at, officer_id=number)
            messages.success(request, _("Đã đóng tài khoản; mọi phiên và khóa hết hiệu lực."))
    return ""
