"""Files that nobody attaches: they go after two days, and none goes that somebody still needs."""

from __future__ import annotations

import datetime
import os
import threading

import pytest

from motcua.core.dossiers.orders import Handed
from motcua.core.files import store
from motcua.core.files.store import WAITS, drop_unattached, keep, path_of
from motcua.core.now import now

AT = datetime.datetime(2026, 11, 26, 3, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MOTCUA_FILES = tmp_path / "files"


def stored(text: str, *, age: datetime.timedelta):
    one = keep([f"%PDF-1.7 {text}".encode()])
    aged(one, age)
    return one


def aged(one, age: datetime.timedelta) -> None:
    second = (AT - age).timestamp()
    os.utime(path_of(one.sha256), (second, second))


def test_only_what_is_old_and_attached_to_nothing_goes(world):
    taken, left = stored("attached", age=9 * DAY), stored("left", age=2 * DAY + WAITS / 2)
    young = stored("young", age=2 * DAY - WAITS / 2)
    world.file(evidence=(Handed("request", taken),))
    assert drop_unattached(at=AT) == 1
    assert [path_of(one.sha256).exists() for one in (taken, left, young)] == [True, False, True]
    assert drop_unattached(at=AT) == 0


def test_two_dossiers_share_the_bytes_and_none_loses_them(world):
    one = stored("shared", age=9 * DAY)
    world.file(evidence=(Handed("request", one),))
    again = stored("shared", age=9 * DAY)
    assert (again.sha256, drop_unattached(at=AT)) == (one.sha256, 0)


def test_bytes_that_come_in_anew_while_the_broom_sweeps_stay(world, monkeypatch):
    """Between the look at a file and its removal somebody sends the same bytes again."""
    one = stored("again", age=9 * DAY)
    look = store.attached

    def meanwhile(sha256: str) -> bool:
        known = look(sha256)
        keep([b"%PDF-1.7 again"])
        return known

    monkeypatch.setattr(store, "attached", meanwhile)
    assert (drop_unattached(at=AT), path_of(one.sha256).exists()) == (0, True)


def test_putting_and_removing_take_turns(world):
    """Whatever the order, a file that was kept just now is there."""
    wrong = []

    def put() -> None:
        for number in range(40):
            one = keep([f"%PDF-1.7 {number % 4}".encode()])
            if not path_of(one.sha256).exists():
                wrong.append(number)

    for number in range(4):
        stored(str(number), age=9 * DAY)
    threads = [threading.Thread(target=put) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(10):
        drop_unattached(at=now())
    for thread in threads:
        thread.join()
    assert wrong == []
