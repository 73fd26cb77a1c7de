"""A simulated 2025: on 1/7 the districts end, and their wards' work goes on at the heirs."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.agencies.models import Appointment
from motcua.core.agencies.queries import agency_by_code
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.dossiers.reconcile import check_state
from motcua.core.ledger.models import Entry
from motcua.core.ledger.verify import verify
from motcua.core.reform.models import Reform
from motcua.core.sql import reading
from motcua.site.sample import parts, simulation
from motcua.site.sample.coming import stretch_of
from motcua.site.sample.events import Event
from motcua.site.sample.former import covers_reform, former_city, order
from motcua.site.sample.loading import load_city
from motcua.site.sample.places import places
from motcua.site.sample.reforming import reforms
from motcua.site.sample.simulation import simulate
from motcua.site.tests.conftest import AT
from motcua.site.tests.test_simulation import alone

FIRST = datetime.date(2025, 5, 1)
DAY = datetime.date(2025, 7, 1)
UNTIL = datetime.datetime(2025, 9, 1, tzinfo=datetime.UTC)
ENDED = ("H26.31", "H26.32", "H26.33", "H26.311", "H26.321", "H26.331")


def summer(dossiers: int = 60, until: datetime.datetime = UNTIL):
    return stretch_of(dossiers=dossiers, seed=3, until=until, days=120, first=FIRST)


def reformed(**told) -> None:
    load_city(AT, former_city())
    stretch = summer(**told)
    simulate(stretch, events=reforms(stretch))


@pytest.fixture
def year(sample_city):
    reformed(dossiers=150)


def test_only_a_stretch_with_the_day_in_it_has_the_reform(sample_city):
    after = stretch_of(dossiers=1, seed=1, until=AT)
    assert covers_reform(summer())
    assert not covers_reform(after)
    assert list(reforms(after)) == []


def test_work_goes_on_at_the_heirs(year):
    (reform,) = Reform.objects.all()
    assert (reform.state, reform.left) == (Reform.State.DONE, 0)
    assert reform.moved == Entry.objects.filter(act="reform").count() > 0
    ids = [row.pk for row in Dossier.objects.filter(receiving_agency__code__in=ENDED)]
    moved = Entry.objects.filter(act="reform", stream__in=ids)
    after = Entry.objects.filter(stream__in=moved.values("stream"), at__gt=moved.first().at)
    assert after.exclude(act="reform").exists()
    open_there = WorkItem.objects.filter(agency__code__in=ENDED, ended_at=None)
    assert not open_there.exists()
    assert list(check_state()) == []
    assert verify(tx=reading(), at=AT).ok


def test_officers_sit_at_the_heirs_from_the_day_on(year):
    moved = Appointment.objects.filter(officer__staff_number="chutich.trucbach")
    assert list(moved.order_by("valid_from").values_list("agency__code", "post", "valid_to")) == [
        ("H26.311", "leader", DAY),
        ("H26.101", "unit_head", None),
    ]


def test_nothing_is_filed_before_an_agency_begins_or_after_it_ended(year):
    for row in Dossier.objects.select_related("receiving_agency"):
        day = row.filed_at.astimezone(datetime.timezone(datetime.timedelta(hours=7))).date()
        assert (day < DAY) is (row.receiving_agency.code in ENDED) or (
            row.receiving_agency.tier == "department"
        )
    assert {row.receiving_agency.code for row in Dossier.objects.all()} >= {"H26.311", "H26.101"}


class Broken(Exception):
    """Somebody pulled the plug."""


@pytest.mark.parametrize("acts", [30, 130, 190])
def test_a_year_that_is_broken_off_before_or_after_the_day_is_the_same(instance, monkeypatch, acts):
    monkeypatch.setattr(simulation, "BATCH", 7)

    def broken_off():
        load_city(AT, former_city())

        def tell(done: int) -> None:
            if done >= acts:
                raise Broken

        stretch = summer()
        with pytest.raises(Broken):
            simulate(stretch, events=reforms(stretch), tell=tell)
        simulate(stretch, events=reforms(stretch))

    assert alone(broken_off) == alone(reformed)


def test_what_can_be_filed_where_is_the_same_before_and_after_the_day(sample_city):
    load_city(AT, former_city())
    before = places(summer())
    reformed()
    assert places(summer()) == before
    assert agency_by_code("H26.31", on=DAY - datetime.timedelta(days=1)).valid_to == order().on


def test_parts_stop_for_an_event_and_go_on(monkeypatch, sample_city):
    seen: list[object] = []

    def at_once(stretch, count):
        seen.append(stretch.until)
        return simulation.Run(stretch.until, stretch.until, ids=[1], acts=simulation.Counter(a=1))

    monkeypatch.setattr(parts, "_at_once", at_once)
    at = UNTIL - datetime.timedelta(days=9)
    late = Event(UNTIL + datetime.timedelta(days=1), seen.append)
    done = parts.simulate_in_parts(summer(), count=2, events=[late, Event(at, seen.append)])
    assert seen == [at - datetime.timedelta(microseconds=1), at, UNTIL]
    assert (done.ids, done.acts["a"]) == ([1], 2)
