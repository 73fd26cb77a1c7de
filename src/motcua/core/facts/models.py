"""What figures are made of: stretches of constant situation, and signed deltas."""

from __future__ import annotations

from django.db import models

from motcua.core.places import PlaceField, ReusedIdField


class Fact(models.Model):
    """A stretch of time during which one dossier's situation did not change.

    Two times: `began_at`/`ended_at` say when it was true, `began_recorded`/`ended_recorded` when
    we came to know. "What was true on a day" reads the first pair; "what did we know on a day"
    keeps the rows whose `began_recorded` is not later and takes an end as open when its
    `ended_recorded` is later. Units are those of that time.
    """

    id = PlaceField()  # place(dossier, number); the stretches of a dossier count from 1
    dossier_id = models.BigIntegerField()
    procedure_id = models.BigIntegerField()
    state = models.CharField(max_length=20)
    step = models.CharField(max_length=40)
    agency_id = models.BigIntegerField()
    receiving_agency_id = models.BigIntegerField()
    officer_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=12)
    outcome = models.CharField(max_length=20, blank=True)
    due_at = models.DateTimeField(null=True)
    began_at = models.DateTimeField()
    began_recorded = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_recorded = models.DateTimeField(null=True)
    origin = models.CharField(max_length=8, default="live")


class Delta(models.Model):
    """One change of a live count, appended by an act and folded by a job."""

    id = ReusedIdField()
    left_agency_id = models.BigIntegerField(null=True)
    left_state = models.CharField(max_length=20, blank=True)
    agency_id = models.BigIntegerField()
    state = models.CharField(max_length=20)
    procedure_id = models.BigIntegerField()


class Tally(models.Model):
    """A live count: folded deltas; the value is this plus what is not folded yet."""

    agency_id = models.BigIntegerField()
    procedure_id = models.BigIntegerField()
    state = models.CharField(max_length=20)
    count = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency_id", "procedure_id", "state"], name="one_tally_cell"
            )
        ]
