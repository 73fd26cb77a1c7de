"""The catalogue: what the state publishes of each procedure, and how its service went online.

A published edition never changes again; a trigger refuses it whoever asks (migration `0001`).
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from motcua.core.agencies.models import Agency
from motcua.core.catalogue.content import Form
from motcua.core.catalogue.levels import NAMES
from motcua.core.procedures.declaration import Mark

_FORMS = [(Form.FACTS.value, "Dữ kiện tổng hợp"), (Form.NATIONAL.value, "Trang của CSDL quốc gia")]
_LEVELS = [(level, vi) for level, (vi, _) in NAMES.items()]
_MARKS = [
    (Mark.CONFIRMED.value, "Đã có văn bản"),
    (Mark.UNCONFIRMED.value, "Chưa có văn bản xác nhận"),
    (Mark.SAMPLE.value, "Đặt ra để dùng thử"),
]


class Listing(models.Model):
    """Mục của danh mục: one procedure, under the key by which pages and programs know it.

    The key is the code where there is one. ``procedure`` is the code of the procedure that runs it
    here, empty where none does. ``name`` and ``folded`` are those of the edition that stands: the
    published one, else the newest. ``name_key`` sorts by the Vietnamese alphabet.
    """

    key = models.CharField("mã mục", max_length=80, unique=True)
    code = models.CharField("mã thủ tục", max_length=40, blank=True)
    procedure = models.CharField("mã thủ tục chạy ở đây", max_length=40, blank=True)
    name = models.CharField("tên thủ tục", max_length=1000)
    group = models.CharField("nhóm, lĩnh vực", max_length=300, blank=True)
    published = models.BooleanField("đã công bố", default=False)
    name_folded = models.TextField("tên để tìm")
    folded = models.TextField("từ để tìm")
    name_key = models.BinaryField("khóa xếp thứ tự", default=b"")

    class Meta:
        indexes = [models.Index(fields=["published", "key"], name="listing_published")]


class Edition(models.Model):
    """Bản công bố: everything the source says, as JSON with its SHA-256 (see `content`)."""

    class State(models.TextChoices):
        DRAFT = "draft", "Bản thảo"
        PUBLISHED = "published", "Đã công bố"
        RETIRED = "retired", "Hết hiệu lực"
        DROPPED = "dropped", "Đã bỏ"

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField("số bản")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    form = models.CharField("mẫu nguồn", max_length=10, choices=_FORMS)
    body = models.TextField("nội dung")
    digest = models.BinaryField(max_length=32)
    drafted_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=60, blank=True)
    document = models.CharField("văn bản công bố", max_length=200, blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listing", "number"], name="one_edition_number"),
            models.UniqueConstraint(
                fields=["listing"],
                condition=Q(state="published"),
                name="one_published_edition",
            ),
        ]


class Proposal(models.Model):
    """Bản trình: an edition that an officer prepares and a head decides on.

    ``base`` is the number of the edition it was prepared from, ``revision`` counts what was written
    since. ``digest`` is what was signed: another content than that never comes into force.
    ``agency`` is where it was prepared: its heads, and those above it, decide.
    """

    class State(models.TextChoices):
        EDITING = "editing", "Đang soạn"
        SUBMITTED = "submitted", "Chờ người đứng đầu quyết định"
        SIGNED = "signed", "Đã ký, chờ ngày hiệu lực"
        DONE = "done", "Đã công bố"
        DROPPED = "dropped", "Đã bỏ"

    OPEN = (State.EDITING, State.SUBMITTED, State.SIGNED)

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="proposal")
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="proposals")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.EDITING)
    base = models.PositiveIntegerField("soạn từ bản số")
    revision = models.PositiveIntegerField("lần ghi", default=1)
    prepared_by = models.CharField("người soạn", max_length=60)
    prepared_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.CharField("người quyết định", max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField("lý do trả lại", max_length=1000, blank=True)
    document = models.CharField("văn bản công bố", max_length=200, blank=True)
    since = models.DateField("có hiệu lực từ ngày", null=True)
    digest = models.BinaryField("nội dung đã ký", max_length=32, default=b"")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["listing"],
                condition=Q(state__in=["editing", "submitted", "signed"]),
                name="one_open_proposal",
            )
        ]


class ServiceLevel(models.Model):
    """Mức độ dịch vụ công trực tuyến, from one day until another."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="levels")
    level = models.CharField(max_length=4, choices=_LEVELS)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    mark = models.CharField(max_length=12, choices=_MARKS)
    source = models.CharField("nguồn", max_length=600)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["listing"], condition=Q(valid_to__isnull=True), name="one_open_level"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="level_ends_after_it_begins",
            ),
        ]


class Referral(models.Model):
    """Dịch vụ của bộ, ngành: a service run elsewhere, taken into the catalogue by reference."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="referrals")
    run_by = models.CharField("cơ quan vận hành", max_length=300)
    filed_at = models.CharField("nơi nộp", max_length=500)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    document = models.CharField("văn bản", max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["listing"], condition=Q(valid_to__isnull=True), name="one_open_referral"
            )
        ]


class ReferredCount(models.Model):
    """Số hồ sơ một tháng, as whoever runs the service told it; what was told last stands."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="counts")
    month = models.DateField("tháng (ngày đầu)")
    received = models.PositiveIntegerField("số hồ sơ tiếp nhận")
    document = models.CharField("văn bản báo cáo", max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=60)
