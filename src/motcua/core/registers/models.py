"""Sổ đăng ký: records as they stand, their versions, what is indexed of them, and imports.

Which registers there are, and of what parts, their files say (`declaration`): publishing one never
changes a table.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.core.agencies.models import Agency
from motcua.core.places import PlaceField


class Record(models.Model):
    """Bản ghi: a thing of a register as it is now, by its last version.

    `natural` is the folded natural key. `values` is JSON with secret ones sealed, `geometry` the
    GeoJSON of its shape or empty. `search` holds the folded words that every reader finds, `hidden`
    those of personal values. `asked`, `filled` and `broken` (keys of rules between commas) are what
    was measured under the declaration `measured`; `confirmed_on` is the last day on which somebody
    said that it is so. `metres` is the length of a line; `west`, `south`, `east`, `north` bound any
    shape in ten-millionths of a degree (`kernel.geometry`); empty without one. `erased`: its
    content was erased, and it was not taken into use again since.
    """

    register = models.CharField("sổ đăng ký", max_length=40)
    natural = models.CharField("khóa", max_length=500)
    title = models.CharField("tên", max_length=300)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField("số phiên bản", default=1)
    values = models.TextField("giá trị")
    geometry = models.TextField("vị trí", blank=True)
    metres = models.FloatField("chiều dài (m)", null=True)
    west = models.IntegerField(null=True)
    south = models.IntegerField(null=True)
    east = models.IntegerField(null=True)
    north = models.IntegerField(null=True)
    search = models.TextField()
    hidden = models.TextField(blank=True)
    since = models.DateField("đúng từ ngày")
    retired = models.BooleanField("đã ngừng", default=False)
    erased = models.BooleanField("đã xóa nội dung", default=False)
    recorded_at = models.DateTimeField("ghi lúc")
    confirmed_on = models.DateField("xác nhận ngày")
    asked = models.PositiveSmallIntegerField(default=0)
    filled = models.PositiveSmallIntegerField(default=0)
    broken = models.CharField("quy tắc vi phạm", max_length=500, blank=True)
    measured = models.CharField(max_length=16)

    class Meta:
        verbose_name = "bản ghi"
        constraints = [
            models.UniqueConstraint(fields=["register", "natural"], name="one_record_per_key")
        ]
        indexes = [
            models.Index(fields=["register", "retired", "id"], name="record_of_register"),
            models.Index(fields=["register", "agency", "retired", "id"], name="record_of_agency"),
            models.Index(
                fields=["register", "agency", "id"],
                name="record_unclean",
                condition=~Q(broken="") & Q(retired=False),
            ),
        ]


class RecordVersion(models.Model):
    """Phiên bản: what an act said of a record, from the day `since` on, as of `recorded_at`.

    It paints over all that was said before of that day and later (ADR 0039). `salt` keeps the
    commitment of its entry, which stands at the same place of the ledger.
    """

    id = PlaceField()  # place(record, number)
    act = models.CharField("hành vi", max_length=20)
    actor = models.CharField("người thực hiện", max_length=60)
    since = models.DateField("đúng từ ngày")
    recorded_at = models.DateTimeField("ghi lúc")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    values = models.TextField("giá trị")
    geometry = models.TextField("vị trí", blank=True)
    retired = models.BooleanField("đã ngừng", default=False)
    reason = models.CharField("lý do", max_length=500, blank=True)
    salt = models.BinaryField(max_length=16)

    class Meta:
        verbose_name = "phiên bản"


class RecordIndex(models.Model):
    """The value of a field that its register declares as indexed."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="index", db_index=False)
    register = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    text = models.CharField(max_length=200, blank=True)
    number = models.BigIntegerField(null=True)
    day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "key"], name="one_value_per_record_and_key")
        ]
        indexes = [
            models.Index(fields=["register", "key", "text"], name="record_text"),
            models.Index(fields=["register", "key", "number"], name="record_number"),
            models.Index(fields=["register", "key", "day"], name="record_day"),
        ]


class RecordLink(models.Model):
    """That a record names another one."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="links", db_index=False)
    key = models.CharField(max_length=40)
    target = models.ForeignKey(Record, models.PROTECT, related_name="named_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "key"], name="one_target_per_reference")
        ]


class RecordImport(models.Model):
    """A file that an officer looks at before it is taken in; its bytes go when that is done.

    `report` is JSON: the counts, and each row that would be new, changed or refused. `photos` is
    JSON: which photos came with it, as they lie in the store; empty where none came.
    """

    code = models.CharField(max_length=32, unique=True)
    register = models.CharField(max_length=40)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    officer_id = models.BigIntegerField()
    asked_at = models.DateTimeField()
    until_at = models.DateTimeField()
    name = models.CharField("tên tệp", max_length=200)
    digest = models.BinaryField(max_length=32)
    body = models.BinaryField(default=b"")
    photos = models.TextField("ảnh kèm", default="", blank=True)
    report = models.TextField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "tệp nhập"
        indexes = [models.Index(fields=["officer_id", "id"], name="record_import_by_officer")]
