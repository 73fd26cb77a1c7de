"""The triggers: an entry may be sealed once, nothing else may change or go."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.core.ledger.models import Entry, Seal
from motcua.core.ledger.sealing import seal
from motcua.core.ledger.tests.tools import later, run, unguarded, write

pytestmark = pytest.mark.django_db


def refused(statement: str) -> bool:
    try:
        with transaction.atomic():
            run(statement)
    except DatabaseError as error:
        return "the ledger only grows" in str(error)
    return False


@pytest.mark.parametrize(
    "change",
    [
        "id = id + 100",
        "stream = 9",
        "seq = 9",
        "act = 'other'",
        "at = recorded_at, recorded_at = '2020-01-01 00:00:00+00'",
        "body = '{}'",
        "previous = hash",
        "hash = previous",
        "leaf = 0",
        "seal_id = 1",
    ],
)
def test_an_entry_can_not_be_changed(change):
    write(5)
    assert refused(f"UPDATE ledger_entry SET {change}")


def test_not_even_together_with_its_sealing():
    write(5)
    assert refused("UPDATE ledger_entry SET seal_id = 1, leaf = 0, body = '{}'")


@pytest.mark.parametrize("change", ["seal_id = NULL, leaf = NULL", "leaf = 7", "seal_id = 2"])
def test_a_sealed_entry_stays_in_its_seal(change):
    write(5)
    seal(at=later(5))
    assert refused(f"UPDATE ledger_entry SET {change}")


def test_nothing_can_be_deleted():
    write(5)
    seal(at=later(5))
    assert refused("DELETE FROM ledger_entry")
    assert refused("DELETE FROM ledger_seal")
    assert (Entry.objects.count(), Seal.objects.count()) == (1, 1)


@pytest.mark.parametrize("change", ["size = 9", "statement = '{}'", "signature = hash"])
def test_a_seal_can_not_be_changed(change):
    write(5)
    seal(at=later(5))
    assert refused(f"UPDATE ledger_seal SET {change}")


def test_the_guard_returns_after_it_was_lifted():
    write(5)
    with unguarded():
        assert not refused("UPDATE ledger_entry SET act = 'other'")
    assert refused("UPDATE ledger_entry SET act = 'third'")


@pytest.mark.django_db(transaction=True)
def test_a_full_table_can_not_be_truncated():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    write(5)
    assert refused("TRUNCATE ledger_entry, ledger_seal")
