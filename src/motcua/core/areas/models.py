"""Units on the map through time, what became of each, and agencies as official lists have them.

All of it is fact with a source or marked unconfirmed; who answers here is an `Agency`.
"""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import models
from django.db.models import F, Q

_LIVES_FORWARD = Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gt=F("valid_from"))


class Status(models.TextChoices):
    """Whether a source bears a fact out."""

    CONFIRMED = "confirmed", "Đã xác nhận"
    UNCONFIRMED = "unconfirmed", "Chưa xác nhận"


class Province(models.Model):
    """Tỉnh, thành phố: whose units a folder of files holds; `digest` is of the files read last.

    `code` is the statistical code as text, `agency_code` the level-1 code of its agencies,
    `facts_from` the first day the files tell of (empty: as far back as their rows go).
    """

    code = models.CharField(max_length=5, unique=True)
    name_vi = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    agency_code = models.CharField(max_length=3)
    source = models.CharField(max_length=300)
    partial = models.BooleanField(default=False)
    facts_from = models.DateField(null=True)
    digest = models.CharField(max_length=64)

    def knows(self, on: datetime.date) -> bool:
        """Tell whether the files tell of a day."""
        return self.facts_from is None or self.facts_from <= on


class Area(models.Model):
    """Địa bàn: one version of a unit: a new name, code, kind or parent makes a new one.

    `valid_from` is the first day (empty: before the facts begin), `valid_to` the first day no
    longer (empty: in force). `parent` is empty where the unit lies directly under its province.
    `code` is text with leading zeros and comes again with successors: over time `unit_id` is the
    key. `folded` is the name without kind and accents, for old addresses.
    """

    unit_id = models.CharField(max_length=30, unique=True)
    province = models.ForeignKey(Province, models.PROTECT, related_name="areas")
    code = models.CharField(max_length=10, blank=True, db_index=True)
    name = models.CharField(max_length=100)
    folded = models.CharField(max_length=100, db_index=True)
    kind = models.CharField(max_length=30)
    tier = models.CharField(max_length=20)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    source = models.CharField(max_length=300)
    status = models.CharField(max_length=11, choices=Status.choices)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_LIVES_FORWARD, name="area_lives_forward"),
            models.CheckConstraint(
                condition=Q(lat=None, lon=None) | Q(lat__isnull=False, lon__isnull=False),
                name="area_centre_whole",
            ),
        ]

    def lives(self, on: datetime.date) -> bool:
        """Tell whether the unit exists on a day."""
        return (self.valid_from or on) <= on and (self.valid_to is None or on < self.valid_to)

    @property
    def full_name(self) -> str:
        """Give kind and name, as addresses have them."""
        return f"{self.kind[:1].upper()}{self.kind[1:]} {self.name}"


class Succession(models.Model):
    """Kế thừa địa bàn: on a day, a unit or a share of it became (part of) another.

    `share` is `whole`, `part`, or a known part of one (0.896). `main` names the heir of what no
    address places; empty says that it is open. It is a working suggestion, not law.
    """

    WHOLE, PART = "whole", "part"

    date = models.DateField()
    legal_ref = models.CharField(max_length=100)
    old = models.ForeignKey(Area, models.PROTECT, related_name="heirs")
    new = models.ForeignKey(Area, models.PROTECT, related_name="origins")
    share = models.CharField(max_length=10)
    kind = models.CharField(max_length=30)
    main = models.BooleanField(null=True)
    source = models.CharField(max_length=300)
    status = models.CharField(max_length=11, choices=Status.choices)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["date", "old", "new"], name="succession_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="no_heir_of_itself"),
        ]

    @property
    def portion(self) -> Decimal | None:
        """Give the share as a number: 1 for the whole, nothing where it is not known."""
        if self.share == self.WHOLE:
            return Decimal(1)
        return None if self.share == self.PART else Decimal(self.share)


class ListedAgency(models.Model):
    """Cơ quan trong danh mục: an agency as official lists have it, from a day until a day.

    `code` is the form of QĐ 20/2020, `code_102` that of QCVN 102; either may be unknown, and
    where the agency was renumbered they differ. `heir` is the `list_id` of who took over.
    """

    list_id = models.CharField(max_length=40, unique=True)
    province = models.ForeignKey(Province, models.PROTECT, related_name="agencies")
    tier = models.CharField(max_length=20)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    code = models.CharField(max_length=35, blank=True, db_index=True)
    code_102 = models.CharField(max_length=13, blank=True, db_index=True)
    heir = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=300)
    status = models.CharField(max_length=11, choices=Status.choices)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_LIVES_FORWARD, name="listed_agency_lives_forward"),
        ]
