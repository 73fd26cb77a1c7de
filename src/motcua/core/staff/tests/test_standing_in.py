"""Whose powers an officer may use, from which day to which, and that nobody lends too much."""

from __future__ import annotations

import datetime
import json

import pytest

from motcua.core.access.rows import sees
from motcua.core.agencies.models import Absence, Delegation
from motcua.core.dossiers.filing import NotYourCounter, file
from motcua.core.dossiers.house import check_house
from motcua.core.dossiers.queries import worklist
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.rules import NotYours
from motcua.core.dossiers.situation import NotFound
from motcua.core.dossiers.tests.world import DAY, MONDAY
from motcua.core.ledger.models import Entry
from motcua.core.procedures.models import Procedure
from motcua.core.sql import reading
from motcua.core.staff import rules
from motcua.core.staff.heads import NotTheirHead
from motcua.core.staff.standing_in import be_away, come_back, revoke
from motcua.core.staff.tests.lent import DAYS, again, lend

OTHER = "9.999999"


def named(world):
    """A dossier in the name of the specialist, and the second specialist whom it does not name."""
    return world.to("appraise")


def test_lent_powers_move_what_names_the_giver_and_the_entry_says_so(world):
    done = named(world)
    with pytest.raises((NotYours, NotFound)):
        world.move(done, "second", "submit", hours=5)
    lent = lend(world, "specialist", "second")
    taker = again(world, "second")
    assert sees(reading(), taker, done.dossier_id)
    assert [item.dossier_id for item in worklist(taker)] == [done.dossier_id]
    world.move(done, taker, "submit", hours=5)
    body = json.loads(Entry.objects.of(done.dossier_id).latest("seq").body)
    assert (body["actor"], body["post"]) == (taker.key, "specialist")
    assert body["data"]["for"] == [lent, world.officer_id("specialist"), "TUQ."]
    assert [*check_state(), *check_house()] == []


def test_who_stands_in_at_the_counter_takes_papers_in_and_sees_what_they_took(world):
    filing = world.filing(channel="counter")
    with pytest.raises(NotYourCounter):
        file(actor=again(world, "second"), at=MONDAY, filing=filing, key=None, take_in=True)
    lent = lend(world, "counter", "second")
    taker = again(world, "second")
    done = [file(actor=taker, at=MONDAY, filing=filing, key="k", take_in=True) for _ in range(2)]
    assert done[0].code is not None
    assert done[1].code == done[0].code
    assert sees(reading(), taker, done[0].dossier_id)
    body = json.loads(Entry.objects.of(done[0].dossier_id).latest("seq").body)
    assert (body["actor"], body["post"]) == (taker.key, "counter")
    assert body["data"]["for"] == [lent, world.officer_id("counter"), "TUQ."]
    assert [*check_state(), *check_house()] == []


@pytest.mark.parametrize("bounds", [{"moves": ("submit",)}, {"procedures": (OTHER,)}])
def test_reception_beyond_the_bounds_is_not_lent(world, bounds):
    Procedure.objects.create(code=OTHER, system="press")
    lend(world, "counter", "second", **bounds)
    filing = world.filing(channel="counter")
    with pytest.raises(NotYourCounter):
        file(actor=again(world, "second"), at=MONDAY, filing=filing, key=None, take_in=True)


@pytest.mark.parametrize(("day", "reads"), [(-1, False), (0, True), (6, True), (7, False)])
def test_lent_powers_last_from_their_first_day_to_the_day_before_their_end(world, day, reads):
    done = named(world)
    lend(world, "specialist", "second")
    taker = again(world, "second", day=DAY + day * DAYS)
    assert sees(reading(), taker, done.dossier_id) is reads
    assert bool(taker.lent) is reads


def test_what_is_taken_back_is_lost_at_once(world):
    done = named(world)
    lent = lend(world, "specialist", "second")
    revoke(actor=world.officers["specialist"], at=MONDAY, delegation_id=lent, key=None)
    taker = again(world, "second")
    assert not taker.lent
    assert not sees(reading(), taker, done.dossier_id)
    assert list(worklist(taker)) == list(check_house()) == []
    with pytest.raises(rules.NotLent):
        revoke(actor=world.officers["specialist"], at=MONDAY, delegation_id=lent, key=None)


def test_bounds_bind_procedures_and_moves(world):
    done = named(world)
    lend(world, "specialist", "second", procedures=("9.000001",), moves=("submit",))
    taker = again(world, "second")
    with pytest.raises(NotYours):
        world.move(done, taker, "refuse", reason="Không.", hours=5)
    world.move(done, taker, "submit", hours=5)


