"""Cases become dossiers that the rest of the house understands."""

from __future__ import annotations

import datetime
import gzip
import json

import pytest
from django.db import connection

from motcua.core.access import actors
from motcua.core.agencies.models import Agency, Appointment
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.dossiers.moving import move
from motcua.core.dossiers.orders import MoveOrder
from motcua.core.dossiers.queries import Filter, dossiers
from motcua.core.dossiers.reconcile import check_state
from motcua.core.facts.models import Fact
from motcua.core.facts.tallies import reconcile
from motcua.core.ledger.chains import Tally, check_chains
from motcua.core.ledger.models import Entry
from motcua.core.people.models import Officer
from motcua.core.procedures.models import Version
from motcua.core.sql import Sql, reading
from motcua.core.takeover import actions, writing
from motcua.core.takeover.agencies import AgencyUnknown
from motcua.core.takeover.checking import check_events
from motcua.core.takeover.models import Event, Source
from motcua.core.takeover.tests.logs import (
    MAPPING,
    NOW,
    codes,
    row,
    take,
    take_bytes,
    text_of,
)

pytestmark = pytest.mark.usefixtures("house")

OPEN = row(case="c2", closed="-", event="e2")
SECOND = row(event="e3", when="2026-03-04 09:00:00+07:00", what="Decide")


def officer(code: str = "NB.A") -> actors.Actor:
    person = Officer.objects.create(name="An", staff_number="1")
    first = datetime.date(2026, 1, 1)
    agency = Agency.objects.get(code=code)
    Appointment.objects.create(
        officer=person, agency=agency, post="specialist", valid_from=first, reads_agency=True
    )
    return actors.officer(person.pk, "An", NOW.date())


def sound() -> bool:
    """Nothing disagrees: rows with entries, entries with one another, counts with facts."""
    found = [*check_state(), *check_events(), *check_chains(reading(), Tally())]
    return not found and not reconcile()


def test_a_finished_case_is_a_closed_dossier(tmp_path):
    take(tmp_path, row(), SECOND)
    kept = Dossier.objects.get()
    assert (kept.external_source, kept.external_code, kept.code) == ("neighbour", "c1", None)
    assert (kept.state, kept.outcome, kept.bucket, kept.closed) == (
        "returned",
        "granted",
        "early",
        True,
    )
    assert (kept.seq, kept.revision, kept.origin, kept.channel) == (3, 2, "imported", "online")
    assert kept.finished_at == datetime.datetime(2026, 3, 5, 2, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("closed", "bucket"),
    [
        ("2026-03-08 23:59:00+07:00", "early"),
        ("2026-03-09 09:00:00+07:00", "on_time"),
        ("2026-03-09 03:00:00+01:00", "on_time"),
        ("2026-03-09 09:00:00.000001+07:00", "late"),
    ],
)
def test_the_bucket_is_told_from_the_deadline(tmp_path, closed, bucket):
    take(tmp_path, row(closed=closed))
    assert Dossier.objects.get().bucket == bucket


def test_what_was_taken_over_is_sound(tmp_path):
    take(tmp_path, row(), SECOND, OPEN, row(case="c3", event="e4", closed="2026-03-01 09:00+07:00"))
    assert sound()


def test_an_event_keeps_its_instant_and_is_recorded_now(tmp_path):
    take(tmp_path, row(), SECOND)
    last = Entry.objects.get(seq=3, stream__gt=0)
    assert last.at == datetime.datetime(2026, 3, 4, 2, tzinfo=datetime.UTC)
    assert last.recorded_at == NOW
    assert "R1" not in last.body


def test_events_stand_in_order_of_time(tmp_path):
    take(tmp_path, SECOND, row())
    assert list(Event.objects.order_by("id").values_list("code", flat=True)) == ["e1", "e3"]


def test_facts_tell_what_was_true_and_when_we_knew(tmp_path):
    take(tmp_path, row())
    begun, ended = Fact.objects.order_by("id")
    assert (begun.state, begun.ended_at, begun.ended_recorded) == (
        "processing",
        ended.began_at,
        NOW,
    )
    assert (ended.state, ended.ended_at, ended.origin) == ("returned", None, "imported")


def test_an_end_before_the_start_is_accepted_and_reported(tmp_path):
    report = take(tmp_path, row(closed="2026-03-01 09:00:00+07:00"))
    assert (report.created, report.figures.ended_before_start) == (1, 1)
    assert Fact.objects.get().state == "returned"


def test_an_event_after_the_end_is_accepted_and_reported(tmp_path):
    report = take(tmp_path, row(), row(event="e9", when="2026-03-05 09:00:01+07:00"))
    assert (report.created, report.figures.events_after_end) == (1, 1)


def test_an_unfinished_case_is_finished_here_by_a_real_move(tmp_path):
    take(tmp_path, OPEN)
    kept, who = Dossier.objects.get(), officer()
    assert [one.post for one in WorkItem.objects.filter(ended_at=None)] == ["specialist"]
    order = MoveOrder(move="finish")
    done = move(actor=who, at=NOW, dossier_id=kept.pk, order=order, key=None, revision=1)
    assert (done.state, done.code, done.due_at) == ("returned", None, kept.due_at)
    assert sound()


def test_officers_of_the_agency_find_it_and_others_do_not(tmp_path):
    take(tmp_path, OPEN)
    Agency.objects.create(code="X", tier="city", name_vi="X", name_en="X", short_name="X")
    assert dossiers(officer(), Filter(words="c2")).total == 1
    Officer.objects.update(staff_number="0")
    assert dossiers(officer("X"), Filter(words="c2")).total == 0


