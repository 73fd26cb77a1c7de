"""Evidence files: the bytes by content hash, and what each is handed in for."""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """A file as it came in; its bytes lie under its SHA-256 and are never changed."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()


class Evidence(models.Model):
    """Giấy tờ nộp: one paper of a dossier, as files and as counted sheets."""

    dossier_id = models.BigIntegerField(db_index=True)
    seq = models.PositiveIntegerField(help_text="the entry with which it came in")
    component = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, db_index=False)
    name = models.CharField(max_length=200, blank=True)
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
