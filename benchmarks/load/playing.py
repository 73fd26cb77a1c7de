"""Users at work for a while, and what came of it."""

from __future__ import annotations

import resource
import statistics
import time
from dataclasses import dataclass

from benchmarks.load.house import House, processor_seconds
from benchmarks.load.users import CALLS, User


@dataclass(frozen=True, slots=True)
class Played:
    """What a stretch of seconds brought."""

    per_second: float
    lifecycles: int
    errors: list[str]
    milliseconds: dict[str, dict[str, float]]
    house_cpu: float
    load_cpu: float

    def told(self) -> dict[str, object]:
        """Give what a report shows; processor time is in milliseconds per lifecycle."""
        each = max(1, self.lifecycles)
        return {
            "lifecycles_per_second": round(self.per_second, 1),
            "lifecycles": self.lifecycles,
            "errors": len(self.errors),
            "first_errors": self.errors[:3],
            "milliseconds": self.milliseconds,
            "processor_ms_per_lifecycle": {
                "house": round(self.house_cpu * 1000 / each, 2),
                "load": round(self.load_cpu * 1000 / each, 2),
            },
        }


def play(house: House, *, users: int, seconds: float, warm: float) -> Played:
    """Let users work; what the first `warm` seconds bring is not counted."""
    team = [User(house.port, house.communes[number::users]) for number in range(users)]
    for user in team:
        user.start()
    time.sleep(warm)
    began, house_cpu, load_cpu = time.monotonic(), processor_seconds(house.pid), _own()
    time.sleep(seconds)
    ended, house_after, load_after = time.monotonic(), processor_seconds(house.pid), _own()
    for user in team:
        user.stop()
    for user in team:
        user.join()
    done = sum(1 for user in team for at in user.log.done if began < at <= ended)
    return Played(
        per_second=done / (ended - began),
        lifecycles=done,
        errors=[error for user in team for error in user.log.errors],
        milliseconds=spread(team, began, ended),
        house_cpu=house_after - house_cpu,
        load_cpu=load_after - load_cpu,
    )


def spread(team: list[User], began: float, ended: float) -> dict[str, dict[str, float]]:
    """Give p50, p95 and p99 of each call in a stretch, in milliseconds."""
    found: dict[str, dict[str, float]] = {}
    for call, name in enumerate(CALLS):
        took = [
            seconds
            for user in team
            for at, which, seconds in user.log.calls
            if which == call and began < at <= ended
        ]
        if len(took) > 1:
            cuts = statistics.quantiles(took, n=100)
            found[name] = {f"p{n}": round(cuts[n - 1] * 1000, 1) for n in (50, 95, 99)}
    return found


def p95(team: list[User], began: float, ended: float) -> float:
    """Give the p95 of all calls in a stretch, in milliseconds; 0 where there were none."""
    took = [seconds for user in team for at, _, seconds in user.log.calls if began < at <= ended]
    return statistics.quantiles(took, n=100)[94] * 1000 if len(took) > 1 else 0.0


def _own() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
