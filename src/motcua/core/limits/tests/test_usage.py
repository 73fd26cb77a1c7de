"""Rates used up in the database: the statement says what the rules say."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from motcua.core.limits import usage
from motcua.core.limits.models import Usage
from motcua.core.limits.rules import Rate, Used, fits, moment, wait
from motcua.core.limits.usage import Claim, TooMany, forget, give_back, spend, sweep

AT = datetime.datetime(2026, 11, 2, 1, tzinfo=datetime.UTC)
RATE = Rate("asked", 3, 60)


def later(seconds: int) -> datetime.datetime:
    return AT + datetime.timedelta(seconds=seconds)


def refused(*claims: Claim, at: datetime.datetime) -> int:
    """Give the seconds to wait, 0 where it was let in."""
    try:
        spend(*claims, at=at)
    except TooMany as refusal:
        seconds = refusal.details["seconds"]
        assert isinstance(seconds, int)
        return seconds
    return 0


class LikeTheRules(TestCase):
    """Django's transaction around each example."""

    @settings(max_examples=50)
    @given(
        st.integers(1, 8),
        st.lists(st.tuples(st.integers(0, 50), st.integers(1, 4)), max_size=30),
    )
    def test_the_statement_says_what_the_rules_say(self, most, uses):
        rate, second = Rate("asked", most, 20), 0
        used = Used(0, 0, 0)
        for pause, amount in uses:
            second += pause
            at = later(second)
            when = moment(rate, int(at.timestamp()))
            expected = 0 if fits(rate, used, when, amount) else wait(rate, used, when, amount)
            assert refused(Claim(rate, "an", amount), at=at) == expected
            row = Usage.objects.values_list("slot", "count", "before").first()
            used = Used(*row) if row else used


@pytest.mark.django_db
class TestSpending:
    def test_the_rate_and_no_more(self):
        assert [refused(Claim(RATE, "an"), at=AT) for _ in range(4)][:3] == [0, 0, 0]
        assert refused(Claim(RATE, "an"), at=AT) == 80  # 01:00:00 begins a slot; a third of it

    def test_another_subject_and_another_rate_are_not_held_up(self):
        spend(Claim(RATE, "an", 3), at=AT)
        spend(Claim(RATE, "binh"), Claim(Rate("told", 3, 60), "an"), at=AT)

    def test_capitals_make_no_new_subject(self):
        spend(Claim(RATE, "An", 3), at=AT)
        assert refused(Claim(RATE, "aN"), at=AT)

    @pytest.mark.parametrize("subject", ["", "\0", "a\ud800", "x" * 100_000])
    def test_any_text_is_a_subject(self, subject):
        spend(Claim(RATE, subject, 3), at=AT)
        assert refused(Claim(RATE, subject), at=AT)

    def test_what_is_refused_counts_for_nothing(self):
        spend(Claim(RATE, "an", 3), at=AT)
        for _ in range(50):
            assert refused(Claim(RATE, "an"), Claim(RATE, "binh"), at=AT)
        assert refused(Claim(RATE, "an"), at=later(80)) == 0
        assert refused(Claim(RATE, "binh", 3), at=AT) == 0

    def test_more_than_the_rate_is_refused_before_anything_was_used(self):
        assert refused(Claim(RATE, "an", 4), at=AT) == 60
        assert not Usage.objects.exists()

    def test_giving_back_and_forgetting(self):
        spend(Claim(RATE, "an", 3), Claim(RATE, "binh", 3), at=AT)
        give_back(Claim(RATE, "an"), at=AT)
        forget(Claim(RATE, "binh"))
        assert [refused(Claim(RATE, "an"), at=AT), refused(Claim(RATE, "an"), at=AT)] == [0, 80]
        assert refused(Claim(RATE, "binh", 3), at=AT) == 0

    def test_nothing_is_given_back_of_another_slot(self):
        spend(Claim(RATE, "an", 3), at=AT)
        spend(Claim(RATE, "an"), at=later(90))
        give_back(Claim(RATE, "an", 2), at=later(90))
        give_back(Claim(RATE, "an"), at=later(30))
        assert Usage.objects.get().count == 1

    def test_a_row_that_says_nothing_goes(self, monkeypatch):
        monkeypatch.setattr(usage, "_BATCH", 2)
        for number in range(5):
            spend(Claim(RATE, str(number)), at=AT)
        spend(Claim(RATE, "late"), at=later(60))
        sweep(at=later(121))
        assert Usage.objects.get().id == Claim(RATE, "late").id

    def test_the_row_tells_nobody_whom_it_counts(self):
        spend(Claim(RATE, "0912345678"), at=AT)
        assert "912345678" not in str(Usage.objects.values().get())

    def test_both_sentences_tell_how_long(self):
        spend(Claim(RATE, "an", 3), at=AT)
        with pytest.raises(TooMany) as told:
            spend(Claim(RATE, "an"), at=AT)
        assert "80" in told.value.text("vi")
        assert "80" in told.value.text("en")
