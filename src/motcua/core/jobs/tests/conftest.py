"""Fixtures of the queue's tests."""

from __future__ import annotations

import pytest

from motcua.core.jobs import registry, schedules, worker
from tests.shared import shared_file


@pytest.fixture(autouse=True)
def own_declarations(monkeypatch):
    """Let a test declare handlers and schedules without leaving them to the next."""
    registry.discover()  # a module declares once a process, so not while the registries are ours
    monkeypatch.setattr(registry, "_HANDLERS", dict(registry._HANDLERS))
    monkeypatch.setattr(schedules, "_DECLARED", {})
    monkeypatch.setattr(worker, "discover", lambda: None)  # the house's own jobs stay away


@pytest.fixture
def shared_database(transactional_db, tmp_path):
    """Give a database that other threads and processes can open too (SQLite: a file)."""
    with shared_file(tmp_path / "shared.sqlite3"):
        yield
