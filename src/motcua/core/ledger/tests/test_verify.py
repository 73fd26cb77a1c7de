"""The attacker owns the database: what `verify` finds, row by row."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.db import connection

from motcua.core.ledger.append import head
from motcua.core.ledger.findings import finding
from motcua.core.ledger.tests.tools import FORGE, codes, one, report, run, write
from motcua.core.ledger.verify import LISTED
from motcua.core.ledger.witness import FolderWitness
from motcua.core.sql import reading

pytestmark = pytest.mark.django_db


def test_an_untouched_ledger_is_sound(ledger):
    found = report()
    assert (found.ok, found.findings, found.found) == (True, (), 0)
    assert (found.entries, found.streams, found.seals, found.witnessed) == (10, 3, 2, 2)
    assert (found.unsealed, found.unsealed_seconds) == (1, (20 - 2) * 60)


def test_an_empty_ledger_is_sound():
    found = report()
    assert (found.ok, found.witnessed, found.unsealed_seconds) == (True, None, 0)


def test_a_report_is_json(ledger):
    run("UPDATE ledger_entry SET act = 'x' WHERE stream = 5 AND seq = 2")
    told = json.loads(json.dumps(report().as_json()))
    assert told["findings"][0]["code"] == "ledger.column_changed"
    assert (told["findings"][0]["stream"], told["findings"][0]["seq"]) == (5, 2)


def test_a_changed_body_is_found(ledger):
    run(FORGE, one())
    assert codes() == {"ledger.body_changed"}


@pytest.mark.parametrize("body", ["", "{", "[]", "null", "{}", "7"])
def test_a_broken_body_is_found(ledger, body):
    run("UPDATE ledger_entry SET body = %s WHERE id = %s", body, one())
    assert codes() == {"ledger.body_changed", "ledger.body_unreadable"}


@pytest.mark.parametrize("column", ["at", "recorded_at"])
def test_a_changed_instant_is_found(ledger, column):
    run(f"UPDATE ledger_entry SET {column} = '2020-01-01 00:00:00' WHERE id = %s", one())
    assert codes() == {"ledger.column_changed"}


def test_a_date_torn_by_hand_is_found(ledger):
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL keeps no text in a column of instants")
    run("UPDATE ledger_entry SET at = 'yesterday' WHERE id = %s", one())
    assert codes() == {"ledger.column_changed"}


@pytest.mark.parametrize("change", ["root = 'text'", "sealed_at = '2020-13-45 00:00:00'"])
def test_a_seal_that_no_reader_digests_is_found(ledger, change):
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL refuses values of another type")
    run(f"UPDATE ledger_seal SET {change} WHERE number = 1")
    assert codes() & {"ledger.unreadable", "ledger.seal_changed"}


def test_an_entry_moved_to_another_stream_is_found(ledger):
    run("UPDATE ledger_entry SET stream = 77, seq = 1 WHERE id = %s", one())
    expected = {"ledger.column_changed", "ledger.entry_missing", "ledger.link_broken"}
    expected.add("ledger.entry_misplaced")
    assert codes() == expected


def test_an_entry_removed_in_the_middle_is_found(ledger):
    run("DELETE FROM ledger_entry WHERE id = %s", one())
    assert codes() == {"ledger.entry_missing", "ledger.link_broken", "ledger.seal_entries"}


def test_a_removed_last_entry_is_found(ledger):
    run("DELETE FROM ledger_entry WHERE id = %s", one(5, 5))
    assert codes() == {"ledger.seal_entries"}


def test_a_whole_removed_stream_is_found(ledger):
    run("DELETE FROM ledger_entry WHERE stream = 5")
    assert codes() == {"ledger.seal_entries"}


def test_entries_that_change_places_in_their_seal_are_found(ledger):
    run("UPDATE ledger_entry SET leaf = CASE leaf WHEN 0 THEN 901 ELSE 900 END WHERE leaf < 2")
    run("UPDATE ledger_entry SET leaf = leaf - 900 WHERE leaf >= 900")
    assert codes() == {"ledger.seal_root"}


def test_an_entry_taken_out_of_its_seal_is_found(ledger):
    run("UPDATE ledger_entry SET seal_id = NULL, leaf = NULL WHERE id = %s", one())
    assert codes() == {"ledger.seal_entries"}


def test_an_entry_slipped_into_a_seal_is_found(ledger):
    run("UPDATE ledger_entry SET seal_id = 1, leaf = 5 WHERE id = %s", one(6, 3))
    assert codes() == {"ledger.seal_entries"}


@pytest.mark.parametrize("leaf", [None, -(2**31)])
def test_an_entry_that_names_a_seal_without_standing_in_it_is_found(ledger, leaf):
    run("UPDATE ledger_entry SET seal_id = 1, leaf = %s WHERE id = %s", leaf, one(6, 3))
    assert codes() == {"ledger.seal_entries"}


def test_a_second_entry_in_the_place_of_another_is_found(ledger, monkeypatch):
    monkeypatch.setattr("motcua.core.ledger.seals._PAGE", 5)  # the twin falls behind the page
    run("DROP INDEX ledger_entry_leaf")
    run("UPDATE ledger_entry SET seal_id = 1, leaf = 4 WHERE id = %s", one(6, 3))
    assert codes() == {"ledger.seal_entries"}


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ("size = 9", "size"),
        ("root = previous_hash", "root"),
        ("previous_hash = root", "previous"),
        ("hash = root", "hash"),
        ("public_key = root", "key"),
        ("sealed_at = '2020-01-01 00:00:00'", "sealed_at"),
        ("statement = '[]'", "statement"),
    ],
)
def test_a_changed_seal_is_found(ledger, change, part):
    run(f"UPDATE ledger_seal SET {change} WHERE number = 2")
    assert finding("ledger.seal_changed", number=2, part=part) in report().findings


def test_a_wrong_signature_is_found(ledger):
    run("UPDATE ledger_seal SET signature = hash WHERE number = 1")
    assert codes() == {"ledger.seal_signature", "ledger.witness_differs"}


def unseal(number: int) -> None:
    run("UPDATE ledger_entry SET seal_id = NULL, leaf = NULL WHERE seal_id = %s", number)
    run("DELETE FROM ledger_seal WHERE number = %s", number)


def test_a_removed_first_seal_is_found(ledger):
    unseal(1)
    assert codes() == {"ledger.seal_missing", "ledger.seal_link"}


def test_a_removed_last_seal_is_found_by_the_witness_alone(ledger):
    unseal(2)
    assert codes() == {"ledger.witness_ahead"}


def test_an_entry_of_a_seal_that_never_was_is_found():
    write(5)
    row = (one(5, 1), 44)
    assert unknown(row) == finding("ledger.seal_unknown", stream=5, seq=1, number=44)


def unknown(row):
    """The database refuses such a row, so a reader that returns one stands in for a broken file."""
    from motcua.core.ledger.book import LEDGER
    from motcua.core.ledger.seals import Tally, check_seals

    class Broken:
        def all(self, sql, *_):
            return [row] if sql is LEDGER.sql.unknown else []

    (found,) = check_seals(Broken(), (), Tally())
    return found


def test_a_witness_that_lost_a_seal_is_told(ledger):
    (settings.MOTCUA_WITNESS / "1.json").unlink()
    assert codes() == {"ledger.witness_gap"}


def test_a_damaged_witness_file_is_told(ledger):
    path = settings.MOTCUA_WITNESS / "2.json"
    path.chmod(0o600)
    path.write_bytes(b"\xff")
    assert codes() == {"ledger.witness_differs"}


def test_an_unreachable_witness_is_told(ledger, tmp_path):
    (tmp_path / "file").write_text("")
    found = report(to=[FolderWitness(tmp_path / "file")])
    assert [one.code for one in found.findings] == ["ledger.witness_unreachable"]


def test_state_checks_of_other_apps_are_part_of_the_report(ledger):
    def lost_tail():
        if head(reading(), 6)[0] != 4:
            yield finding("ledger.entry_missing", stream=6, seq=4, after=3, found=4)

    found = report(state_checks=[lost_tail])
    assert (found.ok, [one.stream for one in found.findings]) == (False, [6])


def test_a_state_that_no_reader_digests_is_found(ledger):
    def torn():
        raise ValueError("not a date")
        yield

    assert [one.code for one in report(state_checks=[torn]).findings] == ["ledger.unreadable"]


def test_a_flood_of_findings_is_counted_but_not_listed():
    def flood():
        for seq in range(LISTED + 5):
            yield finding("ledger.link_broken", stream=1, seq=seq)

    found = report(state_checks=[flood])
    assert (len(found.findings), found.found) == (LISTED, LISTED + 5)


def test_pages_join_without_a_seam(ledger, monkeypatch):
    monkeypatch.setattr("motcua.core.ledger.chains._PAGE", 2)
    monkeypatch.setattr("motcua.core.ledger.seals._PAGE", 2)
    assert (report().ok, report().entries) == (True, 10)
