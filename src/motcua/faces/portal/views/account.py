"""Citizens' accounts: signing in by telephone, "my dossiers", and what is kept of the account."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.core.accounts import citizens, phones, sessions
from motcua.core.accounts.models import Identity
from motcua.core.accounts.sessions import SignedIn
from motcua.core.dossiers.mine import mine as dossiers_of
from motcua.core.drafts.keeping import discard_account
from motcua.core.now import now
from motcua.core.sql import act
from motcua.faces.portal.looks import LATEST, looks_of
from motcua.faces.portal.resumed import resumed
from motcua.faces.portal.shelf import by_need, hinted_lines, known_lines
from motcua.faces.ui import half, reads, signed
from motcua.faces.ui.actors import prove
from motcua.faces.ui.boxes import Box, faults_of
from motcua.faces.ui.citizens import ask_code, asked_for, bind_looked_up, citizen_of, give_code
from motcua.faces.ui.forms import whole_number
from motcua.faces.ui.numbers import page_in
from motcua.faces.ui.templatetags.ui import language
from motcua.kernel.codes import parse_lookup
from motcua.kernel.errors import Refused

_MAX = 40
_LOOKS = 25
_HOME = "/ho-so-cua-toi"
Page = Callable[[HttpRequest, SignedIn, datetime.datetime], HttpResponse]


def signed_in(page: Page) -> Callable[[HttpRequest], HttpResponse]:
    """Let the citizen in who signed in; anybody else is asked for a telephone first."""

    @wraps(page)
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    def guarded(request: HttpRequest) -> HttpResponse:
        at = now()
        citizen = citizen_of(request, at)
        if citizen is None:
            return redirect(f"/dang-nhap/dien-thoai?{urlencode({'next': request.path})}")
        return page(request, citizen, at)

    return guarded


@never_cache
def phone(request: HttpRequest) -> HttpResponse:
    """Ask for a telephone and send a code to it; the answer is the same for every number."""
    aim, at, typed = half.asked_aim(request, _HOME), now(), str(request.POST.get("phone", ""))
    if not phones.sends_codes():
        raise phones.NoGateway
    if request.method != "POST":
        return _phone_form(request, aim, "")
    try:
        ask_code(request, typed, aim=aim, at=at)
    except Refused as refusal:
        return _phone_form(request, aim, typed, refusal)
    return redirect("phone_code")


@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code in the browser that asked for it, then begin the session."""
    number = asked_for(request)
    if not number:
        return redirect("phone_sign_in")
    if request.method != "POST":
        return _code_form(request, number)
    try:
        aim = give_code(request, str(request.POST.get("code", "")), at=now())
    except Refused as refusal:
        return _code_form(request, number, refusal)
    return HttpResponseRedirect(aim)


@signed_in
def mine(request: HttpRequest, citizen: SignedIn, at: datetime.datetime) -> HttpResponse:
    """List a citizen's dossiers; a look-up number opens one that the telephone only hints at."""
    if request.method != "POST":
        return _mine(request, citizen, at, "")
    number = str(request.POST.get("so", ""))
    try:
        parse_lookup(number)
        snapshot = prove(request, number=number, phone=citizen.username, at=at)
    except Refused as refusal:
        return _mine(request, citizen, at, number, refusal)
    bind_looked_up(request, number, snapshot, at)
    return redirect("tracking", code=snapshot.now.code or snapshot.lookup)


@signed_in
def settings(request: HttpRequest, citizen: SignedIn, at: datetime.datetime) -> HttpResponse:
    """Show what is kept of the account: how sure we are, what is bound, where it is signed in."""
    if request.method == "POST":
        _do(request, citizen, at)
        return redirect("citizen_account")
    found = dossiers_of(citizen)
    reads.listed(request, found.reader, at, "mine.bound", [row.pk for row in found.bound])
    context = {
        "identities": Identity.objects.filter(account_id=citizen.account_id).order_by("id"),
        "bound": known_lines(found.bound, at),
        "sessions": sessions.open_sessions(citizen.account_id, at),
        "sign_ins": sessions.latest(citizen.account_id),
    }
    return render(request, "portal/account.html", context)


