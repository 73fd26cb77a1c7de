"""How each part of the house was found by the scheduled looks, and when that turned."""

from __future__ import annotations

from django.db import models


class Part(models.Model):
    """Phần được theo dõi: a part or a link as it was last looked at; `took` is in milliseconds.

    `since` is when it was first found as it is now; `vi` and `en` say what was found last.
    """

    name = models.CharField(max_length=80, unique=True)
    ok = models.BooleanField()
    since = models.DateTimeField()
    looked_at = models.DateTimeField()
    took = models.PositiveIntegerField()
    good_at = models.DateTimeField(null=True)
    bad_at = models.DateTimeField(null=True)
    vi = models.CharField(max_length=300, blank=True)
    en = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "phần được theo dõi"


class Turn(models.Model):
    """Lần đổi tình trạng: a part was found bad that had been good, or good that had been bad.

    `lasted` is how many seconds it had been in the state that ended.
    """

    part = models.ForeignKey(Part, models.CASCADE, related_name="turns")
    at = models.DateTimeField(db_index=True)
    ok = models.BooleanField()
    lasted = models.PositiveIntegerField()
    vi = models.CharField(max_length=300, blank=True)
    en = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "lần đổi tình trạng"
