"""Ratings and their marks. A changed rating is a new row: what was thought when can be asked."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.core.places import PlaceField


class Channel(models.TextChoices):
    """Where a rating was given."""

    ONLINE = "online", "Trực tuyến"
    COUNTER = "counter", "Tại quầy"


class Rating(models.Model):
    """Phiếu đánh giá: marks and words of one applicant, for the agency that received the dossier.

    `given_at` is when it was given, `recorded_at` when the house learnt of it, `first_at` when the
    dossier was first rated. The ledger holds commitments alone: each value has its salt here.
    """

    id = PlaceField()  # place(dossier, seq of the entry that gave it)
    agency_id = models.BigIntegerField()
    criteria = models.CharField(max_length=20)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    first_at = models.DateTimeField()
    given_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    replaced_seq = models.PositiveIntegerField(null=True)
    salt = models.BinaryField()
    comment = models.TextField(blank=True, default="")
    comment_salt = models.BinaryField(default=b"")

    class Meta:
        indexes = [
            models.Index(
                fields=["agency_id", "first_at"],
                condition=Q(replaced_seq__isnull=True),
                name="rating_that_stands",
            )
        ]


class Mark(models.Model):
    """Điểm: 0, 1 or 2 points for one criterion."""

    rating = models.ForeignKey(Rating, models.PROTECT, related_name="marks")
    criterion = models.CharField(max_length=20)
    points = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rating", "criterion"], name="one_mark_per_criterion")
        ]
