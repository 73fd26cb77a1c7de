"""Who reads through a page or an operation: what the access log is told of the request."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.http import HttpRequest

from motcua.core.access import log
from motcua.core.access.actors import Actor
from motcua.core.dossiers.clearance import around
from motcua.core.dossiers.situation import Snapshot


def reader(request: HttpRequest, actor: Actor, at: datetime.datetime) -> log.Reader:
    """Give who reads, when, and from which address."""
    return log.Reader(actor, at, str(request.META.get("REMOTE_ADDR", "")))


def listed(
    request: HttpRequest, actor: Actor, at: datetime.datetime, what: str, dossiers: Iterable[int]
) -> None:
    """Write that a list was shown, with the query that stands in the address."""
    query = request.GET.urlencode()
    log.listed(reader(request, actor, at), what=what, dossiers=dossiers, query=query)


def opened(
    request: HttpRequest, actor: Actor, at: datetime.datetime, snapshot: Snapshot, what: str
) -> None:
    """Write that a dossier was shown."""
    log.opened(reader(request, actor, at), snapshot.id, agencies=around(snapshot), what=what)


def downloaded(
    request: HttpRequest,
    actor: Actor,
    at: datetime.datetime,
    snapshot: Snapshot,
    what: str,
    purpose: str = "",
) -> None:
    """Write that a file or a paper of a dossier is handed out."""
    log.downloaded(
        reader(request, actor, at),
        snapshot.id,
        what=what,
        purpose=purpose,
        agencies=around(snapshot),
    )