def test_powers_end_with_the_appointment_they_come_from(world):
    from motcua.core.agencies.models import Appointment

    lend(world, "specialist", "second")
    Appointment.objects.filter(officer_id=world.officer_id("specialist")).update(valid_to=DAY)
    assert not again(world, "second").lent


def test_lent_powers_cannot_be_lent_on(world):
    lend(world, "unit_head", "specialist")
    head = world.officers["unit_head"].posts[0]
    with pytest.raises(rules.NotHeld):
        lend(world, "specialist", "second", post=head.post)


def test_no_circle(world):
    lend(world, "specialist", "second")
    lend(world, "second", "unit_head")
    with pytest.raises(rules.InACircle):
        lend(world, "unit_head", "specialist")
    lend(world, "unit_head", "specialist", valid_from=DAY + 7 * DAYS, valid_to=DAY + 9 * DAYS)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"document": " "}, rules.DocumentMissing),
        ({"valid_to": DAY}, rules.BadPeriod),
        ({"valid_from": DAY - DAYS}, rules.BadPeriod),
        ({"post": "leader"}, rules.NotHeld),
        ({"capacity": "X."}, rules.UnknownBounds),
        ({"procedures": ("1.2",)}, rules.UnknownBounds),
        ({"moves": ("a b",)}, rules.UnknownBounds),
    ],
)
def test_what_is_no_lending_is_refused(world, changes, refusal):
    with pytest.raises(refusal):
        lend(world, "specialist", "second", **changes)
    assert not Delegation.objects.exists()


def test_only_the_giver_or_a_head_lends_and_only_within_the_house(world):
    with pytest.raises(NotTheirHead):
        lend(world, "specialist", "second", by="counter")
    with pytest.raises(NotTheirHead):
        lend(world, "specialist", "second", by="other_head")
    with pytest.raises(rules.NotTheSameHouse):
        lend(world, "specialist", "police")
    with pytest.raises(rules.OneSelf):
        lend(world, "specialist", "specialist")
    lend(world, "specialist", "second", by="leader")


def test_a_request_sent_twice_lends_once(world):
    first = lend(world, "specialist", "second", key="k")
    assert lend(world, "specialist", "second", key="k") == first
    assert Delegation.objects.count() == 1


def away(world, who="specialist", stand_in="second", **changes) -> int:
    plain = {
        "actor": world.officers[who],
        "at": MONDAY,
        "officer_id": world.officer_id(who),
        "stand_in_id": world.officer_id(stand_in) if stand_in else None,
        "days": (DAY, DAY + 3 * DAYS),
        "key": None,
    }
    return be_away(**{**plain, **changes})


def test_who_stands_in_has_the_work_of_who_is_away(world):
    done = named(world)
    number = away(world, actor=world.officers["unit_head"])
    assert [item.dossier_id for item in worklist(again(world, "second"))] == [done.dossier_id]
    come_back(actor=world.officers["specialist"], at=MONDAY, absence_id=number, key=None)
    assert list(worklist(again(world, "second"))) == list(check_house()) == []


def test_nobody_stands_in_who_is_away_and_nobody_leaves_whom_they_stand_in_for(world):
    away(world)
    with pytest.raises(rules.StandsIn):
        away(world, "second", None)
    with pytest.raises(rules.AwayThen):
        away(world, "unit_head", "specialist")
    with pytest.raises(rules.AwayThen):
        away(world)
    assert Absence.objects.count() == 1


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (Delegation, {"valid_to": DAY + 90 * DAYS}),
        (Delegation, {"moves": '["submit"]'}),
        (Delegation, {"document": "13/QĐ"}),
        (Absence, {"valid_to": datetime.date(2027, 1, 1)}),
    ],
)
def test_a_row_changed_behind_the_acts_is_found(world, model, changes):
    away(world)
    lend(world, "unit_head", "second")
    assert list(check_house()) == []
    model.objects.filter(pk=model.objects.latest("pk").pk).update(**changes)
    assert {one.code for one in check_house()} == {"state.house_differs"}


def test_a_row_added_or_removed_behind_the_acts_is_found(world):
    away(world)
    Delegation.objects.all().delete()
    assert [one.code for one in check_house()] == ["state.house_differs"]


def test_rows_of_others_are_not_there_for_who_does_not_head_them(world):
    """Whoever tries numbers is not told which of them are taken."""
    lent, absence = lend(world, "specialist", "second"), away(world, "counter", None)
    stranger = world.officers["other_head"]
    for number in (lent, 987_654):
        with pytest.raises(rules.NotLent):
            revoke(actor=stranger, at=MONDAY, delegation_id=number, key=None)
    for number in (absence, 987_654):
        with pytest.raises(rules.NotLent):
            come_back(actor=stranger, at=MONDAY, absence_id=number, key=None)
    revoke(actor=world.officers["leader"], at=MONDAY, delegation_id=lent, key=None)
