"""The counts behind every limit: one row for each subject that asked lately."""

from __future__ import annotations

from django.db import models

from motcua.core.places import PlaceField


class Usage(models.Model):
    """How much one subject used of one limit, in this slot of time and in the one before.

    The id is the first eight bytes of a keyed hash over limit and subject: neither a phone nor an
    address can be read here, and nobody outside can find two subjects that share a row.
    """

    id = PlaceField()
    slot = models.BigIntegerField(help_text="number of the slot since 1970, as long as the limit's")
    count = models.BigIntegerField(help_text="used in this slot")
    before = models.BigIntegerField(help_text="used in the slot before")
    kept_until = models.DateTimeField(help_text="from then on the row says nothing")
