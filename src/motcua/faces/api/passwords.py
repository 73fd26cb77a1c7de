"""Passwords sent with every request: the slow hash is paid once in five minutes.

What is remembered is a keyed hash over name, password and the stored hash, under a key that dies
with the process: a changed password or a deactivated account takes effect at once, and nothing
that could be guessed offline is kept. A wrong password is never remembered.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import secrets

from django.contrib.auth.hashers import make_password

from motcua.core.limits.guesses import guess
from motcua.core.people.models import Account
from motcua.faces.api.wrong import PasswordWrong

KEPT = datetime.timedelta(minutes=5)
_MOST = 2000
_KEY = secrets.token_bytes(32)
_verified: dict[bytes, datetime.datetime] = {}


def verified(username: str, password: str, *, sender: str, at: datetime.datetime) -> Account:
    """Give the officer's account of this name and password.

    Raises `PasswordWrong`, and `TooManyTries` to a name or a sender that missed too often.
    """
    account = _account(username)
    if account is None or not _remembered(_mark(username, password, account.password), at):
        with guess("sign-in", username, sender, at=at):
            _verify(account, password)
    assert account is not None
    _remember(_mark(username, password, account.password), at)
    return account


def forget() -> None:
    """Forget every verification."""
    _verified.clear()


def _account(username: str) -> Account | None:
    if "\x00" in username:
        return None
    rows = Account.objects.filter(
        username__iexact=username, is_active=True, officer__isnull=False
    ).select_related("officer")
    return rows.order_by("id").first()


def _verify(account: Account | None, password: str) -> None:
    if account is None:
        make_password(password)  # an unknown name must take as long as a wrong password
    if account is None or not account.check_password(password):
        raise PasswordWrong


def _remembered(mark: bytes, at: datetime.datetime) -> bool:
    since = _verified.get(mark)
    return since is not None and since <= at < since + KEPT


def _mark(username: str, password: str, stored: str) -> bytes:
    told = "\x00".join((username.lower(), hashlib.sha256(password.encode()).hexdigest(), stored))
    return hmac.digest(_KEY, told.encode(), "sha256")


def _remember(mark: bytes, at: datetime.datetime) -> None:
    if not _remembered(mark, at):
        if len(_verified) >= _MOST:
            _verified.clear()
        _verified[mark] = at
