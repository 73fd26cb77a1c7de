"""What is kept of a take-over beside the dossiers: whence, the case's digest, the events' words."""

from __future__ import annotations

from django.db import models

from motcua.core.dossiers.models import Dossier
from motcua.core.places import PlaceField


class Source(models.Model):
    """Hệ thống nguồn: another system, with the mapping and the columns its files came with.

    `columns` is a JSON list of column names in the order of the file; `id_column` names the one
    that holds a case's own code. An export gives back exactly these columns. `types` is a JSON
    object: the type that an event log stated for a column, where it was not text.
    """

    name = models.CharField("tên nguồn", max_length=30, unique=True)
    mapping = models.TextField("tệp ánh xạ")
    columns = models.TextField("các cột")
    types = models.TextField("kiểu của các cột", default="{}")
    id_column = models.CharField("cột mã hồ sơ", max_length=200)
    delimiter = models.CharField(max_length=1, default=",")
    quote = models.CharField(max_length=1, default='"')
    taken_at = models.DateTimeField("tiếp nhận lúc")


class Case(models.Model):
    """Hồ sơ tiếp nhận: one dossier of a source, with the SHA-256 of everything its rows said.

    An equal digest makes a second run change nothing; another one is refused, never overwritten.
    The case's attributes lie in the dossier's `fields`, under the names of their columns.
    """

    dossier = models.OneToOneField(
        Dossier, models.PROTECT, primary_key=True, related_name="taken_over"
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="cases")
    digest = models.BinaryField(max_length=32)


class Event(models.Model):
    """Sự kiện tiếp nhận: one event as its row told it; the ledger holds a commitment to `cells`.

    The resource and group of an event name another system's staff, so they stay here, outside the
    ledger: destroying `salt` and `cells` erases them and leaves the chain whole.
    """

    id = PlaceField()  # place(dossier, seq of its ledger entry)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="events", db_index=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="events", db_index=False)
    code = models.CharField("mã sự kiện", max_length=100)
    at = models.DateTimeField("xảy ra lúc")
    cells = models.TextField("các ô")
    salt = models.BinaryField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "code"], name="one_event_per_source_code")
        ]
