"""A year of a made-up city through the real acts: dossiers a second, from an empty database.

`motcua simulate` runs as an operator would run it, in a home of its own: on SQLite in one process,
on PostgreSQL in a process a core. Loading the city is not counted. `growth` tells after how many
seconds so many acts were done (one process). `processor_seconds` are those of all processes but a
database server, and say what it costs where others run beside.

The bar: 200,000 dossiers in 20 minutes, which is 167 dossiers a second; a smaller size is held to
the same rate and says what the large one would take.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CITY_YEAR = 200_000
BAR_SECONDS = 20 * 60


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked of this measurement."""
    parser.add_argument("--dossiers", type=int, default=2000, help="how many to simulate (2000)")
    parser.add_argument("--seed", type=int, default=1, help="which year (1)")
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")


def measure(asked: argparse.Namespace) -> dict[str, object]:
    """Simulate once and give the rates."""
    before = _processor()
    with _home(asked.database) as environment:
        told = _simulate(asked, environment)
    seconds, dossiers = told["seconds"], told["dossiers"]
    per_second = dossiers / seconds
    return {
        "database": asked.database,
        "processes": told["processes"],
        "dossiers": dossiers,
        "acts": told["acts"],
        "seconds": seconds,
        "processor_seconds": round(_processor() - before, 1),
        "dossiers_per_second": round(per_second, 1),
        "acts_per_second": round(told["acts"] / seconds),
        "growth": told["growth"],
        "city_year_minutes": round(CITY_YEAR / per_second / 60, 1),
        "states": told["states"],
        "buckets": told["buckets"],
        "bar": f"{CITY_YEAR} dossiers in {BAR_SECONDS // 60} minutes",
        "met": per_second * BAR_SECONDS >= CITY_YEAR,
    }


def _processor() -> float:
    """Give the processor seconds of all that ran and ended, the house's start included."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


@contextmanager
def _home(database: str) -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # a server of its own account lies inside
        environment = {**os.environ, "MOTCUA_HOME": name}
        if database == "sqlite":
            yield {**environment, "MOTCUA_DATABASE": str(folder / "motcua.sqlite3")}
            return
        from scripts.postgres import cluster

        (folder / "pg").mkdir()
        with cluster(folder / "pg") as address:
            yield {**environment, "MOTCUA_DATABASE": address}


def _simulate(asked: argparse.Namespace, environment: dict[str, str]) -> dict:
    given = ["--dossiers", str(asked.dossiers), "--seed", str(asked.seed), "--json"]
    run = subprocess.run(
        [sys.executable, "-m", "motcua", "simulate", *given],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(run.stdout)
