"""Proving who one is, step by step; every failure costs the same and says the same."""

from __future__ import annotations

import datetime
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import QuerySet
from django.utils.timezone import localtime

from motcua.core.accounts import challenges
from motcua.core.accounts.factors import use_code
from motcua.core.accounts.models import Challenge, Factor, Invitation, SignIn
from motcua.core.accounts.passkeys import PasskeyCopied, PasskeyWrong, named, use_passkey
from motcua.core.accounts.sessions import note
from motcua.core.limits.guesses import TooManyTries, forgive, guess
from motcua.core.people.models import Account
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

_USERNAME = 64


class WrongPassword(Refused):
    """Name and password do not belong together; which of them is wrong is not told."""

    code = "accounts.wrong_password"
    vi = "Tên đăng nhập hoặc mật khẩu chưa đúng. Quên mật khẩu thì liên hệ quản trị hệ thống."
    en = "The user name or password is wrong. If you forgot it, ask your administrator."


def prove_password(
    *, username: str, password: str, sender: str, at: datetime.datetime, agent: str = ""
) -> Account:
    """Give the account of a name and password: the first half of signing in.

    An unknown name takes as long as a known one, waits as long, and is told the same. Raises
    `WrongPassword` and `TooManyTries`.
    """
    account = _account(username, at)
    try:
        with guess("sign-in", username, sender, at=at):
            if not _fits(account, password):
                raise WrongPassword
    except Refused as refusal:
        _note(refusal, account, by="password", sender=sender, agent=agent, at=at)
        raise
    assert account is not None
    return account


def prove_code(
    *, account_id: int, code: str, sender: str, at: datetime.datetime, agent: str = ""
) -> str:
    """Take the second factor of whoever proved the password; give by which it was proven.

    Raises `CodeWrong` and `TooManyTries`.
    """
    try:
        with guess("factor", str(account_id), sender, at=at):
            return use_code(at=at, account_id=account_id, code=code)
    except Refused as refusal:
        account = Account.objects.filter(pk=account_id).first()
        _note(refusal, account, by="code", sender=sender, agent=agent, at=at)
        raise


def prove_passkey(
    *,
    challenge: str,
    answer: str,
    sender: str,
    at: datetime.datetime,
    account_id: int | None = None,
    agent: str = "",
) -> Account:
    """Give the account whose passkey signed the challenge: both factors in one.

    With `account_id` it is that account's proof before something grave, else its sign-in. Tries
    count with the codes of the account. Raises `ChallengeEnded`, `PasskeyWrong`, `PasskeyCopied`
    and `TooManyTries`.
    """
    purpose = Challenge.Purpose.PROVE if account_id else Challenge.Purpose.SIGN_IN
    factor = _holder(answer, account_id, at)
    account = factor.account if factor else _known(account_id)
    try:
        with guess("factor", str(account.pk) if account else f"? {sender}", sender, at=at):
            challenges.use(challenge, purpose=purpose, account_id=account_id, at=at)
            if factor is None:
                raise PasskeyWrong
            use_passkey(factor, challenge=challenge, answer=answer, at=at)
    except Refused as refusal:
        by = "passkey_copy" if isinstance(refusal, PasskeyCopied) else "passkey"
        _note(refusal, account, by=by, sender=sender, agent=agent, at=at)
        raise
    return factor.account


def unlock(account: Account) -> None:
    """Forget the wrong tries on an account's name and second factor."""
    forgive("sign-in", account.username)
    forgive("factor", str(account.pk))


def may_enrol(account_id: int, at: datetime.datetime) -> bool:
    """Tell whether an account was invited to set its first second factor."""
    return Invitation.objects.filter(account_id=account_id, until__gt=at).exists()


def _account(username: str, at: datetime.datetime) -> Account | None:
    try:
        name = clean(username, limit=_USERNAME)
    except Refused:
        return None
    rows = _officers(at).filter(username__iexact=name)
    return rows.select_related("officer").order_by("id").first()


def _holder(answer: str, account_id: int | None, at: datetime.datetime) -> Factor | None:
    """Give the passkey that an answer names, where its owner may come in; None otherwise."""
    try:
        rows = named(answer).filter(account__in=_officers(at))
    except Refused:
        return None
    return rows.filter(account_id=account_id).first() if account_id else rows.first()


def _known(account_id: int | None) -> Account | None:
    return Account.objects.get(pk=account_id) if account_id else None


def _officers(at: datetime.datetime) -> QuerySet[Account]:
    """Give the accounts by which officers may sign in."""
    rows = Account.objects.filter(is_active=True, officer__isnull=False)
    rows = rows.exclude(officer__left_on__lte=localtime(at).date())
    if not settings.MOTCUA_SAMPLE:  # everybody knows the password of made-up people
        rows = rows.filter(sample=False)
    return rows


def _fits(account: Account | None, password: str) -> bool:
    nobodys = _nobodys()  # made first, so that the first unknown name takes no longer
    fits = check_password(password, account.password if account else nobodys)
    return fits and account is not None


@cache
def _nobodys() -> str:
    """Give the hash that unknown names are checked against, as slow as any other."""
    return make_password("nobody's")


def _note(
    refusal: Refused,
    account: Account | None,
    *,
    by: str,
    sender: str,
    agent: str,
    at: datetime.datetime,
) -> None:
    locked = isinstance(refusal, TooManyTries)
    what = SignIn.What.LOCKED if locked else SignIn.What.FAILED
    known = account.pk if account else None
    note(what, at=at, by=by, account_id=known, address=sender, agent=agent)
