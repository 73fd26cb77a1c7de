"""The row filter against a naive predicate: who ever held, was named, consulted or offered it.

The scope rows are written by acts; the predicate reads the history of work instead.
"""

from __future__ import annotations

import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from motcua.core.access import actors, totals
from motcua.core.access.actors import Actor
from motcua.core.access.rows import sees, visible
from motcua.core.agencies.queries import tree
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.dossiers.queries import Filter, dossiers, find_one, worklist
from motcua.core.dossiers.situation import NotFound
from motcua.core.dossiers.tests.histories import HISTORIES, play
from motcua.core.dossiers.tests.world import MONDAY, make_world
from motcua.core.sql import reading


@pytest.fixture
def world(db):
    return make_world()


def naive(actor: Actor, dossier: Dossier) -> bool:
    """Tell from the history of work whether an actor may read a dossier."""
    if actor.party_id is not None and actor.party_id == dossier.applicant_id:
        return True
    reads = {held.agency_id for held in actor.posts if held.reads_agency}
    posts = {(held.agency_id, held.post) for held in actor.posts}
    if reads & set(tree().chain(dossier.receiving_agency_id)):
        return True
    for item in WorkItem.objects.of(dossier.pk):
        around = {item.agency_id} if item.leg is not None else set(tree().chain(item.agency_id))
        named = item.officer_id is not None and item.officer_id == actor.officer_id
        offered = item.officer_id is None and (item.agency_id, item.post) in posts
        if named or offered or reads & around:
            return True
    return False


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=HISTORIES)
def test_the_filter_is_the_naive_predicate(world, history):
    with transaction.atomic():
        done = play(world, history)
        rows = {row.pk: row for row in Dossier.objects.all()}
        readers = [*world.officers.values(), *map(world.applicant, done)]
        for actor in [*readers, actors.PUBLIC, actors.house("documents")]:
            allowed = {pk for pk, row in rows.items() if naive(actor, row)}
            assert {pk for pk in rows if sees(reading(), actor, pk)} == allowed, actor.name
            assert {row.pk for row in visible(Dossier.objects.all(), actor)} == allowed
            listed = dossiers(actor, Filter())
            assert ({row.pk for row in listed.rows}, listed.total) == (allowed, len(allowed))
            work = visible(WorkItem.objects.all(), actor, by="dossier_id")
            assert {item.dossier_id for item in work} == allowed
            assert {item.dossier_id for item in worklist(actor)} <= allowed
        transaction.set_rollback(True)


LATE = MONDAY + datetime.timedelta(days=60)
FILTERS = {
    "all": (Filter(), lambda _: True),
    "open": (Filter(open_only=True), lambda row: not row.closed),
    "late": (
        Filter(late_at=LATE),
        lambda row: row.finished_at is None and row.due_at is not None and row.due_at < LATE,
    ),
    **{
        state: (Filter(state=state), lambda row, state=state: row.state == state)
        for state in ("received", "processing", "supplement", "resolved", "returned", "withdrawn")
    },
}


def pressing_first(row: Dossier) -> tuple[object, ...]:
    """Open ones first, by what is due while a result is owed, then those that owe none."""
    due = row.due_at if row.finished_at is None else None
    return row.closed, due is None, due or LATE, row.pk


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=HISTORIES)
def test_a_narrowed_list_is_the_naive_one_in_its_order(world, history):
    with transaction.atomic():
        play(world, history)
        for who in ("leader", "counter", "specialist"):
            actor = world.officers[who]
            allowed = [row for row in Dossier.objects.all() if naive(actor, row)]
            for name, (asked, wanted) in FILTERS.items():
                told = sorted(filter(wanted, allowed), key=pressing_first)
                listed = dossiers(actor, asked)
                assert [row.pk for row in listed.rows] == [row.pk for row in told], (who, name)
                assert listed.total == len(told)
        transaction.set_rollback(True)


def test_what_is_done_presses_no_more(world):
    """A result that waits to be fetched is neither late nor ahead of what is still owed."""
    done, owed = world.to("hand_back"), world.take_in()
    leader = world.officers["leader"]
    assert [row.pk for row in dossiers(leader, Filter(open_only=True)).rows] == [
        owed.dossier_id,
        done.dossier_id,
    ]
    late = dossiers(leader, Filter(late_at=LATE))
    assert [row.pk for row in late.rows] == [owed.dossier_id]


def test_no_reader_opens_by_number_what_the_filter_hides(world):
    done = world.take_in()
    assert find_one(world.officers["counter"], done.code).id == done.dossier_id
    for actor in (world.officers["police"], actors.PUBLIC, actors.applicant(999, "x")):
        for number in (done.code, done.lookup):
            with pytest.raises(NotFound):
                find_one(actor, number)


@pytest.mark.parametrize("who", ["leader", "counter", "specialist"])
def test_a_total_is_a_whole_number_however_it_is_counted(world, who):
    world.take_in()
    assert type(dossiers(world.officers[who], Filter()).total) is int


def test_a_closed_right_reads_no_longer(world):
    from motcua.core.access.models import ScopeRow

    done = world.take_in()
    ScopeRow.objects.update(until_at="2026-11-03T00:00:00Z")
    totals.rebuild()
    assert not sees(reading(), world.officers["counter"], done.dossier_id)
    assert dossiers(world.officers["counter"], Filter()).total == 0
