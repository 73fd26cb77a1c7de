"""An officer moves a dossier while it passes to its heir: both happen in one order, or one not."""

from __future__ import annotations

from functools import partial

import pytest

from motcua.core.dossiers.house import digest_of
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.orders import Done
from motcua.core.dossiers.tests.sharing import shared_world, together
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.jobs.models import Job
from motcua.core.ledger.models import Entry
from motcua.core.reform.drafting import decide, draw, redraw, with_heir
from motcua.core.reform.effect import come_into_force
from motcua.core.reform.moving import take_over
from motcua.core.reform.planning import JOB, undo
from motcua.core.reform.reading import read_plan
from motcua.core.reform.rules import Succession
from motcua.core.reform.tests.city import DISTRICT, HOUSE, OTHER, City, dawn, findings

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def city(transactional_db, tmp_path):
    with shared_world(tmp_path) as world:
        yield City(world)
        assert findings() == []


def test_an_officers_move_and_the_reform_take_turns(city):
    done = city.world.to("appraise")
    row = city.plan()
    come_into_force(at=dawn(), reform_id=row.pk)
    before = [city.world.officers["specialist"], city.officer("specialist")]
    answers = together(
        partial(take_over, at=dawn(), dossier_id=done.dossier_id, reform_id=row.pk),
        *(partial(city.world.move, done, who, "submit", hours=327) for who in before),
    )
    lost = {one.code for one in answers if not isinstance(one, Done)}
    assert lost <= {"dossiers.not_yours", "flow.not_from_here", "reform.nothing_to_take"}
    reform, *moves = (isinstance(one, Done) for one in answers)
    assert reform
    assert sum(moves) <= 1  # none where each came at the wrong side of the reform
    assert Entry.objects.filter(act="reform").count() == 1
    found = Dossier.objects.get()
    assert (found.holding_agency_id, found.step) == (
        city.ward.pk,
        "check" if any(moves) else "appraise",
    )


def test_two_runs_at_once_pass_every_dossier_on_once(city):
    for _ in range(5):
        city.world.take_in()
    row = city.plan()
    reports = together(partial(city.run, row), partial(city.run, row))
    assert [one for one in reports if isinstance(one, Exception)] == []
    assert sum(one.moved for one in reports) == 5
    assert Entry.objects.filter(act="reform").count() == 5
    assert Entry.objects.filter(act="reform_in_force").count() == 1


def test_of_undoing_and_running_one_wins(city):
    done = city.world.take_in()
    row = city.plan()
    together(
        partial(undo, actor=HOUSE, at=dawn(), reform_id=row.pk),
        partial(city.run, row),
    )
    row.refresh_from_db()
    held = Dossier.objects.get(pk=done.dossier_id).holding_agency_id
    district = city.world.department.pk
    assert (row.state, held) in {("undone", district), ("done", city.ward.pk)}


def test_two_officers_who_draw_at_once_lose_nothing_of_each_other(city):
    row = draw(actor=HOUSE, at=MONDAY, order=city.order())
    heirs = [Succession(DISTRICT, OTHER, procedures=(code,)) for code in ("1.1", "2.2")]
    together(
        *(
            partial(redraw, actor=HOUSE, at=MONDAY, reform_id=row.pk, change=with_heir(one))
            for one in heirs
        )
    )
    row.refresh_from_db()
    assert {*read_plan(row.text).successions} == {*city.order().successions, *heirs}
    assert findings() == []


def test_a_draft_that_is_sent_twice_at_once_is_one_and_is_decided_once(city):
    sent = partial(draw, actor=HOUSE, at=MONDAY, order=city.order())
    rows = together(sent, sent)
    assert len({one.pk for one in rows}) == 1
    settle = partial(
        decide,
        actor=HOUSE,
        at=MONDAY,
        reform_id=rows[0].pk,
        seen=digest_of(rows[0].text),
        key="once",
    )
    assert {str(one.state) for one in together(settle, settle)} == {"planned"}
    assert Job.objects.filter(kind=JOB).count() == 1
    assert Entry.objects.filter(act="plan_reform").count() == 1


def test_of_changing_and_deciding_a_draft_one_comes_first(city):
    row = draw(actor=HOUSE, at=MONDAY, order=city.order())
    heir = Succession(DISTRICT, OTHER, procedures=("9.000001",))
    answers = together(
        partial(redraw, actor=HOUSE, at=MONDAY, reform_id=row.pk, change=with_heir(heir)),
        partial(decide, actor=HOUSE, at=MONDAY, reform_id=row.pk, seen=digest_of(row.text)),
    )
    lost = [one.code for one in answers if isinstance(one, Exception)]
    row.refresh_from_db()
    is_changed = heir in read_plan(row.text).successions
    assert (lost, str(row.state)) == (
        (["reform.redrawn"], "draft") if is_changed else (["reform.not_a_draft"], "planned")
    )
