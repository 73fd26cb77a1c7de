"""Looks on a schedule: what was found is kept, a turn is told once, history is swept."""

from __future__ import annotations

import datetime
import json

import pytest

from motcua.core.agencies.models import Appointment
from motcua.core.dossiers.tests.world import DAY, MONDAY, make_world
from motcua.core.exchange.models import Message
from motcua.core.jobs.models import Job, Schedule
from motcua.core.jobs.registry import discover
from motcua.core.jobs.schedules import run_due, synchronise
from motcua.core.jobs.worker import run_one
from motcua.core.sql import act
from motcua.core.upkeep import findings, watching
from motcua.core.upkeep.findings import Finding, look_at
from motcua.core.upkeep.models import Part, Turn
from motcua.core.upkeep.watching import watch

MINUTES = datetime.timedelta(minutes=5)


@pytest.fixture
def link(db, monkeypatch):
    """Give a link that is as well as the test says, and two keepers of the house."""
    world = make_world()
    for who in ("second", "counter"):
        held = Appointment.objects.filter(officer_id=world.officer_id(who))
        held.update(post="system_keeper")
    monkeypatch.setattr(findings, "_LOOKS", {})
    told = {"ok": True}
    look_at("mail", lambda _at: [Finding("mail.x", told["ok"], "Máy thư", "Mail host")])
    return told


def at(turns: int) -> datetime.datetime:
    return MONDAY + turns * MINUTES


def look(*states: bool, told, first: int = 0) -> None:
    for number, ok in enumerate(states, first):
        told["ok"] = ok
        watch(at=at(number), on=DAY)


def letters() -> list[str]:
    found = Message.objects.filter(topic=watching.TOPIC).order_by("pk")
    return [json.loads(one.payload)["subject"] for one in found]


def test_what_was_found_is_kept_with_since_when_and_how_long_it_took(link):
    look(True, True, told=link)
    part = Part.objects.get()
    assert (part.name, part.ok, part.since, part.looked_at) == ("mail", True, at(0), at(1))
    assert (part.good_at, part.bad_at, part.vi) == (at(1), None, "Máy thư")
    assert part.took >= 0
    assert letters() == []


def test_a_turn_is_told_to_each_keeper_once_and_the_way_back_too(link):
    look(True, False, False, False, True, True, told=link)
    bad, good = "mail: cần xem / needs a look", "mail: hoạt động trở lại / is well again"
    assert letters() == [bad, bad, good, good]
    receivers = set(Message.objects.filter(topic=watching.TOPIC).values_list("receiver", flat=True))
    assert len(receivers) == 2
    turns = list(Turn.objects.order_by("pk").values_list("at", "ok", "lasted"))
    assert turns == [(at(1), False, 300), (at(4), True, 900)]
    part = Part.objects.get()
    assert (part.since, part.good_at, part.bad_at) == (at(4), at(5), at(3))


def test_what_is_bad_from_the_beginning_has_not_turned(link):
    look(False, False, told=link)
    assert letters() == []
    assert Part.objects.get().since == at(0)


def test_two_that_look_at_the_same_time_tell_of_it_once(link):
    look(True, told=link)
    as_read = Part.objects.get()
    found = watching.Found("mail", ok=False, vi="Hỏng", en="Broken", took=1)
    for _worker in range(2):
        with act() as tx:
            watching._turn(tx, as_read, found, at(1), DAY)
    assert Turn.objects.count() == 1
    assert len(letters()) == 2


def test_a_look_that_breaks_is_a_finding(link):
    look(True, told=link)

    def breaks(_at: datetime.datetime) -> list[Finding]:
        raise OSError("no route")

    look_at("mail", breaks)
    watch(at=at(1), on=DAY)
    part = Part.objects.get()
    assert (part.ok, part.en) == (False, "Could not look at mail: OSError")
    assert len(letters()) == 2


def test_only_who_keeps_the_house_today_is_told(link):
    Appointment.objects.filter(post="system_keeper").update(valid_from=DAY - datetime.timedelta(9))
    first = Appointment.objects.filter(post="system_keeper").first()
    Appointment.objects.filter(pk=first.pk).update(valid_to=DAY)
    look(True, False, told=link)
    assert len(letters()) == 1


def test_old_turns_are_swept(link):
    look(True, False, told=link)
    assert Turn.objects.count() == 1
    watch(at=at(2) + watching.KEPT, on=DAY)
    assert Turn.objects.count() == 0


def test_the_schedule_brings_the_look_back(link):
    discover()
    synchronise(MONDAY)
    Schedule.objects.exclude(name="upkeep.watch").update(enabled=False)
    for turn in range(2):
        run_due(at(turn))
        assert run_one(worker="w", at=at(turn))
    assert Job.objects.filter(kind="upkeep.watch", state="done").count() == 2
    assert at(1) <= Part.objects.get().looked_at < at(2)
