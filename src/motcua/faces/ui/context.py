"""What every page may use."""

from __future__ import annotations

import datetime
from functools import partial

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from motcua.core.accounts.phones import sends_codes
from motcua.core.agencies.queries import Node, tree
from motcua.core.now import now
from motcua.core.talks.queries import count_waiting
from motcua.faces.ui.actors import officer_of
from motcua.faces.ui.rail import Group, rail
from motcua.faces.ui.signed import signed_in


def house(request: HttpRequest) -> dict[str, object]:
    """Tell templates whose house it is, whether it is sample, who signed in, how dense to be."""
    at = now()
    known = signed_in(request, at) if hasattr(request, "session") else None
    officer = known if known is not None and known.officer_id is not None else None
    citizen = known if known is not None and known.officer_id is None else None
    density = "officer" if request.path.startswith("/ban/") else "citizen"
    return {
        "city": partial(_city, at),
        "sample": settings.MOTCUA_SAMPLE,
        "officer": officer,
        "citizen": citizen,
        "has_accounts": sends_codes(),
        "density": density,
        "session_seconds": officer.seconds_left(at) if officer else 0,
        "rail": lambda: _rail(request),
        "reminders": lambda: _reminders(request),
    }


def _rail(request: HttpRequest) -> list[Group]:
    """Give the officers' menu; asked only by pages that show it."""
    actor = officer_of(request, now())
    return rail(actor, request.path) if actor is not None else []


def _reminders(request: HttpRequest) -> int:
    """Count where the officer is waited for; asked only by pages that show the bell."""
    actor = officer_of(request, now())
    return count_waiting(actor) if actor is not None else 0


def _city(at: datetime.datetime) -> Node | None:
    """Give the agency whose house this is; from memory, read anew every few seconds."""
    return tree().head(timezone.localdate(at))
