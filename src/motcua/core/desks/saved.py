"""Filters under a name: saved, shared with colleagues, opened first, forgotten."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from motcua.core.access.actors import Actor
from motcua.core.desks.models import SavedFilter
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean, sort_key

MOST = 20
"""Filters of one officer on one page."""
_NAME = 60
_QUERY = 300


class FilterUnnamed(Refused):
    """A filter without a name."""

    code = "desks.filter_unnamed"
    vi = "Đặt tên cho bộ lọc."
    en = "Give the filter a name."


class FilterTooLong(Refused):
    """An address that is longer than any page of the desk writes."""

    code = "desks.filter_too_long"
    vi = "Bộ lọc này quá dài, không lưu được."
    en = "This filter is too long to be saved."


class TooManyFilters(Refused):
    """So many filters already."""

    code = "desks.too_many_filters"
    vi = "Bạn đã lưu {most} bộ lọc ở trang này. Hãy xóa bớt trước khi lưu thêm."
    en = "You have saved {most} filters on this page. Remove some before you save more."
    status = 409


class NoSuchFilter(Refused):
    """The officer owns no such filter."""

    code = "desks.no_such_filter"
    vi = "Không có bộ lọc này trong các bộ lọc của bạn."
    en = "There is no such filter among yours."
    status = 404


def save(
    *, actor: Actor, page: str, name: str, query: str, shared: bool, is_default: bool
) -> SavedFilter:
    """Keep a filter under a name; one of the same name on the same page is replaced.

    Shared filters are seen by who works in the actor's first agency; each reader is shown what
    they may read themselves. Raises `FilterUnnamed`, `FilterTooLong`, `TooManyFilters`.
    """
    told = clean(name, limit=_NAME)
    if not told:
        raise FilterUnnamed
    if len(query) > _QUERY:
        raise FilterTooLong
    owner = _owner(actor)
    mine = SavedFilter.objects.filter(officer_id=owner, page=page)
    with transaction.atomic():
        if not mine.filter(name=told).exists() and mine.count() >= MOST:
            raise TooManyFilters(most=MOST)
        if is_default:
            mine.update(is_default=False)
        agencies = actor.agencies()
        row, _made = SavedFilter.objects.update_or_create(
            officer_id=owner,
            page=page,
            name=told,
            defaults={
                "query": query,
                "agency_id": agencies[0] if shared and agencies else None,
                "is_default": is_default,
            },
        )
    return row


def forget(*, actor: Actor, number: int) -> None:
    """Remove a filter of the actor's own. Raises `NoSuchFilter`."""
    gone, _rows = SavedFilter.objects.filter(officer_id=_owner(actor), pk=number).delete()
    if not gone:
        raise NoSuchFilter


def filters_for(actor: Actor, page: str) -> list[SavedFilter]:
    """Give an officer's own filters of a page and those shared with them, own ones first."""
    theirs = Q(officer_id=_owner(actor)) | Q(agency_id__in=actor.agencies())
    rows = SavedFilter.objects.filter(theirs, page=page).select_related("officer")
    return sorted(rows, key=lambda row: (row.officer_id != actor.officer_id, sort_key(row.name)))


def _owner(actor: Actor) -> int:
    """Give whose filters they are; nobody's number is 0, and no page asks for who is no officer."""
    return actor.officer_id or 0
