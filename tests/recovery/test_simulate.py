"""Kill -9 in the midst of a simulated year: the same call brings it to its end."""

from __future__ import annotations

import os
import signal
import subprocess

import pytest

from tests.recovery.house import House, wait_for

pytestmark = pytest.mark.recovery

YEAR = ("simulate", "--dossiers", "1500", "--seed", "9", "--until", "2026-11-20T17:00")


@pytest.fixture
def house(empty_database, tmp_path):
    return House(empty_database, tmp_path)


def kill_after(house: House, dossiers: int) -> None:
    """Begin the year, and kill it with all its processes once so many dossiers are there."""
    year = subprocess.Popen(
        house.command(*YEAR),
        env=house.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    wait_for(lambda: house.ask("count")["dossiers"] >= dossiers)
    os.killpg(year.pid, signal.SIGKILL)
    year.wait()


def test_a_killed_year_goes_on_and_ends_once(house):
    house.run("load", "sample")
    stories = house.ask("count")["dossiers"]
    for dossiers in (20, 700):
        kill_after(house, stories + dossiers)
    told = house.tell(*YEAR)
    assert told["dossiers"] == house.ask("count")["dossiers"] - stories >= 1500
    house.verify()
    again = house.tell(*YEAR)
    assert again["acts"] == 0
    assert (again["states"], again["buckets"]) == (told["states"], told["buckets"])
