"""Nhận tại quầy: the form of a procedure at the counter, and the act that takes a dossier in.

Words in `find` that were not looked up yet make any button look the applicant up: so Enter in
that box finds, and Enter elsewhere takes in, with scripts or without.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.core.access import log
from motcua.core.agencies.queries import Node, competences
from motcua.core.dossiers.applicants import (
    Known,
    kind_of_number,
    known_by,
    known_from,
    number_of,
)
from motcua.core.dossiers.filing import NotReceivedThere, NotThisWay, NotYourCounter, file
from motcua.core.dossiers.orders import Done, Filing
from motcua.core.procedures.declaration import TAKEN_IN, Declaration
from motcua.core.procedures.queries import current
from motcua.core.sql import act
from motcua.faces.desk import unsent
from motcua.faces.desk.boxes import faults, sheets_of, sheets_with_errors
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.ordering import HandedIn, filing_problems, handed_in, number
from motcua.faces.desk.pages import page
from motcua.faces.desk.reading.intake import counters
from motcua.faces.desk.shown.applicant import Offer, filled, is_same, offers, with_known_number
from motcua.faces.desk.shown.charges import charges
from motcua.faces.desk.words import language
from motcua.faces.ui import reads
from motcua.faces.ui.boxes import Box
from motcua.faces.ui.forms import (
    applicant_boxes,
    divided,
    field_boxes,
    read_applicant,
    read_fields,
    with_errors,
)
from motcua.kernel.errors import Invalid, Refused

MAX_WORDS = 60


@dataclass(frozen=True, slots=True)
class _Counter:
    """One request at the counter: who takes what in, and where they may."""

    request: HttpRequest
    visit: Visit
    declaration: Declaration
    agencies: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the form shows: values, kept files, faults, and what the look-up found."""

    sent: QueryDict
    papers: HandedIn | None = None
    problems: Mapping[str, Refused] = field(default_factory=dict)
    offers: tuple[Offer, ...] = ()
    nobody: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def take_in(request: HttpRequest, visit: Visit, procedure: str) -> HttpResponse:
    """Show the form of a procedure, find its applicant, or take the dossier in."""
    declaration = current(procedure).declaration
    agencies = counters(visit.actor, declaration, competences(visit.on))
    if not agencies:
        raise _closed(declaration)
    counter = _Counter(request, visit, declaration, agencies)
    if request.method != "POST":
        blank = QueryDict(mutable=True)
        unsent.fill(request, visit, unsent.of_intake(declaration.code), blank)
        blank["key"] = str(uuid.uuid4())
        return _form(counter, _Shown(blank))
    chosen = number(request.POST, "choose")
    if chosen is not None:
        return _chosen(counter, chosen)
    words = request.POST.get("find", "").strip()[:MAX_WORDS]
    return _find(counter, words) if words != request.POST.get("found", "") else _take_in(counter)


def _find(counter: _Counter, words: str) -> HttpResponse:
    """Look an applicant up: one is filled in, several are offered, none is said."""
    sent = counter.request.POST.copy()
    sent["found"], sent["known"] = words, ""
    papers = handed_in(counter.request, counter.declaration)
    if not words:
        return _form(counter, _Shown(sent, papers))
    try:
        found = known_by(counter.visit.actor, words, on=counter.visit.on)
    except Refused as refusal:
        sent["found"] = ""
        return _form(counter, _Shown(sent, papers, {"find": refusal}))
    _noted(counter, found, words)
    if len(found) == 1:
        return _form(counter, _Shown(filled(sent, found[0]), papers))
    if not found:
        box = f"applicant.{kind_of_number(words, on=counter.visit.on)}"
        sent[box] = sent.get(box, "").strip() or words  # typed once is enough
    return _form(counter, _Shown(sent, papers, offers=tuple(offers(found)), nobody=not found))


def _chosen(counter: _Counter, dossier_id: int) -> HttpResponse:
    """Fill in the applicant who was chosen among several."""
    sent = counter.request.POST
    known = known_from(counter.visit.actor, dossier_id)
    papers = handed_in(counter.request, counter.declaration)
    if known is None:
        return _form(counter, _Shown(sent, papers, nobody=True))
    _noted(counter, [known], "")
    return _form(counter, _Shown(filled(sent, known), papers))


def _noted(counter: _Counter, found: list[Known], words: str) -> None:
    reader = reads.reader(counter.request, counter.visit.actor, counter.visit.at)
    log.listed(reader, what="applicant", dossiers=[one.dossier_id for one in found], query=words)


