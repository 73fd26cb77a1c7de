"""The test bench itself: no outside world, an own database."""

from __future__ import annotations

import os
import socket
import sqlite3
from pathlib import Path

import pytest

from conftest import OutsideWorld, is_loopback


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.invalid", 443)])
def test_the_outside_world_cannot_be_reached(address):
    with pytest.raises(OutsideWorld):
        socket.create_connection(address, timeout=1)


def test_a_datagram_does_not_leave_either():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender, pytest.raises(OutsideWorld):
        sender.sendto(b"x", ("192.0.2.1", 9))


def test_this_machine_can_be_reached():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
    ):
        assert client.getpeername() == server.getsockname()


@pytest.mark.parametrize("host", ["127.9.9.9", "::1", b"localhost", None])
def test_loopback_has_many_names(host):
    assert is_loopback(host)


def test_an_empty_database_is_there_and_empty(empty_database):
    if empty_database.startswith("postgresql://"):
        import psycopg

        with psycopg.connect(empty_database) as connection:
            count = connection.execute("select count(*) from pg_stat_user_tables").fetchone()
    else:
        count = (
            sqlite3.connect(empty_database).execute("select count(*) from sqlite_master").fetchone()
        )
    assert count == (0,)


@pytest.mark.reference
def test_reference_data_has_its_readme(reference_data: Path):
    assert (reference_data / "README.md").is_file()


@pytest.mark.postgres
def test_postgres_writes_durably():
    import psycopg

    with psycopg.connect(os.environ["MOTCUA_DATABASE"]) as connection:
        assert connection.execute("show fsync").fetchone() == ("on",)
