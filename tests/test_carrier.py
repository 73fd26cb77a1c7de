"""SQLite's log is copied into the database beside the acts."""

from __future__ import annotations

import datetime
import shutil
import sqlite3
from contextlib import closing

import pytest
from django.db import OperationalError

from motcua.core import sql
from motcua.core.carrier import Carrier, carry_beside
from motcua.core.sql import Sql, hot_act
from tests.postgres import on_postgres
from tests.recovery.house import wait_for
from tests.shared import shared_file

AT = datetime.datetime(2026, 11, 2, 1, 30, tzinfo=datetime.UTC)
_PUT = Sql(
    "INSERT INTO limits_usage (id, slot, count, before, kept_until) VALUES (%s, 1, 1, 0, %s)"
)

on_sqlite = pytest.mark.skipif(on_postgres(), reason="PostgreSQL copies its log by itself")


@pytest.fixture
def often(monkeypatch):
    """Have every third act tell that the log has grown."""
    monkeypatch.setattr(sql, "MUCH", 3)
    sql.grown.clear()
    yield
    sql.grown.clear()


def put(number):
    with hot_act() as tx:
        tx.send(_PUT, number, AT)


@pytest.mark.postgres
def test_postgresql_copies_its_log_by_itself():
    assert carry_beside() is None


@on_sqlite
@pytest.mark.django_db
def test_acts_tell_that_the_log_has_grown_every_so_often(often):
    told = []
    for number in range(1, 13):
        put(number)
        told.append(sql.grown.is_set())
        sql.grown.clear()
    assert sum(told) == 4


def without_its_log(file, folder):
    """Count the rows that have reached the database itself: those of a copy without its log."""
    alone = shutil.copy(file, folder / "alone.sqlite3")
    with closing(sqlite3.connect(alone)) as database:
        return database.execute("SELECT COUNT(*) FROM limits_usage").fetchone()[0]


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_the_log_is_copied_though_no_commit_reaches_its_limit(often, tmp_path):
    file = tmp_path / "shared.sqlite3"
    with shared_file(file):
        for number in range(1, 13):
            put(number)
        assert without_its_log(file, tmp_path) == 0
        carrier = Carrier()
        carrier.start()
        carrier.stop()
        assert without_its_log(file, tmp_path) == 12
        put(13)
        assert without_its_log(file, tmp_path) == 12  # nobody copies any more


@pytest.mark.django_db(transaction=True)
def test_a_copy_that_fails_is_told_and_the_next_one_is_made(often, tmp_path, monkeypatch, caplog):
    told = [OperationalError("disk I/O error"), None]

    def copy():
        if (error := told.pop(0)) is not None:
            raise error

    monkeypatch.setattr("motcua.core.carrier.carry_home", copy)
    carrier = Carrier()
    carrier.start()
    sql.grown.set()
    wait_for(lambda: len(told) == 1)
    carrier.stop()
    assert (told, len(caplog.records)) == ([], 1)
