"""What the measurement of registers does in a process of its own: COUNT rows of a REGISTER."""

from __future__ import annotations

import csv
import io
import itertools
import json
import math
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

RADIUS = 6_371_008.8
STREETS = 40
HEADS = {
    "advert_numbers": ("number", "operator", "kind", "text", "seen_at", "seen_on", "lat", "lon"),
    "telecom_spans": (
        *("code", "kind", "street", "ducts", "ducts_used", "investment", "state"),
        *("started_on", "handed_over_on", "geometry"),
    ),
}
Place = tuple[float, float]


def sheet(register: str, rows: Iterable[Sequence[object]]) -> bytes:
    """Give a file of made-up rows of a register."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADS[register])
    writer.writerows(rows)
    return out.getvalue().encode()


def numbers(count: int) -> Iterator[Sequence[object]]:
    """Give so many made-up numbers, each with words, a place and a day."""
    for one in range(count):
        place = (f"{21 + one % 997 / 10000:.4f}", f"{105.8 + one % 991 / 10000:.4f}")
        words = ("Khoan cắt bê tông", f"Trước số {one % 300} phố Thử")
        yield (f"09000{one:05}", "viettel", "advert", *words, "2026-10-01", *place)


def line(one: int) -> list[Place]:
    """Give the three places of a made-up span, longitude first."""
    lon, lat = 105.7 + one % 991 / 5000, 20.9 + one % 997 / 5000
    return [(lon, lat), (lon + 0.0004, lat + 0.0001), (lon + 0.0007, lat + one % 7 / 10000)]


def spans(count: int) -> Iterator[Sequence[object]]:
    """Give so many made-up ducts, each with three places, a street and its days."""
    for one in range(count):
        shape = ", ".join(f"{lon:.6f} {lat:.6f}" for lon, lat in line(one))
        told = ("duct", f"Phố Thử {one % STREETS}", 6, one % 7, "social", "in_use")
        yield (f"T-{one:05}", *told, "2025-03-01", "2026-02-01", f"LINESTRING ({shape})")


def parts(count: int) -> float:
    """Give the metres of the same spans, part by part, by the chords of vectors."""
    every = (line(one) for one in range(count))
    return sum(_arc(a, b) for places in every for a, b in itertools.pairwise(places))


def _arc(a: Place, b: Place) -> float:
    u, v = (_vector(round(one[0], 6), round(one[1], 6)) for one in (a, b))
    return 2 * RADIUS * math.asin(math.dist(u, v) / 2)


def _vector(lon: float, lat: float) -> tuple[float, float, float]:
    x, y = math.radians(lon), math.radians(lat)
    return math.cos(y) * math.cos(x), math.cos(y) * math.sin(x), math.sin(y)


def raw(body: bytes) -> None:
    """Read the same file and insert its cells into one bare table: what nothing can undercut."""
    with tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(Path(folder) / "raw.sqlite3")
        base.execute("PRAGMA journal_mode = WAL")
        heads, *rows = csv.reader(io.StringIO(body.decode()))
        base.execute(f"CREATE TABLE rows ({', '.join(heads)})")
        with base:
            base.executemany(f"INSERT INTO rows VALUES ({', '.join('?' * len(heads))})", rows)
        base.close()


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Give the seconds that something took, and what it gave."""
    began = time.perf_counter()
    answer = work()
    return time.perf_counter() - began, answer


def main(count: str, register: str) -> None:
    """Load the sample city without its records, and import a file as an officer does."""
    from motcua.site.cli.django import ready

    ready()
    from django.db.models import Sum

    from motcua.core.access import actors
    from motcua.core.agencies.queries import agency_by_code, officers_of
    from motcua.core.now import now
    from motcua.core.registers.importing import look, take_in
    from motcua.core.registers.loading import register_of
    from motcua.core.registers.models import Record
    from motcua.core.registers.quality import quality
    from motcua.core.registers.querying import Filter, listed
    from motcua.core.registers.rights import day_of
    from motcua.site.cli.migrate import bring_up
    from motcua.site.sample.loading import load_city

    bring_up()
    at = now()
    load_city(at)
    on, declaration = day_of(at), register_of(register)
    agency = agency_by_code("H26.12", on=on).id
    actor = actors.officer(*officers_of(agency, "specialist", on)[0], on)
    rows = spans(int(count)) if register == "telecom_spans" else numbers(int(count))
    body = sheet(register, rows)
    told = {"actor": actor, "at": at, "declaration": declaration}
    looking, row = timed(lambda: look(**told, agency_id=agency, name="x.csv", body=body))
    taking, done = timed(lambda: take_in(**told, code=row.code))
    again, same = timed(lambda: look(**told, agency_id=agency, name="x.csv", body=body))
    bare, _ = timed(lambda: raw(body))
    wanted = Filter(words="pho thu")
    words, found = timed(lambda: listed(actor, declaration, wanted, on=on, page=1, size=50))
    counting, _ = timed(lambda: quality(actor, declaration, on))
    metres = Record.objects.filter(register=register).aggregate(all=Sum("metres"))["all"]
    wanted_metres = parts(int(count)) if register == "telecom_spans" else 0.0
    print(
        json.dumps(
            {
                "imported": json.loads(done.report)["counts"]["new"],
                "look_seconds": looking,
                "take_in_seconds": taking,
                "again_seconds": again,
                "again_same": json.loads(same.report)["counts"]["same"],
                "raw_seconds": bare,
                "words_ms": words * 1000,
                "words_found": found.total,
                "quality_ms": counting * 1000,
                "metres": metres and round(metres),
                "metres_off": abs(metres / wanted_metres - 1) if wanted_metres else 0.0,
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
