"""Putting jobs in, taking them out, and who may say how they ended."""

from __future__ import annotations

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from motcua.core.jobs.models import Job
from motcua.core.jobs.queue import claim, enqueue, finish, renew
from motcua.core.jobs.tests.setting import DAY, add, does, later, the_job
from motcua.core.sql import act

pytestmark = pytest.mark.django_db


def take(worker="a", at=DAY):
    with act() as tx:
        return claim(tx, worker, at)


def test_a_job_is_taken_once_with_its_payload():
    add(payload={"tên": "Đống Đa"})
    job = take()
    assert (job.kind, job.payload, job.tries) == ("test.work", {"tên": "Đống Đa"}, 1)
    assert take("b") is None


def test_an_act_that_is_undone_leaves_no_job():
    with contextlib.suppress(ZeroDivisionError), act() as tx:
        enqueue(tx, "test.work", {}, at=DAY)
        raise ZeroDivisionError
    assert take() is None


def test_a_job_waits_for_its_time():
    add(run_at=later(hours=1))
    assert take(at=later(minutes=59)) is None
    assert take(at=later(hours=1)) is not None


def test_the_longest_due_job_comes_first():
    add("test.second", run_at=later(seconds=2))
    add("test.first", run_at=later(seconds=1))
    assert [take(at=later(minutes=1)).kind for _ in range(2)] == ["test.first", "test.second"]


def test_a_unique_key_is_there_once_until_its_job_is_done():
    add(unique_key="one")
    add(unique_key="one")
    job = take()
    add(unique_key="one")
    assert Job.objects.count() == 1
    with act() as tx:
        assert finish(tx, job, at=DAY)
    add(unique_key="one")
    assert Job.objects.count() == 2


def test_an_expired_lease_passes_the_job_on_and_the_first_worker_changes_nothing():
    add()
    lost = take("a")
    assert take("b", at=later(seconds=59)) is None
    found = take("b", at=later(seconds=60))
    assert (found.id, found.tries) == (lost.id, 2)
    with act() as tx:
        assert not renew(tx, lost, later(hours=1))
        assert not finish(tx, lost, at=DAY)
        assert finish(tx, found, at=DAY)


def test_a_renewed_lease_keeps_the_job():
    add()
    with act() as tx:
        assert renew(tx, claim(tx, "a", DAY), later(minutes=5))
    assert take("b", at=later(minutes=4)) is None


def test_a_kind_may_have_a_longer_lease():
    does("test.work", lease_seconds=300)
    add()
    take()
    assert the_job().lease_until == later(seconds=300)


def test_four_workers_never_take_the_same_job(shared_database):
    for _ in range(40):
        add()
    start = threading.Barrier(4)

    def work(worker):
        start.wait()
        taken = [job.id for job in iter(lambda: take(worker), None)]
        connection.close()
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [job for jobs in pool.map(work, "abcd") for job in jobs]
    assert len(taken) == len(set(taken)) == 40


def test_twins_enqueued_at_once_are_one_job(shared_database):
    start = threading.Barrier(4)

    def put(_):
        start.wait()
        add(unique_key="one")
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(put, range(4)))
    assert Job.objects.count() == 1


@pytest.mark.parametrize("state", ["ready", "running"])
def test_taking_walks_an_index(state):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by the size of the table")
    due = {"ready": "run_at <= 'x' ORDER BY run_at, id"}.get(state, "lease_until <= 'x'")
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN QUERY PLAN SELECT id FROM jobs_job WHERE state='{state}' AND {due}"
        )
        plan = str(cursor.fetchall())
    assert f"job_{state}" in plan
    assert "TEMP B-TREE" not in plan
