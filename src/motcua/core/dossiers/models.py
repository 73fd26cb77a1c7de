"""The dossier and what hangs on it. Hot acts write these tables by SQL; all else by the ORM.

Each index costs every act a page (DESIGN §14): a foreign key has none of its own where a
composite index begins with it or where nothing is ever looked up by it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.core.agencies.models import Agency
from motcua.core.files.models import StoredFile
from motcua.core.people.models import Officer, Party
from motcua.core.places import PlaceField, places
from motcua.core.procedures.models import Version


class Dossier(models.Model):
    """Hồ sơ: a running duty. `seq` counts its ledger entries, `revision` the acts of people.

    A page states the revision it shows; an act of the house (a paper was made) leaves it alone.
    `redated` counts how often a changed calendar moved its dates (None: never): no act writes by
    dates that were moved after it read them.

    `state` is the public state (HANDBOOK §2.6); `step` the engine's place. `due_at` derives from
    the clock segments; `promised_at` is what the printed slip says and changes only by a paper.
    Open buckets are never stored: `bucket` is empty until the result is ready. `answer_by` ends the
    window in which the applicant answers; at `wake_at` the house reminds them, then acts itself.
    """

    lookup = models.CharField(max_length=12, unique=True)
    code = models.CharField(max_length=45, unique=True, null=True)  # noqa: DJ001 - unique, so NULL
    external_source = models.CharField(max_length=30, blank=True)
    external_code = models.CharField(max_length=100, blank=True)
    version = models.ForeignKey(Version, models.PROTECT, db_index=False)
    procedure_id = models.BigIntegerField()
    system = models.CharField(max_length=30)
    state = models.CharField(max_length=20)
    step = models.CharField(max_length=40)
    outcome = models.CharField(max_length=20, blank=True)
    bucket = models.CharField(max_length=8, blank=True)
    marking = models.TextField()
    receiving_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    holding_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    area = models.CharField(max_length=30, blank=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    channel = models.CharField(max_length=12)
    applicant = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="dossiers", db_index=False
    )
    subject = models.CharField(max_length=300, blank=True)
    fields = models.TextField(default="{}")
    salt = models.BinaryField(max_length=16)
    priority = models.PositiveSmallIntegerField(default=0)
    confidentiality = models.CharField(max_length=10, default="normal")
    filed_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    promised_at = models.DateTimeField(null=True)
    paused_since = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    closed = models.BooleanField(default=False)
    answer_by = models.DateTimeField(null=True)
    wake_at = models.DateTimeField(null=True)
    origin = models.CharField(max_length=8, default="live")
    seq = models.PositiveIntegerField()
    revision = models.PositiveIntegerField()
    redated = models.PositiveSmallIntegerField(null=True)
    head = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["external_source", "external_code"],
                condition=~Q(external_code=""),
                name="one_dossier_per_external_code",
            )
        ]
        indexes = [
            models.Index(fields=["holding_agency", "received_at", "id"], name="dossier_by_receipt"),
            models.Index(fields=["applicant", "received_at"], name="dossier_of_applicant"),
            models.Index(
                fields=["wake_at"], condition=Q(wake_at__isnull=False), name="dossier_to_wake"
            ),
        ]


class WorkQuerySet(models.QuerySet["WorkItem"]):
    """Work items, found by their dossier through the place of their rows."""

    def of(self, dossier_id: int) -> WorkQuerySet:
        """Keep the work of a dossier, in the order in which it was opened."""
        return self.filter(pk__range=places(dossier_id)).order_by("pk")


class WorkItem(models.Model):
    """Việc đang làm: a step or a leg held by an agency and a post, with its own deadline.

    Also an interval fact: `began_at`/`ended_at` occurred, the `_recorded` pair when known.
    `calendar_revision` is that of the agency's calendar by which `due_at` was counted (None: the
    first).
    """

    id = PlaceField()  # place(dossier, seq of the act that opened it * 16 + which of the act)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="work_items", db_index=False)
    step = models.CharField(max_length=40)
    leg = models.PositiveSmallIntegerField(null=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    post = models.CharField(max_length=30)
    officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, related_name="+", db_index=False
    )
    began_at = models.DateTimeField()
    began_recorded = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    calendar_revision = models.PositiveSmallIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_recorded = models.DateTimeField(null=True)
    result = models.CharField(max_length=12, blank=True)
    ended_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, related_name="+", db_index=False
    )

    objects = WorkQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["officer", "due_at"],
                condition=Q(ended_at=None, officer__isnull=False),
                name="work_of_officer",
            ),
            models.Index(
                fields=["agency", "post", "due_at"],
                condition=Q(ended_at=None),
                name="work_of_post",
            ),
        ]


class Remark(models.Model):
    """The words of an act (a reason, a reply, what to add): outside the ledger, committed to it."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="remarks")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    text = models.TextField()
    salt = models.BinaryField(max_length=16)


class IndexedField(models.Model):
    """The value of a field that its procedure declares as indexed; publishing never runs DDL."""

    dossier = models.ForeignKey(
        Dossier, models.CASCADE, related_name="indexed_fields", db_index=False
    )
    procedure_id = models.BigIntegerField()
    key = models.CharField(max_length=40)
    text = models.CharField(max_length=200, blank=True)
    number = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "key"], name="one_value_per_indexed_field")
        ]
        indexes = [
            models.Index(fields=["procedure_id", "key", "text"], name="indexed_text"),
            models.Index(fields=["procedure_id", "key", "number"], name="indexed_number"),
            models.Index(fields=["procedure_id", "key", "day"], name="indexed_day"),
        ]


class Paper(models.Model):
    """Văn bản phát hành: a letter that an act asked for, made outside the act by a job.

    `seq` is the entry that asked for it; `made_seq` the entry that recorded its file's hash;
    `edition` that of its template, from when it was made (0: the one that ships).
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="papers", db_index=False)
    seq = models.PositiveIntegerField()
    letter = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, db_index=False)
    made_at = models.DateTimeField(null=True)
    made_seq = models.PositiveIntegerField(null=True)
    edition = models.PositiveIntegerField("bản mẫu văn bản", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "seq", "letter"], name="one_paper_per_act")
        ]


class Tie(models.Model):
    """Hồ sơ liên quan: a dossier that hangs on another one, `of`.

    A complaint is about the handling of that dossier; a part is a linked procedure that it opened,
    under the `key` that its declaration gives the part.
    """

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", "Khiếu nại, phản ánh"
        PART = "part", "Thủ tục liên thông"

    dossier = models.OneToOneField(Dossier, models.CASCADE, primary_key=True, related_name="tie")
    of = models.ForeignKey(Dossier, models.PROTECT, related_name="ties")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["of", "key"], condition=Q(kind="part"), name="one_dossier_per_part"
            )
        ]


class CodeCounter(models.Model):
    """The last number given by a receiving agency on a day (codes restart daily, §2.5)."""

    id = PlaceField()  # place(agency, ordinal of the day)
    last = models.PositiveIntegerField()
