"""What only a sample city shows: the messages it sent to nobody, and how to sign in as whom."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from motcua.core.now import now
from motcua.links.messages.fake import FileCarrier
from motcua.site.authenticators import code_of, secret_of
from motcua.site.sample.city import city

_MOST = 50


@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """Show the latest messages and each sample account with its present code."""
    if not settings.MOTCUA_SAMPLE:
        raise Http404
    at = now()
    accounts = [
        (one.username, one.name, secret_of(one.username), code_of(one.username, at))
        for agency in city().agencies
        for one in agency.officers
    ]
    sent = FileCarrier().kept()[-_MOST:][::-1]
    context = {"sent": sent, "accounts": accounts, "password": city().password}
    return render(request, "ui/sample_outbox.html", context)
