"""The queue of an agency's counter on a day, and its tickets.

A ticket names nobody and no right hangs on it, so its row is the record: there is no entry of the
ledger for it, and nothing of it is personal.
"""

from __future__ import annotations

from django.db import models

from motcua.core.people.models import Officer
from motcua.core.places import PlaceField


class State(models.TextChoices):
    """Where a ticket stands."""

    WAITING = "waiting", "Đang chờ"
    CALLED = "called", "Đang gọi"
    SERVED = "served", "Đã phục vụ"
    MISSED = "missed", "Vắng mặt"


class QueueDay(models.Model):
    """Hàng chờ của một ngày: the last number that an agency gave out on a day."""

    id = PlaceField()  # place(agency, ordinal of the day where the agency is)
    last = models.PositiveIntegerField()


class Ticket(models.Model):
    """Số thứ tự: numbers run from 1 without a gap, per agency and day.

    `key` is what the page that asked carried: pressing twice gives one number. `called_at` is the
    first call, by which the wait is measured; `calls` counts those that followed.
    """

    queue = models.ForeignKey(QueueDay, models.PROTECT, related_name="tickets", db_index=False)
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=36)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    window = models.CharField(max_length=6, blank=True)
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    last_call_at = models.DateTimeField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["queue", "number"], name="one_ticket_per_number"),
            models.UniqueConstraint(fields=["queue", "key"], name="one_ticket_per_press"),
        ]
        indexes = [models.Index(fields=["queue", "state", "number"], name="ticket_by_state")]
