"""Somebody owns the database and changes rows behind the acts' back: the ledger tells."""

from __future__ import annotations

import pytest
from django.db import connection

from motcua.core.dossiers.models import Dossier, Paper
from motcua.core.dossiers.orders import Handed
from motcua.core.dossiers.papers import Template, paper_made
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.files.store import keep
from motcua.core.places import places

FAR = 999_999_999  # no dossier has this number: those of a run on PostgreSQL grow with its tests


@pytest.fixture
def untouched(world, settings, tmp_path):
    """A dossier with everything on it, beside another one, both sound."""
    settings.MOTCUA_FILES = tmp_path
    stored = keep([b"%PDF-1.7 request"])
    world.to("returned")
    papers = (Handed("request", stored, "Đơn.pdf", originals=1), Handed("report", originals=2))
    number = {"number": "079203004567", "name": "Trần Thị Thử Nghiệm", "phone": "0912345678"}
    done = world.to("appraise", evidence=papers, applicant=number)
    done = world.move(done, "specialist", "consult", reason="Hỏi.", legs=("police",), hours=5)
    paper = Paper.objects.get(dossier_id=done.dossier_id)
    made = keep([b"%PDF-1.7 slip"])
    paper_made(
        at=MONDAY,
        dossier_id=done.dossier_id,
        paper_id=paper.pk,
        template=Template(paper.letter, 0, bytes(32)),
        stored=made,
    )
    assert list(check_state()) == []
    return done


def run(statement: str, *values) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def codes() -> set[tuple[str, int | None]]:
    return {(finding.code, finding.stream) for finding in check_state()}


OTHER = "2020-01-01 00:00:00+00:00"
NOBODYS = 2_000_000_000  # sequences of PostgreSQL count on from test to test and reach any lesser
COLUMNS = {
    "state": "returned",
    "step": "check",
    "marking": '{"at":"check"}',
    "holding_agency_id": "agencies_agency",
    "outcome": "granted",
    "bucket": "early",
    "code": "H26.12-261102-0009",
    "received_at": OTHER,
    "due_at": OTHER,
    "promised_at": OTHER,
    "paused_since": OTHER,
    "finished_at": OTHER,
    "returned_at": OTHER,
    "answer_by": OTHER,
    "wake_at": OTHER,
    "closed": True,
    "fields": '{"licence": "GP 13", "expires": "2026-12-01"}',
    "seq": 3,
    "revision": 99,
    "lookup": "AAAAAAAAAAA",
    "channel": "counter",
    "receiving_agency_id": "agencies_agency",
    "area": "12345",
    "filed_at": OTHER,
    "origin": "imported",
    "subject": "Thủ tục khác",
    "applicant_id": "people_party",
    "external_code": "KHÁC-1",
    "system": "khac",
    "procedure_id": NOBODYS,
    "confidentiality": "secret",
    "priority": 1,
}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_column_of_a_dossier(untouched, column):
    row, value = untouched.dossier_id, COLUMNS[column]
    if column.endswith("agency_id") or column == "applicant_id":  # the first of that table
        assert run(
            f"UPDATE dossiers_dossier SET {column} = (SELECT MIN(id) FROM {value}) WHERE id = %s",
            row,
        )
    else:
        assert run(f"UPDATE dossiers_dossier SET {column} = %s WHERE id = %s", value, row)
    assert {stream for _, stream in codes()} == {row}


def test_a_column_that_can_no_longer_be_read(untouched):
    for column in ("marking", "fields"):
        run(f"UPDATE dossiers_dossier SET {column} = '{{'")
        assert ("state.unreadable", untouched.dossier_id) in codes()


