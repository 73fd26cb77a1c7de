"""The form on which an applicant rates a dossier: the same when tracking and on the tablet."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.core.ratings.criteria import criteria
from motcua.core.ratings.queries import Own
from motcua.faces.ui import forms
from motcua.faces.ui.boxes import Box
from motcua.faces.ui.templatetags.ui import language
from motcua.kernel.errors import Refused


def read_marks(sent: QueryDict) -> dict[str, int]:
    """Read the marks that were chosen; a mark that is no number counts as none."""
    given = {one.key: str(sent.get(f"marks.{one.key}", "")) for one in criteria().criteria}
    return {key: int(text) for key, text in given.items() if text in {"0", "1", "2"}}


def boxes(
    sent: QueryDict, own: Own | None, problems: Mapping[str, Refused] | None = None
) -> tuple[Box, ...]:
    """Give a question for each criterion and one for words, with what was sent or given before."""
    marks = {key: str(points) for key, points in own.marks.items()} if own else {}
    levels = (("2", _("Tốt")), ("1", _("Bình thường")), ("0", _("Chưa tốt")))
    questions = [
        Box(
            name=f"marks.{one.key}",
            label=one.name.text(language()),
            kind="radio",
            choices=levels,
            required=not one.of_agency,
            value=str(sent.get(f"marks.{one.key}", marks.get(one.key, ""))),
        )
        for one in criteria().criteria
    ]
    words = Box(
        name="comment",
        label=_("Điều muốn nói thêm"),
        hint=_("Người đứng đầu cơ quan đọc, không thấy tên bạn. Đừng ghi tên hay số giấy tờ."),
        kind="multiline",
        value=str(sent.get("comment", own.comment if own else "")),
    )
    return forms.with_errors((*questions, words), problems or {}, language())
