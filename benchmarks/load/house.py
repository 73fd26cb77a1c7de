"""A house to put under load: seeded once, its web and worker started as `motcua up` starts them."""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load.users import Commune

_ON_SQLITE, _ON_POSTGRES = 2, 3
"""Web processes: one a core (DESIGN §14); on PostgreSQL one more, as one waits for the server."""

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


def kept(parser: argparse.ArgumentParser) -> None:
    """Declare where homes may be kept: to seed a million takes longer than most measurements."""
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument(
        "--keep", type=Path, help="seed in this folder (short path), or use what lies there"
    )


@contextmanager
def homes(asked: argparse.Namespace, sizes: list[int]) -> Iterator[list[Home]]:
    """Give a seeded home of each size on the asked kind of database; not kept, they go again."""
    with _folder(asked.keep) as folder:
        if asked.database == "sqlite":
            yield [_home(folder / f"sqlite-{size}", size, "") for size in sizes]
            return
        from scripts.postgres import cluster

        (folder / "pg").mkdir(exist_ok=True)
        with cluster(folder / "pg") as address:
            named = [(size, _named(address, f"load_{size}")) for size in sizes]
            yield [_home(folder / f"pg-{size}", size, one) for size, one in named]


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="motcua-load-") as folder:
        Path(folder).chmod(0o755)  # a server of its own account lies inside
        yield Path(folder)


def _home(folder: Path, dossiers: int, address: str) -> Home:
    own = {
        "MOTCUA_HOME": str(folder),
        "MOTCUA_SAMPLE": "1",
        "DJANGO_SETTINGS_MODULE": "motcua.site.settings",
    }
    environment = {**os.environ, **own} | ({"MOTCUA_DATABASE": address} if address else {})
    told = folder / "seeded.json"
    if told.exists():  # by another version, perhaps
        command = [sys.executable, "-m", "motcua", "migrate"]
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    else:
        told.parent.mkdir(exist_ok=True)
        told.write_bytes(_seeded(dossiers, environment))
    return Home(environment, dossiers, json.loads(told.read_bytes()))


def _seeded(dossiers: int, environment: dict[str, str]) -> bytes:
    words = ["seed", "--dossiers", str(dossiers), "--json"]
    command = [sys.executable, "-m", "motcua", *words]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout


def _named(address: str, name: str) -> str:
    import psycopg

    known = suppress(psycopg.errors.DuplicateDatabase)
    with known, psycopg.connect(address, autocommit=True) as connection:
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
    on_postgres = home.environment.get("MOTCUA_DATABASE", "").startswith("postgresql:")
    command += ["--workers", str(_ON_POSTGRES if on_postgres else _ON_SQLITE)]
    up = subprocess.Popen(command, env=home.environment, stdout=subprocess.DEVNULL)
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
