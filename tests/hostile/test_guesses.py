"""Guessers who knock at once get no more tries than those who wait for one another."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.dossiers.tests.sharing import shared_world, together
from motcua.core.limits.guesses import MOST_WRONG, TooManyTries, guess
from motcua.kernel.errors import Refused

AT = datetime.datetime(2026, 11, 2, 1, tzinfo=datetime.UTC)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_no_more_tries(transactional_db, tmp_path):
    looked_at = []

    def one() -> None:
        with guess("x", "an", "192.0.2.1", at=AT):
            looked_at.append(1)
            raise Refused

    with shared_world(tmp_path):
        answers = together(*[one] * (MOST_WRONG + 6))
    assert len(looked_at) == MOST_WRONG
    assert sum(isinstance(answer, TooManyTries) for answer in answers) == 6
