"""The rules of ratings: marks, windows, months and averages."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.ratings.criteria import criteria
from motcua.core.ratings.rules import average, band, checked, final, following
from motcua.kernel.errors import Invalid

TOLD = criteria()
KEYS = [one.key for one in TOLD.criteria]
OWN = [one.key for one in TOLD.criteria if not one.of_agency]
days = st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 1, 1))


def test_the_nine_criteria_of_the_circular_stand_in_its_order():
    assert [KEYS.index(key) + 1 for key in OWN] == [1, 2, 3, 4, 6, 7]
    assert (len(KEYS), KEYS[5], KEYS[6]) == (9, "openness", "attitude")


@given(st.dictionaries(st.sampled_from(KEYS), st.integers(0, 2)))
def test_marks_are_taken_where_every_question_about_the_dossier_is_answered(marks):
    if set(OWN) <= marks.keys():
        assert list(checked(marks, TOLD)) == [key for key in KEYS if key in marks]
    else:
        with pytest.raises(Invalid) as refused:
            checked(marks, TOLD)
        assert set(refused.value.problems) == {f"marks.{key}" for key in set(OWN) - marks.keys()}


def test_every_fault_is_told_at_once():
    with pytest.raises(Invalid) as refused:
        checked({OWN[0]: 3, OWN[1]: -1, "colour": 1}, TOLD)
    codes = {name: problem.code for name, problem in refused.value.problems.items()}
    assert codes[f"marks.{OWN[0]}"] == codes[f"marks.{OWN[1]}"] == "ratings.mark_wrong"
    assert codes["marks.colour"] == "ratings.unknown_criterion"
    assert codes[f"marks.{OWN[2]}"] == "ratings.mark_missing"


@given(days, st.integers(0, 60))
def test_the_next_month_begins_after_this_one_has_ended(day, later):
    first = day.replace(day=1)
    after = following(first)
    assert after.day == 1
    assert (after - datetime.timedelta(days=1)).month == first.month
    assert final(first, after + datetime.timedelta(days=later), 7) is (later >= 7)


@given(st.lists(st.integers(0, 2), max_size=30), st.integers(0, 10))
def test_an_average_is_shown_of_enough_marks_and_lies_among_them(marks, least):
    shown = average(sum(marks), len(marks), least)
    assert (shown is not None) is (len(marks) >= max(least, 1))
    if shown is not None:
        assert min(marks) <= shown <= max(marks)
        assert abs(shown - Decimal(sum(marks)) / len(marks)) <= Decimal("0.05")


@pytest.mark.parametrize(
    ("total", "word"),
    [("18", "excellent"), ("15", "excellent"), ("14.9", "good"), ("9", "fair"), ("0", "weak")],
)
def test_a_sum_has_the_band_of_the_circular(total, word):
    assert band(Decimal(total), TOLD.bands).key == word
