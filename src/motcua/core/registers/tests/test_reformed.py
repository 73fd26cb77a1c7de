"""Records follow the heirs of the agency that kept them: whole, once, with their rights."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial

import pytest

from motcua.core.agencies.queries import forget_tree
from motcua.core.areas.models import Area, Province
from motcua.core.dossiers.tests.sharing import shared_world, together
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.ledger.models import Entry
from motcua.core.reform.effect import come_into_force
from motcua.core.reform.models import Reform
from motcua.core.reform.preview import preview
from motcua.core.reform.rules import Succession
from motcua.core.reform.tests.city import DISTRICT, OTHER, WARD, City, dawn, findings, seat
from motcua.core.registers import acts
from motcua.core.registers.jobs import follow
from motcua.core.registers.models import Record, RecordVersion
from motcua.core.registers.preparing import Order
from motcua.core.registers.quality import quality
from motcua.core.registers.reconcile import check_records
from motcua.core.registers.rights import NoSuchRecord, NotYourRegister, record_of
from motcua.core.registers.rules import version_at
from motcua.core.registers.showing import Shower
from motcua.core.registers.tests.conftest import HERE, Kept
from motcua.core.registers.writing import stream_of
from motcua.kernel.errors import Refused


@pytest.fixture
def city(kept, registers):
    """The city of reforms, where a district keeps both registers."""
    kept.spans = registers["trial_spans"] = replace(kept.spans, tiers=())
    yield City(kept.world)
    forget_tree()


def agreed() -> bool:
    return [*findings(), *check_records()] == []


def changed(city, kept, done, who: str, *, actor=None, **values) -> acts.Done:
    return acts.change(
        actor=actor or city.officer(who),
        at=dawn(),
        declaration=kept.sites,
        record_id=done.record_id,
        revision=None,
        order=Order({"code": "HN-1", **values}, HERE),
        key=None,
    )


def test_a_record_goes_on_with_the_heir_as_a_version_of_that_day(city, kept):
    done = kept.site("HN-1", height=10)
    report = city.reform()
    row = Record.objects.get()
    assert (report.records, row.agency_id, row.number) == (1, city.ward.pk, 2)
    assert (row.since, row.confirmed_on) == (city.on, MONDAY.date())  # nobody has confirmed it
    versions = list(RecordVersion.objects.order_by("pk"))
    before = version_at(versions, on=city.on.replace(day=15))
    assert (before.agency_id, version_at(versions, on=city.on).agency_id) == (
        city.world.department.pk,
        city.ward.pk,
    )
    entry = Entry.objects.filter(stream=stream_of(done.record_id)).latest("seq")
    told = json.loads(entry.body)["data"]
    assert (entry.act, told["agency"], told["from"]) == (
        "record_reform",
        city.ward.pk,
        city.world.department.pk,
    )
    assert told["reform"] == Reform.objects.get().pk
    assert agreed()


def test_the_heir_keeps_it_and_sees_what_is_personal_in_its_past_too(city, kept):
    done = kept.site("HN-1", keeper="Nguyễn Văn A")
    with pytest.raises(NotYourRegister):
        changed(city, kept, done, "other_specialist", height=3)
    city.reform()
    with pytest.raises(NotYourRegister):
        changed(city, kept, done, "specialist", actor=kept.keeper, height=3)  # as before the day
    assert changed(city, kept, done, "specialist", height=3, keeper="Nguyễn Văn A").number == 3
    first = RecordVersion.objects.earliest("pk")
    masked = {}
    for who in ("specialist", "other_specialist"):
        shower = Shower(city.officer(who), kept.sites, [first], "vi", kept_by=city.ward.pk)
        masked[who] = {one.key: one.masked for one in shower.cells(first)}["keeper"]
    assert masked == {"specialist": False, "other_specialist": True}
    assert agreed()


def test_who_reads_a_register_of_agencies_follows_too(city, kept):
    kept.site("A")
    done = kept.span("Tuyến 1", "A")
    city.reform(seats=(seat("second", OTHER),))
    for who in ("specialist", "unit_head", "leader"):
        assert record_of(city.officer(who), kept.spans, done.record_id)
    for who in ("second", "other_head", "police"):
        with pytest.raises(NoSuchRecord):
            record_of(city.officer(who), kept.spans, done.record_id)


def test_a_retired_record_goes_along_and_can_be_restored(city, kept):
    done = kept.site("HN-1")
    told = {"declaration": kept.sites, "record_id": done.record_id, "reason": "x", "key": None}
    acts.retire(actor=kept.keeper, at=MONDAY, revision=1, **told)
    city.reform()
    assert Record.objects.get().retired
    acts.restore(actor=city.officer("specialist"), at=dawn(), revision=3, **told)
    assert agreed()


def test_totals_of_the_register_stay_and_the_preview_counted_them(city, kept):
    for code in ("A", "B", "C"):
        kept.site(code, height=10)
    kept.span("Tuyến 1", "a")
    city.world.take_in()
    found = preview(city.order())
    [line] = found.lines
    assert (line.records, found.records, found.told()["records"]) == (4, 4, 4)
    before = quality(kept.world.officers["leader"], kept.sites, MONDAY.date())
    row = city.plan()
    report = city.run(row)
    assert (report.moved, report.records) == (1, 4)
    row.refresh_from_db()
    assert (row.moved, row.records, row.left, row.state) == (1, 4, 0, "done")
    [after] = quality(city.officer("leader"), kept.sites, MONDAY.date())
    assert after.agency_id == city.ward.pk
    assert [(one.total, one.filled, one.alive) for one in before] == [
        (after.total, after.filled, after.alive)
    ]


def test_a_second_run_passes_none_on_and_a_second_reform_goes_on(city, kept):
    kept.site("HN-1")
    row = city.plan()
    assert city.run(row).records == 1
    assert city.run(row).records == 0
    assert Entry.objects.filter(act="record_reform").count() == 1
    city.on = city.on.replace(day=23)
    assert city.reform(Succession(WARD, OTHER), at=dawn(city.on.replace(day=17))).records == 1
    assert Record.objects.get().agency_id == city.other.pk
    assert agreed()


def units() -> None:
    province = Province.objects.create(
        code="01", name_vi="Hà Nội", name_en="Ha Noi", agency_code="H26", source="x", digest="x"
    )
    for code in ("00001", "00002"):
        Area.objects.create(
            unit_id=f"01-{code}",
            province=province,
            code=code,
            name=f"Mẫu {code}",
            folded=f"mau {code}",
            kind="Phường",
            tier="commune",
            source="x",
        )


def test_an_area_goes_to_the_heir_of_its_place(city, kept):
    units()
    kept.site("A")
    for name, area in (("1", "00001"), ("2", "00002"), ("3", "")):
        kept.span(f"Tuyến {name}", "A", area=area)
    heirs = (Succession(DISTRICT, WARD), Succession(DISTRICT, OTHER, areas=("00002",)))
    lines = {one.heir: one.records for one in preview(city.order(*heirs)).lines}
    assert lines == {WARD: 3, OTHER: 1}
    city.reform(*heirs)
    kept_by = dict(Record.objects.values_list("title", "agency_id"))
    ward, other = city.ward.pk, city.other.pk
    assert kept_by == {"A": ward, "Tuyến 1": ward, "Tuyến 2": other, "Tuyến 3": ward}
    assert agreed()


def test_records_that_nobody_takes_over_forbid_a_plan(city, kept):
    kept.site("A")
    by_procedure = Succession(DISTRICT, OTHER, procedures=("9.000001",))
    found = {one.code: one.details for one in preview(city.order(by_procedure)).faults}
    assert found["reform.no_heir_of_records"]["count"] == 1
    assert "reform.no_heir_of_records" not in {
        one.code for one in preview(city.order(by_procedure, Succession(DISTRICT, WARD))).faults
    }


def test_the_preview_warns_of_records_that_nobody_could_keep(city, kept):
    kept.site("A")
    found = preview(city.order(seats=(seat("specialist", OTHER), seat("second", OTHER))))
    assert "reform.nobody_keeps" in {one.code for one in found.warnings}
    assert "reform.nobody_keeps" not in {one.code for one in preview(city.order()).warnings}


def test_what_lay_behind_is_found_and_swept_up(city, kept, monkeypatch):
    kept.site("A")
    city.reform()
    Record.objects.update(agency=city.world.department)
    RecordVersion.objects.update(agency=city.world.department)
    assert "state.record_left_behind" in {one.code for one in check_records()}
    monkeypatch.setattr("motcua.core.registers.jobs.now", dawn)
    follow({}, at=dawn())
    assert Record.objects.get().agency_id == city.ward.pk
    assert (Reform.objects.get().records, Entry.objects.filter(act="record_reform").count()) == (
        2,
        2,
    )


@pytest.mark.django_db(transaction=True)
def test_a_keepers_change_and_the_reform_take_turns(transactional_db, tmp_path, registers):
    with shared_world(tmp_path) as world:
        kept, city = Kept(world, *registers.values()), City(world)
        done = kept.site("HN-1")
        row = city.plan()
        come_into_force(at=dawn(), reform_id=row.pk)
        answers = together(
            partial(city.run, row),
            partial(city.run, row),
            partial(changed, city, kept, done, "specialist", actor=kept.keeper, height=3),
        )
        *runs, change = answers
        assert sum(one.records for one in runs) == 1
        assert isinstance(change, acts.Done | Refused)
        found = Record.objects.get()
        assert found.number == 2 + isinstance(change, acts.Done)
        assert found.agency_id == city.ward.pk
        assert agreed()
