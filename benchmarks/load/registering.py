"""What the measurement of registers does in a process of its own: `registering.py COUNT`."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

_HEADS = ("number", "operator", "kind", "text", "seen_at", "seen_on", "lat", "lon")


def sheet(count: int) -> bytes:
    """Give a file of so many made-up numbers, each with words, a place and a day."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEADS)
    for one in range(count):
        place = (f"{21 + one % 997 / 10000:.4f}", f"{105.8 + one % 991 / 10000:.4f}")
        words = ("Khoan cắt bê tông", f"Trước số {one % 300} phố Thử")
        writer.writerow((f"09000{one:05}", "viettel", "advert", *words, "2026-10-01", *place))
    return out.getvalue().encode()


def raw(body: bytes) -> None:
    """Read the same file and insert its cells into one bare table: what nothing can undercut."""
    with tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(Path(folder) / "raw.sqlite3")
        base.execute("PRAGMA journal_mode = WAL")
        base.execute(f"CREATE TABLE rows ({', '.join(_HEADS)})")
        rows = list(csv.reader(io.StringIO(body.decode())))[1:]
        with base:
            base.executemany(f"INSERT INTO rows VALUES ({', '.join('?' * len(_HEADS))})", rows)
        base.close()


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Give the seconds that something took, and what it gave."""
    began = time.perf_counter()
    answer = work()
    return time.perf_counter() - began, answer


def main(count: str) -> None:
    """Load the sample city without its records, and import a file as an officer does."""
    from motcua.site.cli.django import ready

    ready()
    from motcua.core.access import actors
    from motcua.core.agencies.queries import agency_by_code, officers_of
    from motcua.core.now import now
    from motcua.core.registers.importing import look, take_in
    from motcua.core.registers.loading import register_of
    from motcua.core.registers.quality import quality
    from motcua.core.registers.querying import Filter, listed
    from motcua.core.registers.rights import day_of
    from motcua.site.cli.migrate import bring_up
    from motcua.site.sample.loading import load_city

    bring_up()
    at = now()
    load_city(at)
    on, declaration = day_of(at), register_of("advert_numbers")
    agency = agency_by_code("H26.12", on=on).id
    actor = actors.officer(*officers_of(agency, "specialist", on)[0], on)
    body = sheet(int(count))
    told = {"actor": actor, "at": at, "declaration": declaration}
    looking, row = timed(lambda: look(**told, agency_id=agency, name="x.csv", body=body))
    taking, done = timed(lambda: take_in(**told, code=row.code))
    again, same = timed(lambda: look(**told, agency_id=agency, name="x.csv", body=body))
    bare, _ = timed(lambda: raw(body))
    wanted = Filter(words="pho thu")
    words, found = timed(lambda: listed(actor, declaration, wanted, on=on, page=1, size=50))
    counting, _ = timed(lambda: quality(actor, declaration, on))
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
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
