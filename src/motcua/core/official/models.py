"""Văn bản đi and văn bản đến as they stand, what was done to them, and the books of numbers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.core.agencies.models import Agency
from motcua.core.dossiers.models import Dossier
from motcua.core.files.models import StoredFile
from motcua.core.official.kinds import COPIES
from motcua.core.official.rules import State
from motcua.core.people.models import Officer
from motcua.core.places import PlaceField


class NumberBook(models.Model):
    """Sổ cấp số: the last number that an agency gave in one book and year, and on which day."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    book = models.CharField("sổ", max_length=10)
    year = models.PositiveSmallIntegerField("năm")
    last = models.PositiveIntegerField("số cuối")
    last_on = models.DateField("ngày của số cuối")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "book", "year"], name="one_book_of_numbers")
        ]


class AgencySigns(models.Model):
    """Ký hiệu cơ quan: what stands for an agency behind its numbers, from a day on.

    An agency without a row is signed for by the first letters of its name (`rules.abbreviation`).
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    signs = models.CharField("ký hiệu", max_length=20)
    valid_from = models.DateField("từ ngày")
    document = models.CharField("căn cứ", max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "valid_from"], name="one_sign_from_a_day")
        ]


class OutgoingDocument(models.Model):
    """Văn bản đi: a document of an agency, from its draft to what became of it.

    `content` is JSON (see `content`). `revision` counts its acts, as its stream in the ledger does.
    `number`, `year` and `issued_on` are there from the moment in which it is numbered; `signs` are
    what stands behind the number. `about` is the earlier document that it revokes, replaces or
    updates (`effect`) when it is issued; `ended_by` the one that did so to it. A copy (see
    `kinds.COPIES`) names what it was made of, `copied` or `copied_arrival`, and `parts`: which
    paragraphs or pages of it, `2,4`; none: all.
    """

    class Effect(models.TextChoices):
        REVOKE = "revoke", "Thu hồi"
        REPLACE = "replace", "Thay thế"
        UPDATE = "update", "Sửa đổi, bổ sung"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField("loại văn bản", max_length=10)
    abstract = models.CharField("trích yếu", max_length=500)
    content = models.TextField("nội dung")
    search = models.TextField()
    urgency = models.PositiveSmallIntegerField("độ khẩn", default=0)
    unit = models.CharField("ký hiệu đơn vị soạn thảo", max_length=20, blank=True)
    signer = models.ForeignKey(Officer, models.PROTECT, related_name="+", db_index=False)
    authority = models.CharField("quyền hạn", max_length=4, blank=True)
    position = models.CharField("chức vụ người ký", max_length=100)
    state = models.CharField(
        max_length=10, choices=[(one.value, one.name) for one in State], default=State.DRAFT
    )
    revision = models.PositiveIntegerField("lần ghi", default=1)
    drafted_by = models.CharField("người soạn thảo", max_length=60)
    drafted_at = models.DateTimeField()
    reviewed_by = models.CharField("người soát xét", max_length=60, blank=True)
    signing_at = models.DateTimeField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField("số", null=True)
    signs = models.CharField("ký hiệu", max_length=60, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True)
    numbered_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True)
    about = models.ForeignKey("self", models.PROTECT, null=True, related_name="named_by")
    effect = models.CharField(max_length=8, choices=Effect.choices, blank=True)
    ended_by = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_index=False
    )
    copied = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")
    copied_arrival = models.ForeignKey(
        "IncomingDocument", models.PROTECT, null=True, related_name="copies"
    )
    parts = models.CharField("phần được trích", max_length=200, blank=True)
    sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = "văn bản đi"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "number"],
                name="one_copy_per_number",
                condition=Q(kind__in=sorted(COPIES)),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(COPIES), copied__isnull=False, copied_arrival=None)
                | Q(kind__in=sorted(COPIES), copied=None, copied_arrival__isnull=False)
                | (~Q(kind__in=sorted(COPIES)) & Q(copied=None, copied_arrival=None)),
                name="copy_has_one_source",
            ),
            models.UniqueConstraint(
                fields=["agency", "kind", "year", "number"],
                name="one_document_per_number",
                condition=Q(number__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "reviewed", "signing", "signed", "dropped"])
                | Q(number__isnull=False, year__isnull=False, issued_on__isnull=False),
                name="numbered_document_has_its_number",
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "id"], name="document_of_agency")]


class DocumentFile(models.Model):
    """Tệp đã ký: the exact bytes of a document after a signature, and whose it was."""

    class Stage(models.TextChoices):
        SIGNED = "signed", "Chữ ký số cá nhân"
        ISSUED = "issued", "Chữ ký số cơ quan"

    document = models.ForeignKey(OutgoingDocument, models.PROTECT, related_name="files")
    stage = models.CharField(max_length=8, choices=Stage.choices)
    seq = models.PositiveIntegerField(help_text="the entry that recorded it")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(stage="issued"),
                name="one_issued_file_per_document",
            )
        ]


class Recipient(models.Model):
    """Nơi nhận: who a document goes to (`to`: kính gửi) or who is told of it (`copy`)."""

    class Way(models.TextChoices):
        TO = "to", "Kính gửi"
        COPY = "copy", "Nơi nhận"

    document = models.ForeignKey(OutgoingDocument, models.CASCADE, related_name="recipients")
    way = models.CharField(max_length=4, choices=Way.choices)
    name = models.CharField("nơi nhận", max_length=200)
    email = models.CharField("thư điện tử", max_length=200, blank=True)
    returned_at = models.DateTimeField("bị trả lại lúc", null=True)
    returned_why = models.CharField("lý do trả lại", max_length=500, blank=True)


class DocumentDossier(models.Model):
    """Hồ sơ của văn bản: a dossier to which an outgoing document belongs."""

    document = models.ForeignKey(OutgoingDocument, models.CASCADE, related_name="dossiers")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "dossier"], name="one_tie_to_a_dossier")
        ]


class IncomingDocument(models.Model):
    """Văn bản đến: what came in from elsewhere, with its arrival number, and who handles it.

    `sender` is an e-mail address of who sent it, told when the document is refused.
    """

    class State(models.TextChoices):
        REGISTERED = "registered", "Đã vào sổ"
        ASSIGNED = "assigned", "Đã giao xử lý"
        DONE = "done", "Đã xử lý xong"
        REFUSED = "refused", "Đã từ chối, trả lại"

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số đến")
    arrived_on = models.DateField("ngày đến")
    author = models.CharField("tác giả", max_length=200)
    signs = models.CharField("số, ký hiệu", max_length=60)
    dated = models.DateField("ngày văn bản", null=True)
    abstract = models.CharField("trích yếu", max_length=500)
    due_on = models.DateField("hạn xử lý", null=True)
    search = models.TextField()
    urgency = models.PositiveSmallIntegerField("độ khẩn", default=0)
    sender = models.CharField("thư điện tử nơi gửi", max_length=200, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", db_index=False
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.REGISTERED)
    revision = models.PositiveIntegerField("lần ghi", default=1)
    registered_at = models.DateTimeField()
    handler = models.ForeignKey(
        Officer, models.PROTECT, null=True, related_name="+", verbose_name="người xử lý"
    )
    done_at = models.DateTimeField(null=True)
    sample = models.BooleanField(default=False)

    class Meta:
        verbose_name = "văn bản đến"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "number"], name="one_arrival_per_number"
            )
        ]
        indexes = [models.Index(fields=["agency", "state", "id"], name="arrival_of_agency")]


class DocumentAct(models.Model):
    """Việc đã làm: an act on a document, at the place of its entry in the ledger.

    `salt` keeps the commitment of the entry to `reason` and to what the document then said.
    """

    id = PlaceField()  # place(stream of the document, revision)
    act = models.CharField("hành vi", max_length=20)
    actor = models.CharField("người thực hiện", max_length=60)
    at = models.DateTimeField()
    reason = models.CharField("lý do", max_length=500, blank=True)
    salt = models.BinaryField(max_length=16)
