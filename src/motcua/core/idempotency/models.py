"""The keys of writing requests: scope is actor and operation, kept for thirty days."""

from __future__ import annotations

from django.db import models


class RequestKey(models.Model):
    """One request that was carried out, and what it answered."""

    actor = models.CharField(max_length=40)
    operation = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    body_hash = models.BinaryField(max_length=32)
    result = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "operation", "key"], name="one_request_key")
        ]
