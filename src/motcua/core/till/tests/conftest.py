"""A made-up world whose procedure takes money before it returns a result."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motcua.core.dossiers.tests import world as made_up
from motcua.core.dossiers.tests.world import FLOW, World, declaration, make_world, publish
from motcua.core.procedures.declaration import Exemption, FeeRule

CODE = "9.000009"


@pytest.fixture
def world(db) -> World:
    found = make_world()
    moves = tuple(replace(one, paid=one.key == "return") for one in FLOW.moves)
    name = made_up._text("Lệ phí cấp bản sao")
    shown = Exemption("shown", made_up._text("Hộ nghèo, có giấy"), None, None)
    fees = (
        FeeRule("copy", name, 8000, name, None, None, count="copies", exempt=(shown,)),
        FeeRule("permit", made_up._text("Lệ phí cấp phép"), None, None, None, None),
    )
    publish(replace(declaration(CODE, replace(FLOW, moves=moves)), fees=fees))
    return found


@pytest.fixture
def received(world):
    """Give a dossier of two copies, taken in at the counter."""
    fields = {"licence": "GP 12", "expires": "2026-12-01", "copies": 2}
    return world.take_in(procedure=CODE, fields=fields)
