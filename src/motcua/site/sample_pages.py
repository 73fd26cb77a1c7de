"""What only a sample city shows: messages sent to nobody, how to sign in as whom, components."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from motcua.core.now import now
from motcua.faces.ui.gallery import COMPONENTS
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


def components(request: HttpRequest) -> HttpResponse:
    """Show every component of the faces, as dense as for citizens or for officers."""
    if not settings.MOTCUA_SAMPLE:
        raise Http404
    density = "officer" if request.GET.get("mat-do") == "can-bo" else "citizen"
    context = {"components": COMPONENTS, "density": density}
    return render(request, "ui/gallery.html", context)
