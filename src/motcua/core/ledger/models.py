"""Bút toán and niêm phong: what happened, and the signed roots over it.

Rows only grow: triggers (`guard`) refuse every other change. No foreign key leaves the ledger, so
nothing that happens to another table can touch what was written here.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.core.places import PlaceField, places


class SealColumns(models.Model):
    """What a seal of any book states (see `book`).

    `statement` is the canonical JSON that was signed; the other columns repeat it for reading.
    """

    number = models.BigIntegerField("số niêm phong", primary_key=True)
    size = models.IntegerField("số bút toán")
    root = models.BinaryField("gốc cây băm", max_length=32)
    previous_hash = models.BinaryField("mã băm niêm phong trước", max_length=32)
    hash = models.BinaryField("mã băm", max_length=32)
    signature = models.BinaryField("chữ ký", max_length=64)
    public_key = models.BinaryField("khóa công khai", max_length=32)
    sealed_at = models.DateTimeField("niêm phong lúc")
    statement = models.TextField("nội dung được ký")

    class Meta:
        abstract = True


class Seal(SealColumns):
    """Niêm phong: a signed RFC 6962 root over a stretch of entries, chained to the seal before."""

    class Meta:
        verbose_name = "niêm phong"


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries, found by their stream through the place of their rows."""

    def of(self, stream: int) -> EntryQuerySet:
        """Keep the entries of a stream, in order."""
        return self.filter(pk__range=places(stream)).order_by("pk")


class Entry(models.Model):
    """Bút toán: one act of one stream. `body` is the canonical JSON that was hashed.

    `stream` is the dossier's id; 0 is the house itself. `leaf` is the place in the seal's tree.
    """

    id = PlaceField()  # place(stream, seq)
    stream = models.BigIntegerField("dòng")
    seq = models.IntegerField("thứ tự trong dòng")
    act = models.CharField("hành vi", max_length=64)
    at = models.DateTimeField("xảy ra lúc")
    recorded_at = models.DateTimeField("ghi lúc")
    body = models.TextField("nội dung được băm")
    previous = models.BinaryField("mã băm trước", max_length=32)
    hash = models.BinaryField("mã băm", max_length=32)
    seal = models.ForeignKey(
        Seal, models.PROTECT, null=True, db_index=False, related_name="entries"
    )
    leaf = models.IntegerField("vị trí trong niêm phong", null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "bút toán"
        # Partial indexes: an append touches only the last one.
        constraints = [
            models.UniqueConstraint(
                fields=["seal", "leaf"],
                name="ledger_entry_leaf",
                condition=Q(seal__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"], name="ledger_entry_unsealed", condition=Q(seal__isnull=True)
            ),
            # The acts of the data keeper, few among all.
            models.Index(
                fields=["id"],
                name="ledger_entry_kept",
                condition=Q(act__in=["erase", "hold", "release"]),
            ),
        ]
