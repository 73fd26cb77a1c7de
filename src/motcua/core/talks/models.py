"""Who is waited for in a conversation. What was said lies with the remarks of the dossier."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Mention(models.Model):
    """Lời nhắc: an officer named in what was said, until they open the dossier.

    It is a reminder and no right: what was said is read by who may read the dossier.
    """

    dossier_id = models.BigIntegerField()
    seq = models.PositiveIntegerField()
    officer_id = models.BigIntegerField()
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "lời nhắc"
        indexes = [
            models.Index(
                fields=["officer_id", "dossier_id"],
                condition=Q(seen_at=None),
                name="mention_unseen",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier_id", "seq", "officer_id"], name="one_mention_per_officer"
            )
        ]
