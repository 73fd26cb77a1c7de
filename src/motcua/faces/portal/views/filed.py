"""The confirmation of a filing, and the QR symbol of its look-up number."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from motcua.core.dossiers.queries import declaration_of
from motcua.core.letters.qr import lookup_link, qr_svg
from motcua.core.now import now
from motcua.faces.portal.story import serves
from motcua.faces.portal.views.lookup import look_up_here
from motcua.faces.ui.citizens import opened
from motcua.kernel.codes import parse_lookup


@never_cache
def filed(request: HttpRequest, lookup: str) -> HttpResponse:
    """Confirm: the look-up number, its QR symbol, and what happens next."""
    found = opened(request, lookup, now())
    if found is None:
        return HttpResponseRedirect(look_up_here(lookup))
    applicant, snapshot = found
    declaration = declaration_of(snapshot)
    reception = declaration.flow.step[declaration.flow.start]
    context = {
        "dossier": snapshot,
        "procedure": declaration,
        "hours": reception.minutes // 60,
        "link": lookup_link(snapshot.lookup),
        "agency": serves(snapshot),
        "applicant": applicant.name,
    }
    return render(request, "portal/filed.html", context)


def qr_symbol(_request: HttpRequest, lookup: str) -> HttpResponse:
    """Draw the QR symbol of a look-up link; it holds nothing but the link."""
    image = qr_svg(lookup_link(parse_lookup(lookup)))
    return HttpResponse(image, content_type="image/svg+xml")
