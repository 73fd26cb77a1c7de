"""A year of a made-up city through the real acts: dossiers a second, from an empty database.

`motcua simulate` runs as an operator would run it, in a home of its own (SQLite, one process) or,
where this command is run on one (`scripts/postgres.py .venv/bin/python -m benchmarks simulate`), on
PostgreSQL with a process a core. Loading the city is not counted.

The bar: 200,000 dossiers in 20 minutes, which is 167 dossiers a second; a smaller size is held to
the same rate and says what the large one would take.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

CITY_YEAR = 200_000
BAR_SECONDS = 20 * 60


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked of this measurement."""
    parser.add_argument("--dossiers", type=int, default=2000, help="how many to simulate (2000)")
    parser.add_argument("--seed", type=int, default=1, help="which year (1)")


def measure(asked: argparse.Namespace) -> dict[str, object]:
    """Simulate once and give the rates."""
    on_postgres = os.environ.get("MOTCUA_DATABASE", "").startswith("postgresql://")
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        home = {"MOTCUA_HOME": folder}
        if not on_postgres:
            home["MOTCUA_DATABASE"] = str(Path(folder) / "motcua.sqlite3")
        told = _simulate(asked, {**os.environ, **home})
    seconds, dossiers = told["seconds"], told["dossiers"]
    per_second = dossiers / seconds
    return {
        "database": "PostgreSQL" if on_postgres else "SQLite",
        "processes": told["processes"],
        "dossiers": dossiers,
        "acts": told["acts"],
        "seconds": seconds,
        "dossiers_per_second": round(per_second, 1),
        "acts_per_second": round(told["acts"] / seconds),
        "city_year_minutes": round(CITY_YEAR / per_second / 60, 1),
        "states": told["states"],
        "buckets": told["buckets"],
        "bar": f"{CITY_YEAR} dossiers in {BAR_SECONDS // 60} minutes",
        "met": per_second * BAR_SECONDS >= CITY_YEAR,
    }


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
