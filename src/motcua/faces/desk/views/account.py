"""One's own account: where one is signed in, second factors, keys of programs."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.core.accounts import factors, keys, managing, passkeys, sessions
from motcua.core.accounts.models import RecoveryCode
from motcua.core.accounts.proving import WrongPassword, prove_password
from motcua.core.accounts.scopes import SCOPES
from motcua.core.accounts.sessions import SignedIn
from motcua.core.limits.address import sender
from motcua.core.people.models import Account
from motcua.faces.desk.doors import Visit, desk, prove_first
from motcua.faces.desk.ordering import number
from motcua.faces.desk.pages import page
from motcua.faces.ui import signed
from motcua.faces.ui.boxes import Box, Fault
from motcua.faces.ui.templatetags.ui import language
from motcua.faces.ui.views import code_box, totp_symbol
from motcua.kernel.errors import Refused

_DAYS = ("1", "7", "30", "90", "365")
_SECRET = "new_secret"  # noqa: S105 - the name under which it is kept, not a secret
Deed = Callable[[HttpRequest, Visit, Account, SignedIn], HttpResponse | None]


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def account(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show an officer their account, or change something of it."""
    known = signed.signed_in(request, visit.at)
    assert known is not None
    if request.method != "POST":
        return _show(request, visit, known)
    deed, grave = _DEEDS.get(request.POST.get("do", ""), (None, False))
    if deed is None:
        raise Http404
    if grave and not known.proven(visit.at):
        return prove_first(request)
    try:
        done = deed(request, visit, Account.objects.get(pk=known.account_id), known)
    except Refused as refusal:
        return _show(request, visit, known, refusal)
    return done or redirect("desk:account")


def _end(request: HttpRequest, visit: Visit, account: Account, _known: SignedIn) -> None:
    number_ = number(request.POST, "session")
    sessions.end(account_id=account.pk, session_id=number_, at=visit.at, by="self")


def _end_all(_request: HttpRequest, visit: Visit, account: Account, _known: SignedIn) -> None:
    sessions.end(account_id=account.pk, at=visit.at, by="self")


def _not_me(request: HttpRequest, visit: Visit, account: Account, _known: SignedIn) -> None:
    sessions.end(account_id=account.pk, at=visit.at, by="not_me")
    told = _(
        "Đã kết thúc mọi phiên. Nếu người khác biết mật khẩu của bạn, hãy xin quản trị lời mời mới."
    )
    messages.warning(request, told)


def _make_key(
    request: HttpRequest, visit: Visit, account: Account, _known: SignedIn
) -> HttpResponse:
    chosen = request.POST.get("days", "")
    days = int(chosen) if chosen in _DAYS else 0
    made = keys.make_key(
        actor=visit.actor.key,
        at=visit.at,
        account=account,
        name=request.POST.get("name", ""),
        scopes=request.POST.getlist("scopes"),
        expires_at=visit.at + datetime.timedelta(days=days),
    )
    return page(request, "key_made.html", {"made": made})


def _revoke_key(request: HttpRequest, visit: Visit, account: Account, _known: SignedIn) -> None:
    key_id = number(request.POST, "key") or 0
    keys.revoke_key(actor=visit.actor.key, at=visit.at, account=account, key_id=key_id)
    messages.success(request, _("Đã thu hồi khóa."))


def _set_password(request: HttpRequest, visit: Visit, account: Account, known: SignedIn) -> None:
    """Take another password of whoever knows the present one; tries count as at the sign-in.

    A form that is sent twice finds its new password in force already: that is what was asked for.
    """
    current, new = (request.POST.get(one, "") for one in ("current_password", "new_password"))
    try:
        _prove(request, visit, account, current)
    except WrongPassword:
        if new == current:
            raise
        _prove(request, visit, account, new)
    else:
        managing.set_password(
            actor=visit.actor.key,
            at=visit.at,
            account=account,
            password=new,
            keep=known.session_id,
        )
    messages.success(request, _("Đã đổi mật khẩu và kết thúc mọi nơi đăng nhập khác."))


def _prove(request: HttpRequest, visit: Visit, account: Account, password: str) -> None:
    prove_password(
        username=account.username,
        password=password,
        sender=sender(request.META),
        at=visit.at,
        agent=request.headers.get("User-Agent", ""),
    )


