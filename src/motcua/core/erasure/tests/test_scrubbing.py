"""A page is written anew without what was deleted only when nobody may still look at it."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest
from django.db import connection

from motcua.core.erasure import scrubbing
from motcua.core.erasure.scrubbing import StillRead, scrub
from motcua.core.people.models import Party

NAME = "Trần Thử Xóa Hẳn"

# With the crash drills: what others of the cluster write meanwhile is waited for.
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.recovery,
    pytest.mark.django_db(transaction=True),
]


def another(database: str):
    """Connect to a database of the same cluster."""
    import psycopg

    settings = connection.settings_dict
    where = {"host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"]}
    given = {key: value for key, value in where.items() if value}
    given["password"] = settings["PASSWORD"] or os.environ.get("PGPASSWORD", "")
    return psycopg.connect(dbname=database, **given)


@pytest.fixture
def looking():
    """Open a transaction of somebody else's that may look at what is there now."""
    with another(connection.settings_dict["NAME"]) as other:
        other.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        other.execute("SELECT count(*) FROM people_party")
        yield other


@pytest.fixture
def party(transactional_db) -> Party:
    return Party.objects.create(kind=Party.Kind.PERSON, name=NAME)


def is_in_pages() -> bool:
    """Tell whether the name stands anywhere in the table's own file."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT current_setting('data_directory'), pg_relation_filepath('people_party')"
        )
        folder, file = cursor.fetchone()
    return NAME.encode() in (Path(folder) / file).read_bytes()


def is_refused(monkeypatch) -> bool:
    """Tell whether a scrub that waits a moment alone is told that it waits in vain."""
    with monkeypatch.context() as patch:
        patch.setattr(scrubbing, "_PATIENCE", 0.2)
        try:
            scrub(whole=True)
        except StillRead:
            return True
    return False


def test_what_was_deleted_goes_once_the_last_look_has_ended(party, looking):
    party.delete()

    def end() -> None:
        time.sleep(0.4)
        looking.rollback()

    ender = threading.Thread(target=end)
    ender.start()
    scrub(whole=True)
    ender.join()
    assert not is_in_pages()


def test_a_look_that_does_not_end_is_told(party, looking, monkeypatch):
    party.delete()
    assert is_refused(monkeypatch)
    assert is_in_pages()
    looking.rollback()
    scrub(whole=True)
    assert not is_in_pages()


def test_a_place_that_is_open_goes_on_beside_a_look(party, looking):
    party.delete()
    scrub()
    assert is_in_pages()  # the look may still see it
    assert looking.execute("SELECT count(*) FROM people_party").fetchone() == (1,)


def test_a_writer_in_another_database_is_waited_for_too(party, monkeypatch):
    with another("postgres") as writer:
        writer.execute("SELECT txid_current()")
        party.delete()
        assert is_refused(monkeypatch)
        writer.rollback()
    scrub(whole=True)
    assert not is_in_pages()
