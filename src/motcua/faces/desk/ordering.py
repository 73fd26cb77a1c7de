"""From what an officer sent to what the acts take: numbers, counted sheets, an order."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from motcua.core.agencies.queries import UnknownAgency
from motcua.core.dossiers import evidence
from motcua.core.dossiers.moving import AgencyGone, NotInThatPost
from motcua.core.dossiers.orders import Filing, Handed, MoveOrder
from motcua.core.dossiers.plan import AgencyMissing
from motcua.core.dossiers.promising import (
    PromiseDayOff,
    PromiseMissing,
    PromiseTooEarly,
    PromiseTooFar,
)
from motcua.core.dossiers.rules import NotInTheirName
from motcua.core.people import parties
from motcua.core.procedures.declaration import Declaration, EvidenceRule
from motcua.core.procedures.fields import validate
from motcua.faces.ui.forms import whole_number
from motcua.faces.ui.uploads import Uploads, counted, read_uploads
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.flow.definition import Kind, Move
from motcua.kernel.flow.engine import BadLegs, ReasonMissing
from motcua.kernel.vietnamese import ControlCharacter, TooLong

_MAX_DIGITS = 9  # of a day or a count that somebody types


class NotACount(Refused):
    """A number of sheets that is none."""

    code = "desk.not_a_count"
    vi = "Số bản phải là số nguyên, ví dụ 1."
    en = "The number of sheets is a whole number, for example 1."


class NotADay(Refused):
    """Three numbers that are no day of any calendar."""

    code = "desk.not_a_day"
    vi = "Ghi ngày, tháng, năm có thật, ví dụ 1 12 2026."
    en = "Write a day, month and year that exist, for example 1 12 2026."


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Papers read off a form: files with those kept, sheets, and faults by `evidence.KEY`."""

    uploads: Uploads
    papers: tuple[Handed, ...]
    problems: dict[str, Refused]


def handed_in(request: HttpRequest, declaration: Declaration) -> HandedIn:
    """Read counted sheets and files of every declared paper; what is blank was not handed in."""
    uploads = read_uploads(request, [rule.key for rule in declaration.evidence])
    problems: dict[str, Refused] = dict(uploads.problems)
    sheets: dict[str, tuple[int, int]] = {}
    for rule in declaration.evidence:
        try:
            sheets[rule.key] = _sheets(request.POST, rule)
        except NotACount as refusal:
            problems[f"evidence.{rule.key}"] = refusal
    return HandedIn(uploads, counted(uploads, sheets), problems)


def filing_problems(
    declaration: Declaration, filing: Filing, *, on: datetime.date
) -> dict[str, Refused]:
    """Tell what is wrong with a filing whose papers could not all be read: all of it at once."""
    found = evidence.faults(declaration, filing.evidence, complete=True)
    for check in (
        lambda: parties.stated(filing.applicant, on=on),
        lambda: validate(declaration, filing.fields, on=on),
    ):
        try:
            check()
        except Invalid as invalid:
            found |= invalid.problems
    return found


def order_of(sent: QueryDict, move: Move, papers: HandedIn | None) -> MoveOrder:
    """Read the order of a move; raises `Invalid` where its papers cannot be taken."""
    if papers is not None and papers.problems:
        raise Invalid(papers.problems)
    return MoveOrder(
        move=move.key,
        reason=sent.get("reason", ""),
        officer_id=number(sent, "officer"),
        agency_id=number(sent, "agency") if move.kind is Kind.HAND_OVER else None,
        legs=tuple(sent.getlist("legs")),
        leg=number(sent, "leg"),
        evidence=papers.papers if papers else (),
        promised=day_in(sent, "promised") if move.kind is Kind.APOLOGISE else None,
    )


def day_in(sent: QueryDict, name: str) -> datetime.date | None:
    """Read a day of three boxes, None where all are empty; raises `Invalid` for what is none."""
    parts = [sent.get(f"{name}.{part}", "").strip() for part in ("day", "month", "year")]
    if not any(parts):
        return None
    day, month, year = (_digits(part, otherwise=0) for part in parts)
    try:
        return datetime.date(year, month, day)
    except ValueError as wrong:
        raise Invalid({name: NotADay()}) from wrong


def number(sent: Mapping[str, str], name: str) -> int | None:
    """Read a number that a page wrote; 0, which nothing has, for what no page writes."""
    text = sent.get(name, "")
    return (whole_number(text) or 0) if text else None


_FIELDS: tuple[tuple[type[Refused], str], ...] = (
    (ReasonMissing, "reason"),
    (NotInTheirName, "reason"),
    (TooLong, "reason"),
    (ControlCharacter, "reason"),
    (BadLegs, "legs"),
    (AgencyMissing, "agency"),
    (AgencyGone, "agency"),
    (UnknownAgency, "agency"),
    (NotInThatPost, "officer"),
    (PromiseMissing, "promised"),
    (PromiseTooEarly, "promised"),
    (PromiseTooFar, "promised"),
    (PromiseDayOff, "promised"),
)


def problems_of(refusal: Refused) -> dict[str, Refused] | None:
    """Tell which fields of a form a refusal is about; None where it is about the dossier."""
    if isinstance(refusal, Invalid):
        return refusal.problems
    return next(({name: refusal} for kind, name in _FIELDS if isinstance(refusal, kind)), None)


def _sheets(sent: QueryDict, rule: EvidenceRule) -> tuple[int, int]:
    """Read how many sheets were handed in; a tick stands for as many as the procedure asks."""
    name = f"sheets.{rule.key}"
    counted_ = _count(sent, f"{name}.originals"), _count(sent, f"{name}.copies")
    ticked = f"{name}.full" in sent or (rule.required and "sheets.full" in sent)
    return usual_sheets(rule) if ticked and not any(counted_) else counted_


def usual_sheets(rule: EvidenceRule) -> tuple[int, int]:
    """Give how many originals and copies make a paper complete; one original where none is told."""
    return (rule.originals, rule.copies) if rule.originals or rule.copies else (1, 0)


def _count(sent: QueryDict, name: str) -> int:
    text = sent.get(name, "").strip()
    found = _digits(text, otherwise=-1) if text else 0
    if found < 0:
        raise NotACount
    return found


def _digits(text: str, *, otherwise: int) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS
    return int(text) if is_number else otherwise
