"""Who may see a dossier: one row per dossier and scope, carrying what lists order by."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class ScopeRow(models.Model):
    """A right to read, written by the act that causes it.

    `scope` is the integer of `motcua.core.access.scopes`. `until_at` closes the right. `is_open`,
    `due_at` and `received_at` repeat the dossier's so that a list is one index walk.
    """

    dossier_id = models.BigIntegerField()
    scope = models.BigIntegerField()
    reason = models.CharField(max_length=12)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    is_open = models.BooleanField(default=True)
    due_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier_id", "scope"], name="one_scope_row")
        ]
        indexes = [
            models.Index(
                fields=["scope", "due_at", "dossier_id"],
                condition=Q(is_open=True, until_at=None),
                name="scope_open_by_due",
            ),
            models.Index(fields=["scope", "dossier_id"], name="scope_all"),
        ]
