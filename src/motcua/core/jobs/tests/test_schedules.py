"""Schedules come round once a turn, whoever looks."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from motcua.core.jobs.models import Job, Schedule
from motcua.core.jobs.schedules import every, run_due, synchronise
from motcua.core.jobs.tests.setting import DAY, does, later
from motcua.core.jobs.worker import run_one

pytestmark = pytest.mark.django_db


@pytest.fixture
def hourly():
    does("test.tick")
    every("ticks", "test.tick", 3600)
    synchronise(DAY)


def test_a_new_schedule_runs_at_once_and_then_every_hour(hourly):
    turns = []
    for hours in (0, 0.5, 1, 1.5, 2):
        turns.append(run_due(later(hours=hours)))
        run_one("a", later(hours=hours))
    assert turns == [1, 0, 1, 0, 1]


def test_missed_turns_are_one(hourly):
    assert run_due(later(days=7)) == 1
    assert run_due(later(days=7, minutes=59)) == 0
    assert Schedule.objects.get().next_run == later(days=7, hours=1)


def test_a_turn_adds_no_second_job_while_one_waits(hourly):
    run_due(DAY)
    run_due(later(hours=1))
    assert Job.objects.count() == 1


def test_the_operators_switch_survives_a_restart(hourly):
    Schedule.objects.update(enabled=False)
    synchronise(later(hours=1))
    assert run_due(later(hours=2)) == 0


def test_a_new_period_is_taken_over(hourly, monkeypatch):
    run_due(DAY)
    monkeypatch.setattr("motcua.core.jobs.schedules._DECLARED", {})
    every("ticks", "test.tick", 60)
    synchronise(later(seconds=1))
    assert Schedule.objects.get().every_seconds == 60
    assert run_due(later(seconds=61)) == 1


def test_a_schedule_the_code_forgot_is_not_run(hourly, monkeypatch):
    monkeypatch.setattr("motcua.core.jobs.schedules._DECLARED", {})
    assert run_due(later(hours=5)) == 0


def test_two_schedules_of_one_name_are_refused(hourly):
    with pytest.raises(ValueError, match="ticks"):
        every("ticks", "test.other", 60)


def test_four_workers_take_a_turn_once(shared_database, hourly):
    start = threading.Barrier(4)

    def look(_):
        start.wait()
        turns = run_due(DAY)
        connection.close()
        return turns

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(look, range(4))) == 1
    assert Job.objects.count() == 1
