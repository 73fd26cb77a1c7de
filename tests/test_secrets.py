"""A key is made once, whoever asks first, and is whole from the moment it is there."""

from __future__ import annotations

import os
import threading

import pytest

from motcua.core import secrets


@pytest.fixture
def folder(settings, tmp_path):
    settings.MOTCUA_KEYS = tmp_path / "keys"
    secrets.key.cache_clear()
    yield settings.MOTCUA_KEYS
    secrets.key.cache_clear()


def test_threads_that_ask_at_once_get_one_key(folder, monkeypatch):
    together, given = threading.Barrier(8, timeout=20), []
    link = os.link

    def all_at_the_same_step(draft, path):
        together.wait()
        link(draft, path)

    monkeypatch.setattr(os, "link", all_at_the_same_step)
    threads = [threading.Thread(target=lambda: given.append(secrets.key("one"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert given == [(folder / "one.key").read_bytes()] * 8
    assert len(given[0]) == 32
    assert [one.name for one in folder.iterdir()] == ["one.key"]


def test_a_full_disk_leaves_no_key_and_no_draft(folder, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        secrets.key("one")
    assert list(folder.iterdir()) == []
