"""Papers of a dossier: what was handed in, and what goes out with its proof."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.core.dossiers.handing import RECEIPT, RECEIPT_NAME
from motcua.core.dossiers.models import Paper
from motcua.core.files.models import Evidence
from motcua.core.procedures.declaration import Declaration
from motcua.faces.desk.reading.history import Told
from motcua.faces.desk.words import language, moment, sheet_count
from motcua.faces.ui.papers import told_apart
from motcua.faces.ui.templatetags.ui import file_size

_LOOKS = {
    "image/jpeg": "picture",
    "image/png": "picture",
    "image/heic": "picture",  # sent as JPEG
    "application/pdf": "frame",
}


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """A paper that came in; `file_id` is None for counted sheets alone."""

    name: str
    sheets: str
    file_id: int | None
    file_name: str
    size: str
    came_in: int
    look: str = ""  # how a page shows the file in place: "picture", "frame", or not at all
    is_heic: bool = False


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper that goes out; `chip` is the kind of its state's chip."""

    id: int
    name: str
    chip: str
    state: str
    is_made: bool
    is_proven: bool
    asked: str


def handed_in(
    declaration: Declaration, rows: Iterable[Evidence], *, named: bool = True
) -> list[ShownEvidence]:
    """Give the papers that came in under their declared names; `named`: their files' names too."""
    names = {rule.key: rule.name.text(language()) for rule in declaration.evidence}
    names[RECEIPT] = RECEIPT_NAME.text(language())
    return [_handed(names.get(row.component, row.component), row, named) for row in rows]


def sent_out(
    declaration: Declaration, rows: Iterable[Paper], told: Iterable[Told]
) -> list[ShownPaper]:
    """Give the papers that go out, newest first; a proof is there once the entry is sealed."""
    names = {rule.key: rule.name.text(language()) for rule in declaration.letters}
    names.setdefault("form05", _("Phiếu kiểm soát"))
    names.setdefault("bill", _("Biên lai thu phí, lệ phí"))
    sealed, there = {one.seq for one in told if one.is_sealed}, list(rows)
    titles = told_apart(names.get(row.letter, row.letter) for row in there)
    shown = [
        _paper(title, row, row.made_seq in sealed) for row, title in zip(there, titles, strict=True)
    ]
    return shown[::-1]


def _handed(name: str, row: Evidence, named: bool) -> ShownEvidence:  # noqa: FBT001
    file = row.file
    return ShownEvidence(
        name=name,
        sheets=sheet_count(row.originals, row.copies) or "–",
        file_id=row.pk if file else None,
        file_name=(row.name if named else "") or _("Mở tệp"),
        size=file_size(file.size) if file else "",
        came_in=row.seq,
        look=_LOOKS.get(file.media_type, "") if file else "",
        is_heic=file is not None and file.media_type == "image/heic",
    )


def _paper(name: str, row: Paper, is_proven: bool) -> ShownPaper:  # noqa: FBT001
    if row.file_id is None:
        chip, state = "new", _("Đang lập")
    elif is_proven:
        chip, state = "ok", _("Sẵn sàng, đã niêm phong")
    else:
        chip, state = "soon", _("Sẵn sàng, chưa niêm phong")
    return ShownPaper(
        row.pk, name, chip, state, row.file_id is not None, is_proven, moment(row.asked_at)
    )