ROWS = {
    "work_officer": (
        "UPDATE dossiers_workitem SET officer_id = (SELECT MIN(id) FROM people_officer)"
        " WHERE leg IS NULL AND {open}"
    ),
    "work_due": f"UPDATE dossiers_workitem SET due_at = '{OTHER}' WHERE leg = 1 AND {{place}}",
    "work_closed": f"UPDATE dossiers_workitem SET ended_at = '{OTHER}' WHERE {{open}}",
    "work_reopened": "UPDATE dossiers_workitem SET ended_at = NULL WHERE {place}",
    "work_removed": "DELETE FROM dossiers_workitem WHERE {open}",
    "work_begun": f"UPDATE dossiers_workitem SET began_at = '{OTHER}' WHERE {{open}}",
    "work_known": f"UPDATE dossiers_workitem SET began_recorded = '{OTHER}' WHERE {{open}}",
    "past_begun": f"UPDATE dossiers_workitem SET began_at = '{OTHER}' WHERE {{past}}",
    "past_ended": f"UPDATE dossiers_workitem SET ended_at = '{OTHER}' WHERE {{past}}",
    "past_known": f"UPDATE dossiers_workitem SET ended_recorded = '{OTHER}' WHERE {{past}}",
    "past_due": f"UPDATE dossiers_workitem SET due_at = '{OTHER}' WHERE {{past}}",
    "past_result": "UPDATE dossiers_workitem SET result = 'refused' WHERE {past}",
    "past_doer": "UPDATE dossiers_workitem SET ended_by_id = NULL WHERE {past}",
    "past_holder": "UPDATE dossiers_workitem SET post = 'leader' WHERE {past} AND step = 'assign'",
    "past_removed": "DELETE FROM dossiers_workitem WHERE {past}",
    "clock_begun": f"UPDATE clock_clocksegment SET began_at = '{OTHER}' WHERE {{place}}",
    "clock_stopped": f"UPDATE clock_clocksegment SET ended_at = '{OTHER}' WHERE {{place}}",
    "clock_kind": "UPDATE clock_clocksegment SET kind = 'pause' WHERE {place}",
    "clock_anew": "UPDATE clock_clocksegment SET anew = NOT anew WHERE {place}",
    "clock_calendar": "UPDATE clock_clocksegment SET calendar = 'other' WHERE {place}",
    "clock_removed": "DELETE FROM clock_clocksegment WHERE {place}",
    "right_due": f"UPDATE access_scoperow SET due_at = '{OTHER}' WHERE {{dossier}}",
    "right_shut": "UPDATE access_scoperow SET is_open = FALSE WHERE {dossier}",
    "remark_kind": "UPDATE dossiers_remark SET kind = 'reply' WHERE {dossier}",
    "paper_asked": "UPDATE dossiers_paper SET letter = 'form03' WHERE {dossier}",
    "fact_officer": f"UPDATE facts_fact SET officer_id = {NOBODYS} WHERE {{place}}",
    "fact_procedure": f"UPDATE facts_fact SET procedure_id = {NOBODYS} WHERE {{place}}",
    "fact_receiver": f"UPDATE facts_fact SET receiving_agency_id = {NOBODYS} WHERE {{place}}",
    "fact_channel": "UPDATE facts_fact SET channel = 'post' WHERE {place}",
    "fact_origin": "UPDATE facts_fact SET origin = 'sample' WHERE {place}",
    "remark_text": "UPDATE dossiers_remark SET text = 'Khác.' WHERE {dossier}",
    "remark_removed": "DELETE FROM dossiers_remark WHERE {dossier}",
    "remark_moved": "UPDATE dossiers_remark SET seq = 1 WHERE {dossier}",
    "evidence_sheets": "UPDATE files_evidence SET originals = 9 WHERE {dossier}",
    "evidence_component": "UPDATE files_evidence SET component = 'report' WHERE {dossier}",
    "evidence_removed": "DELETE FROM files_evidence WHERE {dossier} AND component = 'report'",
    "evidence_file": "UPDATE files_evidence SET file_id = NULL WHERE {dossier}",
    "paper_file": (
        "UPDATE dossiers_paper SET file_id = (SELECT MIN(id) FROM files_storedfile) WHERE {dossier}"
    ),
    "paper_unmade": "UPDATE dossiers_paper SET file_id = NULL WHERE {dossier}",
    "paper_removed": "DELETE FROM dossiers_paper WHERE {dossier}",
    "fact_state": "UPDATE facts_fact SET state = 'returned' WHERE {place} AND ended_at IS NULL",
    "fact_begun": f"UPDATE facts_fact SET began_at = '{OTHER}' WHERE {{place}}",
    "fact_ended": (
        f"UPDATE facts_fact SET agency_id = {NOBODYS} WHERE {{place}} AND ended_at IS NOT NULL"
    ),
    "fact_known": f"UPDATE facts_fact SET began_recorded = '{OTHER}' WHERE {{place}}",
    "fact_removed": "DELETE FROM facts_fact WHERE {place} AND ended_at IS NULL",
    "indexed": "UPDATE dossiers_indexedfield SET text = 'gp 13' WHERE {dossier} AND text <> ''",
    "indexed_removed": "DELETE FROM dossiers_indexedfield WHERE {dossier}",
}


