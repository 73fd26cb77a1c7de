"""Signing in and out."""

from __future__ import annotations

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motcua.core.limits.address import sender
from motcua.core.limits.guesses import guess
from motcua.core.now import now
from motcua.core.people.models import Account
from motcua.faces.ui import signed
from motcua.faces.ui.boxes import Box, Fault
from motcua.faces.ui.templatetags.ui import language
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

_AFTER_SIGN_IN = "/ban/viec"


class WrongPassword(Refused):
    """Name and password do not belong together; which of them is wrong is not told."""

    code = "ui.wrong_password"
    vi = "Tên đăng nhập hoặc mật khẩu chưa đúng. Quên mật khẩu thì liên hệ quản trị hệ thống."
    en = "The user name or password is wrong. If you forgot it, ask your administrator."


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask an officer for name and password, then lead on to where they wanted to go."""
    aim = _aim(request)
    if request.method != "POST":
        return _form(request, aim)
    try:
        account = _account(request)
    except Refused as refusal:
        status = max(refusal.status, 422)
        return _form(request, aim, refusal.text(language()), status=status)
    signed.sign_in(request, account, by="password", at=now())
    return HttpResponseRedirect(aim)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave: officer or applicant, nothing is remembered after."""
    signed.sign_out(request, now())
    return HttpResponseRedirect("/")


def _account(request: HttpRequest) -> Account:
    username = str(request.POST.get("username", ""))
    with guess("sign-in", username, sender(request.META), at=now()):
        account = _authenticated(request, username)
        if account is None:
            raise WrongPassword
    return account


def _authenticated(request: HttpRequest, username: str) -> Account | None:
    try:
        cleaned = clean(username, limit=64)
    except Refused:
        return None
    password = str(request.POST.get("password", ""))
    account = authenticate(request, username=cleaned, password=password)
    return account if isinstance(account, Account) else None


def _form(request: HttpRequest, aim: str, error: str = "", *, status: int = 200) -> HttpResponse:
    username = Box(
        name="username",
        label=_("Tên đăng nhập"),
        value=str(request.POST.get("username", "")),
        error=error,
        required=True,
        autocomplete="username",
        width="middle",
    )
    password = Box(
        name="password",
        label=_("Mật khẩu"),
        kind="password",
        required=True,
        autocomplete="current-password",
        width="middle",
    )
    faults = [Fault(username.id, error)] if error else []
    context = {"boxes": [username, password], "errors": faults, "aim": aim}
    return render(request, "ui/sign_in.html", context, status=status)


def _aim(request: HttpRequest) -> str:
    asked = str(request.POST.get("next", "") or request.GET.get("next", ""))
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if asked and ours else _AFTER_SIGN_IN
