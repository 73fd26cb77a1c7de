"""Who calls: an officer's account with every request, a session, an applicant, or anybody."""

from __future__ import annotations

import binascii
import datetime
import hmac
from base64 import b64decode
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
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.queries import spelled
from motcua.core.dossiers.situation import NotFound
from motcua.core.limits.address import sender
from motcua.core.limits.guesses import guess
from motcua.core.now import now
from motcua.faces.api.passwords import verified
from motcua.faces.api.wrong import CsrfMissing, PasswordWrong
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


class Basic(AuthBase):
    """HTTP Basic (RFC 7617) with an officer's account."""

    openapi_type = "http"
    openapi_scheme = "basic"

    def __call__(self, request: HttpRequest) -> Caller | None:
        """Give the officer, None without the header; a wrong header or password is refused."""
        given = request.headers.get("Authorization")
        if given is None:
            return None
        at = now()
        account = verified(*_credentials(given), sender=sender(request.META), at=at)
        officer = account.officer
        assert officer is not None
        on = localtime(at).date()
        return Caller(actors.officer(officer.id, officer.name, on=on), at)


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


def anybody(_request: HttpRequest) -> Caller:
    """Let a stranger in."""
    return Caller(PUBLIC, now())


OFFICERS = [Basic(), Session()]
ANYBODY = [*OFFICERS, anybody]
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


def _credentials(header: str) -> tuple[str, str]:
    scheme, _, coded = header.partition(" ")
    try:
        text = b64decode(coded.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        raise PasswordWrong from None
    username, colon, password = text.partition(":")
    if scheme.lower() != "basic" or not colon:
        raise PasswordWrong
    return username, password