@signed_in
def readers(request: HttpRequest, citizen: SignedIn, at: datetime.datetime) -> HttpResponse:
    """Tell a citizen who looked at their dossiers: which agency and post, which way, and when."""
    found = dossiers_of(citizen)
    reads.listed(request, found.reader, at, "mine.readers", [row.pk for row in found.bound])
    codes = {row.pk: row.code or row.lookup for row in found.bound}
    chosen = [one for one, code in codes.items() if code == request.GET.get("ho-so")]
    looks = looks_of(*(chosen or codes))
    pages = max(1, -(-len(looks) // _LOOKS))
    page = min(page_in(request.GET), pages)
    context = {
        "looks": [
            (one, codes[one.dossier_id]) for one in looks[(page - 1) * _LOOKS : page * _LOOKS]
        ],
        "codes": list(codes.values()),
        "chosen": codes[chosen[0]] if chosen else "",
        "listed": {"page": page, "pages": pages},
        "most": LATEST,
    }
    return render(request, "portal/readers.html", context)


@signed_in
def close(request: HttpRequest, citizen: SignedIn, at: datetime.datetime) -> HttpResponse:
    """Tell a citizen what closing their account leaves, and close it when they say so."""
    if request.method != "POST":
        return render(request, "portal/close.html")
    with act():
        citizens.close(account_id=citizen.account_id, at=at)
        discard_account(citizen.account_id)
    signed.sign_out(request, at)
    return render(request, "portal/closed.html")


def _do(request: HttpRequest, citizen: SignedIn, at: datetime.datetime) -> None:
    deed, given = request.POST.get("do", ""), str(request.POST.get("which", ""))
    which = whole_number(given) or 0
    account = citizen.account_id
    if deed == "end":
        sessions.end(account_id=account, session_id=which, at=at, by="self")
    elif deed == "end_all":
        sessions.end(account_id=account, at=at, by="self")
    elif deed == "not_me":
        sessions.end(account_id=account, at=at, by="not_me")
    elif deed == "unbind":
        if citizens.unbind(account_id=account, party_id=which, at=at):
            messages.success(request, _("Đã gỡ hồ sơ khỏi tài khoản. Số tra cứu vẫn mở được."))
    else:
        raise Http404


def _mine(
    request: HttpRequest,
    citizen: SignedIn,
    at: datetime.datetime,
    number: str,
    refusal: Refused | None = None,
) -> HttpResponse:
    found = dossiers_of(citizen)
    shown = [row.pk for row in (*found.bound, *found.hinted)]
    reads.listed(request, found.reader, at, "mine", shown)
    box = Box(
        name="so",
        label=_("Số tra cứu"),
        hint=_("Ví dụ: 7KQ4M-2XH9B, có khi nộp và trên giấy tiếp nhận"),
        value=number[:_MAX],
        error=refusal.text(language()) if refusal else "",
        required=True,
        autocomplete="off",
        width="middle",
    )
    context = {
        "drafts": resumed(request, at),
        "bound": by_need(known_lines(found.bound, at)),
        "hinted": hinted_lines(found.hinted),
        "boxes": [box],
        "errors": faults_of([box]),
    }
    return render(request, "portal/mine.html", context, status=_status(refusal))


def _phone_form(
    request: HttpRequest, aim: str, typed: str, refusal: Refused | None = None
) -> HttpResponse:
    box = Box(
        name="phone",
        label=_("Số điện thoại di động"),
        kind="tel",
        value=typed[:_MAX],
        error=refusal.text(language()) if refusal else "",
        required=True,
        autocomplete="tel",
        inputmode="tel",
        width="middle",
    )
    context = {"boxes": [box], "errors": faults_of([box]), "aim": aim}
    return render(request, "portal/phone.html", context, status=_status(refusal))


def _code_form(request: HttpRequest, number: str, refusal: Refused | None = None) -> HttpResponse:
    box = Box(
        name="code",
        label=_("Mã 6 chữ số"),
        error=refusal.text(language()) if refusal else "",
        required=True,
        autocomplete="one-time-code",
        inputmode="numeric",
        width="middle",
    )
    context = {"boxes": [box], "errors": faults_of([box]), "number": number}
    return render(request, "portal/phone_code.html", context, status=_status(refusal))


def _status(refusal: Refused | None) -> int:
    return max(refusal.status, 422) if refusal else 200
