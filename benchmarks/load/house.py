"""A house to put under load: seeded once, its web and worker started as `motcua up` starts them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load.users import Commune

PROCESSES = 2
"""Web processes, one for each core (DESIGN §14); the worker and the load share the cores."""

_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Home:
    """A seeded home, and how it was made."""

    environment: dict[str, str]
    dossiers: int
    seeded: dict[str, object]


@dataclass(frozen=True, slots=True)
class House:
    """A running house."""

    port: int
    pid: int
    communes: list[Commune]
    readers: dict[str, str]


@contextmanager
def homes(database: str, sizes: list[int]) -> Iterator[list[Home]]:
    """Seed a home of each size on a kind of database, and remove them at the end."""
    with tempfile.TemporaryDirectory(prefix="motcua-load-") as folder:
        if database == "sqlite":
            yield [_home(Path(folder) / str(n), size, "") for n, size in enumerate(sizes)]
            return
        from scripts.postgres import cluster

        with cluster() as address:
            names = [_named(address, f"load{n}") for n in range(len(sizes))]
            pairs = zip(names, sizes, strict=True)
            yield [_home(Path(folder) / str(n), *pair[::-1]) for n, pair in enumerate(pairs)]


def _home(folder: Path, dossiers: int, address: str) -> Home:
    own = {
        "MOTCUA_HOME": str(folder),
        "MOTCUA_SAMPLE": "1",
        "DJANGO_SETTINGS_MODULE": "motcua.site.settings",
    }
    environment = {**os.environ, **own} | ({"MOTCUA_DATABASE": address} if address else {})
    words = ["seed", "--dossiers", str(dossiers), "--json"]
    told = subprocess.run(
        [sys.executable, "-m", "motcua", *words],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
    )
    return Home(environment, dossiers, json.loads(told.stdout))


def _named(address: str, name: str) -> str:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return address.replace("/motcua?", f"/{name}?")


@contextmanager
def running(home: Home) -> Iterator[House]:
    """Start web and worker, wait for the first page, and stop them by their parent's id."""
    made = subprocess.run(
        [sys.executable, "-m", "benchmarks.load.keys"],
        env=home.environment,
        check=True,
        stdout=subprocess.PIPE,
    )
    told = json.loads(made.stdout)
    port = _free_port()
    command = [sys.executable, "-m", "motcua", "up", "--port", str(port)]
    up = subprocess.Popen(
        [*command, "--workers", str(PROCESSES)], env=home.environment, stdout=subprocess.DEVNULL
    )
    try:
        _wait(port)
        communes = [Commune(**one) for one in told["communes"]]
        yield House(port, up.pid, communes, told["readers"])
    finally:
        up.send_signal(signal.SIGTERM)
        up.wait(_PATIENCE)


def processor_seconds(pid: int) -> float:
    """Give what a process and its children have used of the processor so far."""
    ticks = 0
    for one in _family(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> list[int]:
    found = [pid]
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            found += _family(int(child))
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("nothing listens")
