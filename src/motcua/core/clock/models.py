"""Working calendars as editable data, and the stretches during which a clock ran."""

from __future__ import annotations

from django.db import models

from motcua.core.places import PlaceField


class WorkCalendar(models.Model):
    """Lịch làm việc: weekly shifts over a country's holidays; rows below win over the library.

    `shifts` is JSON: weekday (0 is Monday) to a list such as `["08:00-12:00", "13:00-17:00"]`.
    """

    key = models.CharField(max_length=30, unique=True)
    name_vi = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    time_zone = models.CharField(max_length=40)
    country = models.CharField(max_length=2, blank=True)
    shifts = models.JSONField()
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    revision = models.PositiveIntegerField(default=1)


class CalendarDay(models.Model):
    """A day that differs: off, worked, or closed for a part of it (an officer's row wins)."""

    class Kind(models.TextChoices):
        OFF = "off", "Nghỉ"
        WORK = "work", "Làm bù"
        CLOSURE = "closure", "Đóng cửa"

    calendar = models.ForeignKey(WorkCalendar, models.CASCADE, related_name="days")
    day = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    closed_from = models.TimeField(null=True)
    closed_to = models.TimeField(null=True)
    name_vi = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    legal_ref = models.CharField(max_length=200, blank=True)


class ClockSegment(models.Model):
    """A stretch of a dossier's legal clock; each keeps the calendar it ran on.

    `anew` marks a run that counts the full limit again: what lies before it no longer counts.
    """

    id = PlaceField()  # place(dossier, number); the segments of a dossier count from 1
    calendar = models.CharField(max_length=30)
    kind = models.CharField(max_length=6, choices=[("run", "chạy"), ("pause", "dừng")])
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    anew = models.BooleanField(default=False)
