"""The tree of agencies through time, and dated appointments to posts."""

from __future__ import annotations

import json

from django.db import models
from django.db.models import F, Q

from motcua.core.people.models import Officer


class Agency(models.Model):
    """Cơ quan, đơn vị: a node of the tree; its tier is data, never a fixed number of levels.

    `valid_from` is the first day, `valid_to` the first day no longer (half-open; empty: unknown
    or still in force). `code` is the form of QĐ 20/2020, `code_102` that of QCVN 102.
    """

    code = models.CharField(max_length=35)
    code_102 = models.CharField(max_length=13, blank=True)
    tier = models.CharField(max_length=20)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    calendar = models.CharField(max_length=30, default="national")
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    area = models.CharField(max_length=30, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=300, blank=True)
    sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to=None), name="one_living_agency_per_code"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gt=F("valid_from")),
                name="agency_lives_forward",
            ),
        ]


class Appointment(models.Model):
    """Who holds which kind of post where, from a day until a day (half-open)."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="appointments")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="appointments")
    post = models.CharField(max_length=30)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    reads_agency = models.BooleanField(
        default=False, help_text="may read every dossier held in the agency and below it"
    )

    class Meta:
        indexes = [models.Index(fields=["agency", "post"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="appointment_lives_forward",
            )
        ]


class Absence(models.Model):
    """Vắng mặt: an officer is away, from a day until a day (half-open), and who stands in."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="absences")
    stand_in = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="absence_lives_forward"
            )
        ]


class Delegation(models.Model):
    """Ủy quyền: who holds a post lends its powers to another officer, from a day until a day.

    `capacity` is how the other signs. `procedures` (their ids) and `moves` (their keys) are JSON
    lists that bound what may be done; an empty one bounds nothing. What ends on its first day was
    never in force. A row of an absence names it and goes with it. The ledger holds a commitment to
    `document` (the paper that lends them) under `salt`.
    """

    class Capacity(models.TextChoices):
        FOR = "KT.", "Ký thay"
        BY_ORDER = "TL.", "Thừa lệnh"
        BY_POWER = "TUQ.", "Thừa ủy quyền"

    giver = models.ForeignKey(Officer, models.PROTECT, related_name="delegations")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    post = models.CharField(max_length=30)
    taker = models.ForeignKey(Officer, models.PROTECT, related_name="taken")
    capacity = models.CharField(max_length=4, choices=Capacity.choices)
    document = models.CharField(max_length=100, blank=True)
    salt = models.BinaryField(max_length=16)
    procedures = models.TextField(default="[]")
    moves = models.TextField(default="[]")
    valid_from = models.DateField()
    valid_to = models.DateField()
    absence = models.ForeignKey(
        Absence, models.PROTECT, null=True, related_name="delegations", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="delegation_lives_forward"
            ),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="nobody_lends_to_self"),
        ]

    def told(self) -> dict[str, object]:
        """Give what the ledger keeps; the document stands there as a commitment."""
        return {
            "giver": self.giver_id,
            "agency": self.agency_id,
            "post": self.post,
            "taker": self.taker_id,
            "capacity": str(self.capacity),
            "procedures": json.loads(self.procedures),
            "moves": json.loads(self.moves),
            "from": self.valid_from.isoformat(),
            "to": self.valid_to.isoformat(),
        }


class Competence(models.Model):
    """Thẩm quyền: which agency receives a procedure, from a day until a day (half-open).

    A procedure without a row may be received by every agency of its tiers.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="competences")
    procedure = models.CharField(max_length=30, db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="competence_lives_forward",
            ),
            models.UniqueConstraint(
                fields=["agency", "procedure"],
                condition=Q(valid_to=None),
                name="one_living_competence",
            ),
        ]


class Heir(models.Model):
    """Cơ quan kế thừa: who has stood in the place of an agency that ended, since a day.

    A reform writes these rows as it comes into force. An empty `procedure` or `area` means all
    that no other row names; where both kinds name a dossier, the procedure decides.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="heirs")
    heir = models.ForeignKey(Agency, models.PROTECT, related_name="inherited")
    procedure = models.CharField(max_length=40, blank=True)
    area = models.CharField(max_length=30, blank=True)
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "procedure", "area"], name="one_heir_for_each_thing"
            ),
            models.CheckConstraint(condition=~Q(agency=F("heir")), name="nobody_is_their_own_heir"),
        ]
