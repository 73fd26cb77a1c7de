"""The one shape of every error, and how whatever goes wrong is brought into it."""

from __future__ import annotations

import logging

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from motcua.core.space import NoSpace, is_full
from motcua.core.sql import Busy, is_busy
from motcua.faces.api import inputs, wrong
from motcua.faces.api.body import shown
from motcua.kernel.errors import Invalid, Refused

logger = logging.getLogger(__name__)

_REALM = 'Bearer realm="Motcua"'
_KEY = ("header", "Idempotency-Key")


def body_of(refusal: Refused) -> dict[str, object]:
    """Give what the API says of a refusal."""
    problems = refusal.problems if isinstance(refusal, Invalid) else {}
    return {
        "code": refusal.code,
        "vi": refusal.text("vi"),
        "en": refusal.text("en"),
        "details": {name: _plain(value) for name, value in refusal.details.items()},
        "fields": {
            shown(name): {"code": one.code, "vi": one.text("vi"), "en": one.text("en")}
            for name, one in problems.items()
        },
        "retry": refusal.retry,
    }


def answer(refusal: Refused) -> HttpResponse:
    """Answer a refusal with its own status."""
    response = JsonResponse({"error": body_of(refusal)}, status=refusal.status)
    if refusal.status == 401:
        response["WWW-Authenticate"] = _REALM
    if refusal.retry:
        seconds = refusal.details.get("seconds")
        response["Retry-After"] = str(seconds if isinstance(seconds, int) else 1)
    return response


def refusal_of(error: Exception) -> Refused:
    """Name whatever went wrong; what nobody foresaw is a fault of ours and goes to the log."""
    match error:
        case Refused():
            return error
        case ValidationError():
            return _invalid(error)
        case AuthenticationError():
            return wrong.SignInNeeded()
        case HttpError() if isinstance(error.__cause__, Exception):
            return refusal_of(error.__cause__)
        case Http404():
            return wrong.NoSuchAddress()
        case _:
            return _of_django(error)


def install(api: NinjaAPI) -> None:
    """Make an API answer every error in our shape."""

    def handle(_request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
        assert isinstance(error, Exception)
        return answer(refusal_of(error))

    for kind in (Exception, ValidationError, HttpError, Http404):
        api.add_exception_handler(kind, handle)


def _of_django(error: Exception) -> Refused:
    if is_full(error):
        logger.error("the disk is full", exc_info=error)
        return NoSpace()
    if is_busy(error):
        logger.warning("the database refused a request", exc_info=error)
        return Busy()
    match error:
        case RequestDataTooBig():
            return wrong.BodyTooLarge(limit="2 MB")
        case SuspiciousOperation() | BadRequest() | MultiPartParserError() | UnreadablePostError():
            return wrong.RequestBroken()
        case _:
            logger.error("a request failed", exc_info=error)
            return wrong.Unexpected()


def _invalid(error: ValidationError) -> Refused:
    """Tell all faults at once; a missing body or request key alone is named as such."""
    problems: dict[str, Refused] = {}
    for found in error.errors:
        place = tuple(found["loc"])
        if place[:2] == _KEY:
            return wrong.KeyMissing() if found["type"] == "missing" else wrong.KeyMalformed()
        if place[0] == "body" and len(place) == 2 and found["type"] == "missing":
            return wrong.BodyMissing()
        problems[_name(place)] = inputs.fault(found)
    return Invalid(problems)


def _name(place: tuple[object, ...]) -> str:
    """Write the place of a value as in `applicant.name`; pydantic names union members too."""
    inner = place[2:] if place[0] == "body" else place[1:]
    return ".".join(str(part) for part in inner) or str(place[0])


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return str(value)
