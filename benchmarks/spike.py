"""A crowd that comes and goes: 1 → 15 → 1 → 25 → 2 → 35 → 10 → 0 users, each as fast as it can.

No call may fail, and when the crowd is gone one user must within ten seconds be served as fast as
one user was before it came.
"""

from __future__ import annotations

import argparse
import time

from benchmarks.load.house import House, homes, kept, running
from benchmarks.load.playing import p95
from benchmarks.load.users import User

CROWD = (1, 15, 1, 25, 2, 35, 10, 0)
RECOVERS_IN = 10.0
_WARM = 5.0
_WINDOW = 3.0
_AGAIN = 1.25
"""How much above the base a window's p95 may lie and still be the base: this machine is noisy."""


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked of this measurement."""
    parser.add_argument("--dossiers", type=int, default=1_000_000, help="dossiers before (1000000)")
    parser.add_argument("--seconds", type=float, default=15, help="of each stage (15)")
    kept(parser)


def measure(asked: argparse.Namespace) -> dict[str, object]:
    """Seed, let the crowd come and go, and look how one user fares after it."""
    with homes(asked, [asked.dossiers]) as (home,), running(home) as house:
        _stage(house, 1, _WARM)
        stages = [_stage(house, users, asked.seconds) for users in CROWD]
        base = float(str(stages[0]["p95_ms"]))
        recovered, last, errors = _recovery(house, base)
    failed = sum(int(str(one["errors"])) for one in stages) + errors
    return {
        "dossiers": home.dossiers,
        "stages": stages,
        "base_p95_ms": base,
        "recovered_after_seconds": recovered,
        "last_p95_ms": last,
        "errors": failed,
        "bar": f"no errors; the base p95 (× {_AGAIN}) again within {RECOVERS_IN:g} s",
        "met": not failed and recovered is not None and recovered <= RECOVERS_IN,
    }


def _stage(house: House, users: int, seconds: float) -> dict[str, object]:
    team = [User(house.port, house.communes[number:]) for number in range(users)]
    began = time.monotonic()
    for user in team:
        user.start()
    time.sleep(seconds)
    for user in team:
        user.stop()
    for user in team:
        user.join()
    ended = time.monotonic()
    errors = [error for user in team for error in user.log.errors]
    return {
        "users": users,
        "lifecycles": sum(len(user.log.done) for user in team),
        "p95_ms": round(p95(team, began, ended), 1),
        "errors": len(errors),
        "first_errors": errors[:2],
    }


def _recovery(house: House, base: float) -> tuple[float | None, float, int]:
    """Let one user work; give when a window first showed the base again, and the last window."""
    user = User(house.port, house.communes)
    began = time.monotonic()
    user.start()
    recovered, last = None, 0.0
    while recovered is None and time.monotonic() - began < 2 * RECOVERS_IN:
        time.sleep(0.5)
        now = time.monotonic()
        if now - began >= _WINDOW:
            last = p95([user], now - _WINDOW, now)
            recovered = round(now - began, 1) if last <= base * _AGAIN else None
    user.stop()
    user.join()
    return recovered, round(last, 1), len(user.log.errors)
