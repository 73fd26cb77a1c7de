"""A made-up world with a dossier whose result has been handed out."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.dossiers.tests.world import MONDAY, World, make_world
from motcua.core.ratings.actions import rate
from motcua.core.ratings.criteria import criteria

MARKS = {one.key: 2 for one in criteria().criteria if not one.of_agency}


@pytest.fixture
def world(db) -> World:
    return make_world()


@pytest.fixture
def returned(world):
    """Give a dossier that was handed out at 15:00 on Monday."""
    return world.to("returned")


@pytest.fixture
def give(world):
    """Give the act of rating, as the applicant some hours after Monday morning by default."""

    def act(done, marks=MARKS, *, who=None, hours=24, comment="", key=None):
        actor = world.officers[who] if who else world.applicant(done)
        at = MONDAY + datetime.timedelta(hours=hours)
        return rate(
            actor=actor, at=at, dossier_id=done.dossier_id, marks=marks, comment=comment, key=key
        )

    return act
