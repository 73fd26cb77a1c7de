"""An edition in preparation as its form: for each value its lines, its source, how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.core.catalogue import wording
from motcua.core.catalogue.checks import REQUIRED
from motcua.core.catalogue.content import Content
from motcua.core.catalogue.names import column_of, name_of
from motcua.core.catalogue.proposing import Written, writable
from motcua.core.procedures.declaration import Mark
from motcua.faces.desk.words import language
from motcua.faces.ui.boxes import Box

SURE, UNSURE = "1", "0"
_OURS = "group"
_SHORT = {"code", "group", "field", "level", "decision", "short_name"}


@dataclass(frozen=True, slots=True)
class Part:
    """A value: what it is called, its boxes, and what keeps the edition back there."""

    name: str
    called: str
    boxes: tuple[Box, ...]
    gaps: tuple[str, ...]


def parts(
    content: Content,
    sent: QueryDict | None,
    gaps: Mapping[str, tuple[str, ...]],
    errors: Mapping[str, str],
) -> tuple[Part, ...]:
    """Give the form: filled with what was sent, else with what the edition says."""
    return tuple(
        Part(
            name,
            name_of(name).text(language()),
            tuple(_boxes(content, name, sent, errors)),
            gaps.get(name, ()),
        )
        for name in writable(content)
    )


def _boxes(
    content: Content, name: str, sent: QueryDict | None, errors: Mapping[str, str]
) -> Iterator[Box]:
    value = content.values.get(name)
    shown = wording.words(content.form, name, value.said if value else None)
    source = value.source if value else ""
    sure = SURE if value is not None and value.mark is Mark.CONFIRMED else UNSURE
    required = name in ("code", *REQUIRED[content.form])
    yield Box(
        name=f"{name}.text",
        label=_("Nội dung"),
        kind="text" if name in _SHORT else "multiline",
        value=sent.get(f"{name}.text", "") if sent else shown,
        hint=_hint(content, name),
        error=errors.get(name, ""),
        required=required,
    )
    if name == _OURS:
        return
    yield Box(
        name=f"{name}.source",
        label=_("Nguồn"),
        value=sent.get(f"{name}.source", "") if sent else source,
        hint=_("Văn bản, điều khoản hoặc trang đã đọc, ví dụ Điều 9 Nghị định 47/2011/NĐ-CP"),
        error=errors.get(f"{name}.source", ""),
        required=required,
    )
    yield Box(
        name=f"{name}.sure",
        label=_("Mức chắc chắn"),
        kind="radio",
        value=sent.get(f"{name}.sure", UNSURE) if sent else sure,
        choices=((SURE, _("Đã đọc trong văn bản nêu ở trên")), (UNSURE, _("Chưa có văn bản"))),
        required=True,
    )


def _hint(content: Content, name: str) -> str:
    if name == "time_limit":
        return _("Mỗi dòng một thời hạn, ví dụ “10 ngày làm việc”, “Trực tiếp: 3 ngày làm việc”")
    if named := wording.columns(content.form, name):
        columns = " | ".join(column_of(key).text(language()) for key in named)
        return _("Mỗi dòng một mục: %s") % columns
    return _("Mỗi dòng một mục") if wording.is_listed(content.form, name) else ""


def written(content: Content, sent: QueryDict) -> dict[str, Written]:
    """Read the form back; a value whose box was not sent is left alone."""
    return {
        name: Written(
            sent.get(f"{name}.text", ""),
            sent.get(f"{name}.source", ""),
            confirmed=sent.get(f"{name}.sure") == SURE,
        )
        for name in writable(content)
        if f"{name}.text" in sent
    }
