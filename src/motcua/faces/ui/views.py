"""Signing in, in two steps, and out; proving oneself again before something grave."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motcua.core.accounts import factors
from motcua.core.accounts.managing import set_password
from motcua.core.accounts.passkeys import place
from motcua.core.accounts.proving import may_enrol, prove_code, prove_password
from motcua.core.accounts.rules import address_of_secret
from motcua.core.drafts import typed
from motcua.core.letters.qr import qr_inline
from motcua.core.limits.address import sender
from motcua.core.now import now
from motcua.core.people.models import Account
from motcua.faces.ui import half, signed
from motcua.faces.ui.boxes import Box, Fault
from motcua.faces.ui.templatetags.ui import language
from motcua.kernel.errors import Refused


class NoFactor(Refused):
    """The password is right, but the account has no second factor and no invitation."""

    code = "ui.no_factor"
    vi = "Tài khoản chưa có yếu tố xác thực thứ hai. Hãy xin quản trị hệ thống một lời mời mới."
    en = "The account has no second factor yet. Ask your administrator for a new invitation."
    status = 403


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask an officer for name and password; the second factor is asked for on the next page."""
    aim, at = half.asked_aim(request), now()
    if request.method != "POST":
        return password_form(request, aim)
    try:
        account = prove_password(
            username=str(request.POST.get("username", "")),
            password=str(request.POST.get("password", "")),
            sender=sender(request.META),
            at=at,
            agent=signed.agent_of(request),
        )
        if factors.factors_of(account.pk).exists():
            half.begin(request, account, aim=aim, at=at)
            return redirect("second_factor")
        if not may_enrol(account.pk, at):
            raise NoFactor
    except Refused as refusal:
        return password_form(request, aim, refusal)
    half.begin(request, account, aim=aim, at=at, secret=factors.new_secret())
    return redirect("enrol")


@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask who proved the password for a code, then begin the session."""
    at = now()
    account = half.account_of(request, at)
    if account is None:
        return redirect("sign_in")
    if request.method != "POST":
        return _code_form(request, account)
    try:
        by = prove_code(
            account_id=account.pk,
            code=str(request.POST.get("code", "")),
            sender=sender(request.META),
            at=at,
            agent=signed.agent_of(request),
        )
    except Refused as refusal:
        return _code_form(request, account, refusal)
    aim = half.aim_of(request)
    signed.sign_in(request, account, by=by, at=at)
    return HttpResponseRedirect(aim)


@never_cache
def enrol(request: HttpRequest) -> HttpResponse:
    """Let an invited account set a password of its own and its first authenticator."""
    at = now()
    account, secret = half.account_of(request, at), half.secret_of(request)
    if account is None or not secret or not may_enrol(account.pk, at):
        return redirect("sign_in")
    if request.method != "POST":
        return _enrol_form(request, account, secret, {})
    actor = f"officer:{account.officer_id}"
    try:
        step = factors.prove_new(secret, str(request.POST.get("code", "")), at=at)
    except Refused as refusal:
        return _enrol_form(request, account, secret, {"code": refusal})
    try:
        password = str(request.POST.get("password", ""))
        set_password(actor=actor, at=at, account=account, password=password)
    except Refused as refusal:
        return _enrol_form(request, account, secret, {"password": refusal})
    factors.add_totp(
        actor=actor, at=at, account=account, name=_("Ứng dụng tạo mã"), secret=secret, step=step
    )
    codes = factors.renew_recovery_codes(actor=actor, at=at, account=account)
    signed.sign_in(request, account, by="enrol", at=at)
    return render(request, "ui/recovery.html", {"codes": codes, "aim": half.AFTER_SIGN_IN})


@never_cache
def prove_again(request: HttpRequest) -> HttpResponse:
    """Ask whoever signed in for the second factor again, then lead back."""
    at, aim = now(), half.asked_aim(request)
    known = signed.signed_in(request, at)
    if known is None or known.officer_id is None:
        return redirect("sign_in")
    if request.method != "POST":
        return _again_form(request, aim)
    try:
        if "passkey" in request.POST:
            signed.prove_by_passkey(request, str(request.POST["passkey"]), at=at)
        else:
            signed.prove(request, str(request.POST.get("code", "")), at=at)
    except Refused as refusal:
        return _again_form(request, aim, refusal)
    return HttpResponseRedirect(aim)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave: officer or applicant, nothing is remembered after.

    What an officer left half-written goes too; drafts of citizens stay in their account.
    """
    at = now()
    known = signed.signed_in(request, at)
    if known is not None and known.officer_id is not None:
        typed.wipe(known.account_id)
    signed.sign_out(request, at)
    return HttpResponseRedirect("/")


