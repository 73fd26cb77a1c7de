"""The session of a browser: begun, found once per request, and ended."""

from __future__ import annotations

import datetime

from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from motcua.core.accounts import sessions
from motcua.core.accounts.proving import prove_code, prove_passkey
from motcua.core.accounts.sessions import SignedIn
from motcua.core.limits.address import sender
from motcua.core.people.models import Account

_KEPT = "sign_in"
_CHALLENGE = "challenge"
_FOUND = "_motcua_signed_in"


def signed_in(request: HttpRequest, at: datetime.datetime) -> SignedIn | None:
    """Give who has signed in, both factors proven; asked of the database once per request."""
    if not hasattr(request, _FOUND):
        token = request.session.get(_KEPT)
        setattr(request, _FOUND, sessions.find(str(token), at) if token else None)
    found: SignedIn | None = getattr(request, _FOUND)
    return found


def citizen_left(request: HttpRequest, at: datetime.datetime) -> bool:
    """Tell whether a citizen had signed in here, and their session ended by itself."""
    token = request.session.get(_KEPT)
    return bool(token) and signed_in(request, at) is None and sessions.was_citizens(str(token))


def sign_in(request: HttpRequest, account: Account, *, by: str, at: datetime.datetime) -> None:
    """Begin a session of an account that has proven itself; nothing of before is kept."""
    request.session.flush()
    request.session[_KEPT] = sessions.begin(
        account=account,
        at=at,
        by=by,
        address=sender(request.META),
        agent=agent_of(request),
    )
    rotate_token(request)
    forget(request)


def prove(request: HttpRequest, code: str, *, at: datetime.datetime) -> None:
    """Take a code from whoever signed in, as a fresh proof; raises `CodeWrong`, `TooManyTries`."""
    known, where = signed_in(request, at), sender(request.META)
    if known is not None:
        agent = agent_of(request)
        by = prove_code(account_id=known.account_id, code=code, sender=where, at=at, agent=agent)
        sessions.proved(session_id=known.session_id, at=at, by=by, address=where, agent=agent)
        forget(request)


def prove_by_passkey(request: HttpRequest, answer: str, *, at: datetime.datetime) -> None:
    """Take what a passkey signed from whoever signed in, as a fresh proof; raises `Refused`."""
    known, where = signed_in(request, at), sender(request.META)
    if known is not None:
        agent = agent_of(request)
        prove_passkey(
            account_id=known.account_id,
            challenge=take_challenge(request),
            answer=answer,
            sender=where,
            at=at,
            agent=agent,
        )
        sessions.proved(
            session_id=known.session_id, at=at, by="passkey", address=where, agent=agent
        )
        forget(request)


def keep_challenge(request: HttpRequest, challenge: str) -> None:
    """Remember in the signed cookie which challenge this browser asked for."""
    request.session[_CHALLENGE] = challenge


def take_challenge(request: HttpRequest) -> str:
    """Give the challenge this browser asked for, once."""
    return str(request.session.pop(_CHALLENGE, ""))


def sign_out(request: HttpRequest, at: datetime.datetime) -> None:
    """End the session, here and in the database."""
    known = signed_in(request, at)
    if known is not None:
        sessions.end(account_id=known.account_id, session_id=known.session_id, at=at, by="self")
    request.session.flush()
    forget(request)


def agent_of(request: HttpRequest) -> str:
    """Give what the browser says it is."""
    return request.headers.get("User-Agent", "")


def forget(request: HttpRequest) -> None:
    """Ask the database anew who has signed in: it has just changed."""
    if hasattr(request, _FOUND):
        delattr(request, _FOUND)
