"""What every form of an act tells beside what it asks for: who sends it, when, and from what."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from motcua.faces.desk.doors import Visit
from motcua.faces.ui.forms import shown_revision

NO_REVISION = 0
"""A revision that nothing has: a form that states none counts as stale."""


def act_of(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    """Give actor, instant, the revision that the page showed, and the request's key."""
    return {
        "actor": visit.actor,
        "at": visit.at,
        "revision": shown_revision(request.POST) or NO_REVISION,
        "request": request.POST.get("key") or None,
    }
