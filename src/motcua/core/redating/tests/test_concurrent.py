"""Officers act while dates move: no act is lost, and no date is left as it was."""

from __future__ import annotations

import datetime
from functools import partial

import pytest

from motcua.core.clock.calendars import calendars
from motcua.core.dossiers import carrying
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.orders import Done
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.sharing import shared_world, together
from motcua.core.ledger.append import HOUSE
from motcua.core.ledger.models import Entry
from motcua.core.redating import deciding, writing
from motcua.core.redating.effect import come_into_force
from motcua.core.redating.finding import page_after
from motcua.core.redating.reconcile import check_calendars
from motcua.core.redating.tests.saying import TUESDAY, Announced, naive_due

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = -1


@pytest.fixture
def announced(transactional_db, tmp_path):
    with shared_world(tmp_path) as world:
        yield Announced(world, datetime.date(2026, 11, 10))
        assert [*check_state(), *check_calendars()] == []
        for row in Dossier.objects.filter(finished_at=None, due_at__isnull=False):
            assert row.due_at == naive_due(row)


def test_officers_move_dossiers_while_dates_move(announced):
    done = [announced.world.to("appraise") for _ in range(6)]
    row = announced.decide()
    acts = [
        partial(announced.world.move, one, "specialist", "submit", hours=30) for one in done[:3]
    ]
    answers = together(partial(announced.run, row, page=2), *acts)
    assert [one for one in answers if isinstance(one, Exception)] == []
    assert Dossier.objects.filter(step="check").count() == 3
    announced.run(row)


def test_an_act_that_read_the_old_date_is_done_by_the_new_one(announced, monkeypatch):
    """Between what an act read and what it writes the date moves: it reads again."""
    done = announced.world.to("appraise")
    row = announced.decide()
    carry_out, runs = carrying.carry_out, []

    def overtaken(*given, **told):
        if not runs:
            runs.append(announced.run(row))
        return carry_out(*given, **told)

    monkeypatch.setattr(carrying, "carry_out", overtaken)
    done = announced.world.move(done, "specialist", "submit", hours=30)
    assert isinstance(done, Done)
    assert done.due_at == naive_due(announced.world.dossier(done))


def test_a_dossier_that_was_acted_on_since_is_left_to_the_next_look(announced):
    done = announced.world.to("appraise")
    row = announced.decide()
    come_into_force(at=TUESDAY, change_id=row.pk)
    found = page_after(FIRST, calendars)
    announced.world.move(done, "specialist", "submit", hours=30)
    assert writing.write(found.moving, change_id=row.pk, at=TUESDAY) == []
    assert announced.run(row).moved == 1


def test_an_act_by_the_calendar_of_a_moment_ago_is_found_by_the_next_look(announced, monkeypatch):
    """Another process still counts by the old calendar after the run has gone over its dossier."""
    row = announced.decide()
    old = calendars.known("national")
    announced.run(row)
    with monkeypatch.context() as patch:
        patch.setattr(calendars, "known", lambda _: old)
        patch.setattr(type(calendars), "__getitem__", lambda *_: old[1])
        done = announced.world.to("appraise")
    late = announced.world.dossier(done)
    assert late.due_at != naive_due(late)
    assert announced.run(row).moved == 1


def test_two_runs_at_once_move_every_date_once(announced):
    for _ in range(5):
        announced.world.to("appraise")
    row = announced.decide()
    reports = together(partial(announced.run, row, page=2), partial(announced.run, row, page=2))
    assert [one for one in reports if isinstance(one, Exception)] == []
    assert sum(one.moved for one in reports) == 5
    assert {*Dossier.objects.values_list("redated", flat=True)} == {1}
    assert Entry.objects.of(HOUSE).filter(act="calendar_in_force").count() == 1


def test_of_undoing_and_running_one_wins(announced):
    announced.world.to("appraise")
    row = announced.decide()
    together(
        partial(deciding.undo, actor=announced.head, at=TUESDAY, change_id=row.pk),
        partial(announced.run, row),
    )
    row.refresh_from_db()
    assert (row.state, Dossier.objects.get().redated) in {("undone", None), ("done", 1)}
