"""An applicant who was asked for more has no less time than the paper says, and never a day off."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.world import FLOW, declaration, publish
from motcua.core.procedures.declaration import WindowRule
from motcua.core.redating.reconcile import check_calendars
from motcua.kernel.calendar import Limit
from motcua.kernel.flow.definition import Kind, Move


@pytest.fixture
def asked(world):
    """A dossier whose applicant has five working days to answer."""
    lapse = Move("lapse", Kind.STOP, ("appraise",), "refused", by=("house",), reason=True)
    flow = replace(FLOW, moves=(*FLOW.moves, lapse))
    days = (Limit.parse("5 working_day"), Limit.parse("3 working_day"))
    window = WindowRule("supplement", *days, "lapse", None)
    publish(replace(declaration("9.000007", flow), windows=(window,)))
    done = world.to("appraise", procedure="9.000007")
    done = world.move(done, "specialist", "supplement", hours=6, reason="Thiếu.")
    return world.dossier(done)


def test_a_day_off_within_it_moves_its_end(announced, asked):
    announced.carry_out(off=[datetime.date(2026, 11, 5)])
    row = Dossier.objects.get()
    assert row.answer_by - asked.answer_by == datetime.timedelta(days=1)
    assert row.wake_at == asked.wake_at
    assert [*check_state(), *check_calendars()] == []


def test_a_worked_saturday_does_not_shorten_it(announced, asked):
    announced.carry_out(off=[], work=[datetime.date(2026, 11, 7)])
    assert Dossier.objects.get().answer_by == asked.answer_by
    assert [*check_state(), *check_calendars()] == []


def test_once_moved_it_is_not_moved_again(announced, asked):
    row = announced.decide(off=[datetime.date(2026, 11, 5)])
    announced.run(row)
    assert announced.run(row).moved == 0
