"""Lời nhắc: the dossiers in whose conversation an officer is waited for, behind the bell."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.core.talks.queries import LOOKED_AT, waiting_for
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page


@require_safe
@desk
def reminders(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show who waits for the officer and where; opening the conversation settles it."""
    return page(request, "reminders.html", {"rows": waiting_for(visit.actor, most=LOOKED_AT)})
