"""The keys of writing requests: scope is actor and operation, kept for thirty days."""

from __future__ import annotations

from django.db import models

from motcua.core.places import PlaceField


class RequestKey(models.Model):
    """One request that was carried out, and the entry that answers it.

    The id is the first eight bytes of a hash over actor, operation and key; `scope` the next
    sixteen, so that two keys that meet in the id are told apart. `body` is the hash of what was
    asked. The answer is read back from entry `seq` of `stream`.
    """

    id = PlaceField()
    scope = models.BinaryField(max_length=16)
    body = models.BinaryField(max_length=32)
    stream = models.BigIntegerField()
    seq = models.PositiveIntegerField()
    created_at = models.DateTimeField()
