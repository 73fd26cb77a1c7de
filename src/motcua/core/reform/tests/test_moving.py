"""What becomes of open dossiers: steps, opinions, names, rights, and how they go on."""

from __future__ import annotations

import pytest

from motcua.core.access.models import ScopeRow
from motcua.core.access.scopes import agency_scope
from motcua.core.agencies.models import Agency, Heir
from motcua.core.agencies.queries import agency_by_code
from motcua.core.clock.models import ClockSegment
from motcua.core.dossiers.filing import NotReceivedThere
from motcua.core.dossiers.models import WorkItem
from motcua.core.dossiers.queries import Filter, dossiers, find_one
from motcua.core.dossiers.tests.unchanged import refused
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.ledger.models import Entry
from motcua.core.reform.rules import Succession
from motcua.core.reform.tests.city import DISTRICT, OTHER, WARD, dawn, findings, seat, unaware

POLICE, EXTERNAL = "H26.20", "H26.09"


def main_work(done) -> WorkItem:
    return WorkItem.objects.get(dossier=done.dossier_id, leg=None, ended_at=None)


def reason(done, agency_id: int) -> str:
    return ScopeRow.objects.get(dossier_id=done.dossier_id, scope=agency_scope(agency_id)).reason


def test_work_keeps_the_officer_who_goes_with_it(city):
    done = city.world.to("appraise")
    city.reform()
    work = main_work(done)
    assert (work.agency_id, work.officer_id) == (city.ward.pk, city.world.officer_id("specialist"))
    assert findings() == []


def test_work_is_offered_to_the_post_where_its_officer_goes_elsewhere(city):
    done = city.world.to("appraise")
    city.reform(seats=(seat("specialist", OTHER),))
    work = main_work(done)
    assert (work.agency_id, work.officer_id, work.post) == (city.ward.pk, None, "specialist")
    assert find_one(city.officer("second"), done.code)
    assert findings() == []


def test_a_procedure_goes_to_the_heir_that_is_competent(city):
    done = city.world.to("appraise")
    by_procedure = Succession(DISTRICT, OTHER, procedures=("9.000001",))
    city.reform(Succession(DISTRICT, WARD), by_procedure)
    work = main_work(done)
    assert (work.agency_id, work.officer_id) == (city.other.pk, None)
    assert city.row(done).holding_agency_id == city.other.pk
    assert findings() == []


def test_an_area_goes_to_the_heir_of_its_place_unless_the_procedure_says_more(city):
    here = city.world.take_in(area="00001")
    there = city.world.take_in(area="00002")
    city.reform(Succession(DISTRICT, WARD), Succession(DISTRICT, OTHER, areas=("00002",)))
    assert city.row(here).holding_agency_id == city.ward.pk
    assert city.row(there).holding_agency_id == city.other.pk
    assert findings() == []


def test_the_dossier_goes_all_the_way_at_its_heir(city):
    done = city.world.to("appraise")
    city.reform()
    for hours, (who, name) in enumerate(
        [
            ("specialist", "submit"),
            ("unit_head", "agree"),
            ("leader", "issue"),
            ("counter", "return"),
        ]
    ):
        done = city.move(done, who, name, hours=9 + hours)
    assert (done.state, done.due_at) == ("returned", city.row(done).due_at)
    assert {item.agency_id for item in WorkItem.objects.filter(step="hand_back")} == {city.ward.pk}
    assert findings() == []


def test_an_open_opinion_passes_to_the_heir_of_who_is_asked(city):
    done = city.world.to("appraise")
    done = city.world.move(done, "specialist", "consult", legs=("police",), reason="Hỏi.", hours=5)
    before = WorkItem.objects.get(leg=1)
    city.reform(Succession(POLICE, EXTERNAL))
    after = WorkItem.objects.get(leg=1, ended_at=None)
    assert after.agency_id == agency_by_code(EXTERNAL).id
    assert (after.due_at, after.post) == (before.due_at, "specialist")
    assert city.row(done).holding_agency_id == city.world.department.pk
    assert reason(done, after.agency_id) == "consulted"
    assert city.move(done, "external", "reply", leg=1, reason="Được.").state == "processing"
    assert findings() == []


