"""Between the two factors: a browser that proved a password, and may only prove the rest."""

from __future__ import annotations

import datetime
import hmac

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.core.accounts.managing import password_told
from motcua.core.people.models import Account

_KEPT = "half"
_LASTS = datetime.timedelta(minutes=10)
AFTER_SIGN_IN = "/ban/viec"


def begin(
    request: HttpRequest, account: Account, *, aim: str, at: datetime.datetime, secret: str = ""
) -> None:
    """Remember in the signed cookie who proved the password, for ten minutes.

    `secret` is that of the authenticator which an invited account is about to set up.
    """
    request.session.flush()
    request.session[_KEPT] = {
        "account": account.pk,
        "password": password_told(account),
        "until": (at + _LASTS).isoformat(),
        "aim": aim,
        "secret": secret,
    }


def account_of(request: HttpRequest, at: datetime.datetime) -> Account | None:
    """Give who proved the password; None when that is too long ago or it changed since."""
    kept = request.session.get(_KEPT)
    if not kept or datetime.datetime.fromisoformat(kept["until"]) <= at:
        return None
    rows = Account.objects.filter(pk=kept["account"], is_active=True).select_related("officer")
    account = rows.first()
    same = account and hmac.compare_digest(password_told(account), kept["password"])
    return account if same else None


def aim_of(request: HttpRequest) -> str:
    """Give where whoever signs in wanted to go."""
    return str(request.session.get(_KEPT, {}).get("aim", AFTER_SIGN_IN))


def secret_of(request: HttpRequest) -> str:
    """Give the secret of the authenticator that is being set up."""
    return str(request.session.get(_KEPT, {}).get("secret", ""))


def asked_aim(request: HttpRequest, default: str = AFTER_SIGN_IN) -> str:
    """Give the `next` of a request where it leads to a page of this house, else `default`."""
    asked = str(request.POST.get("next", "") or request.GET.get("next", ""))
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if asked and ours else default
