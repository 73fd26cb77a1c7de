"""Consultations: legs with holders and deadlines of their own, joined before the step is left."""

from __future__ import annotations

import pytest

from motcua.core.access.models import ScopeRow
from motcua.core.access.scopes import agency_scope
from motcua.core.agencies.queries import agency_by_code
from motcua.core.dossiers.models import WorkItem
from motcua.core.dossiers.queries import find_one
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.unchanged import refused
from motcua.core.exchange.models import Message

BOTH = ("police", "external")


@pytest.fixture
def consulted(world):
    done = world.to("appraise")
    return world.move(done, "specialist", "consult", hours=5, legs=BOTH, reason="Xin ý kiến.")


def legs(done) -> list[tuple]:
    rows = WorkItem.objects.of(done.dossier_id).exclude(leg=None)
    return list(rows.values_list("leg", "step", "agency__code", "result"))


def test_two_legs_are_opened_with_holders_and_deadlines_of_their_own(world, consulted):
    assert legs(consulted) == [(1, "police", "H26.20", ""), (2, "external", "H26.09", "")]
    assert consulted.state == "liaison"
    assert WorkItem.objects.filter(leg=None, ended_at=None).get().step == "appraise"


def test_the_legal_clock_runs_on(world, consulted):
    assert consulted.due_at is not None


def test_the_consulted_may_read_from_then_on(world, consulted):
    scope = agency_scope(agency_by_code("H26.20").id)
    assert ScopeRow.objects.get(scope=scope, dossier_id=consulted.dossier_id).reason == "consulted"
    assert find_one(world.officers["police"], consulted.code).id == consulted.dossier_id


def test_the_step_waits_for_every_leg(world, consulted):
    done = world.move(consulted, "police", "reply", leg=1, reason="Đồng ý.", hours=6)
    with refused("flow.legs_open"):
        world.move(done, "specialist", "submit", hours=7)
    done = world.move(done, "external", "reply", leg=2, reason="Đồng ý.", hours=8)
    assert done.state == "processing"
    assert world.move(done, "specialist", "submit", hours=9).step == "check"
    assert legs(done) == [(1, "police", "H26.20", "replied"), (2, "external", "H26.09", "replied")]


def test_a_leg_is_answered_by_its_holder_alone(world, consulted):
    with refused("dossiers.not_yours"):
        world.move(consulted, "external", "reply", leg=1, reason="Đồng ý.", hours=6)
    with refused("dossiers.not_yours"):
        world.move(consulted, "specialist", "reply", leg=1, reason="Đồng ý.", hours=6)


def test_a_leg_is_answered_once(world, consulted):
    done = world.move(consulted, "police", "reply", leg=1, reason="Đồng ý.", hours=6)
    with refused("dossiers.not_yours"):
        world.move(done, "police", "reply", leg=1, reason="Lại đồng ý.", hours=7)


@pytest.mark.parametrize("leg", [None, 0, 3, -1, 2**70])
def test_a_leg_that_is_not_open_cannot_be_answered(world, consulted, leg):
    with refused("dossiers.not_yours"):
        world.move(consulted, "police", "reply", leg=leg, reason="Đồng ý.", hours=6)


@pytest.mark.parametrize("asked", [(), ("police", "police"), ("navy",)])
def test_only_declared_legs_are_opened_each_once(world, asked):
    done = world.to("appraise")
    with refused("flow.bad_legs"):
        world.move(done, "specialist", "consult", hours=5, legs=asked, reason="Xin ý kiến.")


def test_refusing_calls_open_legs_off_with_notice_to_their_agencies(world, consulted):
    world.move(consulted, "police", "reply", leg=1, reason="Không.", hours=6)
    done = world.move(consulted, "specialist", "refuse", reason="Không đủ.", hours=7)
    assert legs(done)[1] == (2, "external", "H26.09", "cancelled")
    told = Message.objects.filter(topic="leg_cancelled").values_list("receiver", flat=True)
    assert list(told) == [f"agency:{agency_by_code('H26.09').id}"]
    assert list(check_state()) == []


def test_who_was_consulted_keeps_reading_after_the_leg(world, consulted):
    world.move(consulted, "specialist", "refuse", reason="Không đủ.", hours=7)
    assert find_one(world.officers["police"], consulted.code).now.closed


def test_replies_at_the_same_moment_do_not_hurt_each_other(world, consulted):
    world.move(consulted, "police", "reply", leg=1, reason="Đồng ý.", hours=6)
    done = world.move(consulted, "external", "reply", leg=2, reason="Đồng ý.", hours=6 - 1 / 3600)
    assert done.state == "processing"
    assert list(check_state()) == []
