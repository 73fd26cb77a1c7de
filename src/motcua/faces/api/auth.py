"""Who calls: a program with a key, a session of the pages, an applicant, or anybody."""

from __future__ import annotations

import datetime
import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NoReturn

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.timezone import localtime
from ninja.security.base import AuthBase

from motcua.core.access import actors
from motcua.core.access.actors import PUBLIC, Actor
from motcua.core.accounts.keys import holder_of
from motcua.core.accounts.scopes import SIGN
from motcua.core.accounts.signing import Signed, must_be_signed
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.queries import spelled
from motcua.core.dossiers.situation import NotFound
from motcua.core.limits import strangers
from motcua.core.limits.address import sender
from motcua.core.limits.guesses import guess
from motcua.core.now import now
from motcua.faces.api.wrong import CsrfMissing, KeyWrong, ScopeMissing
from motcua.faces.ui.actors import actor_of
from motcua.kernel.codes import Phone
from motcua.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, and the instant at which everything is told."""

    actor: Actor
    at: datetime.datetime


class Call(HttpRequest):
    """A request whose caller is known."""

    auth: Caller


class Bearer(AuthBase):
    """A key of an officer's account (RFC 6750), within its scopes."""

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_description = (
        "a key that its officer made on the page of their account or a keeper with"
        " `motcua keys create`; each operation names the scope it needs"
    )

    def __init__(self, scope: str) -> None:
        super().__init__()
        self._scope = scope

    def __call__(self, request: HttpRequest) -> Caller | None:
        """Give the officer, None without the header; a wrong or too narrow key is refused.

        Where the key has a secret, the request must be signed with it.
        """
        given = request.headers.get("Authorization")
        if given is None:
            return None
        at = now()
        scheme, _, token = given.partition(" ")
        holder = holder_of(token.strip(), at) if scheme.lower() == "bearer" else None
        if holder is None:
            raise KeyWrong
        if holder.signs:
            must_be_signed(holder.key_id, _signed(request), at)
        if self._scope not in holder.scopes:
            raise ScopeMissing(scope=self._scope)
        on, signs = localtime(at).date(), SIGN in holder.scopes
        return Caller(actors.officer(holder.officer_id, holder.name, on=on, proven=signs), at)


def _signed(request: HttpRequest) -> Signed:
    """Read what a signed request says of itself."""
    return Signed(
        method=request.method or "",
        address=request.get_full_path(),
        body=request.body,
        second=request.headers.get("Motcua-Timestamp"),
        signature=request.headers.get("Motcua-Signature"),
    )


def _nothing(_request: HttpRequest) -> HttpResponse:
    """What Django's middleware wants to be wrapped around."""
    return HttpResponse()


class _Token(CsrfViewMiddleware):
    """Django's check of the token, with a refusal in our shape instead of its page."""

    def _reject(self, request: HttpRequest, reason: str) -> NoReturn:  # noqa: ARG002
        raise CsrfMissing


class Session(AuthBase):
    """The session of the pages; a request that writes carries `X-CSRFToken`."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = settings.SESSION_COOKIE_NAME
    openapi_description = "a request that writes carries the header `X-CSRFToken` too"

    def __call__(self, request: HttpRequest) -> Caller | None:
        """Give whom the session knows, None where it knows nobody."""
        at = now()
        actor = actor_of(request, at)
        if actor == PUBLIC:
            return None
        token = _Token(_nothing)
        token.process_request(request)
        token.process_view(request, _nothing, (), {})  # lets safe methods pass
        return Caller(actor, at)


def anybody(request: HttpRequest) -> Caller:
    """Let a stranger in, not too often in a minute. Raises `TooMany`."""
    at = now()
    strangers.asks(sender(request.META), at=at)
    return Caller(PUBLIC, at)


def officers(scope: str) -> list[Callable[[HttpRequest], Caller | None]]:
    """Let officers in: by a key with this scope, or by the session of the pages."""
    return [Bearer(scope), Session()]


def also_anybody(scope: str) -> list[Callable[[HttpRequest], Caller | None]]:
    """Let officers in as above, and strangers."""
    return [*officers(scope), anybody]


ALSO_NOBODY: dict[str, object] = {"security": [{}]}
"""What tells OpenAPI that an operation may be called without signing in."""


def as_applicant(request: Call, code: str, phone: str | None) -> Caller:
    """Give a stranger who knows the applicant's phone as the applicant of that dossier.

    Raises `NotFound` for every mismatch, without a hint which part was wrong, and `TooManyTries`.
    """
    if phone is None or request.auth.actor != PUBLIC:
        return request.auth
    with guess("lookup", spelled(code), sender(request.META), at=request.auth.at):
        actor = _applicant(spelled(code), phone)
    return replace(request.auth, actor=actor)


def _applicant(code: str, phone: str) -> Actor:
    try:
        number = Phone.parse(phone).number
    except Refused:
        raise NotFound from None
    rows = Dossier.objects.filter(Q(code=code) | Q(lookup=code), applicant__isnull=False)
    found = rows.values_list("applicant_id", "applicant__name", "applicant__phone").first()
    if found is None or not hmac.compare_digest(str(found[2]).encode(), number.encode()):
        raise NotFound
    return actors.applicant(int(found[0]), str(found[1]))
