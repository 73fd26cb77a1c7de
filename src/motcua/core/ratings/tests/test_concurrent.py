"""Several requests rate one dossier at once: one rating stands, and the ledger tells them all."""

from __future__ import annotations

import datetime
from functools import partial

import pytest

from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.sharing import shared_world, together
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.ratings.actions import rate
from motcua.core.ratings.models import Rating
from motcua.core.ratings.reconcile import check_ratings
from motcua.core.ratings.tests.conftest import MARKS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db, tmp_path):
    with shared_world(tmp_path) as shared:
        yield shared
        assert [*check_state(), *check_ratings()] == []


def rating(world, done, key: str):
    return partial(
        rate,
        actor=world.applicant(done),
        at=MONDAY + datetime.timedelta(hours=9),
        dossier_id=done.dossier_id,
        marks=MARKS,
        comment="",
        key=key,
    )


def test_twins_are_one_rating(world):
    done = world.to("returned")
    answers = together(*[rating(world, done, "k")] * 4)
    assert sorted(answer.repeated for answer in answers) == [False, True, True, True]
    assert Rating.objects.count() == 1


def test_rivals_leave_one_that_stands(world):
    done = world.to("returned")
    together(*(rating(world, done, f"k{number}") for number in range(3)))
    assert Rating.objects.filter(replaced_seq__isnull=True).count() == 1
    assert Rating.objects.count() == 3
