"""A reform of a whole city of open dossiers, killed on its way and gone on with.

Thirty-six communes end and twelve begin; every dossier is open and goes to an heir, each an act of
its own with its ledger entry. The first run is ended by SIGKILL after a while, a second one does
the rest; both together count. Codes, due and promised days are compared as a whole.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from functools import partial

from benchmarks.load.cities import child, city

BAR_SECONDS = 300.0
_child = partial(child, "benchmarks.load.reforming")


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked of this measurement."""
    parser.add_argument("--dossiers", type=int, default=100_000, help="open ones (100000)")
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--kill", type=float, default=20.0, help="after so many seconds (20)")


def measure(asked: argparse.Namespace) -> dict[str, object]:
    """Seed, plan, run and kill, run to the end, and compare."""
    with city(asked.database) as environment:
        _child(environment, "seed", str(asked.dossiers))
        number = _child(environment, "plan")["reform"]
        before = _child(environment, "sum")
        run = [sys.executable, "-m", "motcua", "reform", "run", str(number), "--json"]
        began = time.perf_counter()
        first = subprocess.Popen(run, env=environment, stdout=subprocess.DEVNULL)
        try:
            first.wait(asked.kill)
        except subprocess.TimeoutExpired:
            first.kill()
            first.wait()
        killed_at = time.perf_counter() - began
        between = _child(environment, "sum")
        again = time.perf_counter()
        done = subprocess.run(run, env=environment, check=True, stdout=subprocess.PIPE)
        seconds = killed_at + time.perf_counter() - again
        after = _child(environment, "sum")
    kept = before["kept"] == after["kept"] and before["open"] == after["open"]
    return {
        "dossiers": before["open"],
        "seconds": round(seconds, 1),
        "behind_when_killed": between["behind"],
        "behind_at_the_end": after["behind"],
        "second_run": json.loads(done.stdout),
        "codes_and_days_kept": kept,
        "bar": f"≤ {BAR_SECONDS:g} s, nothing left behind, codes and days kept",
        "met": seconds <= BAR_SECONDS and kept and after["behind"] == 0,
    }
