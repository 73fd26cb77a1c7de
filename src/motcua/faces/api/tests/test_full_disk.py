"""A full disk is told as such, on a page and in the API, with the status that says so."""

from __future__ import annotations

import errno
import json
import sqlite3

import pytest
from django.db import OperationalError, connections
from django.test import RequestFactory

from motcua.core.space import is_full
from motcua.faces.api.errors import answer, refusal_of
from motcua.faces.ui.middleware import RefusalMiddleware


def full_database() -> Exception:
    """Fill a real SQLite database to its bound, as Django would report it."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE t (x)")
    database.execute("PRAGMA max_page_count = 2")
    try:
        database.execute("INSERT INTO t VALUES (randomblob(100000))")
    except sqlite3.OperationalError as full:
        error = OperationalError(str(full))
        error.__cause__ = full
        return error
    raise AssertionError("it was not full")


# What PostgreSQL says to who wants to connect, where the disk has no room for its small file.
AT_THE_DOOR = OperationalError('to server on "x" failed: FATAL:  could not write init file')
FULL = [full_database(), OSError(errno.ENOSPC, "x"), OSError(errno.EDQUOT, "x"), AT_THE_DOOR]


@pytest.mark.parametrize("error", FULL, ids=lambda error: type(error).__name__)
def test_the_api_says_507_and_may_be_asked_again(error):
    said = answer(refusal_of(error))
    told = json.loads(said.content)["error"]
    assert (said.status_code, told["code"], told["retry"]) == (507, "space.full", True)


@pytest.mark.django_db
@pytest.mark.parametrize("error", FULL, ids=lambda error: type(error).__name__)
def test_the_page_says_that_nothing_was_recorded(error):
    middleware = RefusalMiddleware(lambda _request: None)
    page = middleware.process_exception(RequestFactory().get("/"), error)
    assert page.status_code == 507
    assert "chưa ghi nhận gì" in page.content.decode()


def driver_s() -> Exception:
    """Give what the driver under the hand-written statements raises when the database is away."""
    return connections["default"].Database.OperationalError("server closed the connection")


@pytest.mark.parametrize("error", [lambda: OperationalError("locked"), driver_s])
@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_503_on_a_page_and_in_the_api(error):
    said = answer(refusal_of(error()))
    assert (said.status_code, json.loads(said.content)["error"]["code"]) == (503, "api.busy")
    middleware = RefusalMiddleware(lambda _request: None)
    page = middleware.process_exception(RequestFactory().get("/"), error())
    assert page.status_code == 503
    assert page["Retry-After"]


@pytest.mark.parametrize("error", [OSError(errno.EACCES, "x"), OperationalError("locked"), None])
def test_nothing_else_is_taken_for_a_full_disk(error):
    assert not is_full(error)