def _add_factor(request: HttpRequest, visit: Visit, account: Account, _known: SignedIn) -> None:
    secret = str(request.session.get(_SECRET) or factors.new_secret())
    step = factors.prove_new(secret, request.POST.get("code", ""), at=visit.at)
    name = request.POST.get("name", "") or _("Ứng dụng tạo mã")
    factors.add_totp(
        actor=visit.actor.key, at=visit.at, account=account, name=name, secret=secret, step=step
    )
    request.session.pop(_SECRET, None)
    messages.success(request, _("Đã thêm yếu tố xác thực."))


def _add_passkey(request: HttpRequest, visit: Visit, account: Account, _known: SignedIn) -> None:
    passkeys.add_passkey(
        actor=visit.actor.key,
        at=visit.at,
        account=account,
        name=request.POST.get("passkey_name", "").strip() or _("Khóa truy cập"),
        challenge=signed.take_challenge(request),
        answer=request.POST.get("passkey", ""),
    )
    messages.success(request, _("Đã thêm khóa truy cập."))


def _remove_factor(request: HttpRequest, visit: Visit, account: Account, _known: SignedIn) -> None:
    factor_id = number(request.POST, "factor") or 0
    factors.remove_factor(actor=visit.actor.key, at=visit.at, account=account, factor_id=factor_id)
    messages.success(request, _("Đã gỡ yếu tố xác thực."))


def _renew(request: HttpRequest, visit: Visit, account: Account, _known: SignedIn) -> HttpResponse:
    codes = factors.renew_recovery_codes(actor=visit.actor.key, at=visit.at, account=account)
    return render(request, "ui/recovery.html", {"codes": codes, "aim": request.path})


# What may be asked for, and whether it asks for a fresh proof first.
_DEEDS: dict[str, tuple[Deed | None, bool]] = {
    "end": (_end, False),
    "end_all": (_end_all, False),
    "not_me": (_not_me, False),
    "revoke_key": (_revoke_key, False),
    "set_password": (_set_password, True),
    "make_key": (_make_key, True),
    "add_factor": (_add_factor, True),
    "add_passkey": (_add_passkey, True),
    "remove_factor": (_remove_factor, True),
    "renew": (_renew, True),
}


def _show(
    request: HttpRequest, visit: Visit, known: SignedIn, refusal: Refused | None = None
) -> HttpResponse:
    secret = request.session.setdefault(_SECRET, factors.new_secret())
    mine = RecoveryCode.objects.filter(account_id=known.account_id, used_at=None)
    context = {
        "known": known,
        "fresh": known.proven(visit.at),
        "sessions": sessions.open_sessions(known.account_id, visit.at),
        "sign_ins": sessions.latest(known.account_id),
        "factors": factors.factors_of(known.account_id),
        "recovery": mine.count(),
        "keys": keys.keys_of(known.account_id).filter(expires_at__gt=visit.at),
        "scopes": [(one.name, one.en if language() == "en" else one.vi) for one in SCOPES.values()],
        "days": _DAYS,
        "secret": secret,
        "symbol": totp_symbol(str(secret), known.username),
        "code": code_box(),
        "place": passkeys.place(),
        "passkey_name": Box(name="passkey_name", label=_("Tên khóa truy cập"), width="middle"),
        "key_name": Box(name="name", label=_("Tên khóa"), required=True, width="middle"),
        "passwords": (
            _password_box("current_password", _("Mật khẩu hiện tại"), "current-password"),
            _password_box(
                "new_password",
                _("Mật khẩu mới"),
                "new-password",
                hint=_("Ít nhất 10 ký tự, không phải mật khẩu phổ biến"),
            ),
        ),
        "errors": [Fault("main", refusal.text(language()))] if refusal else [],
    }
    status = max(refusal.status, 422) if refusal else 200
    return page(request, "account.html", context, status=status)


def _password_box(name: str, label: str, autocomplete: str, *, hint: str = "") -> Box:
    return Box(
        name=name,
        label=label,
        hint=hint,
        kind="password",
        required=True,
        autocomplete=autocomplete,
        width="middle",
    )
