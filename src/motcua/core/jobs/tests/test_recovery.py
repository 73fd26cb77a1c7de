"""Workers that are killed, and workers that are asked to stop."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection

from motcua.core.jobs.models import Job
from motcua.core.jobs.schedules import every
from motcua.core.jobs.tests import child
from motcua.core.jobs.tests.setting import add, does, leave_result
from motcua.core.jobs.worker import Worker, run_one
from motcua.core.now import now

pytestmark = [pytest.mark.recovery, pytest.mark.usefixtures("shared_database")]


@pytest.fixture
def worker_process(tmp_path):
    """Give a function that starts a worker and waits until its first handler has begun."""
    started = []

    def start(seconds):
        keys = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
        database = json.dumps({k: connection.settings_dict[k] for k in keys}, default=str)
        paths = os.pathsep.join(["src", *sys.path])
        environment = {**os.environ, "PYTHONPATH": paths, "TMPDIR": str(tmp_path)}
        command = [sys.executable, child.__file__, database, str(tmp_path), str(seconds)]
        started.append(subprocess.Popen(command, env=environment))
        deadline = time.monotonic() + 30
        while not (tmp_path / "begun").exists():
            assert time.monotonic() < deadline, "the worker did not begin"
            time.sleep(0.02)
        return started[0]

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_a_killed_workers_job_is_run_by_another_with_one_result(worker_process):
    does("test.work", lambda: leave_result(now()))
    add(at=now())
    process = worker_process(60)
    process.send_signal(signal.SIGKILL)
    process.wait()
    job = Job.objects.get(kind="test.work")
    assert not run_one("b", job.lease_until - timedelta(seconds=1))
    job.refresh_from_db()
    assert (job.state, job.tries) == ("running", 1)
    assert run_one("b", job.lease_until)
    job.refresh_from_db()
    assert (job.state, job.tries, job.worker) == ("done", 2, "b")
    assert Job.objects.filter(kind="test.result").count() == 1


def test_sigterm_lets_the_job_finish_and_takes_no_more(worker_process):
    for _ in range(2):
        add(at=now())
    process = worker_process(0.5)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    states = Job.objects.filter(kind="test.work").order_by("id").values_list("state", flat=True)
    assert list(states) == ["done", "ready"]


def test_a_worker_in_a_thread_keeps_schedules_and_stops():
    worker = Worker(poll_seconds=0.01)
    every("ends", "test.end", 3600)
    does("test.end", worker.stop)
    worker.run()
    assert Job.objects.get().state == "done"


def test_a_worker_outlives_a_database_that_does_not_answer(monkeypatch):
    from django.db import OperationalError

    worker, failures = Worker(poll_seconds=0.01), [OperationalError("locked")]
    real = worker.turn

    def turn():
        if failures:
            raise failures.pop()
        return real()

    monkeypatch.setattr(worker, "turn", turn)
    does("test.end", worker.stop)
    add("test.end")
    worker.run()
    assert Job.objects.get(kind="test.end").state == "done"