@pytest.mark.parametrize("what", ROWS)
def test_a_changed_row_that_hangs_on_it(untouched, what):
    number = untouched.dossier_id
    first, last = places(number)
    place = f"id BETWEEN {first} AND {last}"
    statement = ROWS[what].format(
        place=place,
        open=f"{place} AND ended_at IS NULL",
        past=f"{place} AND ended_at IS NOT NULL",
        dossier=f"dossier_id = {number}",
    )
    assert run(statement) > 0
    assert {stream for _, stream in codes()} == {number}


@pytest.mark.parametrize("column", ["name", "phone", "address", "email", "kind", "phone_as_given"])
def test_a_changed_applicant(untouched, column):
    party = Dossier.objects.get(pk=untouched.dossier_id).applicant_id
    assert run(f"UPDATE people_party SET {column} = %s WHERE id = %s", "enterprise", party)
    assert codes() == {("state.uncommitted", untouched.dossier_id)}


def test_an_applicants_number_of_another(untouched):
    from motcua.core.people.numbers import seal_number

    run("UPDATE people_party SET number_cipher = %s", seal_number("079203004568"))
    assert ("state.uncommitted", untouched.dossier_id) in codes()


def test_a_number_that_no_longer_opens(untouched):
    run("UPDATE people_party SET number_cipher = %s WHERE number_cipher <> %s", b"x" * 40, b"")
    assert codes() == {("state.uncommitted", untouched.dossier_id)}


def test_a_removed_dossier(untouched):
    number = untouched.dossier_id
    for table in ("dossiers_remark", "dossiers_paper", "dossiers_indexedfield"):
        run(f"DELETE FROM {table} WHERE dossier_id = %s", number)
    run("DELETE FROM dossiers_workitem WHERE dossier_id = %s", number)
    run("DELETE FROM dossiers_dossier WHERE id = %s", number)
    assert ("state.dossier_removed", number) in codes()


@pytest.mark.parametrize("number", [None, -7, 0])
def test_an_added_dossier(untouched, number):
    row = Dossier.objects.get(pk=untouched.dossier_id)
    row.pk, row.lookup, row.code = number, "BBBBBBBBBBB", None
    row.save(force_insert=True)
    assert ("state.dossier_unknown", row.pk) in codes()


@pytest.mark.parametrize("table", ["dossiers_dossier", "dossiers_remark"])
def test_a_salt_that_was_cut_short(untouched, table):
    run(f"UPDATE {table} SET salt = %s", b"x")
    assert ("state.unreadable", untouched.dossier_id) in codes()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossiers_workitem SET id = id - {far} WHERE {place} AND ended_at IS NULL",
        "UPDATE facts_fact SET id = id - {far} WHERE {place}",
        f"UPDATE facts_fact SET dossier_id = {FAR} WHERE {{place}}",
        f"UPDATE access_scoperow SET dossier_id = {FAR} WHERE dossier_id = {{number}}",
        f"UPDATE files_evidence SET dossier_id = {FAR} WHERE dossier_id = {{number}}",
    ],
)
def test_a_row_beside_every_dossier(untouched, statement):
    number = untouched.dossier_id
    first, last = places(number)
    between = f"id BETWEEN {first} AND {last}"
    run(statement.format(number=number, place=between, far=places(FAR)[0]))
    assert "state.stray" in {code for code, _ in codes()}


def test_rows_of_a_dossier_that_never_was(untouched):
    run(f"UPDATE files_evidence SET dossier_id = {FAR} WHERE dossier_id = %s", untouched.dossier_id)
    assert ("state.differs", untouched.dossier_id) in codes()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_scoperow SET scope = 8 * 999 + 2 WHERE reason = 'owner'",
        "DELETE FROM access_scoperow WHERE reason = 'owner'",
    ],
)
def test_a_right_that_no_act_gave_or_took_is_found(world, statement):
    world.take_in()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert [one.code for one in check_state()] == ["state.differs"]
