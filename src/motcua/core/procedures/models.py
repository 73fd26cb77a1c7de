"""Procedures and their versions. A version that was published never changes again.

The tables' own trigger refuses such a change whoever asks (migration ``0002``); the guards here
refuse it earlier and in words.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from motcua.kernel.errors import Refused


class VersionFrozen(Refused):
    """A published or retired version is kept as it is: dossiers run under it."""

    code = "procedures.version_frozen"
    vi = "Phiên bản đã công bố không được sửa hoặc xóa; hãy lập bản thảo mới."
    en = "A published version is neither changed nor deleted; make a new draft."
    status = 409


class Procedure(models.Model):
    """Thủ tục: its code and the names under which it is found."""

    code = models.CharField("mã thủ tục", max_length=40, unique=True)
    system = models.CharField("hệ thống", max_length=30, db_index=True)
    name_vi = models.CharField("tên thủ tục", max_length=600)
    name_en = models.CharField("tên tiếng Anh", max_length=600)
    folded = models.TextField("từ để tìm")


class VersionQuerySet(models.QuerySet["Version"]):
    """Keeps published versions from being deleted."""

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete drafts; raises `VersionFrozen` if any other version is among them."""
        if self.exclude(state=Version.State.DRAFT).exists():
            raise VersionFrozen
        return super().delete()


class Version(models.Model):
    """Phiên bản: the file as it was loaded and what it says, as canonical JSON with its SHA-256."""

    class State(models.TextChoices):
        DRAFT = "draft", "Bản thảo"
        PUBLISHED = "published", "Đã công bố"
        RETIRED = "retired", "Hết hiệu lực"

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("số phiên bản")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    source = models.TextField("tệp nguồn")
    body = models.TextField("nội dung")
    digest = models.BinaryField(max_length=32)
    drafted_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=60, blank=True)
    retired_at = models.DateTimeField(null=True)
    retired_by = models.CharField(max_length=60, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="one_version_number"),
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(state="published"),
                name="one_published_version",
            ),
        ]

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:  # noqa: ANN401
        """Delete a draft; raises `VersionFrozen` for any other version."""
        if self.state != self.State.DRAFT:
            raise VersionFrozen
        return super().delete(*args, **kwargs)


class PublishedMap(models.Model):
    """Bảng chuyển phiên bản: what everything of one version becomes in a newer one.

    An entry of the house tells each, with the digest of its text; none is ever changed.
    """

    source = models.ForeignKey(Version, models.PROTECT, related_name="maps_from")
    target = models.ForeignKey(Version, models.PROTECT, related_name="maps_to")
    text = models.TextField("tệp nguồn")
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="one_map_between_versions")
        ]
