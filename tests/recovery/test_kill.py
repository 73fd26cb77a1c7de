"""Kill -9 web and worker at random moments under load: nothing is lost, doubled or half done."""

from __future__ import annotations

import random
import threading
import time

import pytest

from tests.recovery.house import House
from tests.recovery.load import LIFE, NOTICES, Client

pytestmark = pytest.mark.recovery

KILLS = 30
CLIENTS = 3
PAPERS_WITHIN = 150  # seconds: what a killed worker held comes free when its lease runs out


@pytest.fixture
def house(empty_database, tmp_path):
    made = House(empty_database, tmp_path)
    yield made
    made.stop()
    assert "Traceback" not in made.log(), made.log()[-3000:]


def under_load(house: House, officers: dict[str, dict]) -> list[Client]:
    """Kill and start again while clients work; give the clients when their last act is answered."""
    stopping, chance = threading.Event(), random.Random(20261123)
    clients = [Client(f"c{n}", house.port, officers, stopping) for n in range(CLIENTS)]
    for client in clients:
        client.start()
    try:
        for _ in range(KILLS):
            _more(clients, chance.randint(1, 25))
            time.sleep(chance.uniform(0, 0.1))
            name = chance.choice(["web", "web", "worker"])
            house.kill(name)
            house.start(name)
    finally:
        stopping.set()
        for client in clients:
            client.join()
    return clients


def _more(clients: list[Client], acts: int) -> None:
    """Wait until so many more acts are acknowledged: a kill then falls into real work."""
    deadline, wanted = time.monotonic() + 30, _acts(clients) + acts
    while _acts(clients) < wanted and not any(client.wrong for client in clients):
        assert time.monotonic() < deadline, "no act was acknowledged"
        time.sleep(0.01)


def _acts(clients: list[Client]) -> int:
    return sum(len(acts) for client in clients for acts in list(client.acknowledged.values()))


def settled(house: House) -> dict:
    """Wait until every paper that was asked for is made; give what is there then."""
    deadline = time.monotonic() + PAPERS_WITHIN
    while (found := house.ask("look"))["made"] < found["asked"]:
        assert time.monotonic() < deadline, found["jobs"]
        time.sleep(2)
    return found


def people(acts: list[list[str]]) -> list[tuple[str, str]]:
    return [(act, entry) for act, entry in acts if act != "paper"]


def test_what_was_acknowledged_is_there_exactly_once(house):
    officers = house.ask("seed")
    house.start("web")
    house.start("worker")
    clients = under_load(house, officers)
    assert [client.wrong for client in clients] == [[]] * CLIENTS
    assert sum(client.repeats for client in clients) > 0, "no request was ever cut off"
    found = settled(house)
    house.stop()

    told = {lookup: acts for client in clients for lookup, acts in client.acknowledged.items()}
    assert {lookup: people(acts) for lookup, acts in found["dossiers"].items()} == told
    assert len(told) > KILLS  # real work lay between the kills
    assert list(found["messages"].values()) == [NOTICES] * len(told)
    assert found["keys"] == len(told) * (1 + len(LIFE))
    assert len(found["codes"]) == len(told)
    for day in {code[:-5] for code in found["codes"]}:
        numbers = [int(code[-4:]) for code in found["codes"] if code.startswith(day)]
        assert numbers == list(range(1, len(numbers) + 1))
    papers = [act for acts in found["dossiers"].values() for act, _ in acts if act == "paper"]
    assert len(papers) == found["made"] == found["asked"] == 2 * len(told)
    assert [job for job in found["jobs"] if job[1] == "dead"] == []
    assert found["wrong_counts"] == 0
    house.verify()
