"""HANDBOOK §3.3: 30/6/2025 the district's dossier is due 4/7; on 1/7 the ward has it, due 4/7."""

from __future__ import annotations

import datetime

import pytest
from django.db.models import Q

from motcua.core.agencies.queries import forget_tree
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.dossiers.queries import find_one
from motcua.core.facts.models import Fact
from motcua.core.reform.tests.city import ZONE, City, dawn, findings

FIRST_OF_JULY = datetime.date(2025, 7, 1)
RECEIVED = datetime.datetime(2025, 6, 20, 9, tzinfo=ZONE)
DUE = datetime.datetime(2025, 7, 4, 9, tzinfo=ZONE)


@pytest.fixture
def ba_dinh(world):
    yield City(world, on=FIRST_OF_JULY)
    forget_tree()


@pytest.fixture
def reformed(ba_dinh):
    done = ba_dinh.world.take_in(at=RECEIVED)
    report = ba_dinh.run(ba_dinh.plan(at=RECEIVED))
    assert (report.moved, report.refused.total()) == (1, 0)
    return done


def open_on(day: datetime.date) -> set[int]:
    """The agencies under which a report counts what was open on a day."""
    asked = dawn(day)
    rows = Fact.objects.filter(Q(ended_at__gt=asked) | Q(ended_at=None), began_at__lte=asked)
    return set(rows.values_list("agency_id", flat=True))


def test_code_and_dates_stay(reformed):
    row = Dossier.objects.get()
    assert row.due_at == row.promised_at == reformed.due_at == DUE
    assert row.code == reformed.code == "H26.12-250620-0001"


def test_the_ward_holds_it_and_the_district_received_it(ba_dinh, reformed):
    row = Dossier.objects.get()
    assert row.holding_agency_id == ba_dinh.ward.pk
    assert row.receiving_agency_id == ba_dinh.world.department.pk


def test_june_counts_it_under_the_district_and_july_under_the_ward(ba_dinh, reformed):
    assert open_on(datetime.date(2025, 6, 30)) == {ba_dinh.world.department.pk}
    assert open_on(datetime.date(2025, 7, 2)) == {ba_dinh.ward.pk}


def test_the_old_code_finds_it_for_who_went_to_the_ward(ba_dinh, reformed):
    head = ba_dinh.officer("unit_head")
    assert find_one(head, "H26.12-250620-0001").id == reformed.dossier_id
    assert head.agencies() == (ba_dinh.ward.pk,)


def test_its_work_goes_on_with_the_deadline_it_had(ba_dinh, reformed):
    before, *_, now = WorkItem.objects.of(reformed.dossier_id)
    ended, opened = WorkItem.objects.of(reformed.dossier_id).filter(step="assign")
    assert (ended.result, ended.due_at, ended.post) == ("reformed", opened.due_at, opened.post)
    assert opened.agency_id == ba_dinh.ward.pk
    assert now == opened != before


def test_all_the_books_agree(reformed):
    assert findings() == []
