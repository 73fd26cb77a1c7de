"""The web door with an edge before it, as `motcua up` opens it unless `MOTCUA_EDGE` is 0."""

from __future__ import annotations

from django.conf import settings

from motcua.faces.api.door import largest_body
from motcua.site.edge.app import Edge
from motcua.site.edge.bodies import Bodies, Pace
from motcua.site.wsgi import application as _wsgi

_FIRST_SECONDS = 15.0  # less than `motcua up` waits when it is told to stop


def _limit(path: str) -> int:
    """Give how many bytes a body may have; the API takes one file at a time."""
    most: int = settings.MOTCUA_MAX_BODY_BYTES
    return min(most, largest_body()) if path.startswith("/api/") else most


_PACE = Pace(
    _FIRST_SECONDS,
    bytes_per_second=max(1, settings.MOTCUA_BODY_BYTES_PER_SECOND),
    longest_seconds=settings.MOTCUA_BODY_SECONDS,
)

application = Edge(_wsgi, Bodies(_limit, _PACE))
