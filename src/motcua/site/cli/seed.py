"""`motcua seed`: fill an empty database with made-up dossiers to measure with."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import asdict

from motcua.site.cli.django import ready
from motcua.site.cli.output import add_json, answer, count


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--dossiers", type=count, default=100_000, help="how many (100000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same dossiers (1)")
    parser.add_argument("--processes", type=count, default=None, help="at once (one per core)")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Migrate, seed, and tell how long each part took."""
    ready()
    from motcua.core.now import now
    from motcua.site.cli.migrate import bring_up
    from motcua.site.seeding.seeding import seed, vacuum

    began = time.perf_counter()
    bring_up()
    done = seed(
        dossiers=options.dossiers,
        seed=options.seed,
        at=now(),
        processes=options.processes,
        tell=_progress,
    )
    vacuum()
    answer(options, {**asdict(done), "total_seconds": round(time.perf_counter() - began, 1)})
    return 0


def _progress(dossiers: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{dossiers} …", end="", file=sys.stderr, flush=True)
