"""The legal clock through the real acts: the published vector of a supplement, in both modes."""

from __future__ import annotations

import datetime
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from motcua.core.clock.models import ClockSegment
from motcua.core.dossiers.models import Dossier, Paper, WorkItem
from motcua.core.dossiers.moving import move
from motcua.core.dossiers.orders import MoveOrder
from motcua.core.dossiers.tests.unchanged import refused
from motcua.core.dossiers.tests.world import FLOW, declaration, publish
from motcua.core.exchange.models import Message
from motcua.core.places import places
from motcua.kernel.calendar import Limit, Unit
from motcua.kernel.flow.definition import ClockOp

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def on(day: int, hour: int, minute: int = 0) -> datetime.datetime:
    """An instant of November 2026 in Hanoi."""
    return datetime.datetime(2026, 11, day, hour, minute, tzinfo=HANOI)


def five_days(mode: ClockOp):
    """Publish a procedure of five working days whose answer pauses, or restarts, the clock."""
    moves = tuple(replace(m, clock=mode) if m.key == "answer" else m for m in FLOW.moves)
    flow = replace(FLOW, moves=moves)
    publish(replace(declaration("9.000005", flow), limit=Limit(5, Unit.WORKING_DAY)))


def do(world, done, who, name, at, **wishes):
    order = MoveOrder(move=name, **wishes)
    actor = world.officers[who]
    return move(actor=actor, at=at, dossier_id=done.dossier_id, order=order, key=None)


def asked(world):
    """Take in on 2 November 09:00 and ask for a supplement on 4 November 10:00."""
    done = world.take_in(procedure="9.000005", at=on(2, 9))
    first = done.due_at
    officer = world.officer_id("specialist")
    do(world, done, "unit_head", "assign", on(2, 10), officer_id=officer)
    done = do(world, done, "specialist", "supplement", on(4, 10), reason="Thiếu bản vẽ.")
    return first, done


@pytest.mark.parametrize(
    ("mode", "due"), [(ClockOp.RESUME, on(13, 12)), (ClockOp.RESTART, on(17, 14))]
)
def test_the_published_vector(world, mode, due):
    five_days(mode)
    first, done = asked(world)
    assert (first, done.due_at, done.state) == (on(9, 9), None, "supplement")
    done = do(world, done, "counter", "answer", on(10, 14))
    assert (done.due_at, done.state) == (due, "processing")


def test_the_slip_keeps_its_promise_until_a_new_one_is_printed(world):
    five_days(ClockOp.RESTART)
    first, done = asked(world)
    assert done.promised_at == first
    done = do(world, done, "counter", "answer", on(10, 14))
    assert done.promised_at == on(17, 14)  # the answer prints form 01 again


def test_segments_are_kept_with_their_calendar(world):
    five_days(ClockOp.RESTART)
    _, done = asked(world)
    do(world, done, "counter", "answer", on(10, 14))
    rows = ClockSegment.objects.filter(pk__range=places(done.dossier_id)).order_by("pk")
    told = list(rows.values_list("kind", "calendar", "began_at", "ended_at", "anew"))
    assert told == [
        ("run", "national", on(2, 9), on(4, 10), True),
        ("pause", "national", on(4, 10), on(10, 14), False),
        ("run", "national", on(10, 14), None, True),
    ]


def test_the_steps_own_limit_counts_again_from_the_answer(world):
    five_days(ClockOp.RESTART)
    _, done = asked(world)
    do(world, done, "counter", "answer", on(10, 14))
    work = WorkItem.objects.get(ended_at=None)
    assert work.due_at == on(20, 9)  # sixty working hours: 3, three days, four days, 1


def test_supplement_may_be_asked_once(world):
    five_days(ClockOp.RESTART)
    _, done = asked(world)
    done = do(world, done, "counter", "answer", on(10, 14))
    with refused("flow.used_up"):
        do(world, done, "specialist", "supplement", on(11, 9), reason="Thiếu nữa.")


@pytest.mark.parametrize(
    ("name", "code"), [("submit", "flow.waiting"), ("consult", "flow.waiting")]
)
def test_nothing_goes_on_while_the_applicant_is_asked(world, name, code):
    five_days(ClockOp.RESTART)
    _, done = asked(world)
    with refused(code):
        do(world, done, "specialist", name, on(5, 9), reason="Vì thế.", legs=("police",))


def test_an_answer_that_nobody_asked_for_is_refused(world):
    done = world.to("appraise")
    with refused("flow.not_waiting"):
        world.move(done, world.applicant(done), "answer", hours=9)


def test_the_result_stops_the_clock_early_on_time_or_late(world):
    buckets = {}
    for hours, name in ((6, "early"), (14 * 24 + 1, "on_time"), (14 * 24 + 1.01, "late")):
        done = world.to("approve")
        world.move(done, "leader", "issue", hours=hours)
        buckets[name] = Dossier.objects.get(pk=done.dossier_id).bucket
    assert buckets == {"early": "early", "on_time": "on_time", "late": "late"}


def test_letters_and_messages_leave_with_their_acts(world):
    done = world.to("returned")
    assert list(Paper.objects.order_by("seq").values_list("seq", "letter")) == [
        (2, "form01"),
        (6, "result"),
    ]
    party = Dossier.objects.get().applicant_id
    told = Message.objects.order_by("pk").values_list("receiver", "topic", "dossier")
    assert list(told) == [
        (f"party:{party}", "received", done.dossier_id),
        (f"party:{party}", "ready", done.dossier_id),
    ]


def test_a_refused_act_asks_for_no_letter(world):
    done = world.to("appraise")
    with refused("flow.reason_missing"):
        world.move(done, "specialist", "refuse", hours=9)
    assert not Paper.objects.filter(letter="form03").exists()
