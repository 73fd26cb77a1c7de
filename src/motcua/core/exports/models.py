"""Files that a job makes for an officer: what was asked, how far it is, and until when it lies."""

from __future__ import annotations

from django.db import models


class Export(models.Model):
    """Tệp xuất: one asked file. `code` names it in addresses; nobody else's is ever found by it.

    `wish` and `rights` are JSON: the filter with its wording, and what of the officer's rights the
    file was made with. `query` and `address` are what the access log keeps of the request.
    """

    class State(models.TextChoices):
        MAKING = "making", "Đang lập"
        READY = "ready", "Tải được"
        FAILED = "failed", "Không lập được"
        GONE = "gone", "Đã xóa"

    code = models.CharField(max_length=32, unique=True)
    officer_id = models.BigIntegerField()
    asked_at = models.DateTimeField()
    form = models.CharField(max_length=8)
    wish = models.TextField()
    wish_digest = models.BinaryField(max_length=32)
    rights = models.TextField()
    query = models.CharField(max_length=1000, blank=True)
    address = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.MAKING)
    why = models.CharField(max_length=60, blank=True)  # the code of the refusal that ended it
    expected = models.PositiveIntegerField()
    written = models.PositiveIntegerField(default=0)
    size = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField()

    class Meta:
        verbose_name = "tệp xuất"
        indexes = [models.Index(fields=["officer_id", "id"], name="export_by_officer")]
