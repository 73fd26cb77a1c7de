"""Who is asked and does not answer is reminded, then the house returns the dossier by itself."""

from __future__ import annotations

import datetime
import json
from functools import partial

import pytest

from motcua.core.access.actors import house
from motcua.core.dossiers import windows
from motcua.core.dossiers.models import Dossier, Paper, Remark
from motcua.core.dossiers.moving import move
from motcua.core.dossiers.orders import MoveOrder
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.careful import CODE, asked, on, publish_careful
from motcua.core.dossiers.tests.unchanged import refused, unchanged
from motcua.core.exchange.models import Message
from motcua.core.ledger.models import Entry

LAST = on(2, 17, 12)  # thirty days after 2 November, at the end of that working day
REMINDED = on(27, 17)


@pytest.fixture
def waiting(world):
    publish_careful()
    return asked(world)


def test_the_window_follows_from_the_request(world, waiting):
    row = Dossier.objects.get()
    assert (row.answer_by, row.wake_at) == (LAST, REMINDED)
    assert list(check_state()) == []


def test_before_its_time_nothing_happens(world, waiting):
    with unchanged():
        assert windows.wake_all(at=REMINDED - datetime.timedelta(minutes=1)) == 0


def test_the_applicant_is_reminded_once(world, waiting):
    assert windows.wake_all(at=REMINDED) == 1
    with unchanged():
        assert windows.wake_all(at=REMINDED) == 0
    message = Message.objects.get(topic="answer_reminder")
    assert "02/12/2026" in message.payload
    row = Dossier.objects.get()
    assert (row.wake_at, row.state, row.revision) == (LAST, "supplement", waiting.revision)
    entry = Entry.objects.of(row.pk).last()
    assert (entry.act, json.loads(entry.body)["actor"]) == ("remind", "system:windows")
    assert list(check_state()) == []


def test_the_house_returns_what_was_not_answered(world, waiting):
    windows.wake_all(at=REMINDED)
    assert windows.wake_all(at=LAST) == 1
    with unchanged():
        assert windows.wake_all(at=LAST + datetime.timedelta(days=9)) == 0
    row = Dossier.objects.get()
    assert (row.step, row.state, row.closed) == ("unanswered", "stopped", True)
    assert (row.answer_by, row.wake_at, row.paused_since) == (None, None, None)
    assert Paper.objects.filter(letter="form03").count() == 1
    assert Message.objects.filter(topic="returned").count() == 1
    assert "02/12/2026" in Remark.objects.get(kind="return_unanswered").text
    assert json.loads(Entry.objects.of(row.pk).last().body)["actor"] == "system:windows"
    assert list(check_state()) == []


def test_a_worker_that_slept_returns_without_a_reminder(world, waiting):
    assert windows.wake_all(at=LAST + datetime.timedelta(days=1)) == 1
    assert Dossier.objects.get().step == "unanswered"
    assert not Message.objects.filter(topic="answer_reminder").exists()


def test_an_answer_ends_the_window(world, waiting):
    world.move(waiting, world.applicant(waiting), "answer", hours=24)
    row = Dossier.objects.get()
    assert (row.answer_by, row.wake_at) == (None, None)
    with unchanged():
        assert windows.wake_all(at=LAST) == 0


def test_an_answer_that_comes_before_the_house_is_taken(world, waiting):
    world.move(waiting, world.applicant(waiting), "answer", hours=24 * 31)
    assert Dossier.objects.get().step == "appraise"


def test_after_the_return_an_answer_is_refused(world, waiting):
    windows.wake_all(at=LAST)
    with refused("flow.ended"):
        world.move(waiting, world.applicant(waiting), "answer", hours=24 * 31)


def test_nobody_else_returns_it_and_not_before_the_time(world, waiting):
    with refused("dossiers.not_yours"):
        world.move(waiting, "specialist", "return_unanswered", reason="Vì thế.", hours=24 * 31)
    order = MoveOrder(move="return_unanswered", reason="Vì thế.")
    act = partial(
        move, actor=house("windows"), dossier_id=waiting.dossier_id, order=order, key=None
    )
    with refused("dossiers.window_open"):
        act(at=LAST - datetime.timedelta(minutes=1))


def test_a_window_without_a_reminder_wakes_at_its_end(world):
    publish_careful()
    done = world.to("appraise", procedure=CODE)
    row = Dossier.objects.get(pk=done.dossier_id)
    assert (row.answer_by, row.wake_at) == (None, None)
