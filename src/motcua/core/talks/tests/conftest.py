"""A made-up world with a dossier that a specialist holds, and the act of saying something."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.dossiers.tests.world import MONDAY, World, make_world
from motcua.core.talks.actions import Words, say


@pytest.fixture
def world(db) -> World:
    return make_world()


@pytest.fixture
def done(world):
    """Give a dossier filed online that the specialist holds by name."""
    return world.to("appraise")


@pytest.fixture
def speak(world):
    """Give the act, as an officer by name or as the applicant, a day after Monday morning."""

    def act(done, kind, who=None, text="Đã gọi xác minh.", *, named=(), key=None, hours=24):
        actor = world.officers[who] if who else world.applicant(done)
        at = MONDAY + datetime.timedelta(hours=hours)
        words = Words(kind=kind, text=text, named=tuple(map(world.officer_id, named)))
        return say(actor=actor, at=at, dossier_id=done.dossier_id, words=words, key=key)

    return act
