"""Counted figures, so that a page of them reads a few rows however many dossiers there are."""

from __future__ import annotations

from django.db import models


class Count(models.Model):
    """Lần tính số liệu: a whole count of the facts, as known at `at` (the cut-off).

    Pages read the latest one that is `done`; one that broke off is swept by the next.
    """

    at = models.DateTimeField("chốt lúc")
    done = models.BooleanField("xong", default=False)


class Figure(models.Model):
    """Số liệu: one cell of a count: a period, an agency (0: all) and a procedure (0: all).

    `waiting` is at the end of the period, or at the cut-off where that comes first; `median` is
    working minutes from reception to the end, without the time that the applicant was awaited.
    `online` are those of the received that applicants filed themselves. `undated` ended without a
    legal limit to measure by; `withdrawn` was taken back.
    """

    count = models.ForeignKey(Count, models.CASCADE, db_index=False)
    kind = models.CharField(max_length=8)
    first = models.DateField("ngày đầu kỳ")
    agency_id = models.BigIntegerField("cơ quan")
    procedure_id = models.BigIntegerField("thủ tục")
    received = models.PositiveIntegerField("tiếp nhận")
    online = models.PositiveIntegerField("nộp trực tuyến", default=0)
    early = models.PositiveIntegerField("trước hạn")
    on_time = models.PositiveIntegerField("đúng hạn")
    late = models.PositiveIntegerField("quá hạn")
    undated = models.PositiveIntegerField("không có hạn")
    withdrawn = models.PositiveIntegerField("rút")
    waiting = models.PositiveIntegerField("đang giải quyết")
    waiting_late = models.PositiveIntegerField("đang giải quyết, quá hạn")
    median = models.PositiveIntegerField("trung vị, phút làm việc", null=True)
    ratings = models.PositiveIntegerField("lượt đánh giá")
    points = models.PositiveIntegerField("điểm đánh giá")
    marks = models.PositiveIntegerField("tiêu chí đã chấm")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["count", "kind", "first", "procedure_id", "agency_id"],
                name="one_figure_per_cell",
            )
        ]
        indexes = [
            models.Index(
                fields=["count", "kind", "agency_id", "procedure_id", "first"],
                name="figures_through_time",
            )
        ]
