"""The job table and the schedule rows; hand-written SQL in `queue` and `schedules` serves both."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Job(models.Model):
    """Việc nền: one piece of work, kept until it is done or put aside as dead.

    * `payload` is JSON text of an object; it names rows, it does not copy personal data.
    * `tries` counts claims, so a run that killed its worker is counted too.
    * `max_tries` is what the handler allows, known once a run of it has failed.
    * `lease_until`: until then the job belongs to `worker`; afterwards anyone may take it.
    * `unique_key`: at most one job with this key is ready or running.
    """

    class State(models.TextChoices):
        READY = "ready", "Chờ làm"
        RUNNING = "running", "Đang làm"
        DONE = "done", "Đã xong"
        DEAD = "dead", "Hỏng, cần người xem"
        DROPPED = "dropped", "Đã bỏ, không làm nữa"

    kind = models.CharField(max_length=80)
    payload = models.TextField()
    run_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.READY)
    tries = models.PositiveIntegerField(default=0)
    max_tries = models.PositiveIntegerField(null=True)
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=80, blank=True)
    unique_key = models.CharField(max_length=200, null=True)  # noqa: DJ001 - NULL is "no key"
    last_error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "việc nền"
        indexes = [
            models.Index(fields=["run_at", "id"], name="job_ready", condition=Q(state="ready")),
            models.Index(fields=["lease_until"], name="job_running", condition=Q(state="running")),
            models.Index(fields=["finished_at"], name="job_done", condition=Q(state="done")),
            models.Index(fields=["id"], name="job_dead", condition=Q(state="dead")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unique_key"],
                name="job_unique_key",
                condition=Q(state__in=["ready", "running"]),
            ),
        ]


class Schedule(models.Model):
    """Lịch chạy: a job that comes back every so many seconds; `enabled` is the operator's."""

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=80)
    every_seconds = models.PositiveIntegerField()
    next_run = models.DateTimeField()
    enabled = models.BooleanField(default=True)

    class Meta:
        verbose_name = "lịch chạy"
