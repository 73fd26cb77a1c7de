"""Levels through time, and services that another body runs."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.catalogue.actions import NoDocument
from motcua.core.catalogue.online import (
    CountImpossible,
    LevelBackwards,
    NotReferred,
    ReferralBackwards,
    RunsHere,
    UnknownLevel,
    count_received,
    refer,
    set_level,
)
from motcua.core.catalogue.queries import find, level_counts, levels, received, referrals
from motcua.core.catalogue.tests.conftest import AT, BY, brought_out
from motcua.core.catalogue.tests.samples import FACTS
from motcua.core.ledger.models import Entry

pytestmark = pytest.mark.usefixtures("house_is_whole")
KEY = "1.900001"
DAY = datetime.date
SAID = {**BY, "key": KEY, "document": "5/QĐ-UBND"}
FULL = {**SAID, "level": "full", "since": DAY(2025, 1, 1)}
THERE = {
    **SAID,
    "run_by": "Bộ Thư tín",
    "filed_at": "https://dichvucong.example",
    "since": DAY(2026, 1, 15),
}
COUNT = {**SAID, "month": DAY(2026, 9, 1), "received": 120}


@pytest.fixture(autouse=True)
def listing(db):
    brought_out(FACTS)  # level 3 until the decree, then “part”
    return find(KEY).listing


def history(listing):
    return [(one.level, one.valid_from, one.valid_to) for one in levels(listing)]


def test_a_new_level_ends_the_one_before(listing):
    set_level(**FULL)
    assert history(listing)[1:] == [
        ("part", DAY(2022, 8, 15), DAY(2024, 12, 31)),
        ("full", DAY(2025, 1, 1), None),
    ]
    assert set_level(**FULL).level == "full"
    assert Entry.objects.filter(act="catalogue_level").count() == 1


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        (DAY(2020, 1, 1), {"3": 1}),
        (DAY(2022, 8, 14), {"3": 1}),
        (DAY(2022, 8, 15), {"part": 1}),
        (DAY(2025, 1, 1), {"full": 1}),
    ],
)
def test_levels_are_counted_for_any_day(on, counts):
    set_level(**FULL)
    assert level_counts(on) == counts


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"level": "4"}, UnknownLevel),
        ({"level": "x"}, UnknownLevel),
        ({"level": "info", "since": DAY(2021, 1, 1)}, UnknownLevel),
        ({"since": DAY(2022, 8, 15)}, LevelBackwards),
        ({"level": "2", "since": DAY(2021, 1, 1)}, LevelBackwards),
        ({"document": ""}, NoDocument),
    ],
)
def test_a_level_is_refused(listing, changes, refusal):
    before = history(listing)
    with pytest.raises(refusal):
        set_level(**FULL | changes)
    assert history(listing) == before


def test_a_service_is_taken_in_by_reference(listing):
    refer(**THERE)
    assert refer(**THERE).run_by == "Bộ Thư tín"  # again: nothing new
    refer(**THERE | {"run_by": "Cổng quốc gia", "since": DAY(2026, 10, 1)})
    assert [(one.run_by, one.valid_to) for one in referrals(listing)] == [
        ("Cổng quốc gia", None),
        ("Bộ Thư tín", DAY(2026, 9, 30)),
    ]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"run_by": " "}, RunsHere),
        ({"filed_at": ""}, RunsHere),
        ({"run_by": "Khác", "since": DAY(2026, 1, 15)}, ReferralBackwards),
        ({"document": ""}, NoDocument),
    ],
)
def test_a_reference_is_refused(listing, changes, refusal):
    refer(**THERE)
    with pytest.raises(refusal):
        refer(**THERE | changes)
    assert len(referrals(listing)) == 1


def test_counts_are_kept_and_corrected_by_what_is_told_last(listing):
    row = refer(**THERE)
    count_received(**COUNT)
    count_received(**COUNT)
    later = AT + datetime.timedelta(days=3)
    count_received(**COUNT | {"at": later, "received": 125, "document": "6/BC"})
    assert row.counts.count() == 2
    assert received(row) == {DAY(2026, 9, 1): 125}
    assert received(row, known_at=AT) == {DAY(2026, 9, 1): 120}


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"month": DAY(2025, 12, 1)}, NotReferred),
        ({"month": DAY(2026, 11, 1)}, CountImpossible),
        ({"received": -1}, CountImpossible),
        ({"document": ""}, NoDocument),
    ],
)
def test_a_count_is_refused(changes, refusal):
    refer(**THERE)
    with pytest.raises(refusal):
        count_received(**COUNT | changes)
