"""Seconds from the command to the first answered page, and memory at rest over all processes.

The instance is migrated and holds the sample city; `motcua up` is started anew each round, the
first `GET /` answered with 200 ends the clock. Then, a few seconds after the last request, the
proportional set sizes (PSS) of the parent and all its children are added up. Beside it stands the
same web server with an application of one line: what starting and resting cost without Motcua.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

BAR_SECONDS = 2.0
BAR_MIB = 250
_REST = 6.0
_BARE = [
    *(sys.executable, "-m", "granian", "--interface", "wsgi", "--log-level", "warning"),
    *("benchmarks.contestants.hello:application", "--port"),
]
_PATIENCE = 30.0


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what can be asked of this measurement."""
    parser.add_argument("--rounds", type=int, default=5, help="the median of so many counts (5)")


def measure(asked: argparse.Namespace) -> dict[str, object]:
    """Start, ask, rest, weigh and stop, `--rounds` times; medians count."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as home:
        environment = {**os.environ, "MOTCUA_HOME": home, "MOTCUA_SAMPLE": "1"}
        load = [sys.executable, "-m", "motcua", "load", "sample", "--quiet"]
        subprocess.run(load, env=environment, check=True)
        found, bare = [], []
        for _ in range(asked.rounds):
            found.append(_round([sys.executable, "-m", "motcua", "up", "--port"], environment))
            bare.append(_round(_BARE, environment))
    seconds = statistics.median(one[0] for one in found)
    mib = statistics.median(one[1] for one in found)
    return {
        "seconds_to_first_page": round(seconds, 2),
        "pss_mib_at_rest": round(mib),
        "rounds": [(round(a, 2), round(b)) for a, b in found],
        "bare_server": {
            "seconds_to_first_page": round(statistics.median(one[0] for one in bare), 2),
            "pss_mib_at_rest": round(statistics.median(one[1] for one in bare)),
        },
        "bar": f"first page ≤ {BAR_SECONDS} s, at rest ≤ {BAR_MIB} MiB",
        "met": seconds <= BAR_SECONDS and mib <= BAR_MIB,
    }


def _round(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    port = _free_port()
    began = time.perf_counter()
    up = subprocess.Popen([*command, str(port)], env=environment, stdout=subprocess.DEVNULL)
    try:
        _first_page(port)
        seconds = time.perf_counter() - began
        time.sleep(_REST)
        return seconds, sum(_pss(pid) for pid in _family(up.pid)) / 1024
    finally:
        up.send_signal(signal.SIGTERM)
        up.wait(_PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _first_page(port: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    raise TimeoutError("no page came")


def _family(pid: int) -> list[int]:
    found = [pid]
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            found += _family(int(child))
    return found


def _pss(pid: int) -> int:
    """Give the proportional set size of a process in KiB."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0
