"""Rendering a page of the desk, and turning a refusal into one that leads back to work."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.core.dossiers.orders import Done
from motcua.core.dossiers.rules import Stale
from motcua.core.dossiers.situation import Snapshot
from motcua.core.idempotency.keys import KeyReused
from motcua.core.ledger.append import StreamMoved
from motcua.core.procedures.declaration import Declaration
from motcua.faces.desk.words import said
from motcua.faces.ui.numbers import page_in
from motcua.kernel.errors import Refused

HTTP_CONFLICT = 409
UNDO = "undo"
"""The name under which the session keeps what the next page offers to take back."""

RECORDED = "recorded"
"""The name under which the session keeps which form was sent, so that its tab forgets it."""


def page(
    request: HttpRequest, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    """Render a page in the officers' density, with what can just now be taken back."""
    told = {
        "density": "officer",
        "undo": request.session.pop(UNDO, None),
        "recorded": request.session.pop(RECORDED, ""),
        **context,
    }
    return render(request, f"desk/{template}", told, status=status)


def offer_undo(request: HttpRequest, done: Done, leg: int | None, to: str) -> None:
    """Let the next page offer to take an assignment back."""
    request.session[UNDO] = {
        "code": done.code or done.lookup,
        "leg": leg,
        "revision": done.revision,
        "to": to,
        "key": str(uuid.uuid4()),
    }


def refused(
    request: HttpRequest, refusal: Refused, snapshot: Snapshot, declaration: Declaration
) -> HttpResponse:
    """Tell why a move cannot be made and lead back to the dossier as it stands now."""
    context = {
        "density": "officer",
        "sentence": said(refusal, declaration),
        "code": refusal.code,
        "status": refusal.status if _is_stale(refusal) else 422,  # picks the heading
        "back": reverse("desk:dossier", args=[shown_code(snapshot)]),
    }
    return render(request, "ui/refused.html", context, status=refusal.status)


def _is_stale(refusal: Refused) -> bool:
    return isinstance(refusal, Stale | StreamMoved | KeyReused) or refusal.status != HTTP_CONFLICT


def shown_code(snapshot: Snapshot) -> str:
    """Give the code of a dossier, or its look-up number before it has one."""
    return snapshot.now.code or snapshot.lookup


def page_number(request: HttpRequest) -> int:
    """Read the page asked for; anything that is no page is the first."""
    return page_in(request.GET)
