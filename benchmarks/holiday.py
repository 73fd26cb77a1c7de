"""A day off for a whole city of open dossiers: looked at, decided, killed on its way, gone on with.

Every dossier is open and falls due after the day, so every one moves. The first run is ended by
SIGKILL after a while, a second one does the rest; both together count. Every date is then counted
anew from the clock's stretches and compared; promised days and codes are compared as a whole.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time

from benchmarks.load.cities import child, city, seeded
from benchmarks.load.house import kept

BAR_SECONDS = 60.0


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked of this measurement."""
    parser.add_argument("--dossiers", type=int, default=1_000_000, help="open ones (1000000)")
    kept(parser)
    parser.add_argument("--kill", type=float, default=10.0, help="after so many seconds (10)")
    parser.add_argument("--verify", type=int, default=0, help="1: compare with the ledger too (0)")


def measure(asked: argparse.Namespace) -> dict[str, object]:
    """Seed, look, decide, run and kill, run to the end, and compare."""
    module = "benchmarks.load.holidaying"
    with city(asked.database, asked.keep) as environment:
        if not seeded(environment):
            child(module, environment, "seed", str(asked.dossiers))
            seeded(environment, now=True)
        number = str(child(module, environment, "propose")["change"])
        cli = [sys.executable, "-m", "motcua", "calendar"]
        began = time.perf_counter()
        look = [*cli, "preview", number, "--json"]
        shown = subprocess.run(look, env=environment, check=True, stdout=subprocess.PIPE)
        looked = time.perf_counter() - began
        child(module, environment, "decide", number)
        before = child(module, environment, "sum")
        run = [*cli, "run", number, "--json"]
        processor = _processor()
        first = _killed(run, environment, asked.kill)
        taken = _processor() - processor
        between = child(module, environment, "sum")
        processor = _processor()
        began = time.perf_counter()
        done = subprocess.run(run, env=environment, check=True, stdout=subprocess.PIPE)
        seconds = first + time.perf_counter() - began
        taken += _processor() - processor
        after = child(module, environment, "sum")
        found = child(module, environment, "verify") if asked.verify else {"findings": None}
    is_kept = before["kept"] == after["kept"] and before["open"] == after["open"]
    would = json.loads(shown.stdout)
    return {
        "dossiers": before["open"],
        "preview_seconds": round(looked, 1),
        "would_move": would["dossiers"],
        "seconds": round(seconds, 1),
        "processor_seconds": round(taken, 1),  # of Motcua; a server's own are not counted
        "behind_when_killed": between["behind"],
        "behind_at_the_end": after["behind"],
        "second_run": json.loads(done.stdout),
        "codes_and_promises_kept": is_kept,
        "findings_of_the_ledger": found["findings"],
        "bar": f"≤ {BAR_SECONDS:g} s after a preview of as many; each date as a naive replay gives",
        "met": max(seconds, looked) <= BAR_SECONDS
        and is_kept
        and after["behind"] == 0
        and not found["findings"],
    }


def _processor() -> float:
    """Give the processor time that ended children took."""
    told = os.times()
    return told.children_user + told.children_system


def _killed(run: list[str], environment: dict[str, str], after: float) -> float:
    """Start a run, end it by SIGKILL, and give for how long it ran."""
    began = time.perf_counter()
    first = subprocess.Popen(run, env=environment, stdout=subprocess.DEVNULL)
    try:
        first.wait(after)
    except subprocess.TimeoutExpired:
        first.kill()
        first.wait()
    return time.perf_counter() - began
