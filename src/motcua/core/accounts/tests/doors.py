"""Getting in, in tests: accounts, keys and browsers that have signed in, without the ceremony."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client

from motcua.core.accounts import sessions
from motcua.core.accounts.keys import make_key
from motcua.core.accounts.managing import open_account
from motcua.core.accounts.scopes import SCOPES
from motcua.core.now import now
from motcua.core.people.models import Account, Officer

PASSWORD = "mật khẩu dài"
KEEPER = "system:test"


def account_of(username: str, officer_id: int, password: str = PASSWORD) -> Account:
    """Give the account of an officer, opened where there is none."""
    found = Account.objects.filter(username=username).first()
    return found or open_account(
        actor=KEEPER,
        at=now(),
        username=username,
        officer=Officer.objects.get(pk=officer_id),
        password=make_password(password),
    )


def key_for(account: Account, *scopes: str, at: datetime.datetime | None = None) -> str:
    """Make a key that lives a day, with every scope unless some are named; give its token."""
    at = at or now()
    made = make_key(
        actor=KEEPER,
        at=at,
        account=account,
        name="thử",
        scopes=scopes or SCOPES,
        expires_at=at + datetime.timedelta(days=1),
    )
    return made.token


def bearer(token: str) -> dict[str, str]:
    """Give the header that sends a key."""
    return {"Authorization": f"Bearer {token}"}


def signed_in(client: Client, account: Account, at: datetime.datetime | None = None) -> Client:
    """Let a browser be one in which an account has proven both its factors."""
    token = sessions.begin(account=account, at=at or now(), by="test", address="127.0.0.1")
    session = client.session
    session["sign_in"] = token
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client
