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
    """A day that differs: off, worked, or closed for a part of it (an officer's row wins).

    `revision` is that of the calendar with which the row came; rows are added, never changed, so
    that a calendar can be laid out as it was before a change.
    """

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
    revision = models.PositiveIntegerField(default=1)


class CalendarChange(models.Model):
    """Thay đổi lịch làm việc: days off or worked days that a document announces.

    `text` never changes; the entry of the house that proposed it holds its digest. `preview` is
    what it would move, as JSON, when that was last worked out. `revision` is the calendar's from
    the moment in which the change is in force. `moved` counts dossiers with a new date.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "Đã nhập, chờ quyết định"
        DECIDED = "decided", "Đã quyết định, chưa có hiệu lực"
        UNDONE = "undone", "Đã hủy"
        IN_FORCE = "in_force", "Có hiệu lực, đang tính lại hạn"
        DONE = "done", "Đã tính lại xong"

    calendar = models.ForeignKey(WorkCalendar, models.PROTECT, related_name="changes")
    on = models.DateField()
    document = models.CharField(max_length=200)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    in_force_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(null=True)
    moved = models.PositiveIntegerField(default=0)
    preview = models.TextField(blank=True)


class Redated(models.Model):
    """New dates that a changed calendar gave to one dossier; follows its entry `seq`.

    `batch` is the number of the house's entry that commits to it with others. `told` is JSON as
    that digest covers it: the due date after it (repeated in `due_at`), the new due dates of open
    work by leg, and the end of an answer window that moved.
    """

    id = PlaceField()  # place(dossier, number); those of a dossier count from 1
    dossier_id = models.BigIntegerField()
    batch = models.IntegerField()
    seq = models.PositiveIntegerField()
    due_at = models.DateTimeField(null=True)
    told = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["batch", "id"], name="redated_by_batch")]


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