def test_a_later_question_goes_to_the_heir_of_the_agency_that_the_procedure_names(city):
    done = city.world.to("appraise")
    city.reform(Succession(POLICE, EXTERNAL))
    city.move(done, "specialist", "consult", legs=("police",), reason="Hỏi.")
    assert WorkItem.objects.get(leg=1).agency_id == agency_by_code(EXTERNAL).id


def test_who_waits_for_the_applicant_goes_on_waiting_and_the_heirs_counter_takes_the_answer(city):
    done = city.world.to("appraise")
    done = city.world.move(done, "specialist", "supplement", reason="Thiếu.", hours=5)
    before = city.row(done)
    city.reform()
    row = city.row(done)
    assert (row.paused_since, row.due_at) == (before.paused_since, before.due_at)
    assert city.move(done, "counter", "answer").state == "processing"
    assert findings() == []


def test_the_clock_is_not_touched(city):
    done = city.world.to("appraise")
    before = [*ClockSegment.objects.order_by("pk").values()]
    city.reform()
    assert [*ClockSegment.objects.order_by("pk").values()] == before
    assert city.row(done).due_at == done.due_at


def test_the_heir_of_the_counter_reads_what_is_held_elsewhere(city):
    done = city.world.to("approve")  # with the city, which stays
    city.reform()
    assert city.row(done).holding_agency_id == city.world.city.pk
    assert reason(done, city.ward.pk) == "receiver"
    assert find_one(city.officer("counter"), done.code)
    done = city.move(done, "leader", "issue")
    assert city.row(done).holding_agency_id == city.ward.pk
    assert findings() == []


def test_who_held_it_keeps_their_right_and_nobody_else_gets_one(city):
    done = city.world.to("appraise")
    city.reform()
    assert reason(done, city.world.department.pk) == "former"
    assert reason(done, city.ward.pk) == "holder"
    for who in ("police", "other_head"):
        with refused("dossiers.not_found"):
            find_one(city.officer(who), done.code)


def test_lists_of_the_heir_hold_what_went_over(city):
    for _ in range(3):
        city.world.take_in()
    city.reform()
    assert dossiers(city.officer("unit_head"), Filter()).total == 3


def test_what_has_ended_stays_with_the_agency_of_its_time(city):
    done = city.world.to("returned")
    report = city.reform()
    assert report.moved == 0
    assert city.row(done).holding_agency_id == city.world.department.pk


def test_nothing_new_is_filed_with_an_ended_agency(city):
    city.reform()
    with pytest.raises(NotReceivedThere):
        city.world.file(at=dawn())
    assert city.world.file(at=dawn(), agency_id=city.ward.pk)


def test_a_renamed_agency_begins_with_the_reform_and_keeps_its_code(city):
    from motcua.core.reform.rules import Founding

    found = Founding(DISTRICT, "H26", "commune", "UBND xã Mới", "New", "Mới")
    done = city.world.take_in()
    city.reform(Succession(DISTRICT, DISTRICT, kind="renamed"), founds=(found,))
    old, new = Agency.objects.filter(code=DISTRICT).order_by("pk")
    assert (old.valid_to, new.valid_from, new.valid_to) == (city.on, city.on, None)
    assert city.row(done).holding_agency_id == new.pk == Heir.objects.get().heir_id
    assert findings() == []


def test_each_dossier_has_its_own_entry_and_a_second_run_writes_none(city):
    for _ in range(3):
        city.world.take_in()
    row = city.plan()
    assert city.run(row).moved == 3
    count = Entry.objects.count()
    assert city.run(row).moved == 0
    assert Entry.objects.filter(act="reform").count() == 3
    assert Entry.objects.count() == count


def test_what_comes_to_an_ended_agency_late_is_swept_up(city):
    row = city.plan()
    city.run(row)
    with unaware():
        done = city.world.take_in()
    assert city.row(done).holding_agency_id == city.world.department.pk
    assert city.run(row).moved == 1
    assert city.row(done).holding_agency_id == city.ward.pk
    assert findings() == []


def test_a_second_reform_goes_on_from_the_first(city):
    done = city.world.take_in()
    city.reform()
    city.on = city.on.replace(day=23)
    city.reform(Succession(WARD, OTHER), at=dawn(city.on.replace(day=17)))
    assert city.row(done).holding_agency_id == city.other.pk
    assert MONDAY < city.row(done).due_at == done.due_at
    assert findings() == []
