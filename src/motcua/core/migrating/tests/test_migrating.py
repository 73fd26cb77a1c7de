"""Taking dossiers over: what changes, what stays, who may, and that the ledger explains it all."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

import pytest
from django.db import connection

from motcua.core.dossiers import answers
from motcua.core.dossiers.house import check_house
from motcua.core.dossiers.models import Dossier, IndexedField, WorkItem
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.renamed import renamed
from motcua.core.dossiers.rules import Stale
from motcua.core.dossiers.situation import NotFound
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.ledger.models import Entry
from motcua.core.migrating import acts
from motcua.core.migrating.acts import migrate
from motcua.core.migrating.publishing import NoDocument, publish_map
from motcua.core.migrating.tests.conftest import map_text
from motcua.core.migrating.whole import migrate_all
from motcua.core.procedures.actions import MapThere
from motcua.core.procedures.faults import MapFaulty
from motcua.core.procedures.models import PublishedMap
from motcua.core.procedures.queries import declared
from motcua.kernel.flow.engine import Ended, LegFallsAway, Waiting

LATER = MONDAY.replace(day=3)


def over(versions, done, by, *, who="unit_head", **changes):
    plain = {"at": LATER, "key": None, **changes}
    return migrate(actor=versions.world.officers[who], dossier_id=done.dossier_id, by=by, **plain)


def test_a_running_dossier_goes_over_and_on_to_its_end(versions):
    done = versions.at("appraise")
    before, by = Dossier.objects.get(), versions.renew()
    officer = WorkItem.objects.get(ended_at=None).officer_id
    moved = over(versions, done, by)
    after = Dossier.objects.get()
    assert (after.version_id, after.step) == (by.target_id, "examine")
    assert answers.read(after.fields) == {"permit": "GP 12", "expires": "2026-12-01"}
    assert {row.key for row in IndexedField.objects.all()} == {"permit", "expires"}
    item = WorkItem.objects.get(ended_at=None)
    assert (item.step, item.officer_id) == ("examine", officer)
    assert WorkItem.objects.filter(result="migrated", step="appraise").count() == 1
    assert after.due_at > before.due_at  # twenty working days instead of ten
    assert after.promised_at == before.promised_at  # it stands on paper
    assert moved.revision == done.revision + 1
    told = json.loads(Entry.objects.of(done.dossier_id).last().body)
    assert told["version"] == by.target_id
    assert told["data"]["versions"] == [by.source_id, by.target_id]
    assert list(check_state()) == []
    for hours, who, name in (
        (40, "specialist", "submit"),
        (41, "unit_head", "agree"),
        (42, "leader", "issue"),
        (43, "counter", "return"),
    ):
        done = versions.world.move(done, who, name, hours=hours)
    assert done.state == "returned"
    assert list(check_state()) == []


def test_open_opinions_go_over_with_it(versions):
    done = versions.at("appraise")
    done = versions.world.move(
        done, "specialist", "consult", reason="Hỏi.", legs=("police",), hours=5
    )
    by = versions.renew()
    over(versions, done, by)
    assert list(check_state()) == []
    done = versions.world.move(done, "police", "reply", reason="Được.", leg=1, hours=40)
    assert versions.world.move(done, "specialist", "submit", hours=41).step == "check"
    assert list(check_state()) == []


def test_an_open_opinion_that_the_new_version_lacks_holds_its_dossier_back(versions):
    done = versions.at("appraise")
    versions.world.move(done, "specialist", "consult", reason="Hỏi.", legs=("police",), hours=5)
    by = versions.renew(map_text().replace('police = "police"', 'police = ""'))
    with pytest.raises(LegFallsAway, match="police"):
        over(versions, done, by)


def test_who_awaits_the_applicant_or_has_ended_stays(versions):
    waits, ended = versions.at("appraise"), versions.at("returned")
    versions.world.move(waits, "specialist", "supplement", reason="Thiếu.", hours=5)
    by = versions.renew()
    with pytest.raises(Waiting):
        over(versions, waits, by)
    with pytest.raises(Ended):
        over(versions, ended, by)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"who": "specialist"}, acts.NotYoursToMigrate),
        ({"who": "police"}, NotFound),
        ({"revision": 1}, Stale),
    ],
)
def test_who_may_not_is_refused(versions, changes, refusal):
    done, by = versions.at("appraise"), versions.renew()
    with pytest.raises(refusal):
        over(versions, done, by, **changes)
    assert Dossier.objects.get().version_id == by.source_id


def test_it_goes_over_once(versions):
    done, by = versions.at("appraise"), versions.renew()
    first = over(versions, done, by, key="k")
    assert over(versions, done, by, key="k").entry == first.entry
    with pytest.raises(acts.OtherVersion):
        over(versions, done, by)
    with pytest.raises(acts.NoMap):
        acts.chart(by.map_id + 1)


def test_a_form_that_lacks_what_is_asked_now_is_named(versions):
    done = versions.at("appraise")
    by = versions.renew()
    Dossier.objects.update(fields='{"licence": "GP 12"}')
    with pytest.raises(acts.AnswersDoNotFit, match="expires"):
        over(versions, done, by)


def test_work_that_another_post_does_now_is_offered_to_that_post(versions, monkeypatch):
    done, by = versions.at("appraise"), versions.renew()
    steps = declared(by.target_id).flow.step
    monkeypatch.setitem(steps, "examine", replace(steps["examine"], post="unit_head"))
    over(versions, done, by)
    item = WorkItem.objects.get(ended_at=None)
    assert (item.post, item.officer_id) == ("unit_head", None)
    assert list(check_state()) == []


def test_all_go_over_after_a_preview_that_writes_nothing(versions):
    first, second = versions.at("appraise"), versions.at("check")
    waits, _ended = versions.at("appraise"), versions.at("returned")
    versions.world.move(waits, "specialist", "supplement", reason="Thiếu.", hours=5)
    by = versions.renew()
    before = [*Dossier.objects.values_list()]
    preview = migrate_all(at=LATER, by=by, dry_run=True).told()
    assert [*Dossier.objects.values_list()] == before
    report = migrate_all(at=LATER, by=by).told()
    assert {**preview, "dry_run": False} == report
    assert report["moved"] == 2
    assert report["redated"] == 2
    assert report["steps"] == [
        {"from": "appraise", "to": "examine", "dossiers": 1},
        {"from": "check", "to": "check", "dossiers": 1},
    ]
    assert report["refusals"] == {"flow.waiting": 1}
    assert [one["lookup"] for one in report["listed"]] == [waits.lookup]
    gone = Dossier.objects.filter(version_id=by.target_id).values_list("pk", flat=True)
    assert {*gone} == {first.dossier_id, second.dossier_id}
    assert list(check_state()) == []
    again = migrate_all(at=LATER + datetime.timedelta(hours=1), by=by).told()
    assert (again["moved"], again["refused"]) == (0, 1)
    assert Entry.objects.filter(act="migrate_all").count() == 1


@pytest.mark.parametrize(
    ("drop", "where"),
    [
        ('check = "check"\n', "steps.check"),
        ('police = "police"\n', "legs.police"),
        ('supplement = "supplement"\n', "moves.supplement"),
        ('expires = "expires"\n', "fields.expires"),
    ],
)
def test_a_map_that_leaves_something_out_is_refused_by_its_name(versions, drop, where):
    text = map_text()
    assert drop in text
    with pytest.raises(MapFaulty) as refused:
        versions.renew(text.replace(drop, ""))
    assert [one.where for one in refused.value.faults] == [where]
    assert not PublishedMap.objects.exists()


def test_a_published_map_stays_as_it_is(versions):
    by = versions.renew()
    plain = {"actor": versions.world.officers["leader"], "at": LATER, "document": "1/QĐ"}
    assert publish_map(text=map_text(), **plain).pk == by.map_id
    with pytest.raises(MapThere):
        publish_map(text=map_text().replace('police = "police"', 'police = ""'), **plain)
    with pytest.raises(NoDocument):
        publish_map(text=map_text(), **{**plain, "document": " "})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossiers_dossier SET version_id = (SELECT min(id) FROM procedures_version)",
        "UPDATE dossiers_workitem SET result = 'done' WHERE result = 'migrated'",
        """UPDATE dossiers_dossier SET fields = '{"permit": "X", "expires": "2026-12-01"}'""",
    ],
)
def test_a_row_changed_behind_the_act_is_found(versions, statement):
    done, by = versions.at("appraise"), versions.renew()
    over(versions, done, by)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(check_state()) != []


def test_old_work_is_named_as_steps_are_called_now(versions):
    done, by = versions.at("appraise"), versions.renew()
    rows = WorkItem.objects.of(done.dossier_id)
    assert [one.step for one in renamed(done.dossier_id, rows)][-1] == "appraise"
    over(versions, done, by)
    shown = [one.step for one in renamed(done.dossier_id, WorkItem.objects.of(done.dossier_id))]
    assert shown == ["reception", "assign", "examine", "examine"]
    assert WorkItem.objects.filter(step="appraise").exists()  # the rows stay as they are


def test_a_map_changed_behind_its_entry_is_found(versions):
    versions.renew()
    sound = {one.vi for one in check_house()}
    PublishedMap.objects.update(text="")
    assert any("map" in one.vi for one in check_house() if one.vi not in sound)
