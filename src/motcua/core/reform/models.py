"""Plans of reforms, as they were drawn up and as far as they have come."""

from __future__ import annotations

from django.db import models


class Reform(models.Model):
    """Phương án sắp xếp tổ chức: its text, its day, and how far it has come.

    `text` changes only while it is a draft; each entry of the house on it holds its digest.
    `moved` counts the dossiers that went over, `records` the records of registers, `left` what of
    both stayed when the last run ended.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Dự thảo, chưa quyết định"
        PLANNED = "planned", "Đã lập, chưa có hiệu lực"
        UNDONE = "undone", "Đã hủy"
        IN_FORCE = "in_force", "Có hiệu lực, đang chuyển hồ sơ"
        DONE = "done", "Đã chuyển xong"

    on = models.DateField()
    document = models.CharField(max_length=300)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    drawn_at = models.DateTimeField(null=True)
    drawn_by = models.CharField(max_length=80, blank=True)
    planned_at = models.DateTimeField(null=True)
    in_force_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    moved = models.PositiveIntegerField(default=0)
    records = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
