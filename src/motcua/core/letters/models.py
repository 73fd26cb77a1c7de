"""Editions of letter templates that the city writes itself; the one that ships is number 0.

A published edition never changes again; a trigger refuses it whoever asks (migration `0002`).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class LetterEdition(models.Model):
    """Bản mẫu văn bản: a template as it was written once, whole.

    `text` is the letter's own template, `shared` its copy of the parts that letters share, so that
    nothing outside the row changes what is set from it. `base` is the edition it was begun from;
    `revision` counts what was written since. It is in force from `in_force_at` until another is.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Đang soạn"
        PUBLISHED = "published", "Đã công bố"
        DROPPED = "dropped", "Đã bỏ"

    system = models.CharField("hệ thống", max_length=40)
    letter = models.CharField("mẫu văn bản", max_length=40)
    number = models.PositiveIntegerField("số bản")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    text = models.TextField("mẫu")
    shared = models.TextField("phần dùng chung")
    digest = models.BinaryField(max_length=32)
    base = models.PositiveIntegerField("soạn từ bản số")
    revision = models.PositiveIntegerField("lần ghi", default=1)
    written_by = models.CharField("người soạn", max_length=60)
    written_at = models.DateTimeField()
    published_by = models.CharField("người công bố", max_length=60, blank=True)
    published_at = models.DateTimeField(null=True)
    document = models.CharField("văn bản công bố", max_length=200, blank=True)
    since = models.DateField("có hiệu lực từ ngày", null=True)
    in_force_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["system", "letter", "number"], name="one_letter_edition_number"
            ),
            models.UniqueConstraint(
                fields=["system", "letter"],
                condition=Q(state="draft"),
                name="one_letter_draft",
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | (Q(published_at__isnull=False) & Q(in_force_at__isnull=False)),
                name="published_letter_has_its_day",
            ),
        ]
