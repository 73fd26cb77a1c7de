"""Refusals that no view answered become a page with the sentence, its code and what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import get_language

from motcua.core.space import NoSpace, is_full
from motcua.core.sql import Busy, is_busy
from motcua.kernel.errors import Refused

logger = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]
_RETRY_SECONDS = 5
REFUSAL = "motcua.refusal"
"""Where a request's environment says why its body was not taken (`site/edge`)."""


class NoSuchAddress(Refused):
    """No page has an address with a control character in it."""

    code = "ui.no_such_address"
    vi = "Không có trang nào ở địa chỉ này."
    en = "There is no page at this address."
    status = 404


class BodyTooLarge(Refused):
    """More bytes than any form needs."""

    code = "ui.body_too_large"
    vi = "Nội dung gửi lên quá lớn, tối đa {limit} byte. Hãy gửi ít tệp hơn hoặc tệp nhỏ hơn."
    en = "What you sent is too large; at most {limit} bytes are taken. Send fewer or smaller files."
    status = 413


class HeadersMiddleware:
    """Say with every answer, static files and errors too, what a browser must not do with it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in settings.MOTCUA_ANSWER_HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class PackingMiddleware(GZipMiddleware):
    """Send words packed to browsers that can unpack: a phone then loads a quarter of them.

    Pictures, fonts and papers are packed already, and a part of a file stays a part. Lengths of
    pages tell nothing of their secrets: Django hides the token of forms behind a new mask each
    time, and adds some bytes by chance.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Pack an answer of words; any other goes out as it is."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if kind not in _WORDS or response.status_code == _PART:
            return response
        packed: HttpResponseBase = super().process_response(request, response)
        return packed


_PART = 206
_WORDS = {"text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml"}


class LanguageMiddleware:
    """Speak Vietnamese first: English is chosen with the switch, never guessed from a browser."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.known = dict(settings.LANGUAGES).keys()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in self.known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class RefusalMiddleware:
    """Answer a `Refused` that reaches the top with its status and its sentence."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The API says these in its own shape.
        early = None if request.path_info.startswith("/api/") else _early(request)
        return refused(request, early) if early else self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Django hands every uncaught exception of a view to this method."""
        if is_full(error):
            logger.error("the disk is full", exc_info=error)
            return refused(request, NoSpace())
        if is_busy(error):
            logger.warning("the database refused a request", exc_info=error)
            return refused(request, Busy())
        return refused(request, error) if isinstance(error, Refused) else None


def _early(request: HttpRequest) -> Refused | None:
    """Tell why a request goes to no view: its address holds a NUL, or its body is not taken.

    Django reads all files of a form into temporary ones before any view may count them.
    """
    if "\x00" in request.path_info:  # PostgreSQL would break on it, not refuse it
        return NoSuchAddress()
    told = request.META.get(REFUSAL)
    if isinstance(told, Refused):
        return told
    length = request.META.get("CONTENT_LENGTH") or "0"
    limit = settings.MOTCUA_MAX_BODY_BYTES
    return BodyTooLarge(limit=limit) if length.isdecimal() and int(length) > limit else None


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Give the page of a refusal; after a conflict it leads back to the page to load anew.

    It asks nothing of the database, which may be what refused.
    """
    context = {
        "city": None,
        "sentence": error.text(get_language() or "vi"),
        "code": error.code,
        "status": error.status,
        "again": request.get_full_path() if request.method == "GET" and error.retry else "",
        "back": request.headers.get("Referer", "") if _own(request) else "",
    }
    response = render(request, "ui/refused.html", context, status=error.status)
    if error.retry:
        response["Retry-After"] = str(error.details.get("seconds", _RETRY_SECONDS))
    return response


def _own(request: HttpRequest) -> bool:
    """Tell whether the page before was one of ours, so that a link may lead back to it."""
    here = f"{request.scheme}://{request.get_host()}/"
    return request.headers.get("Referer", "").startswith(here)
