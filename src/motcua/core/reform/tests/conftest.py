"""A district and its heirs, new for each test; what a process keeps of them is forgotten."""

from __future__ import annotations

import pytest

from motcua.core.agencies.queries import forget_tree
from motcua.core.dossiers.tests.world import World, make_world
from motcua.core.reform.tests.city import City


@pytest.fixture
def world(db) -> World:
    return make_world()


@pytest.fixture
def city(world):
    yield City(world)
    forget_tree()
