"""Sessions: begun when both factors are proven, checked with one statement per request, ended."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.utils.timezone import localtime

from motcua.core.accounts.models import Session, SignIn
from motcua.core.accounts.tokens import new_token, token_hash
from motcua.core.people.models import Account
from motcua.core.sql import Sql, act, instant, reading

_SEEN_EVERY = datetime.timedelta(minutes=1)
_AGENT = 200
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who has signed in: an officer, or a citizen by telephone (without `officer_id`)."""

    session_id: int
    account_id: int
    username: str
    officer_id: int | None
    name: str
    proved_at: datetime.datetime
    until: datetime.datetime
    """When it ends at the latest, whatever is done."""

    def seconds_left(self, at: datetime.datetime) -> int:
        """Give how long it still lasts if nothing is done from now on, never too long a time."""
        idle = datetime.timedelta(minutes=settings.MOTCUA_SESSION_IDLE_MINUTES)
        return max(0, int((min(at + idle - _SEEN_EVERY, self.until) - at).total_seconds()))

    def proven(self, at: datetime.datetime) -> bool:
        """Tell whether the second factor was proven lately enough to sign."""
        return at - self.proved_at < sign_again_after()


def sign_again_after() -> datetime.timedelta:
    """Give how long a proof of the second factor serves for signing."""
    return datetime.timedelta(minutes=settings.MOTCUA_SIGN_AGAIN_MINUTES)


def begin(
    *, account: Account, at: datetime.datetime, by: str, address: str, agent: str = ""
) -> str:
    """Begin a session of an account that has proven itself; give its token, which is new."""
    token = new_token()
    with act():
        Session.objects.create(
            account=account,
            token_hash=token_hash(token),
            began_at=at,
            seen_at=at,
            proved_at=at,
            address=address,
            agent=agent[:_AGENT],
        )
        done = SignIn.What.DONE
        note(done, at=at, by=by, account_id=account.pk, address=address, agent=agent)
    return token


_FIND = Sql(
    "SELECT s.id, a.id, a.username, o.id, o.name, s.proved_at, s.seen_at, s.began_at"
    " FROM accounts_session s"
    " JOIN people_account a ON a.id = s.account_id"
    " LEFT JOIN people_officer o ON o.id = a.officer_id"
    " WHERE s.token_hash = %s AND s.ended_at IS NULL AND s.seen_at > %s AND s.began_at > %s"
    " AND a.is_active AND (o.left_on IS NULL OR o.left_on > %s)"
)
_SEEN = Sql("UPDATE accounts_session SET seen_at = %s WHERE id = %s AND seen_at < %s")


def find(token: str, at: datetime.datetime) -> SignedIn | None:
    """Give who signed in with a token; None once the session has ended or is too old.

    One statement; that it was used is noted at most once a minute.
    """
    tx = reading()
    idle = at - datetime.timedelta(minutes=settings.MOTCUA_SESSION_IDLE_MINUTES)
    oldest = at - datetime.timedelta(hours=settings.MOTCUA_SESSION_HOURS)
    row = tx.one(_FIND, token_hash(token), idle, oldest, localtime(at).date())
    if row is None:
        return None
    proved, seen, began = instant(row[5]), instant(row[6]), instant(row[7])
    assert proved is not None
    assert seen is not None
    assert began is not None
    if seen < at - _SEEN_EVERY:
        tx.run(_SEEN, at, row[0], at - _SEEN_EVERY)
    return SignedIn(row[0], row[1], row[2], row[3], row[4] or "", proved, began + (at - oldest))


def was_citizens(token: str) -> bool:
    """Tell whether a token that opens no door any more was that of a citizen's session."""
    rows = Session.objects.filter(token_hash=token_hash(token), account__officer=None)
    return rows.exists()


def proved(
    *, session_id: int, at: datetime.datetime, by: str, address: str, agent: str = ""
) -> None:
    """Note that whoever sits before a session has proven the second factor again."""
    with act():
        session = Session.objects.get(pk=session_id)
        Session.objects.filter(pk=session_id, proved_at__lt=at).update(proved_at=at)
        what = SignIn.What.PROVED
        owner = session.account_id
        note(what, at=at, by=by, account_id=owner, address=address, agent=agent)


def open_sessions(account_id: int, at: datetime.datetime) -> QuerySet[Session]:
    """Give the sessions of an account that still open doors, the latest used first."""
    idle = at - datetime.timedelta(minutes=settings.MOTCUA_SESSION_IDLE_MINUTES)
    oldest = at - datetime.timedelta(hours=settings.MOTCUA_SESSION_HOURS)
    alive = Session.objects.filter(account_id=account_id, ended_at=None)
    return alive.filter(seen_at__gt=idle, began_at__gt=oldest).order_by("-seen_at", "-id")


def end(
    *,
    account_id: int,
    at: datetime.datetime,
    by: str,
    session_id: int | None = None,
    but: int | None = None,
) -> int:
    """End one session of an account, or all of them, maybe `but` one; give how many ended."""
    with act():
        rows = Session.objects.filter(account_id=account_id, ended_at=None)
        if but is not None:
            rows = rows.exclude(pk=but)
        if session_id is not None:
            rows = rows.filter(pk=session_id)
        ended = rows.update(ended_at=at)
        if ended:
            note(SignIn.What.ENDED, at=at, by=by, account_id=account_id)
    return ended


def note(
    what: SignIn.What,
    *,
    at: datetime.datetime,
    by: str,
    account_id: int | None,
    address: str = "",
    agent: str = "",
) -> None:
    """Add a line to the sign-in log."""
    SignIn.objects.create(
        at=at, what=what, by=by, account_id=account_id, address=address, agent=agent[:_AGENT]
    )


def latest(account_id: int) -> QuerySet[SignIn]:
    """Give the last lines of an account's sign-in log: what its owner would know as their own."""
    return SignIn.objects.filter(account_id=account_id).order_by("-id")[:_SHOWN]
