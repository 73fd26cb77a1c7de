"""Fixtures of the queue's tests."""

from __future__ import annotations

import sqlite3

import pytest
from django.db import connection, connections

from motcua.core.jobs import registry, schedules, worker


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
    if connection.vendor == "postgresql":
        yield
        return
    connection.ensure_connection()
    with sqlite3.connect(tmp_path / "shared.sqlite3") as file:
        connection.connection.backup(file)
        file.execute("PRAGMA journal_mode=WAL")  # the first switch does not wait for others
    file.close()
    kept, settings = connections["default"], connections.databases["default"]
    name = settings["NAME"]
    del connections["default"]
    settings["NAME"] = str(tmp_path / "shared.sqlite3")
    yield
    connections["default"].close()
    settings["NAME"] = name
    connections["default"] = kept
