"""`seed`: from an empty database to one with dossiers of years, sealed and counted."""

from __future__ import annotations

import datetime
import itertools
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Max, QuerySet

from motcua.core.access import totals
from motcua.core.agencies.models import Appointment
from motcua.core.agencies.queries import forget_tree
from motcua.core.dossiers.models import CodeCounter, Dossier
from motcua.core.facts import tallies
from motcua.core.ledger.sealing import seal
from motcua.core.people.models import Party
from motcua.core.places import place as place_of
from motcua.core.procedures.queries import current
from motcua.kernel.errors import Refused
from motcua.site.agencies import write_city
from motcua.site.sample.loading import refuse_real_city
from motcua.site.seeding.casting import DOSSIERS, PARTIES, foundry
from motcua.site.seeding.city import COMMUNES, POSTS, city, commune_code
from motcua.site.seeding.indexes import without_indexes
from motcua.site.seeding.playing import PROCEDURE
from motcua.site.seeding.pouring import Work, pour
from motcua.site.seeding.stories import YEARS, Place, Shape, Stretch
from motcua.site.seeding.symbols import Ids
from motcua.site.setup import publish_on_demand

SEAL_BATCH = 100_000
_FEW = 20_000  # so few stories are told twice, to make only the moulds that they need
_COUNTERS = 5_000


class NotEmpty(Refused):
    """The database holds dossiers already."""

    code = "seed.not_empty"
    vi = "Cơ sở dữ liệu đã có hồ sơ. Chỉ nạp dữ liệu đo vào cơ sở dữ liệu trống (MOTCUA_HOME khác)."
    en = "The database holds dossiers. Seed only an empty one (use another MOTCUA_HOME)."
    status = 409


@dataclass(slots=True)
class Seeded:
    """What a seeding did, and the seconds that each part took."""

    dossiers: int
    processes: int
    moulds: int = 0
    seals: int = 0
    seconds: dict[str, float] = field(default_factory=dict)


def prepare(at: datetime.datetime) -> tuple[Place, ...]:
    """Make sure of the city and of the procedure; give where dossiers come in.

    Raises `NotEmpty`, and `RealCity` where an agency is not made up.
    """
    if Dossier.objects.exists():
        raise NotEmpty
    refuse_real_city()
    publish_on_demand(at)
    appointed = (at - datetime.timedelta(days=YEARS * 366)).date()
    write_city(city(appointed), at, posts=POSTS, sample=True)
    forget_tree()
    return places()


def places() -> tuple[Place, ...]:
    """Give the communes of the city with their officers."""
    codes = [commune_code(number) for number in range(1, COMMUNES + 1)]
    rows = Appointment.objects.filter(agency__code__in=codes).order_by("id")
    held: dict[str, dict[str, list[int]]] = {code: {} for code in codes}
    agencies: dict[str, int] = {}
    for row in rows.select_related("agency"):
        code = row.agency.code
        held[code].setdefault(row.post, []).append(row.officer_id)
        agencies[code] = row.agency_id
    return tuple(
        Place(
            agencies[code],
            code,
            held[code]["counter"][0],
            held[code]["unit_head"][0],
            tuple(held[code]["specialist"]),
        )
        for code in codes
    )


def stretch_of(
    places: tuple[Place, ...], *, dossiers: int, seed: int, until: datetime.datetime
) -> Stretch:
    """Give the stretch of time that ends at an instant, its parts of a second left out."""
    limit = current(PROCEDURE).declaration.limit
    assert limit is not None
    return Stretch(dossiers, seed, until.replace(microsecond=0), places, limit)


def seed(
    *,
    dossiers: int,
    seed: int,
    at: datetime.datetime,
    processes: int | None = None,
    tell: Callable[[int], None] = lambda _: None,
) -> Seeded:
    """Fill an empty, migrated database with dossiers up to now; see `prepare` for refusals."""
    done = Seeded(dossiers, processes or os.cpu_count() or 1)
    with _timed(done, "prepare"):
        stretch = stretch_of(prepare(at), dossiers=dossiers, seed=seed, until=at)
    with _timed(done, "moulds"):
        made = foundry(stretch, shapes_of(stretch))
        done.moulds = len(made.moulds)
        after = Ids(_last(Dossier.objects.all()), _last(Party.objects.all()))
    with _timed(done, "indexes"), without_indexes(_filled(made.columns)), _timed(done, "pour"):
        pour(Work(made, stretch, after), processes=done.processes, tell=tell)
    finish(stretch, after, done, at)
    return done


def shapes_of(stretch: Stretch) -> set[Shape]:
    """Give the shapes to make moulds for: those of few stories, or all there can be."""
    if stretch.dossiers > _FEW:
        return stretch.shapes()
    return {story.shape for number in range(stretch.chunks) for story in stretch.chunk(number)}


def finish(stretch: Stretch, after: Ids, done: Seeded, at: datetime.datetime) -> None:
    """Write what sums up the stories, seal their entries, and let the database look at its rows."""
    with _timed(done, "sums"):
        write_sums(stretch, after)
    with _timed(done, "seal"):
        while seal(at=at, batch=SEAL_BATCH) is not None:
            done.seals += 1
    with _timed(done, "analyze"), connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def write_sums(stretch: Stretch, after: Ids) -> None:
    """Write what one row tells of many stories: numbers given out, live counts."""
    _write_counters(stretch)
    _number_from(DOSSIERS, after.dossier + stretch.dossiers)
    _number_from(PARTIES, after.party + stretch.dossiers)
    tallies.rebuild()
    totals.rebuild()


def _write_counters(stretch: Stretch) -> None:
    """Leave each receiving agency's number of the day where the next act goes on."""
    rows = (
        CodeCounter(id=place_of(place.agency_id, day.toordinal()), last=last)
        for day, place, last in stretch.counts()
    )
    while some := list(itertools.islice(rows, _COUNTERS)):
        CodeCounter.objects.bulk_create(some)


def _number_from(table: str, last: int) -> None:
    """Let PostgreSQL go on counting after the ids that were given; SQLite has seen them."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, last])


def _filled(columns: dict[str, tuple[str, ...]]) -> set[str]:
    """Give the tables whose indexes are worth building anew: those that grow with the dossiers."""
    grows = ("dossiers_", "ledger_entry", "people_party", "access_", "facts_fact", "exchange_")
    return {table for table in columns if table.startswith(grows)}


def _last(rows: QuerySet[Any]) -> int:
    return int(rows.aggregate(last=Max("pk"))["last"] or 0)


@contextmanager
def _timed(done: Seeded, name: str) -> Iterator[None]:
    began = time.perf_counter()
    try:
        yield
    finally:
        done.seconds[name] = round(time.perf_counter() - began, 1)


def vacuum() -> None:
    """Let PostgreSQL note which pages every reader sees; only then does an index answer alone."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
