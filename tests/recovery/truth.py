"""What has to be true when a drill is over, and how far its clients have come."""

from __future__ import annotations

import time

from tests.recovery.house import House, wait_for
from tests.recovery.load import LIFE, NOTICES, Client

PAPERS_WITHIN = 150  # seconds: what a killed worker held comes free when its lease runs out


def acts(clients: list[Client]) -> int:
    """Count the acts that were acknowledged."""
    return sum(len(acts) for client in clients for acts in list(client.acknowledged.values()))


def more(clients: list[Client], count: int) -> None:
    """Wait until so many more acts are acknowledged: what comes next falls into real work."""
    wanted = acts(clients) + count
    wait_for(lambda: acts(clients) >= wanted or any(client.wrong for client in clients))


def settled(house: House) -> dict:
    """Wait until every paper that was asked for is made; give what is there when nobody works.

    One look reads table after table: a worker beside it finishes a paper in between.
    """
    deadline = time.monotonic() + PAPERS_WITHIN
    while (found := house.ask("look"))["made"] < found["asked"]:
        assert time.monotonic() < deadline, found["jobs"]
        time.sleep(2)
    house.stop()
    return house.ask("look")


def nothing_lost(house: House, clients: list[Client]) -> int:
    """Hold the database against what was acknowledged: each act once; give how many dossiers."""
    assert [client.wrong for client in clients] == [[]] * len(clients)
    found = settled(house)
    told = {lookup: acts for client in clients for lookup, acts in client.acknowledged.items()}
    assert {lookup: _people(acts) for lookup, acts in found["dossiers"].items()} == told
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
    return len(told)


def _people(acts: list[list[str]]) -> list[tuple[str, str]]:
    return [(act, entry) for act, entry in acts if act != "paper"]
