"""The reform of 1/7/2025 as events of a simulated year: drawn up before, carried out on its day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from motcua.core.access import actors
from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import agency_by_code, officers_of
from motcua.core.reform.models import Reform
from motcua.core.reform.planning import dawn_of, plan
from motcua.core.reform.whole import run
from motcua.site.sample.acting import day_at
from motcua.site.sample.coming import Stretch
from motcua.site.sample.events import Event
from motcua.site.sample.former import covers_reform, order

_BEFORE = datetime.timedelta(days=10)
_AT_WORK = datetime.timedelta(hours=9)
_WHO, _WHERE = "leader", "H26"


def reforms(stretch: Stretch) -> Iterator[Event]:
    """Give what the reform brings into a stretch; nothing where its day does not lie in it."""
    if not covers_reform(stretch):
        return
    dawn = dawn_of(order()).astimezone(datetime.UTC)
    yield Event(max(dawn - _BEFORE, _begin(stretch)) + _AT_WORK, _draw_up)
    yield Event(dawn, _carry_out, moves_dossiers=True)


def _begin(stretch: Stretch) -> datetime.datetime:
    zone = dawn_of(order()).tzinfo
    return datetime.datetime.combine(stretch.first, datetime.time(), zone)


def _draw_up(at: datetime.datetime) -> None:
    """Keep the plan, as the head of the city."""
    if _kept() is None:
        plan(actor=_head(at), at=at, order=order())


def _carry_out(at: datetime.datetime) -> None:
    """Do what the job of the day does; what has been done stays."""
    row = _kept()
    if row is not None and row.state != Reform.State.DONE:
        run(clock=lambda: at, reform_id=row.pk)


def _kept() -> Reform | None:
    known = Reform.objects.filter(on=order().on, document=order().document)
    without = (Reform.State.UNDONE, Reform.State.DRAFT)
    return known.exclude(state__in=without).order_by("pk").first()


def _head(at: datetime.datetime) -> Actor:
    city = agency_by_code(_WHERE)
    on = day_at(city.id, at)
    found = officers_of(city.id, _WHO, on)
    return actors.officer(*found[0], on=on) if found else actors.house("reform")
