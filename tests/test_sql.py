"""The thin door to the database: one text for both, in Django's transactions, with its errors."""

from __future__ import annotations

import datetime
import subprocess
import sys
from contextlib import closing, nullcontext, suppress

import pytest
from django.db import close_old_connections, connection, transaction

from motcua.core.limits.models import Usage
from motcua.core.sql import Sql, act, database_errors, hot_act, instant, marks, reading
from motcua.kernel.errors import Refused

AT = datetime.datetime(2026, 11, 2, 1, 30, tzinfo=datetime.UTC)
_PUT = Sql(
    "INSERT INTO limits_usage (id, slot, count, before, kept_until) VALUES (%s, %s, %s, 0, %s)"
)
_ALL = Sql("SELECT id, slot, count, kept_until FROM limits_usage WHERE id > %s ORDER BY id")
_ANEW = Sql("SELECT id FROM limits_usage WHERE id > %s ORDER BY id", anew=True)
_SLOT = Sql("UPDATE limits_usage SET slot = %s WHERE id = %s")


def rows():
    return reading().all(_ALL, 0)


def test_marks_are_numbered_for_postgresql_and_questions_for_sqlite():
    sql = Sql("SELECT %s,\n  %s::text", postgres="SELECT %s  AS a")
    assert (sql.sqlite, sql.numbered) == ("SELECT ?, ?::text", "SELECT $1 AS a")
    assert marks(3) == "%s, %s, %s"


