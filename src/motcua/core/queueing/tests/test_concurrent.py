"""Kiosks and counters at once: no number is given twice or left out, nobody is called twice."""

from __future__ import annotations

from functools import partial

import pytest

from motcua.core.dossiers.tests.sharing import shared_world, together
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.queueing.actions import call_next, take_number
from motcua.core.queueing.models import Ticket
from motcua.core.queueing.rules import QueueMoved

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db, tmp_path):
    with shared_world(tmp_path) as shared:
        yield shared


def test_many_kiosks_give_every_number_once(world):
    take = partial(take_number, agency_id=world.department.pk, at=MONDAY)
    given = together(*(partial(take, key=f"k{one}") for one in range(12)))
    assert sorted(given) == list(range(1, 13))


def test_twins_of_one_press_get_one_number_and_leave_no_gap(world):
    take = partial(take_number, agency_id=world.department.pk, at=MONDAY)
    assert together(*[partial(take, key="k")] * 6) == [1] * 6
    assert take(key="next") == 2


def test_one_press_sent_many_times_calls_one_number(world):
    for one in range(3):
        take_number(agency_id=world.department.pk, at=MONDAY, key=f"k{one}")
    call = partial(
        call_next,
        actor=world.officers["counter"],
        agency_id=world.department.pk,
        at=MONDAY,
        window="1",
        after=None,
    )
    answers = together(*[call] * 4)
    assert sorted(map(str, (one for one in answers if one == 1))) == ["1"]
    assert sum(isinstance(one, QueueMoved) for one in answers) == 3
    assert Ticket.objects.filter(state="called").count() == 1
