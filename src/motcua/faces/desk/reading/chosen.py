"""Work that somebody chose in a list: by its marks, or all of a queue."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce
from operator import or_

from django.db.models import Q

from motcua.core.access.actors import Actor
from motcua.core.access.rows import visible
from motcua.core.bulk.asking import MOST, TooMuch
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.dossiers.queries import Filter
from motcua.core.dossiers.sorting import Order, all_in_order
from motcua.core.places import places
from motcua.faces.desk.reading.work import Queue, count_of, in_order
from motcua.kernel.vietnamese import Language

_AT_ONCE = 100  # ranges in one statement


def mark_of(item: WorkItem) -> str:
    """Give the mark by which a form names a piece of work."""
    code = item.dossier.code or item.dossier.lookup
    return code if item.leg is None else f"{code}~{item.leg}"


def chosen(actor: Actor, marks: Sequence[str]) -> list[WorkItem]:
    """Give the open work of these marks that the actor may read, in the order of the marks.

    Raises `TooMuch`. What is no mark of open work is left out.
    """
    if len(marks) > MOST:
        raise TooMuch(most=MOST, count=len(marks))
    order = {mark: number for number, mark in enumerate(marks)}
    codes = {mark.partition("~")[0] for mark in order if mark.isprintable()}
    found = [item for item in _open_of(actor, codes) if mark_of(item) in order]
    return sorted(found, key=lambda item: order[mark_of(item)])


def all_of(actor: Actor, at: datetime.datetime, queue: Queue) -> list[WorkItem]:
    """Give all work of a queue. Raises `TooMuch`."""
    found = in_order(actor, at, queue, most=MOST + 1)
    if len(found) > MOST:
        raise TooMuch(most=MOST, count=count_of(actor, at, queue))
    return found


def all_of_list(actor: Actor, wanted: Filter, order: Order, language: Language) -> list[WorkItem]:
    """Give the main work of all open dossiers of a list, in its order. Raises `TooMuch`.

    A dossier that is closed has no work; what is left out is seen by the counts.
    """
    wanted = replace(wanted, open_only=True)
    found = all_in_order(actor, wanted, order, language, most=MOST)
    if found.more or found.total > MOST:
        raise TooMuch(most=MOST, count=found.total)
    return chosen(actor, [row.code or row.lookup for row in found.lines])


def _open_of(actor: Actor, codes: Iterable[str]) -> Iterable[WorkItem]:
    wanted = list(codes)
    by_code = Dossier.objects.filter(code__in=wanted).values_list("pk", flat=True)
    by_lookup = Dossier.objects.filter(lookup__in=wanted).values_list("pk", flat=True)
    numbers = sorted({*by_code, *by_lookup})
    for start in range(0, len(numbers), _AT_ONCE):
        ranges = (Q(pk__range=places(number)) for number in numbers[start : start + _AT_ONCE])
        rows = WorkItem.objects.filter(reduce(or_, ranges), ended_at=None)
        rows = rows.select_related("dossier__applicant", "agency", "officer")
        yield from visible(rows, actor, by="dossier")
