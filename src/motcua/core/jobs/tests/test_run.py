"""Running one job: done, tried again, given up, brought back."""

from __future__ import annotations

import errno
import time
from datetime import timedelta

import pytest

from motcua.core.jobs.actions import NotRetried, retry_dead
from motcua.core.jobs.models import Job
from motcua.core.jobs.queries import counts, dead_jobs
from motcua.core.jobs.queue import claim
from motcua.core.jobs.registry import PermanentFailure, discover, handler, handler_of
from motcua.core.jobs.tests.setting import DAY, add, does, later, the_job
from motcua.core.jobs.worker import run_one
from motcua.core.sql import act

pytestmark = pytest.mark.django_db
TICK = timedelta(seconds=1)  # the handler's own time


def failing(error, **how):
    @handler("test.work", **how)
    def work(payload, *, at):
        raise error

    add()


def test_a_job_is_done_and_knows_the_time():
    seen = []
    handler("test.work")(lambda payload, *, at: seen.append((payload, at)))
    add(payload={"n": 1})
    assert run_one("a", DAY)
    assert not run_one("a", DAY)
    assert seen[0][0] == {"n": 1}
    assert DAY <= seen[0][1] <= the_job().finished_at < DAY + TICK
    assert counts() == {"ready": 0, "running": 0, "done": 1, "dead": 0, "dropped": 0}


def test_a_failed_job_comes_back_after_5_then_10_seconds():
    failing(OSError("the disk is full"))
    run_one("a", DAY)
    assert not run_one("a", later(seconds=5) - TICK)
    assert run_one("a", later(seconds=5) + TICK)
    assert not run_one("a", later(seconds=15))
    assert run_one("a", later(seconds=16) + TICK)
    assert the_job().last_error == "OSError: the disk is full"


def test_a_job_is_dead_after_its_last_try():
    failing(OSError("no"), max_tries=3)
    turns = [run_one("a", later(hours=2 * n)) for n in range(5)]
    assert turns == [True, True, True, False, False]
    [dead] = dead_jobs()
    assert (dead.tries, dead.last_error) == (3, "OSError: no")
    assert the_job().max_tries == 3


def test_no_job_dies_of_a_full_disk_however_long_it_is_full():
    failing(OSError(errno.ENOSPC, "no room"), max_tries=2)
    assert all(run_one("a", later(hours=n)) for n in range(5))
    assert dead_jobs() == []
    assert (the_job().state, the_job().tries) == ("ready", 0)


def test_a_permanent_failure_is_not_tried_again():
    failing(PermanentFailure(reason="no such paper"))
    run_one("a", DAY)
    assert not run_one("a", later(days=1))
    assert "no such paper" in dead_jobs()[0].last_error


def test_an_unknown_kind_is_dead_and_says_so():
    add("test.unheard_of")
    run_one("a", DAY)
    assert "test.unheard_of" in dead_jobs()[0].last_error


def test_a_job_that_kills_its_worker_each_time_is_given_up():
    ran = []
    does("test.work", lambda: ran.append(1), max_tries=2)
    add()
    for n in range(2):
        with act() as tx:
            assert claim(tx, "killed", later(hours=n))
    run_one("b", later(hours=3))
    assert not ran
    assert "died" in dead_jobs()[0].last_error


def test_a_retried_job_has_all_its_tries_again():
    failing(PermanentFailure(reason="a wrong setting"))
    run_one("a", DAY)
    retry_dead(the_job().id, at=later(days=1))
    assert (the_job().state, the_job().tries) == ("ready", 0)
    with pytest.raises(NotRetried):
        retry_dead(the_job().id, at=later(days=1))


def test_a_dead_job_stays_dead_while_its_key_is_taken():
    add("test.unheard_of", unique_key="one")
    run_one("a", DAY)
    add("test.unheard_of", unique_key="one")
    with pytest.raises(NotRetried):
        retry_dead(dead_jobs()[0].id, at=DAY)
    assert counts()["ready"] == 1


def test_the_heartbeat_keeps_a_long_job(shared_database):
    leases = []

    @handler("test.work", lease_seconds=0.3)
    def work(payload, *, at):
        leases.append(the_job().lease_until)
        time.sleep(0.45)
        leases.append(the_job().lease_until)

    add()
    run_one("a", DAY)
    assert leases[1] > leases[0] + timedelta(seconds=0.1)
    assert (the_job().state, the_job().tries) == ("done", 1)


def test_the_jobs_of_every_app_are_found():
    discover()
    assert handler_of("jobs.clean")


def test_only_old_done_jobs_are_cleaned():
    from motcua.core.jobs.jobs import clean

    does("test.work")
    for kind in ("test.work", "test.unheard_of"):
        add(kind)
        run_one("a", DAY)
    add("test.work", at=later(days=20))
    run_one("a", later(days=20))
    clean({}, at=later(days=40))
    assert sorted(Job.objects.values_list("state", flat=True)) == ["dead", "done"]
