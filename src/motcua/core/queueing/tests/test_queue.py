"""Numbers without gap or double, one call for one press, and waits measured from the rows."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.access import actors
from motcua.core.dossiers.tests.world import MONDAY, World, make_world
from motcua.core.queueing import queries
from motcua.core.queueing.actions import call_next, end, recall, take_number
from motcua.core.queueing.models import QueueDay, Ticket
from motcua.core.queueing.places import counter_of
from motcua.core.queueing.rules import (
    NobodyWaits,
    NoQueueThere,
    NoSuchTicket,
    NotYourQueue,
    NumbersUsedUp,
    QueueMoved,
    TicketOver,
    WindowMissing,
)


def minutes(count: int) -> datetime.datetime:
    return MONDAY + datetime.timedelta(minutes=count)


@pytest.fixture
def world(db) -> World:
    return make_world()


def take(world: World, key: str, at: int = 0) -> int:
    return take_number(agency_id=world.department.pk, at=minutes(at), key=key)


def call(world: World, at: int = 10, who: str = "counter", after: int | None = None, window="1"):
    actor, agency = world.officers[who], world.department.pk
    return call_next(actor=actor, agency_id=agency, at=minutes(at), window=window, after=after)


def finish(world: World, number: int, as_: str, at: int = 20) -> None:
    actor, agency = world.officers["counter"], world.department.pk
    end(actor=actor, agency_id=agency, at=minutes(at), number=number, as_=as_)


def again(world: World, number: int, at: int = 30, window: str = "2") -> None:
    actor, agency = world.officers["counter"], world.department.pk
    recall(actor=actor, agency_id=agency, at=minutes(at), window=window, number=number)


def test_numbers_run_without_a_gap_and_begin_anew_each_day(world):
    assert [take(world, key) for key in "abc"] == [1, 2, 3]
    assert take(world, "a", at=24 * 60) == 1


def test_pressing_twice_gives_one_number(world):
    assert [take(world, key) for key in ("a", "a", "b")] == [1, 1, 2]


def test_the_day_is_that_of_the_agency(world):
    late = MONDAY.replace(hour=16, minute=30)  # 23:30 in Hà Nội
    first = take_number(agency_id=world.department.pk, at=late, key="a")
    after = late + datetime.timedelta(hours=1)
    assert (first, take_number(agency_id=world.department.pk, at=after, key="b")) == (1, 1)


def test_the_day_s_numbers_end(world):
    take(world, "a")
    QueueDay.objects.update(last=9999)
    with pytest.raises(NumbersUsedUp):
        take(world, "b")
    assert QueueDay.objects.get().last == 9999


def test_the_next_is_who_waits_longest_and_the_one_before_is_served(world):
    for key in "ab":
        take(world, key)
    assert call(world) == 1
    assert call(world, at=15, after=1) == 2
    assert list(Ticket.objects.order_by("number").values_list("state", flat=True)) == [
        "served",
        "called",
    ]


def test_a_press_too_many_calls_nobody(world):
    for key in "ab":
        take(world, key)
    call(world)
    with pytest.raises(QueueMoved):
        call(world)
    assert Ticket.objects.get(number=2).state == "waiting"


def test_with_nobody_waiting_nothing_changes(world):
    take(world, "a")
    call(world)
    with pytest.raises(NobodyWaits):
        call(world, after=1)
    assert Ticket.objects.get().state == "called"


@pytest.mark.parametrize("window", ["", "  ", "quầy số bảy", "1\x00"])
def test_people_must_know_where_to_go(world, window):
    take(world, "a")
    with pytest.raises(WindowMissing):
        call(world, window=window)


@pytest.mark.parametrize("who", ["specialist", "unit_head", "other_head"])
def test_only_the_counter_calls(world, who):
    take(world, "a")
    with pytest.raises(NotYourQueue):
        call(world, who=who)


def test_a_missed_number_is_called_again_and_its_wait_stays(world):
    take(world, "a")
    call(world)
    finish(world, 1, "miss")
    again(world, 1)
    one = Ticket.objects.get()
    assert (one.state, one.window, one.calls, one.ended_at) == ("called", "2", 2, None)
    assert one.called_at == minutes(10)


@pytest.mark.parametrize("as_", ["serve", "miss"])
def test_what_is_over_is_not_ended_again(world, as_):
    take(world, "a")
    call(world)
    finish(world, 1, "serve")
    with pytest.raises(TicketOver):
        finish(world, 1, as_)
    with pytest.raises(TicketOver):
        again(world, 1)
    with pytest.raises(NoSuchTicket):
        again(world, 7)


def test_the_board_shows_numbers_and_windows_alone(world):
    for key in "abc":
        take(world, key)
    call(world)
    board = queries.board(world.department.pk, minutes(11))
    assert (board.called, board.waiting) == (((1, "1"),), 2)


def test_a_number_knows_how_many_are_before_it(world):
    for key in "abc":
        take(world, key)
    call(world)
    place = queries.place_of(world.department.pk, 3, minutes(11))
    assert (place.state, place.ahead, place.usual_minutes) == ("waiting", 1, 10)
    with pytest.raises(NoSuchTicket):
        queries.place_of(world.department.pk, 4, minutes(11))


def test_waits_come_from_the_rows(world):
    for key, at in (("a", 0), ("b", 2), ("c", 4)):
        take(world, key, at)
    call(world, at=10)
    call(world, at=20, after=1)
    finish(world, 2, "miss", at=21)
    head, today = world.officers["unit_head"], MONDAY.date()
    (day,) = queries.days(head, world.department.pk, since=today, until=today)
    assert (day.taken, day.served, day.missed) == (3, 1, 1)
    assert (day.median_minutes, day.longest_minutes, day.service_minutes) == (14, 18, 10)


def test_a_stranger_to_the_counter_sees_no_waits(world):
    with pytest.raises(NotYourQueue):
        queries.days(
            world.officers["specialist"],
            world.department.pk,
            since=MONDAY.date(),
            until=MONDAY.date(),
        )


def test_only_an_agency_with_a_staffed_counter_gives_numbers(world):
    assert counter_of(world.department.code, MONDAY).id == world.department.pk
    for code in (world.city.code, "H26.99", "x"):
        with pytest.raises(NoQueueThere):
            counter_of(code, MONDAY)


def test_nobody_but_an_officer_calls(world):
    with pytest.raises(NotYourQueue):
        call_next(
            actor=actors.PUBLIC, agency_id=world.department.pk, at=MONDAY, window="1", after=None
        )
