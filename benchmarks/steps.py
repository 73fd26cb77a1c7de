"""Durable steps in process: Motcua's acts beside SpiffWorkflow and the raw limit of SQLite.

Each contestant runs in a process of its own, on a database file of its own, in the same folder,
with the same durability (WAL, synchronous NORMAL). Rounds alternate between them; the median of
the rates counts, and the median of the ratios within a round.

* `motcua`: `motcua.core.dossiers.moving.move`, the function that the pages and the API call, with
  everything on: request key, entry, clock, facts and deltas, scope rows, outbox. One act, one
  commit. Filing is not counted.
* `spiff`: SpiffWorkflow running a six-task process: per task the state is loaded from one row of
  SQLite, the task run, the state serialised and written back, one commit each; that is what a
  server does that may be asked for any of many cases, and what Motcua's acts do.
* `spiff_kept`: the same without loading: one case lives in memory from first task to last.
* `raw`: one row inserted per commit.

The bar: at least 2,000 steps/s, and at least three times SpiffWorkflow. FULL and PostgreSQL are
reported beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

BAR_RATE = 2000
BAR_RATIO = 3
CASES = 250


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked of this measurement."""
    parser.add_argument("--rounds", type=int, default=5, help="the median of so many counts (5)")


def measure(asked: argparse.Namespace) -> dict[str, object]:
    """Run every contestant `--rounds` times in turn and compare the medians."""
    rates: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        contestants = _contestants(Path(folder))
        for number in range(asked.rounds):
            for name, environment in contestants.items():
                rates.setdefault(name, []).append(_round(name, environment, number))
        medians = {name: round(statistics.median(found)) for name, found in rates.items()}
    ratio = _ratio(rates, "spiff")
    return {
        "steps_per_second": medians,
        "rounds": {name: [round(rate) for rate in found] for name, found in rates.items()},
        "ratio_to_spiff": round(ratio, 2),
        "ratio_to_spiff_kept": round(_ratio(rates, "spiff_kept"), 2),
        "share_of_raw": round(medians["motcua"] / medians["raw"], 3),
        "bar": f"motcua ≥ {BAR_RATE}/s and ≥ {BAR_RATIO} × spiff",
        "met": medians["motcua"] >= BAR_RATE and ratio >= BAR_RATIO,
    }


def _ratio(rates: dict[str, list[float]], peer: str) -> float:
    """Give the median of the rounds' ratios: what ran side by side is compared."""
    pairs = zip(rates["motcua"], rates[peer], strict=True)
    return statistics.median(mine / theirs for mine, theirs in pairs)


def _contestants(folder: Path) -> dict[str, dict[str, str]]:
    """Give each contestant's environment.

    PostgreSQL takes part where this command is run on one:
    `scripts/postgres.py .venv/bin/python -m benchmarks steps`.
    """
    found = {
        "motcua": _on_sqlite(folder / "normal"),
        "spiff": {"BENCH_FILE": str(folder / "spiff.sqlite3")},
        "spiff_kept": {"BENCH_FILE": str(folder / "kept.sqlite3"), "BENCH_KEEP": "1"},
        "raw": {"BENCH_FILE": str(folder / "raw.sqlite3")},
        "motcua_full": {**_on_sqlite(folder / "full"), "MOTCUA_SYNCHRONOUS": "FULL"},
    }
    if os.environ.get("MOTCUA_DATABASE", "").startswith("postgresql://"):
        found["motcua_postgres"] = {"MOTCUA_HOME": str(folder / "postgres")}
    return found


def _on_sqlite(home: Path) -> dict[str, str]:
    return {"MOTCUA_HOME": str(home), "MOTCUA_DATABASE": str(home / "motcua.sqlite3")}


def _round(name: str, environment: dict[str, str], number: int) -> float:
    module = f"benchmarks.contestants.{name.partition('_')[0]}"
    run = subprocess.run(
        [sys.executable, "-m", module, str(number), str(CASES)],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    rate: float = json.loads(run.stdout.splitlines()[-1])
    return rate
