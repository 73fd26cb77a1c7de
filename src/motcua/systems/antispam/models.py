"""What registers and dossiers do not say: rounds of a number, photos, letters and their annexes."""

from __future__ import annotations

from django.db import models

from motcua.core.agencies.models import Agency
from motcua.core.dossiers.models import Dossier
from motcua.core.files.models import StoredFile
from motcua.core.official.models import OutgoingDocument
from motcua.core.registers.models import Record


class Case(models.Model):
    """Vụ việc: one round against one number; everything else of it is the dossier's."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="+")
    number = models.CharField("số điện thoại", max_length=20)
    round = models.PositiveSmallIntegerField("lần xử lý")

    class Meta:
        verbose_name = "vụ việc"
        constraints = [models.UniqueConstraint(fields=["number", "round"], name="one_case_a_round")]


class CaseSighting(models.Model):
    """That a sighting is dealt with in a case."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="sightings")


class SightingPhoto(models.Model):
    """Ảnh: what was photographed where a number was seen."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", db_index=False)


class Letter(models.Model):
    """Công văn: the official document that asks one operator to suspend the numbers of its annex.

    Number and day are the document's; `sent_on` is that day, once its cases have gone on.
    """

    document = models.OneToOneField(OutgoingDocument, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    operator = models.CharField("doanh nghiệp", max_length=40)
    made_at = models.DateTimeField("dự thảo lúc")
    sent_on = models.DateField("ngày gửi", null=True)
    answer_by = models.DateField("hạn trả lời", null=True)

    class Meta:
        verbose_name = "công văn"


class LetterItem(models.Model):
    """A line of an annex, in its order; `open` while the number waits for this letter's answer.

    A case stands in one open line at most.
    """

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="items", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="items")
    line = models.PositiveIntegerField("TT")
    result = models.CharField("kết quả", max_length=12, blank=True)
    result_on = models.DateField("ngày", null=True)
    open = models.BooleanField(default=True)

    class Meta:
        verbose_name = "dòng danh sách"
        constraints = [
            models.UniqueConstraint(fields=["letter", "line"], name="one_case_a_line"),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(open=True), name="one_open_line_a_case"
            ),
        ]