def test_agencies_are_made_where_they_are_missing_and_marked(tmp_path):
    take(tmp_path, row())
    made = Agency.objects.get(code="NB.A")
    assert (made.parent.code, made.source) == ("NB", "imported: neighbour")


def test_an_agency_that_is_here_is_taken_as_it_is(tmp_path):
    Agency.objects.create(code="NB.A", tier="unit", name_vi="Ta", name_en="Us", short_name="T")
    take(tmp_path, row())
    assert Agency.objects.get().name_vi == "Ta"


def test_an_agency_that_nobody_knows_stops_the_run(tmp_path):
    with pytest.raises(AgencyUnknown):
        take(tmp_path, row(), mapping=MAPPING.replace('A = "NB.A"', 'A = "ELSE"'))
    assert not Dossier.objects.exists()


def test_a_second_run_changes_nothing(tmp_path):
    take(tmp_path, row(), SECOND, OPEN)
    before = list(Entry.objects.order_by("id").values_list("hash", flat=True))
    report = take(tmp_path, OPEN, SECOND, row())
    assert (report.created, report.unchanged, report.refused) == (0, 2, 0)
    assert list(Entry.objects.order_by("id").values_list("hash", flat=True)) == before


def test_an_instant_spelled_otherwise_is_no_change(tmp_path):
    take(tmp_path, row())
    assert take(tmp_path, row(begun="2026-03-02T02:00:00Z")).unchanged == 1


def test_a_case_that_changed_since_is_refused_not_overwritten(tmp_path):
    take(tmp_path, row(), OPEN)
    report = take(tmp_path, row(note="new"), OPEN)
    assert (report.unchanged, report.refused) == (1, 1)
    assert codes(report) == [(2, "takeover.case_changed")]
    assert {json.loads(one.fields)["note"] for one in Dossier.objects.all()} == {""}


def test_an_event_of_another_case_is_refused(tmp_path):
    take(tmp_path, row())
    report = take(tmp_path, row(case="c7"))
    assert codes(report) == [(2, "takeover.event_elsewhere")]
    assert Dossier.objects.count() == 1


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path):
    tried = take(tmp_path, row(), SECOND, OPEN, dry_run=True)
    assert not any(kind.objects.exists() for kind in (Dossier, Entry, Agency, Version, Source))
    assert take(tmp_path, row(), SECOND, OPEN).figures == tried.figures


def test_a_dry_run_sees_what_is_here(tmp_path):
    take(tmp_path, row())
    report = take(tmp_path, row(), OPEN, dry_run=True)
    assert (report.created, report.unchanged) == (1, 1)


def test_the_procedure_is_published_once(tmp_path):
    take(tmp_path, row())
    take(tmp_path, OPEN)
    assert Version.objects.get().state == "published"


def test_rows_of_a_case_need_not_lie_together(tmp_path):
    report = take(tmp_path, row(), OPEN, SECOND)
    assert (report.created, report.figures.events) == (2, 3)


def test_gzip_is_known_by_content_and_a_mark_is_let_be(tmp_path):
    data = b"\xef\xbb\xbf" + text_of(row()).encode()
    assert take_bytes(tmp_path, gzip.compress(data)).created == 1


def test_other_signs_and_forms_of_time(tmp_path):
    form = '[file]\ndelimiter = ";"\ntime = "%d/%m/%Y %H:%M"\ntime_zone = "Asia/Ho_Chi_Minh"'
    days = dict.fromkeys(("begun", "closed", "plan", "limit", "when"), "05/03/2026 09:00")
    text = text_of(row(**days)).replace(",", ";")
    take_bytes(tmp_path, text.encode(), mapping=MAPPING.replace("[file]", form))
    assert Dossier.objects.get().due_at == datetime.datetime(2026, 3, 5, 2, tzinfo=datetime.UTC)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the words of SQLite's planner")
def test_a_case_is_found_by_its_index():
    plan = reading().all(Sql(f"EXPLAIN QUERY PLAN {actions._KNOWN.sqlite}"), "neighbour", "c1")
    assert not any("SCAN" in step[3] for step in plan)


def test_a_changed_event_is_found(tmp_path):
    take(tmp_path, row(), SECOND)
    Event.objects.filter(code="e1").update(cells='{"who": "R2"}')
    Event.objects.filter(code="e3").delete()
    assert [one.seq for one in check_events()] == [2, 3]


def test_an_erased_event_leaves_the_chain_whole_and_is_told(tmp_path):
    take(tmp_path, row())
    Event.objects.update(cells="{}", salt=b"")
    assert list(check_chains(reading(), Tally())) == []
    assert [one.seq for one in check_events()] == [2]


@pytest.mark.parametrize(
    "change",
    [
        {"lookup": "AAAAAAAAAAA"},
        {"external_code": "c2"},
        {"external_source": "other"},
        {"subject": "Khác"},
        {"area": "1"},
        {"filed_at": NOW},
        {"priority": 1},
        {"fields": "{}"},
    ],
)
def test_what_no_act_changes_of_a_case_is_committed_to(tmp_path, change):
    take(tmp_path, row())
    assert sound()
    Dossier.objects.update(**change)
    assert [one.code for one in check_state()] == ["state.uncommitted"]


def test_a_look_up_number_that_is_anothers_is_drawn_again(tmp_path, monkeypatch):
    drawn = iter(["BCR3B-KT94C", "BCR3B-KT94C", "JJT6R-4CBTB"])
    monkeypatch.setattr(writing, "make_lookup", lambda _random: next(drawn))
    take(tmp_path, row(), OPEN)
    found = set(Dossier.objects.values_list("lookup", flat=True))
    assert found == {"BCR3B-KT94C", "JJT6R-4CBTB"}
    assert sound()
