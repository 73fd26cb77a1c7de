"""Keepers at once: one record of a key, one winner of a revision, and no half act."""

from __future__ import annotations

import datetime
from contextlib import suppress
from functools import partial
from itertools import count

import pytest
from django.db import connection

from motcua.core.dossiers.tests.sharing import shared_world, together
from motcua.core.dossiers.tests.unchanged import tables
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.ledger.models import Entry
from motcua.core.registers import acts
from motcua.core.registers.models import Record, RecordLink, RecordVersion
from motcua.core.registers.preparing import Order
from motcua.core.registers.references import NamesNothing
from motcua.core.registers.tests.conftest import HERE, Kept
from motcua.kernel.errors import Refused

LATER = MONDAY + datetime.timedelta(days=1)


@pytest.fixture
def shared(transactional_db, tmp_path, registers):
    with shared_world(tmp_path) as world:
        yield Kept(world, *registers.values())


def changed(kept, done, height: int, key=None):
    return acts.change(
        actor=kept.keeper,
        at=LATER,
        declaration=kept.sites,
        record_id=done.record_id,
        revision=done.number,
        order=Order({"code": "HN-1", "height": height}, HERE),
        key=key,
    )


@pytest.mark.django_db(transaction=True)
def test_many_who_enter_one_key_make_one_record(shared):
    answers = together(*[shared.site] * 5)
    assert sum(isinstance(one, acts.Done) for one in answers) == 1
    assert sum(isinstance(one, acts.RecordExists) for one in answers) == 4
    assert (Record.objects.count(), RecordVersion.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_twins_of_one_request_get_one_answer(shared):
    answers = together(*[partial(shared.site, key="k")] * 5)
    assert answers == [answers[0]] * 5
    assert isinstance(answers[0], acts.Done)
    assert Entry.objects.filter(act="record_enter").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_changes_of_one_revision_one_wins(shared):
    done = shared.site()
    answers = together(*(partial(changed, shared, done, 10 + one) for one in range(5)))
    assert sum(isinstance(one, acts.Done) for one in answers) == 1
    assert sum(isinstance(one, acts.RecordMoved) for one in answers) == 4
    assert Record.objects.get().number == 2


@pytest.mark.django_db(transaction=True)
def test_nothing_is_named_that_is_retired_at_the_same_time(shared):
    done = shared.site("A")
    retire = partial(
        acts.retire,
        actor=shared.keeper,
        at=LATER,
        declaration=shared.sites,
        record_id=done.record_id,
        revision=1,
        reason="x",
        key=None,
    )
    retired, named = together(retire, partial(shared.span, "Tuyến 1", "A"))
    assert isinstance(retired, acts.Done) != isinstance(named, acts.Done)
    assert isinstance(retired, acts.RecordNamed | acts.Done)
    assert isinstance(named, Refused | acts.Done)
    assert RecordLink.objects.filter(target__retired=True, record__retired=False).count() == 0


class BrokenOff(Exception):
    """The process died here."""


def _broken_at(number: int):
    left = iter(range(number))

    def step(execute, sql, params, many, context):
        if next(left, None) is None:
            raise BrokenOff
        return execute(sql, params, many, context)

    return connection.execute_wrapper(step)


@pytest.mark.django_db(transaction=True)
def test_wherever_an_act_breaks_off_nothing_of_it_is_there(shared):
    target = shared.site("A")
    done = shared.site("HN-1", height=3)
    assert target.record_id != done.record_id
    before = tables()
    for number in count():
        with suppress(BrokenOff), _broken_at(number):
            changed(shared, done, 9, key="k")
            break
        assert tables() == before, number
    assert number > 5
    assert changed(shared, done, 9, key="k").number == 2


@pytest.mark.django_db(transaction=True)
def test_a_name_that_went_meanwhile_is_refused(shared):
    shared.site("A")
    Record.objects.update(retired=True)
    with pytest.raises(Refused):
        shared.span("Tuyến 1", "A")
    assert NamesNothing.code == "registers.names_nothing"
