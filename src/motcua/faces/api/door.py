"""What stands before every operation: size, spelling of the address, and errors in our shape."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt

from motcua.faces.api import wrong
from motcua.faces.api.errors import answer, refusal_of
from motcua.faces.ui.middleware import REFUSAL
from motcua.kernel.errors import Refused

View = Callable[..., HttpResponse]
_PLACE = "/api/"
_FORM_ROOM = 64 * 1024  # the boundaries and headers of a multipart form around its file


def guarded(pattern: URLPattern) -> URLPattern:
    """Put the door before the view of a pattern."""
    pattern.callback = _guard(pattern.callback)
    return pattern


def no_such_address(_request: HttpRequest) -> HttpResponse:
    """Answer what no operation answers."""
    raise wrong.NoSuchAddress


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django refuses before any view, such as a foreign Host; elsewhere as a page."""
    if request.path.startswith(_PLACE):
        return _closed(answer(refusal_of(exception)))
    return defaults.bad_request(request, exception)


def _guard(view: View) -> View:
    @csrf_exempt
    @wraps(view)
    def door(request: HttpRequest, **values: str) -> HttpResponse:
        try:
            _check(request)
            response = view(request, **values)
        except Exception as error:  # noqa: BLE001 - a door answers everything in one shape
            return _closed(answer(refusal_of(error)))
        if response.status_code == 405:
            response = _other_method(request, response["Allow"])
        return _closed(response)

    return door


def largest_body() -> int:
    """Give how many bytes an operation takes at most: one file, in a form."""
    return int(settings.MOTCUA_MAX_UPLOAD_BYTES) + _FORM_ROOM


everything_else = _guard(no_such_address)


def _check(request: HttpRequest) -> None:
    """Refuse before anything is read; the parsers below bound JSON more tightly."""
    limit = largest_body()
    if _length(request) > limit:
        raise wrong.BodyTooLarge(limit=limit)
    if REFUSAL in request.META:
        raise request.META[REFUSAL]
    address = request.path + request.META.get("QUERY_STRING", "").replace("%00", "\x00")
    if "\x00" in address:
        raise wrong.CharacterRefused


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        raise wrong.RequestBroken from None


def _other_method(request: HttpRequest, allowed: str) -> HttpResponse:
    refusal: Refused = wrong.MethodNotAllowed(method=request.method, allowed=allowed)
    response = answer(refusal)
    response["Allow"] = allowed
    return response


def _closed(response: HttpResponse) -> HttpResponse:
    """Answers hold personal data and depend on who asks: no cache keeps them."""
    response.setdefault("Cache-Control", "no-store")
    return response
