"""Làm tiếp: the drafts that a page offers to go on with."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.http import HttpRequest

from motcua.core.drafts import keeping
from motcua.core.procedures.queries import NotOffered, current
from motcua.faces.portal.journey import holder_of
from motcua.faces.ui.templatetags.ui import language


@dataclass(frozen=True, slots=True)
class Resumed:
    """One draft to go on with."""

    code: str
    name: str
    saved_at: datetime.datetime
    until: datetime.datetime


def resumed(request: HttpRequest, at: datetime.datetime, *, code: str = "") -> list[Resumed]:
    """Give the drafts of this browser and of who is signed in, the latest first.

    One of a procedure that runs no longer is not offered. With `code`, only that procedure's.
    """
    holder = holder_of(request, at)
    if not holder.secret and holder.account_id is None:
        return []
    found: dict[str, Resumed] = {}
    for row in keeping.all_of(holder, at=at):
        if row.procedure not in found and code in {"", row.procedure}:
            try:
                name = current(row.procedure).declaration.name.text(language())
            except NotOffered:
                continue
            until = row.saved_at + keeping.lasts()
            found[row.procedure] = Resumed(row.procedure, name, row.saved_at, until)
    return list(found.values())
