"""HTTP lifecycles a second: create → assign → resolve → search by signed-in officers.

Everything is on: keys, scope rows, clock, entry, facts and deltas, outbox, search row, idempotency
and the log of reads; the worker runs beside. The load comes from the same cores. `--against M`
seeds a second home and takes turns between both, `--pairs` times; medians count.
"""

from __future__ import annotations

import argparse
import statistics

from benchmarks.load.house import Home, homes, kept, running
from benchmarks.load.playing import Played, play

BAR = 100.0
BAR_RATIO = 0.85
USERS = 8
_WARM = 5.0


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked of this measurement."""
    parser.add_argument("--dossiers", type=int, default=100_000, help="dossiers before (100000)")
    parser.add_argument("--seconds", type=float, default=60, help="of each run (60)")
    kept(parser)
    parser.add_argument("--against", type=int, help="dossiers of a second home")
    parser.add_argument("--pairs", type=int, default=5, help="runs of each home, in turn (5)")
    parser.add_argument("--users", type=int, default=USERS, help=f"at once ({USERS})")


def measure(asked: argparse.Namespace) -> dict[str, object]:
    """Seed, take turns, and give the medians."""
    sizes = [asked.dossiers, *([asked.against] if asked.against else [])]
    with homes(asked, sizes) as made:
        runs: list[list[Played]] = [[] for _ in made]
        for turn in range(asked.pairs if asked.against else 1):
            order = range(len(made)) if turn % 2 == 0 else reversed(range(len(made)))
            for number in order:
                runs[number].append(_run(made[number], asked))
        return _told(made, runs)


def _run(home: Home, asked: argparse.Namespace) -> Played:
    with running(home) as house:
        return play(house, users=asked.users, seconds=asked.seconds, warm=_WARM)


def _told(made: list[Home], runs: list[list[Played]]) -> dict[str, object]:
    medians = [statistics.median(one.per_second for one in each) for each in runs]
    errors = sum(len(one.errors) for each in runs for one in each)
    ratio = medians[-1] / medians[0] if medians[0] else 0.0
    return {
        "lifecycles_per_second": [round(one, 1) for one in medians],
        "ratio": round(ratio, 3) if len(made) > 1 else None,
        "homes": [
            {
                "dossiers": home.dossiers,
                "seeded": home.seeded,
                "runs": [one.told() for one in each],
            }
            for home, each in zip(made, runs, strict=True)
        ],
        "errors": errors,
        "bar": f"≥ {BAR:g}/s, ≥ {BAR_RATIO:.0%} of it in the second home, no errors",
        "met": medians[0] >= BAR and ratio >= BAR_RATIO and not errors,
    }
