"""The made-up world, and a day off that is announced for it."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.tests.world import World, make_world
from motcua.core.redating.tests.saying import Announced


@pytest.fixture
def world(db) -> World:
    yield make_world()
    calendars.forget()


@pytest.fixture
def announced(world) -> Announced:
    return Announced(world, datetime.date(2026, 11, 10))
