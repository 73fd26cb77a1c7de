"""How many statements an act costs: nobody makes the spine slower without saying so here."""

from __future__ import annotations

import pytest
from django.db import connection

from motcua.core.sql import reading

pytestmark = pytest.mark.django_db

# An ordinary step: two reads (dossier, open work), then entry, dossier, work closed and opened,
# the post's right, fact ended and begun, and the request key. BEGIN and COMMIT come on top.
STEP = 10
# The step goes to another agency: rights and the agencies' totals, the live count, the search row.
ELSEWHERE = 18
INTAKE = 22


@pytest.fixture
def statements():
    """Give a list that grows by each statement that reaches the database."""
    if connection.vendor != "sqlite":
        pytest.skip("counted where the driver tells: SQLite")
    reading()
    told: list[str] = []
    connection.connection.set_trace_callback(told.append)
    yield told
    connection.connection.set_trace_callback(None)


def ordinary(told: list[str]) -> list[str]:
    """Leave out what the full-text index says to itself, and the test's own savepoints."""
    own = ("--", "SAVEPOINT", "RELEASE")
    return [one for one in told if not one.startswith(own)]


def test_an_ordinary_step_keeps_its_budget(world, statements):
    done = world.to("appraise")
    del statements[:]
    world.move(done, "specialist", "submit", hours=9, key="k")
    assert len(ordinary(statements)) <= STEP, "\n".join(ordinary(statements))


def test_a_step_to_another_agency_keeps_its_budget(world, statements):
    done = world.to("check")
    del statements[:]
    world.move(done, "unit_head", "agree", hours=9, key="k")
    assert len(ordinary(statements)) <= ELSEWHERE, "\n".join(ordinary(statements))


def test_a_counter_intake_keeps_its_budget(world, statements):
    world.take_in(key="a")
    del statements[:]
    world.take_in(key="b")
    assert len(ordinary(statements)) <= INTAKE, "\n".join(ordinary(statements))


def test_the_cost_of_a_step_does_not_grow_with_the_history(world, statements):
    done = world.to("check")
    for hours in range(10, 60, 10):
        done = world.move(done, "unit_head", "send_back", reason="Tính lại.", hours=hours)
        done = world.move(done, "specialist", "submit", hours=hours + 1)
    done = world.move(done, "unit_head", "send_back", reason="Tính lại.", hours=98)
    del statements[:]
    world.move(done, "specialist", "submit", hours=99, key="k")
    assert len(ordinary(statements)) <= STEP
