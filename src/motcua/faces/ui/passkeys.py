"""Signing in with a passkey, and the challenges that its browser asks for."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from motcua.core.accounts import passkeys
from motcua.core.accounts.models import Challenge
from motcua.core.accounts.proving import prove_passkey
from motcua.core.limits.address import sender
from motcua.core.now import now
from motcua.core.people.models import Account
from motcua.faces.ui import half, signed
from motcua.faces.ui.templatetags.ui import language
from motcua.faces.ui.views import password_form
from motcua.kernel.errors import Refused


class SignedOut(Refused):
    """Only an officer who has signed in may add a passkey or prove themselves again."""

    code = "ui.signed_out"
    vi = "Phiên làm việc đã hết. Hãy đăng nhập lại."
    en = "Your session has ended. Please sign in again."
    status = 403


@never_cache
@require_POST
def challenge(request: HttpRequest) -> HttpResponse:
    """Give a browser what its passkey is to sign, as JSON; it is good in this browser alone."""
    at, purpose = now(), str(request.POST.get("purpose", ""))
    if purpose not in Challenge.Purpose.values:
        raise Http404
    known = signed.signed_in(request, at) if purpose != Challenge.Purpose.SIGN_IN else None
    try:
        if purpose != Challenge.Purpose.SIGN_IN and (known is None or known.officer_id is None):
            raise SignedOut
        account = Account.objects.get(pk=known.account_id) if known else None
        asked, options = passkeys.ask(
            purpose=Challenge.Purpose(purpose),
            account=account,
            sender=sender(request.META),
            at=at,
        )
    except Refused as refusal:
        told = {"code": refusal.code, "message": refusal.text(language())}
        return JsonResponse(told, status=refusal.status)
    signed.keep_challenge(request, asked)
    return JsonResponse(options)


@never_cache
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Begin the session of whoever's passkey signed the challenge of this browser."""
    at, aim = now(), half.asked_aim(request)
    try:
        account = prove_passkey(
            challenge=signed.take_challenge(request),
            answer=str(request.POST.get("passkey", "")),
            sender=sender(request.META),
            at=at,
            agent=signed.agent_of(request),
        )
    except Refused as refusal:
        return password_form(request, aim, refusal, passkey=True)
    signed.sign_in(request, account, by="passkey", at=at)
    return HttpResponseRedirect(aim)