def code_box(refusal: Refused | None = None, *, name: str = "code") -> Box:
    """Give the box that asks for a code of the second factor."""
    return Box(
        name=name,
        label=_("Mã xác thực"),
        hint=_("6 chữ số trên ứng dụng tạo mã, hoặc một mã dự phòng"),
        error=refusal.text(language()) if refusal else "",
        required=True,
        autocomplete="one-time-code",
        width="middle",
    )


def totp_symbol(secret: str, username: str) -> SafeString:
    """Draw the QR symbol that authenticators read in place of typing the secret."""
    return mark_safe(qr_inline(address_of_secret(secret, username=username)))  # noqa: S308 - ours


def _password_box(label: str, autocomplete: str, refusal: Refused | None = None) -> Box:
    return Box(
        name="password",
        label=label,
        kind="password",
        error=refusal.text(language()) if refusal else "",
        required=True,
        autocomplete=autocomplete,
        width="middle",
    )


def _page(
    request: HttpRequest, template: str, boxes: list[Box], refusal: Refused | None, **more: object
) -> HttpResponse:
    faults = [Fault(box.id, box.error) for box in boxes if box.error]
    if refusal and not faults:  # about no box: a passkey
        faults = [Fault("main", refusal.text(language()))]
    status = max(refusal.status, 422) if refusal else 200
    context = {"boxes": boxes, "errors": faults, "place": place(), **more}
    return render(request, f"ui/{template}", context, status=status)


def password_form(
    request: HttpRequest, aim: str, refusal: Refused | None = None, *, passkey: bool = False
) -> HttpResponse:
    """Show where officers sign in, with what was wrong the last time, maybe of a passkey."""
    username = Box(
        name="username",
        label=_("Tên đăng nhập"),
        value=str(request.POST.get("username", "")),
        error=refusal.text(language()) if refusal and not passkey else "",
        required=True,
        autocomplete="username",
        width="middle",
    )
    boxes = [username, _password_box(_("Mật khẩu"), "current-password")]
    return _page(request, "sign_in.html", boxes, refusal, aim=aim)


def _code_form(
    request: HttpRequest, account: Account, refusal: Refused | None = None
) -> HttpResponse:
    boxes, aim = [code_box(refusal)], half.aim_of(request)
    return _page(request, "second_factor.html", boxes, refusal, account=account, aim=aim)


def _again_form(request: HttpRequest, aim: str, refusal: Refused | None = None) -> HttpResponse:
    of_code = None if "passkey" in request.POST else refusal
    return _page(request, "prove_again.html", [code_box(of_code)], refusal, aim=aim)


def _enrol_form(
    request: HttpRequest, account: Account, secret: str, wrong: dict[str, Refused]
) -> HttpResponse:
    label = _("Mật khẩu mới, ít nhất 10 ký tự")
    boxes = [
        _password_box(label, "new-password", wrong.get("password")),
        code_box(wrong.get("code")),
    ]
    refusal = next(iter(wrong.values()), None)
    symbol = totp_symbol(secret, account.username)
    return _page(
        request, "enrol.html", boxes, refusal, account=account, secret=secret, symbol=symbol
    )
