"""Receipts and repayments. Like clock segments they lie by their dossier, under its number."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.core.places import PlaceField


class Method(models.TextChoices):
    """How the money changed hands."""

    CASH = "cash", "Tiền mặt"
    TRANSFER = "transfer", "Chuyển khoản"


class Receipt(models.Model):
    """Biên lai thu phí, lệ phí: one taking at a counter; `total` in đồng.

    `number` counts without a gap per receiving agency and year; a voided receipt keeps its own,
    and what nobody pays for (an exemption) has none. `lines` is JSON: fee, đồng for one, how many,
    why exempt (empty: not).
    """

    id = PlaceField()  # place(dossier, seq of the entry that took the money)
    agency_id = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(null=True)
    officer_id = models.BigIntegerField()
    method = models.CharField(max_length=8, choices=Method.choices)
    lines = models.TextField()
    total = models.BigIntegerField()
    taken_at = models.DateTimeField()
    voided_seq = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency_id", "year", "number"],
                condition=Q(number__isnull=False),
                name="one_receipt_per_number",
            )
        ]
        indexes = [models.Index(fields=["agency_id", "taken_at"], name="receipt_by_counter")]


class Repayment(models.Model):
    """Hoàn trả: đồng that went back for a receipt; a receipt is paid back once, in whole."""

    id = PlaceField()  # place(dossier, seq of the entry that paid it back)
    receipt = models.OneToOneField(Receipt, models.PROTECT, related_name="repayment")
    agency_id = models.BigIntegerField()
    officer_id = models.BigIntegerField()
    method = models.CharField(max_length=8, choices=Method.choices)
    amount = models.BigIntegerField()
    paid_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["agency_id", "paid_at"], name="repayment_by_counter")]


class ReceiptCounter(models.Model):
    """The last receipt number of an agency in a year."""

    id = PlaceField()  # place(agency, year)
    last = models.PositiveIntegerField()
