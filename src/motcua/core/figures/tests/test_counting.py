"""Figures are what the rows of the house say, however its dossiers went."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from motcua.core.agencies.models import Heir
from motcua.core.agencies.queries import agency_by_code, forget_tree
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.tests.histories import HISTORIES, play
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.figures import queries
from motcua.core.figures.counting import count
from motcua.core.figures.models import Count, Figure
from motcua.core.figures.rules import Kind
from motcua.core.ratings.actions import rate
from motcua.core.ratings.tests.conftest import MARKS

NOVEMBER, DECEMBER = datetime.date(2026, 11, 1), datetime.date(2026, 12, 1)
FRIDAY = MONDAY + datetime.timedelta(days=4)
LATER = datetime.datetime(2026, 12, 15, 2, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _few(settings):
    settings.MOTCUA_FIGURES_SHOWN_FROM = 1


def total(kind: Kind = Kind.MONTH, first: datetime.date = NOVEMBER) -> queries.Row:
    told = queries.by_agency(kind, first)
    assert told is not None
    return told.total


def test_nothing_is_told_before_the_first_count(world):
    world.to("returned")
    assert queries.by_agency(Kind.MONTH, NOVEMBER) is None
    assert queries.months_there_are() == ()


def test_a_count_that_broke_off_is_not_told(world):
    world.to("returned")
    broken = Count.objects.create(at=FRIDAY)
    assert queries.cut_off() is None
    count(at=FRIDAY)
    assert total().finished == 1
    assert not Count.objects.filter(pk=broken.pk).exists()


def test_a_second_count_takes_the_place_of_the_first(world):
    world.to("returned")
    rows = count(at=FRIDAY)
    assert count(at=FRIDAY) == rows == Figure.objects.count()
    assert Count.objects.count() == 1


def test_a_finished_dossier_is_counted_once_in_each_period(world):
    world.to("returned")  # received at 9:00, ready at 13:00: three hours of work without lunch
    count(at=FRIDAY)
    for kind, first in [(Kind.MONTH, NOVEMBER), (Kind.YEAR, datetime.date(2026, 1, 1))]:
        row = total(kind, first)
        assert (row.received, row.finished, row.early, row.waiting) == (1, 1, 1, 0)
        assert (row.share, row.median) == (1, 180)
    assert total(Kind.LAST, datetime.date(2025, 12, 1)).finished == 1


@pytest.mark.parametrize(("channel", "online"), [("online", 1), ("counter", 0), ("post", 0)])
def test_what_its_applicant_filed_is_told_apart(world, channel, online):
    from motcua.core.facts.models import Fact

    done = world.to("check")
    Fact.objects.filter(dossier_id=done.dossier_id).update(channel=channel)
    count(at=FRIDAY)
    assert (total().received, total().online, total().online_share) == (1, online, online)


def test_what_waits_waits_at_the_end_of_every_month(world):
    world.to("check")
    count(at=LATER)
    assert (total().received, total().waiting, total().waiting_late) == (1, 1, 1)
    december = total(first=DECEMBER)
    assert (december.received, december.waiting, december.waiting_late) == (0, 1, 1)
    quarter = total(Kind.QUARTER, datetime.date(2026, 10, 1))
    assert (quarter.received, quarter.waiting) == (1, 1)  # once, not once a month


def test_the_time_the_applicant_was_awaited_counts_for_nobody(world):
    done = world.to("appraise")  # received at 9:00, appraised from 10:00
    world.move(done, "specialist", "supplement", hours=3, reason="Thiếu.")  # at 11:00
    world.move(done, world.applicant(done), "answer", hours=24)  # on Tuesday at 8:00
    world.move(done, "specialist", "refuse", hours=26, reason="Không.")  # at 10:00
    count(at=FRIDAY)
    assert total().median == 2 * 60 + 2 * 60


def test_what_was_taken_back_is_counted_apart(world):
    done = world.to("assign")
    world.move(done, world.applicant(done), "withdraw", hours=3, reason="Thôi.")
    count(at=FRIDAY)
    assert (total().received, total().finished, total().withdrawn) == (1, 0, 1)


def test_history_counts_under_the_unit_of_its_time(world):
    world.to("returned")
    world.to("check")
    heir = agency_by_code("H26.15")
    Heir.objects.create(agency=world.department, heir_id=heir.id, since=DECEMBER)
    forget_tree()
    count(at=LATER)
    november, december = (queries.by_agency(Kind.MONTH, one) for one in (NOVEMBER, DECEMBER))
    assert {row.agency_id: row.waiting for row in november.rows} == {world.department.pk: 1}
    assert {row.agency_id: row.waiting for row in december.rows} == {heir.id: 1}


def test_ratings_are_told_when_they_can_change_no_more(world, settings):
    settings.MOTCUA_RATINGS_SHOWN_FROM = 1
    done = world.to("returned")
    rate(
        actor=world.applicant(done),
        at=FRIDAY,
        dossier_id=done.dossier_id,
        marks={**MARKS, next(iter(MARKS)): 1},
        comment="",
        key=None,
    )
    count(at=FRIDAY)
    assert (total().ratings, total().rating) == (0, None)
    count(at=LATER)
    given_points = 2 * len(MARKS) - 1
    assert (total().ratings, total().rating) == (1, Decimal(given_points) / (2 * len(MARKS)))
    settings.MOTCUA_RATINGS_SHOWN_FROM = 2
    assert (total().ratings, total().rating) == (0, None)


def test_outcomes_of_few_are_hidden(world, settings):
    settings.MOTCUA_FIGURES_SHOWN_FROM = 2
    world.to("returned")
    count(at=FRIDAY)
    row = total()
    assert (row.finished, row.outcomes, row.share, row.median) == (1, False, None, None)
    procedure = Dossier.objects.get().procedure_id
    assert queries.of_procedure(procedure).outcomes is False


def test_a_page_of_figures_reads_no_dossier(world):
    world.to("returned")
    count(at=FRIDAY)
    with CaptureQueriesContext(connection) as asked:
        queries.by_agency(Kind.MONTH, NOVEMBER)
        queries.by_procedure(Kind.MONTH, NOVEMBER, world.department.pk)
        queries.by_month()
        queries.of_procedure(1)
    assert len(asked) <= 9
    assert not [one for one in asked if "dossiers_" in one["sql"] or "facts_" in one["sql"]]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=HISTORIES)
def test_every_figure_is_what_the_dossiers_say(world, history):
    with transaction.atomic():
        play(world, history)
        count(at=FRIDAY)
        row = total()
        mine = Dossier.objects.filter(received_at__isnull=False)
        assert row.received == mine.count()
        ended = mine.filter(finished_at__isnull=False).exclude(outcome="withdrawn")
        buckets = [ended.filter(bucket=one).count() for one in ("early", "on_time", "late")]
        assert [row.early, row.on_time, row.late] == buckets
        assert row.finished == ended.count()
        assert row.waiting == mine.filter(finished_at=None).count()
        late = mine.filter(finished_at=None, paused_since=None, due_at__lt=FRIDAY)
        assert row.waiting_late == late.count()
        assert row.received == row.finished + row.withdrawn + row.waiting
        for told in (
            queries.by_agency(Kind.MONTH, NOVEMBER),
            queries.by_procedure(Kind.MONTH, NOVEMBER),
        ):
            assert sum(one.received for one in told.rows) == row.received
            assert sum(one.waiting for one in told.rows) == row.waiting
        transaction.set_rollback(True)
