"""The made-up world of the dossiers."""

from __future__ import annotations

import pytest

from motcua.core.dossiers.tests.world import World, make_world


@pytest.fixture
def world(db) -> World:
    return make_world()
