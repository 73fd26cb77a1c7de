"""Lists, codes, word searches and the desk's pages in the server, at the size of a city.

Asked in process through the whole stack (middleware, key or session, row filter, masks, log of
reads, JSON or the drawn page), as a commune, a department and the city read; statements are those
that reach the database.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys

from benchmarks.load.house import Home, homes, kept

BAR_LIST, BAR_CODE, BAR_PAGE = 25.0, 3.0, 200.0
BAR_WORDS = {"sqlite": 50.0, "postgres": 100.0}
BAR_STATEMENTS = 4


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked of this measurement."""
    parser.add_argument("--dossiers", type=int, default=1_000_000, help="(1000000)")
    kept(parser)
    parser.add_argument("--times", type=int, default=200, help="each question is asked (200)")


def measure(asked: argparse.Namespace) -> dict[str, object]:
    """Seed, ask in another process as the server would be asked, and compare with the bars."""
    with homes(asked, [asked.dossiers]) as (home,):
        found = _asked(home, asked.times)
        return {
            "dossiers": home.dossiers,
            "seeded": home.seeded,
            "questions": found,
            "bar": f"list p95 ≤ {BAR_LIST:g} ms and ≤ {BAR_STATEMENTS} statements, by code p95"
            f" ≤ {BAR_CODE:g} ms, words p95 ≤ {BAR_WORDS[asked.database]:g} ms, a page of the"
            f" desk p95 ≤ {BAR_PAGE:g} ms",
            "met": all(_met(one, asked.database) for one in found),
        }


def _asked(home: Home, times: int) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load.asking", str(times)],
        env={**os.environ, **home.environment},
        check=True,
        stdout=subprocess.PIPE,
    )
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


def _met(one: dict[str, object], database: str) -> bool:
    bars = {"list": BAR_LIST, "code": BAR_CODE, "words": BAR_WORDS[database], "page": BAR_PAGE}
    p95, statements = one["p95_ms"], one["statements"]
    assert isinstance(p95, float)
    assert isinstance(statements, int)
    bar = bars.get(str(one["kind"]))
    return bar is None or (p95 <= bar and (one["kind"] != "list" or statements <= BAR_STATEMENTS))


def spread(seconds: list[float]) -> dict[str, float]:
    """Give p50, p95 and the longest, in milliseconds."""
    cuts = statistics.quantiles(seconds, n=100)
    told = {"p50_ms": cuts[49], "p95_ms": cuts[94], "longest_ms": max(seconds)}
    return {name: round(value * 1000, 2) for name, value in told.items()}