def test_an_instant_is_one_text_whatever_a_process_imports_first():
    """Django's backend registers an adapter too; the web process used to import it after ours."""
    told = "SELECT ?", "datetime.datetime(2026, 11, 2, 1, 30, tzinfo=datetime.UTC)"
    program = (
        "import motcua.core.sql, django.db.backends.sqlite3.base, datetime, sqlite3;"
        f"print(sqlite3.connect(':memory:').execute('{told[0]}', ({told[1]},)).fetchone()[0])"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.stdout == "2026-11-02 01:30:00\n", done.stderr


@pytest.mark.django_db
def test_values_come_back_as_they_went_large_and_small():
    tx = reading()
    for id_, count in ((1, 1), (2**40, 2**31 - 1), (2**62, -1)):
        assert tx.run(_PUT, id_, 5, count, AT) == 1
    assert [(id_, count, instant(at)) for id_, _, count, at in tx.all(_ALL, 0)] == [
        (1, 1, AT),
        (2**40, 2**31 - 1, AT),
        (2**62, -1, AT),
    ]
    assert tx.one(_ALL, 2**62) is None
    assert tx.one(_ALL, 2**40)[0] == 2**62


@pytest.mark.django_db
def test_a_statement_that_is_planned_anew_gives_the_same():
    reading().run(_PUT, 7, 5, 1, AT)
    assert reading().all(_ANEW, 6) == [(7,)]
    assert reading().one(_ANEW, 7) is None


@pytest.mark.django_db
def test_how_many_rows_were_touched_is_told():
    reading().run(_PUT, 7, 5, 1, AT)
    assert (reading().run(_SLOT, 6, 7), reading().run(_SLOT, 6, 8)) == (1, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("opened", [act, hot_act, transaction.atomic])
def test_what_a_broken_act_wrote_is_undone(opened):
    with pytest.raises(LookupError):
        _broken(opened)
    assert rows() == []
    with opened():
        reading().run(_PUT, 7, 5, 1, AT)
    assert len(rows()) == 1


def _broken(opened):
    with opened():
        reading().run(_PUT, 7, 5, 1, AT)
        raise LookupError


@pytest.mark.django_db(transaction=True)
def test_an_act_among_others_takes_back_itself_alone():
    with act():
        for row in (8, 9, 8):
            with suppress(*database_errors()), hot_act() as tx:
                tx.run(_PUT, row + 10, 5, 1, AT)
                tx.run(_PUT, row, 5, 1, AT)
        with pytest.raises(LookupError):
            _broken(hot_act)
    assert [row[0] for row in rows()] == [8, 9, 18, 19]


@pytest.mark.django_db(transaction=True)
def test_an_error_is_the_drivers_own_and_leaves_a_working_connection():
    with hot_act() as tx:
        tx.run(_PUT, 7, 5, 1, AT)
    with pytest.raises(database_errors()) as found, hot_act() as tx:
        tx.run(_PUT, 7, 5, 1, AT)
    assert "UNIQUE" in str(found.value).upper()
    assert len(rows()) == 1


class Taken(Refused):
    """The row was there before."""

    code, vi, en = "tests.taken", "Đã có.", "It is there."


@pytest.mark.django_db(transaction=True)
def test_what_is_sent_is_there_for_the_next_question_whoever_asks_it():
    with hot_act() as tx:
        tx.send(_PUT, 7, 5, 1, AT)
        assert [row[0] for row in tx.all(_ALL, 0)] == [7]
        tx.send(_PUT, 8, 5, 1, AT)
        assert [row[0] for row in tx.all(_ANEW, 0)] == [7, 8]
        tx.send(_PUT, 9, 5, 1, AT)
        assert Usage.objects.count() == 3
        tx.send(_PUT, 10, 5, 1, AT)
        assert tx.run(_SLOT, 6, 10) == 1
        tx.send(_PUT, 11, 5, 1, AT)
    assert [row[0] for row in rows()] == [7, 8, 9, 10, 11]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("outside", [nullcontext, act])
@pytest.mark.parametrize("then", ["nothing", "more", "question"])
def test_what_clashes_is_told_by_its_name_and_all_of_the_act_taken_back(outside, then):
    reading().run(_PUT, 7, 5, 1, AT)
    with outside():
        with pytest.raises(Taken), hot_act() as tx:  # noqa: PT012 - which of them, the test asks
            tx.send(_PUT, 8, 5, 1, AT)
            tx.send(_PUT, 7, 5, 1, AT, clash=Taken)
            if then == "more":
                tx.send(_PUT, 9, 5, 1, AT)
            if then == "question":
                tx.run(_SLOT, 6, 8)
        with hot_act() as tx:
            tx.send(_PUT, 10, 5, 1, AT)
    assert [row[0] for row in rows()] == [7, 10]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("outside", [nullcontext, act])
def test_what_fails_by_another_key_is_no_clash(outside):
    reading().run(_PUT, 7, 5, 1, AT)
    with outside():
        with pytest.raises(database_errors()) as found, hot_act() as tx:  # noqa: PT012
            tx.send(_PUT, 7, 5, 1, AT)
            tx.send(_PUT, 8, 5, 1, AT, clash=Taken)
        assert "UNIQUE" in str(found.value).upper()
    assert len(rows()) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("outside", [nullcontext, act])
@pytest.mark.parametrize("sent", range(1, 8))
def test_an_act_given_up_before_anything_was_asked_leaves_nothing_behind(outside, sent):
    with outside():
        with pytest.raises(LookupError), hot_act() as tx:  # noqa: PT012
            for number in range(sent):
                tx.send(_PUT, 7 + number, 5, 1, AT)
            raise LookupError
        reading().run(_PUT, 8, 5, 1, AT)
    assert [row[0] for row in rows()] == [8]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("outside", [nullcontext, act])
@pytest.mark.parametrize("before", range(7))
def test_what_clashes_among_many_is_told_wherever_it_stands(outside, before):
    reading().run(_PUT, 7, 5, 1, AT)
    with outside():
        with pytest.raises(Taken), hot_act() as tx:  # noqa: PT012
            for number in range(before):
                tx.send(_PUT, 20 + number, 5, 1, AT)
            tx.send(_PUT, 7, 5, 1, AT, clash=Taken)
            for number in range(6 - before):
                tx.send(_PUT, 40 + number, 5, 1, AT)
        with hot_act() as tx:
            tx.send(_PUT, 10, 5, 1, AT)
    assert [row[0] for row in rows()] == [7, 10]


@pytest.mark.django_db(transaction=True)
def test_a_statement_never_asked_before_comes_in_its_turn():
    anew = [
        Sql(f"UPDATE limits_usage SET slot = slot + {more} WHERE id = %s") for more in range(1, 9)
    ]
    with hot_act() as tx:
        tx.send(_PUT, 7, 5, 1, AT)
        for number, one in enumerate(anew, 20):
            tx.send(one, 7)
            tx.send(_PUT, number, 5, 1, AT)
    assert [row[1] for row in rows() if row[0] == 7] == [5 + sum(range(1, 9))]
    assert len(rows()) == 9


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "ask",
    [
        lambda tx: tx.all(_ALL, 0),
        lambda _: None,
        lambda tx: [tx.send(_PUT, number, 5, 1, AT) for number in range(20, 40)],
    ],
)
def test_a_server_that_went_away_within_an_act_is_told_and_nothing_of_it_stays(ask):
    (number,) = reading().one(Sql("SELECT pg_backend_pid()"))
    with pytest.raises(database_errors(), match=r"terminat|closed"), hot_act() as tx:  # noqa: PT012
        tx.send(_PUT, 7, 5, 1, AT)
        tx.one(_ALL, 0)
        tx.send(_PUT, 8, 5, 1, AT)
        with closing(connection.copy()) as other, other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
        ask(tx)
    close_old_connections()
    assert rows() == []
    with hot_act() as tx:
        tx.send(_PUT, 9, 5, 1, AT)
    assert [row[0] for row in rows()] == [9]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_act_that_cannot_begin_keeps_nothing_back_afterwards():
    connection.close()  # a new one has prepared nothing yet
    with pytest.raises(database_errors()), act() as tx:  # noqa: PT012
        with suppress(*database_errors()):
            tx.run(Sql("SELECT 1 / 0"))
        with hot_act():
            pass
    reading().send(_PUT, 7, 5, 1, AT)
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM limits_usage")
        assert cursor.fetchone() == (1,)
    assert connection.execute_wrappers == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_server_that_went_away_is_told_and_the_next_request_works():
    (number,) = reading().one(Sql("SELECT pg_backend_pid()"))
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
    with pytest.raises(database_errors(), match=r"terminat|closed"):
        rows()
    close_old_connections()  # as at the end of a request
    assert rows() == []