def _take_in(counter: _Counter) -> HttpResponse:
    sent, visit = counter.request.POST, counter.visit
    papers = handed_in(counter.request, counter.declaration)
    filing = Filing(
        procedure=counter.declaration.code,
        agency_id=number(sent, "counter") or counter.agencies[0].id,
        applicant=_applicant(counter),
        fields=read_fields(counter.declaration, sent),
        evidence=papers.papers,
        channel=counter.declaration.taken_in_through,
    )
    if papers.problems:
        found = filing_problems(counter.declaration, filing, on=localtime(visit.at).date())
        return _form(counter, _Shown(sent, papers, found | papers.problems))
    try:
        done = _taken(counter, filing)
    except Invalid as invalid:
        return _form(counter, _Shown(sent, papers, invalid.problems))
    return redirect("desk:taken", done.code or done.lookup)


def _taken(counter: _Counter, filing: Filing) -> Done:
    """Take in and erase the draft in one transaction: offered again it would be taken in twice."""
    request, visit = counter.request, counter.visit
    with act():
        key = request.POST.get("key", "")
        done = file(actor=visit.actor, at=visit.at, filing=filing, key=key, take_in=True)
        form = unsent.of_intake(filing.procedure)
        unsent.was_done(request, visit, form, dossier_id=done.dossier_id)
    return done


def _applicant(counter: _Counter) -> dict[str, object]:
    """Read the applicant; a number that the city knows goes along where the name still fits."""
    told = read_applicant(counter.request.POST)
    known = _known(counter, counter.request.POST)
    if known is not None and not str(told["number"]).strip():
        told["number"] = number_of(known)
    return told


def _known(counter: _Counter, sent: QueryDict) -> Known | None:
    dossier_id = number(sent, "known")
    known = known_from(counter.visit.actor, dossier_id) if dossier_id else None
    return known if known and is_same(known, sent.get("applicant.name", "")) else None


def _form(counter: _Counter, shown: _Shown) -> HttpResponse:
    declaration, sent, wrong = counter.declaration, shown.sent, shown.problems
    spoken = language()
    known = _known(counter, sent)
    applicant = with_errors(with_known_number(applicant_boxes(sent), known), wrong, spoken)
    fields = with_errors(field_boxes(declaration, sent, spoken), wrong, spoken)
    sheets = sheets_with_errors(sheets_of(declaration.evidence, sent, shown.papers), wrong)
    find = with_errors([_find_box(sent)], wrong, spoken)[0]
    drawn = [find, *applicant, *fields, *(row.box for row in sheets)]
    context = {
        "declaration": declaration,
        "name": declaration.name.text(spoken),
        "counter": _counter(counter.agencies, sent),
        "find": find,
        "offers": shown.offers,
        "nobody": shown.nobody,
        "known": known,
        "applicant": applicant,
        "fields": divided(fields, declaration, spoken),
        "sheets": sheets,
        "all_full": "sheets.full" in sent,
        "charges": charges(declaration),
        "gives_receipt": any(one.gives_code and one.letter for one in declaration.flow.moves),
        "sent": sent,
        "unsent": unsent.offered(
            counter.request, counter.visit, unsent.of_intake(declaration.code)
        ),
        "errors": faults(drawn, wrong, declaration),
    }
    return page(counter.request, "take_in.html", context, status=422 if wrong else 200)


def _find_box(sent: QueryDict) -> Box:
    return Box(
        name="find",
        label=_("Tìm người nộp đã có hồ sơ"),
        hint=_("Số điện thoại, số định danh hoặc mã số thuế, rồi Enter"),
        value=sent.get("find", ""),
        width="middle",
        required=True,
    )


def _counter(agencies: tuple[Node, ...], sent: QueryDict) -> Box | None:
    """Ask at which counter only where the officer sits at several."""
    if len(agencies) == 1:
        return None
    choices = tuple((str(one.id), one.name(language())) for one in agencies)
    box = Box(name="counter", label=_("Tiếp nhận tại"), kind="radio", choices=choices)
    return replace(box, value=sent.get("counter", choices[0][0]), required=True)


def _closed(declaration: Declaration) -> Refused:
    if not declaration.taken_in_through:
        return NotThisWay(channel=TAKEN_IN[0])
    name = declaration.short.text(language())
    return NotYourCounter(agency=name) if not declaration.tiers else NotReceivedThere(agency=name)
