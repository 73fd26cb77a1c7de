"""Saved filters as a page shows them: with their count, whose they are, which one opens it."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import QueryDict

from motcua.core.desks.models import SavedFilter
from motcua.core.desks.saved import filters_for
from motcua.core.dossiers.queries import dossiers
from motcua.faces.desk.doors import Visit
from motcua.faces.desk.narrowing import (
    PAGE_KEY,
    address_of_list,
    filter_in,
    order_in,
    said_of_list,
)


def first_of(visit: Visit, saved: Sequence[SavedFilter]) -> SavedFilter | None:
    """Give the filter with which an officer's page opens."""
    mine = (one for one in saved if one.officer_id == visit.actor.officer_id)
    return next((one for one in mine if one.is_default), None)


def shown(visit: Visit, row: SavedFilter, address: str, count: int | None) -> dict[str, object]:
    """Give what a page tells of a saved filter; None counts nothing."""
    mine = row.officer_id == visit.actor.officer_id
    return {
        "id": row.pk,
        "name": row.name,
        "address": address,
        "count": count,
        "is_default": row.is_default and mine,
        "shared": row.agency_id is not None,
        "by": "" if mine else row.officer.name,
    }


def counted(visit: Visit) -> list[dict[str, object]]:
    """Give the saved filters of the list of dossiers, each with how many it finds just now.

    A list counts by one statement a filter: a page of its own, for which no list waits.
    """
    found = []
    for row in filters_for(visit.actor, PAGE_KEY):
        wanted = filter_in(QueryDict(row.query), visit.at)
        total = dossiers(visit.actor, wanted, size=1).total
        told = shown(visit, row, address_of_saved(visit, row), total)
        found.append({**told, "said": said_of_list(wanted)})
    return found


def address_of_saved(visit: Visit, row: SavedFilter) -> str:
    """Give the address of the list of dossiers that a saved filter opens."""
    sent = QueryDict(row.query)
    return address_of_list(filter_in(sent, visit.at), order_in(sent))
