"""A layer as it stood on some days: by the versions in force then."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from motcua.core.registers.declaration import RegisterDeclaration
from motcua.core.registers.past import after, stood_between, with_records, within_frame
from motcua.core.registers.rights import readable
from motcua.faces.api.auth import Caller
from motcua.faces.ogc.asked import Asked
from motcua.faces.ogc.layers import told


@dataclass(frozen=True, slots=True)
class Page:
    """Some features, whether there are more, and how many there are in all."""

    features: list[dict[str, Any]]
    more: bool
    total: int


def past(caller: Caller, declaration: RegisterDeclaration, wanted: Asked) -> Page:
    """Give a page of what was in use at some time of the days asked for, retired since or not.

    A record is there once, by the last version in use within them. Who reads a record now reads
    what it was.
    """
    last = wanted.last or datetime.date.max
    found = stood_between(readable(caller.actor, declaration), wanted.first, last)
    if wanted.frame is not None:
        found = found.filter(pk__in=within_frame(found, wanted.frame))
    page = list(after(found, wanted.after)[: wanted.limit + 1])
    stood = list(with_records(page[: wanted.limit]))
    titles = {one.record.pk: one.record.title for one in stood}
    features = told(caller.actor, declaration, [one.version for one in stood], titles)
    return Page(features, len(page) > wanted.limit, found.count())
