"""Every read is a row, every row is sealed, and a row that was touched is found."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core.access import log
from motcua.core.access.actors import PUBLIC
from motcua.core.access.book import ACCESS
from motcua.core.access.folding import check_appearances, fold
from motcua.core.access.forgetting import forget_old, forget_words, forgotten_to
from motcua.core.access.log import LogUnwritable, Reader
from motcua.core.access.looks import looks_at
from motcua.core.access.models import AccessSeal, Appearance, Read
from motcua.core.access.tests.tools import T0, codes, reader, report, run, unguarded
from motcua.core.agencies.powers import Lent
from motcua.core.ledger.models import Entry, Seal
from motcua.core.ledger.sealing import seal
from motcua.core.ledger.verify import verify
from motcua.core.sql import act, reading

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def sealed(hours: float = 1):
    return seal(at=T0 + datetime.timedelta(hours=hours), book=ACCESS)


def some_reads() -> None:
    log.listed(reader(), what="dossiers", dossiers=[5, 6, 7], query="q=Nguyễn")
    log.opened(reader(hours=0.1), 5, agencies=[3])
    log.revealed(reader(8, hours=0.2), 5, field="applicant.number", purpose="Đối chiếu hồ sơ")
    log.downloaded(reader(9, hours=0.3), 6, what="evidence:4")
    log.exported(reader(9, hours=0.4), what="csv", dossiers=[5], purpose="Báo cáo")


def test_a_list_is_one_row_that_names_its_dossiers():
    log.listed(reader(), what="dossiers", dossiers=[5, 6, 7], query="q=Nguyễn")
    row = Read.objects.get()
    assert (row.kind, row.count, row.dossiers, row.dossier_id) == ("listed", 3, ",5,6,7,", None)
    assert (row.actor, row.agency_id, row.post, row.at) == ("officer:7", 3, "specialist", T0)
    assert json.loads(row.said) == {"query": "q=Nguyễn", "address": "192.0.2.1"}


def test_a_read_is_one_statement(django_assert_num_queries, monkeypatch):
    reading()
    told: list[object] = []
    inner = log._insert
    monkeypatch.setattr(log, "_insert", lambda *row: (told.append(row), inner(*row)))
    with django_assert_num_queries(0):  # nothing by the ORM beside the one INSERT
        log.opened(reader(), 5)
    assert len(told) == Read.objects.count() == 1


def test_who_stands_in_reads_in_the_post_that_was_lent():
    lent = Lent(1, 8, "Người vắng", agency_id=4, post="leader", capacity="KT.")
    own = reader()
    log.opened(replace(own, actor=replace(own.actor, lent=(lent,))), 5, agencies=[4])
    log.opened(replace(own, actor=replace(own.actor, lent=(lent,))), 5, agencies=[3, 4])
    log.opened(replace(own, actor=replace(own.actor, posts=(), lent=(lent,))), 5)
    found = list(Read.objects.order_by("id").values_list("agency_id", "post"))
    assert found == [(4, "leader"), (3, "specialist"), (4, "leader")]


def test_somebody_without_a_post_reads_without_one():
    log.opened(Reader(PUBLIC, T0), 5)
    row = Read.objects.get()
    assert (row.actor, row.agency_id, row.post, row.said) == ("public", None, "", "{}")


def test_nothing_is_shown_that_can_not_be_written(monkeypatch):
    def broken(*_):
        raise OSError("disk full")

    monkeypatch.setattr(log, "_insert", broken)
    with pytest.raises(LogUnwritable):
        log.opened(reader(), 5)


def test_reads_are_sealed_in_a_book_of_their_own():
    some_reads()
    assert sealed().size == 5
    assert sealed() is None
    assert not Seal.objects.exists()
    found = report()
    assert (found.ok, found.entries, found.seals, found.witnessed) == (True, 5, 1, 1)
    assert verify(tx=reading(), at=T0).seals == 0


def test_a_seal_of_one_book_is_none_of_the_other():
    some_reads()
    made = sealed()
    Seal.objects.create(
        **{field.name: getattr(made, field.name) for field in AccessSeal._meta.concrete_fields}
    )
    found = {one.code for one in verify(tx=reading(), at=T0, to=()).findings}
    assert {"ledger.seal_changed", "ledger.seal_link"} <= found


CHANGES = {
    "actor": "'officer:1'",
    "kind": "'opened'",
    "at": "'2026-01-01 00:00:00+00:00'",
    "agency_id": "99",
    "post": "'leader'",
    "dossier_id": "99",
    "what": "'x'",
    "count": "99",
    "dossiers": "',99,'",
}


@pytest.mark.parametrize("column", CHANGES)
@pytest.mark.parametrize("is_sealed", [True, False])
def test_a_changed_row_is_found(column, is_sealed):
    some_reads()
    if is_sealed:
        sealed()
    with unguarded():
        run(f"UPDATE access_read SET {column} = {CHANGES[column]} WHERE kind = 'revealed'")
    assert codes() == {"access.row_changed"}


def test_changed_words_are_found():
    some_reads()
    with unguarded():
        run("UPDATE access_read SET said = %s WHERE kind = 'revealed'", '{"purpose":"khác"}')
    assert codes() == {"access.words_changed"}


def test_a_row_that_was_taken_out_of_its_seal_is_found():
    some_reads()
    sealed()
    with unguarded():
        run("DELETE FROM access_read WHERE kind = 'opened'")
    assert codes() == {"ledger.seal_entries"}


def test_a_row_that_was_written_anew_with_its_hash_is_found():
    some_reads()
    sealed()
    with unguarded():
        run("UPDATE access_read SET hash = %s WHERE kind = 'opened'", bytes(32))
    assert codes() == {"access.row_changed", "ledger.seal_root"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_read SET actor = 'officer:1'",
        "UPDATE access_read SET said = '{}'",
        "UPDATE access_read SET said = '', salt = '', actor = ''",
        "UPDATE access_read SET leaf = 9",
        "UPDATE access_read SET seal_id = NULL, leaf = NULL",
        "DELETE FROM access_read",
        "DELETE FROM access_accessseal",
        "UPDATE access_accessseal SET size = 9",
    ],
)
def test_the_log_only_grows(statement):
    some_reads()
    sealed()
    with pytest.raises(DatabaseError, match="the access log only grows"), transaction.atomic():
        run(statement)


def test_words_are_forgotten_and_the_seals_still_hold():
    some_reads()
    sealed()
    with act() as tx:
        assert forget_words(tx, dossier_id=5) == 4
    assert [json.loads(row.said) for row in Read.objects.exclude(said="")] == [
        {"address": "192.0.2.1"}
    ]
    assert not bytes(Read.objects.get(kind="revealed").salt)
    assert report().ok


def test_old_rows_are_emptied_and_the_ledger_says_up_to_which_seal(settings):
    settings.MOTCUA_ACCESS_LOG_DAYS = 30
    some_reads()
    sealed()
    log.opened(reader(hours=24 * 20), 5)
    sealed(24 * 20)
    assert forget_old(at=T0 + 40 * DAY) == 5
    assert forget_old(at=T0 + 40 * DAY) == 0
    assert [row.kind for row in Read.objects.order_by("id")] == [*[""] * 5, "opened"]
    entry = json.loads(Entry.objects.get(stream=0).body)
    assert (entry["act"], entry["data"]) == ("access.forgotten", {"from": 1, "to": 1})
    assert forgotten_to(reading()) == 1
    settings.MOTCUA_ACCESS_LOG_DAYS = 1000  # what was lawful then stays lawful
    assert report().ok
    settings.MOTCUA_ACCESS_LOG_DAYS = 30
    assert forget_old(at=T0 + 80 * DAY) == 1
    assert forgotten_to(reading()) == 2
    assert report().ok


def test_a_row_that_was_emptied_early_is_found():
    some_reads()
    sealed()
    run(
        "UPDATE access_read SET kind = '', actor = '', agency_id = NULL, post = '',"
        " dossier_id = NULL, what = '', dossiers = '', said = '', salt = %s, committed = %s"
        " WHERE kind = 'opened'",
        b"",
        b"",
    )
    assert codes() == {"access.forgotten_early"}


def test_whoever_owns_a_dossier_reads_who_looked():
    some_reads()
    log.listed(reader(hours=0.5), what="work", dossiers=[5])
    assert [(one.kind, one.actor) for one in looks_at(5, limit=9)] == [
        ("revealed", "officer:8"),
        ("opened", "officer:7"),
    ]
    sealed()
    assert fold(most=9) == 1
    assert fold(most=9) == 0
    told = [(one.kind, one.actor, one.times) for one in looks_at(5, limit=9)]
    assert told == [
        ("listed", "officer:7", 2),
        ("exported", "officer:9", 1),
        ("revealed", "officer:8", 1),
        ("opened", "officer:7", 1),
    ]
    assert [one.kind for one in looks_at(7, limit=9)] == ["listed"]
    assert looks_at(55, limit=9) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE access_appearance SET times = times + 1 WHERE dossier_id = 6",
        "DELETE FROM access_appearance WHERE dossier_id = 6",
        "UPDATE access_appearance SET actor = 'officer:1' WHERE dossier_id = 6",
        "UPDATE access_appearance SET day = '2026-05-05' WHERE dossier_id = 6",
    ],
)
def test_a_changed_appearance_is_found(change):
    some_reads()
    sealed()
    fold(most=9)
    assert list(check_appearances()) == []
    run(change)
    found = list(check_appearances())
    assert {one.code for one in found} == {"access.appearances_differ"}
    assert {one.stream for one in found} == {6}


READS = st.lists(
    st.tuples(
        st.integers(1, 3),  # reader
        st.integers(0, 100),  # hours
        st.lists(st.integers(1, 4), max_size=3, unique=True),
        st.booleans(),  # sealed after it
    ),
    max_size=12,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reads=READS)
def test_appearances_are_the_naive_count(reads):
    before = transaction.savepoint()  # a seal takes no transaction around it but the test's own
    try:
        for number, hours, dossiers, is_sealed in sorted(reads, key=lambda one: one[1]):
            log.listed(reader(number, hours=hours), what="dossiers", dossiers=dossiers)
            if is_sealed:
                seal(at=T0 + datetime.timedelta(hours=hours), book=ACCESS, to=())
        fold(most=1)
        fold(most=99)
        rows = list(Read.objects.exclude(seal=None).values_list("dossiers", flat=True))
        for dossier in range(1, 5):
            kept = Appearance.objects.filter(dossier_id=dossier).values_list("times", flat=True)
            assert sum(kept) == sum(f",{dossier}," in one for one in rows)
        assert list(check_appearances()) == []
    finally:
        transaction.savepoint_rollback(before)


def test_no_row_is_longer_than_its_column():
    actor = reader().actor
    log.opened(Reader(actor, T0, "a" * 999), 5, what="w" * 999)
    row = Read.objects.get()
    assert len(row.what) <= 80
    assert len(row.said) < 400
