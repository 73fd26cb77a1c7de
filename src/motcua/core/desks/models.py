"""What an officer keeps for the desk itself: filters under a name, and a switch."""

from __future__ import annotations

from django.db import models

from motcua.core.agencies.models import Agency
from motcua.core.people.models import Officer


class SavedFilter(models.Model):
    """Bộ lọc đã lưu: the address of a list without its words, under a name its owner gave it.

    With `agency` the colleagues there see it too; `is_default` is what its owner's page opens with.
    """

    class Page(models.TextChoices):
        WORK = "work", "Việc của tôi"
        UNIT_WORK = "unit_work", "Việc của đơn vị"
        LIST = "list", "Hồ sơ"

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, models.CASCADE, null=True, related_name="+")
    page = models.CharField(max_length=10, choices=Page.choices)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=300)
    is_default = models.BooleanField(default=False)

    class Meta:
        verbose_name = "bộ lọc đã lưu"
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "page", "name"], name="one_saved_filter_per_name"
            )
        ]


class KeysOff(models.Model):
    """Tắt phím tắt: a row for each officer who switched the keys of the desk off."""

    officer = models.OneToOneField(Officer, models.CASCADE, primary_key=True, related_name="+")

    class Meta:
        verbose_name = "tắt phím tắt"
