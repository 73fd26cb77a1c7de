"""The boxes of a move's form and of counted papers, filled with what was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.core.agencies.queries import Node
from motcua.core.procedures.declaration import Declaration, EvidenceRule
from motcua.core.staff.people import Person
from motcua.faces.desk.asking import Asked, OfferedLeg
from motcua.faces.desk.ordering import HandedIn, usual_sheets
from motcua.faces.desk.words import language, said, sheet_count
from motcua.faces.ui.boxes import Box, Fault
from motcua.faces.ui.forms import evidence_boxes, with_errors
from motcua.faces.ui.uploads import Uploads
from motcua.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Sheets:
    """One paper as it is handed over a counter: counted sheets, and files where scanned."""

    box: Box
    originals: str
    copies: str
    usual: str
    full: bool

    @property
    def key(self) -> str:
        """The key of the paper."""
        return self.box.name.removeprefix("evidence.")


@dataclass(frozen=True, slots=True)
class MoveForm:
    """A move's form; a part that the move does not ask for is None or empty."""

    words: Box
    officer: Box | None
    agency: Box | None
    tiers: list[tuple[str, list[Node]]]
    legs: Box | None
    offered: list[OfferedLeg]
    chosen: list[str]
    sheets: list[Sheets]
    promised: Box | None = None

    @property
    def boxes(self) -> list[Box]:
        """The boxes in the order of the page."""
        chosen = [self.legs, self.agency, self.officer, self.promised, self.words]
        return [box for box in chosen if box is not None] + [one.box for one in self.sheets]


def move_form(asked: Asked, sent: QueryDict, papers: HandedIn | None) -> MoveForm:
    """Give the boxes that a move asks for."""
    return MoveForm(
        words=Box(
            name="reason",
            label=asked.words.label,
            kind="multiline",
            value=sent.get("reason", ""),
            hint=asked.words.hint,
            required=asked.words.required,
        ),
        officer=_officer(asked, sent) if asked.people else None,
        agency=Box(
            name="agency",
            label=_("Cơ quan nhận bàn giao"),
            kind="choice",
            value=sent.get("agency", ""),
            required=True,
        )
        if asked.tiers
        else None,
        tiers=asked.tiers,
        legs=Box(name="legs", label=_("Nơi lấy ý kiến"), required=True) if asked.legs else None,
        offered=asked.legs,
        chosen=sent.getlist("legs"),
        sheets=sheets_of(asked.evidence, sent, papers, required=False),
        promised=_promised(asked, sent) if asked.promise else None,
    )


def with_problems(
    form: MoveForm, problems: Mapping[str, Refused], declaration: Declaration
) -> MoveForm:
    """Put each problem at its box, with the names that the procedure declares."""

    def told(box: Box | None) -> Box | None:
        problem = problems.get(box.name) if box else None
        return replace(box, error=said(problem, declaration)) if box and problem else box

    words = told(form.words)
    assert words is not None
    return replace(
        form,
        words=words,
        officer=told(form.officer),
        agency=told(form.agency),
        legs=told(form.legs),
        promised=told(form.promised),
        sheets=sheets_with_errors(form.sheets, problems),
    )


def faults(
    boxes: Iterable[Box], problems: Mapping[str, Refused], declaration: Declaration
) -> list[Fault]:
    """Give the error summary: the boxes in order, then what belongs to none of them."""
    drawn = list(boxes)
    names = {box.name for box in drawn} | {box.name.removeprefix("fields.") for box in drawn}
    others = [p for name, p in problems.items() if name not in names]
    return [
        *(Fault(box.id, box.error) for box in drawn if box.error),
        *(Fault("main", said(problem, declaration)) for problem in others),
    ]


def sheets_of(
    rules: Iterable[EvidenceRule],
    sent: QueryDict,
    papers: HandedIn | None,
    *,
    required: bool = True,
) -> list[Sheets]:
    """Give the rows of the papers that can be handed in over a counter."""
    asked = list(rules)
    uploads = papers.uploads if papers else Uploads()
    boxes = evidence_boxes(asked, uploads, language(), required=required)
    return [_sheets(rule, box, sent) for rule, box in zip(asked, boxes, strict=True)]


def sheets_with_errors(rows: Iterable[Sheets], problems: Mapping[str, Refused]) -> list[Sheets]:
    """Put each problem with a paper at its row."""
    given = list(rows)
    boxes = with_errors([row.box for row in given], problems, language())
    return [replace(row, box=box) for row, box in zip(given, boxes, strict=True)]


def _sheets(rule: EvidenceRule, box: Box, sent: QueryDict) -> Sheets:
    return Sheets(
        box=replace(box, hint=rule.note.text(language()) if rule.note else ""),
        originals=sent.get(f"sheets.{rule.key}.originals", ""),
        copies=sent.get(f"sheets.{rule.key}.copies", ""),
        usual=sheet_count(*usual_sheets(rule)),
        full=f"sheets.{rule.key}.full" in sent,
    )


def _promised(asked: Asked, sent: QueryDict) -> Box:
    return Box(
        name="promised",
        label=_("Ngày hẹn trả mới"),
        kind="date",
        hint=asked.promise,
        required=True,
        day=sent.get("promised.day", ""),
        month=sent.get("promised.month", ""),
        year=sent.get("promised.year", ""),
    )


def _officer(asked: Asked, sent: QueryDict) -> Box:
    nobody = _("Không chỉ định: ai giữ vị trí này cũng nhận được")
    return Box(
        name="officer",
        label=_("Giao cho"),
        kind="radio",
        value=sent.get("officer", ""),
        hint=asked.receiver,
        required=True,
        choices=(("", nobody), *((str(one.id), _told(one)) for one in asked.people)),
    )


def _told(person: Person) -> str:
    if person.load is None:
        return person.name
    load = _("đang giữ %(open)s việc, %(late)s quá hạn") % {
        "open": person.load.open,
        "late": person.load.late,
    }
    return f"{person.name} ({load})"
