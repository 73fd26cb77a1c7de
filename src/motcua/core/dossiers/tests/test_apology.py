"""An apology moves the promised day once and never the legal one."""

from __future__ import annotations

import datetime
import json

import pytest

from motcua.core.dossiers.models import Dossier, Paper
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.careful import CODE, on, publish_careful
from motcua.core.dossiers.tests.unchanged import refused
from motcua.core.exchange.models import Message
from motcua.core.ledger.models import Entry

NEW_DAY = datetime.date(2026, 11, 20)  # a Friday after the due date, Monday 16 November 10:00
HOURS_TO_DUE = 14 * 24 + 1


@pytest.fixture
def late(world):
    """A dossier being appraised, due on Monday 16 November at 10:00."""
    publish_careful()
    done = world.to("appraise", procedure=CODE)
    assert done.due_at == on(16, 10)
    return done


def apologise(world, done, who="specialist", *, day=NEW_DAY, hours=24 * 10, **more):
    wishes = {"reason": "Bão số 9, chưa đi kiểm tra được.", **more}
    return world.move(done, who, "apologise", promised=day, hours=hours, **wishes)


def told(done):
    entry = Entry.objects.of(done.dossier_id).last()
    return json.loads(entry.body)


def test_the_promise_moves_the_due_date_stays(world, late):
    done = apologise(world, late)
    assert (done.due_at, done.promised_at) == (on(16, 10), on(20, 17))
    assert done.step == "appraise"
    assert Paper.objects.filter(letter="form04", dossier_id=done.dossier_id).count() == 1
    message = Message.objects.get(topic="apology")
    assert "17:00" in message.payload
    assert "20/11/2026" in message.payload
    data = told(done)["data"]
    assert data["in_time"] is True
    assert data["promised_before"] == "2026-11-16T03:00:00.000000+00:00"
    assert list(check_state()) == []


def test_lateness_is_measured_by_the_legal_date(world, late):
    apologise(world, late)
    for who, name, hours in (
        ("specialist", "submit", 24 * 11),
        ("unit_head", "agree", 24 * 12),
        ("leader", "issue", HOURS_TO_DUE + 48),  # before the new day, after the due one
    ):
        world.move(late, who, name, hours=hours)
    assert Dossier.objects.get().bucket == "late"


def test_a_second_apology_is_refused(world, late):
    apologise(world, late)
    with refused("flow.used_up"):
        apologise(world, late, day=datetime.date(2026, 11, 23), hours=24 * 11)


def test_the_same_request_again_gives_the_first_answer(world, late):
    first = apologise(world, late, key="k")
    again = apologise(world, late, key="k")
    assert again.repeated
    assert again.promised_at == first.promised_at
    with refused("idempotency.key_reused"):
        apologise(world, late, key="k", day=datetime.date(2026, 11, 23))


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (None, "dossiers.promise_missing"),
        (datetime.date(2026, 11, 16), "dossiers.promise_too_early"),
        (datetime.date(2026, 11, 21), "dossiers.promise_day_off"),
        (datetime.date(2027, 12, 1), "dossiers.promise_too_far"),
    ],
)
def test_the_new_day_must_be_a_working_day_after_the_due_one(world, late, day, code):
    with refused(code):
        apologise(world, late, day=day)


def test_a_reason_is_asked_for(world, late):
    with refused("flow.reason_missing"):
        apologise(world, late, reason=" ")


def test_the_counter_does_not_apologise_for_who_holds_it(world, late):
    with refused("dossiers.not_yours"):
        apologise(world, late, "counter")


@pytest.mark.parametrize(
    ("hours", "in_time"),
    [(HOURS_TO_DUE - 24 * 3, True), (HOURS_TO_DUE - 23.9, False), (HOURS_TO_DUE + 5, False)],
)
def test_the_entry_says_whether_it_came_before_its_day(world, late, hours, in_time):
    """One day ahead of Monday 10:00 is Sunday 10:00: a letter of Friday comes in time."""
    apologise(world, late, hours=hours)
    assert told(late)["data"]["in_time"] is in_time


def test_no_apology_while_the_applicant_is_awaited(world, late):
    world.move(late, "specialist", "supplement", reason="Thiếu.", hours=5)
    with refused("flow.waiting"):
        apologise(world, late)
