"""Kill -9 web, worker and database at random moments under load: nothing lost, doubled, half done.

Once at rest otherwise, and once while a backup runs in a loop beside it.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from scripts.postgres import cluster
from tests.postgres import on_postgres
from tests.recovery.house import House, wait_for
from tests.recovery.load import Client
from tests.recovery.truth import more, nothing_lost

pytestmark = pytest.mark.recovery

CLIENTS = 3


@pytest.fixture
def house(migrated_database, tmp_path):
    made = House(migrated_database, tmp_path)
    yield made
    made.stop()
    assert "Traceback" not in made.log(), made.log()[-3000:]


@contextmanager
def under_load(house: House, officers: dict[str, dict]) -> Iterator[list[Client]]:
    """Give clients at work; leaving lets each bring what it began to its end."""
    stopping = threading.Event()
    clients = [Client(f"c{n}", house.port, officers, stopping) for n in range(CLIENTS)]
    for client in clients:
        client.start()
    try:
        yield clients
    finally:
        stopping.set()
        for client in clients:
            client.join()


def kill(house: House, clients: list[Client], times: int, victims: list[str]) -> None:
    """Kill one after the other, each in the midst of acts, and start it again."""
    chance = random.Random(20261123)
    for _ in range(times):
        more(clients, chance.randint(1, 25))
        time.sleep(chance.uniform(0, 0.1))
        name = chance.choice(victims)
        house.kill(name)
        house.start(name)


def test_what_was_acknowledged_is_there_exactly_once(house):
    officers = house.ask("seed")
    house.start("web")
    house.start("worker")
    with under_load(house, officers) as clients:
        kill(house, clients, 30, ["web", "web", "worker"])
    assert sum(client.repeats for client in clients) > 0, "no request was ever cut off"
    assert nothing_lost(house, clients) > 30  # real work lay between the kills


class Backups(threading.Thread):
    """Takes one archive after the other until told to stop; keeps what was said."""

    def __init__(self, house: House) -> None:
        super().__init__()
        self._house, self._stopping = house, threading.Event()
        self.whole = 0
        self.refused: list[str] = []

    def run(self) -> None:
        while not self._stopping.is_set():
            done = subprocess.run(
                self._house.command("backup", "--keep", "2", "--json"),
                env=self._house.environment,
                capture_output=True,
                text=True,
                check=False,
            )
            self.whole += done.returncode == 0
            if done.returncode:
                self.refused.append(done.stdout + done.stderr)

    def __enter__(self) -> Backups:
        self.start()
        return self

    def __exit__(self, *_) -> None:
        self._stopping.set()
        self.join()


def test_the_same_while_backups_run_one_after_the_other(house):
    officers = house.ask("seed")
    house.start("web")
    house.start("worker")
    with under_load(house, officers) as clients, Backups(house) as backups:
        kill(house, clients, 4, ["web", "web", "worker"])
        taken = backups.whole
        wait_for(lambda: backups.whole > taken)  # one of them at least began amid the kills
    assert backups.refused == []
    house.hand_back()
    assert nothing_lost(house, clients) > 3
    assert house.tell("backup", "drill")["ok"]


@pytest.mark.postgres
@pytest.mark.skipif(not on_postgres(), reason="there is no server to kill beside SQLite")
def test_the_database_is_killed_under_load_and_backup(tmp_path):
    with cluster() as address:
        house = House(address, tmp_path)
        try:
            _kill_the_server(house, address)
        finally:
            house.stop()


def _kill_the_server(house: House, address: str) -> None:
    house.make_tables()
    officers = house.ask("seed")
    house.start("web")
    house.start("worker")
    with under_load(house, officers) as clients, Backups(house) as backups:
        for _ in range(2):
            more(clients, 15)
            _crash(address, clients)
    # Python itself may add that it could not close a cursor of a server that went away.
    assert [told for told in backups.refused if " / " not in told.splitlines()[-1]] == []
    house.hand_back()
    assert nothing_lost(house, clients) > 2
    assert house.tell("backup")["archive"]
    assert house.tell("backup", "drill")["ok"]


def _crash(address: str, clients: list[Client]) -> None:
    """Kill -9 the server process of one session: all end, and the server recovers from its log."""
    import psycopg

    others = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
    at_work: list[tuple[int]] = []
    while not at_work and not any(client.wrong for client in clients):
        with (
            suppress(psycopg.OperationalError),  # not yet back from the last time
            psycopg.connect(address, autocommit=True) as server,
        ):
            at_work = server.execute(f"{others} AND pid <> pg_backend_pid()").fetchall()
    for (number,) in at_work[:1]:
        os.kill(number, signal.SIGKILL)
