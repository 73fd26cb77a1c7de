"""What an officer asked to be done with many pieces of work, and what became of each."""

from __future__ import annotations

from django.db import models

from motcua.core.dossiers.models import Dossier
from motcua.core.people.models import Officer


class Bulk(models.Model):
    """Thao tác hàng loạt: one order for many pieces of work.

    `key` is the request's: the same order sent again is the same row. `order` is JSON. `proven`
    tells that the door had a fresh proof of the officer when it was asked.
    """

    class What(models.TextChoices):
        ASSIGN = "assign", "Giao việc"
        MOVE = "move", "Chuyển bước"
        SLIP = "slip", "Lập phiếu kiểm soát"
        UNDO = "undo", "Hoàn tác giao việc"

    code = models.CharField(max_length=32, unique=True)
    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=40)
    what = models.CharField(max_length=8, choices=What.choices)
    order = models.TextField()
    proven = models.BooleanField()
    asked_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "thao tác hàng loạt"
        constraints = [
            models.UniqueConstraint(fields=["officer", "key"], name="one_bulk_per_request")
        ]


class BulkRow(models.Model):
    """One piece of work of a bulk: waiting, done, or refused with the sentence of the refusal.

    `by` is the act that was chosen for an assignment, before it was made. `revision` is the
    dossier's: before, where the act must find nothing changed; after, once done.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Đang chờ"
        DONE = "done", "Xong"
        REFUSED = "refused", "Không được"

    bulk = models.ForeignKey(Bulk, models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveSmallIntegerField()
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    leg = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    by = models.CharField(max_length=60, blank=True)
    revision = models.PositiveIntegerField(null=True)
    why = models.CharField(max_length=60, blank=True)  # the code of the refusal
    said_vi = models.CharField(max_length=500, blank=True)
    said_en = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "dòng của thao tác hàng loạt"
        constraints = [
            models.UniqueConstraint(fields=["bulk", "number"], name="one_row_per_number")
        ]
