"""Sổ văn bản đi: the list, its file, and the form by which a document is drafted."""

from __future__ import annotations

import datetime
import tempfile
from dataclasses import replace

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from motcua.core.access import log
from motcua.core.agencies.queries import LARGEST_ID, tree
from motcua.core.official import drafting
from motcua.core.official.faults import NotYourAgency, NotYourMove
from motcua.core.official.kinds import COPIES, KINDS, kind_of
from motcua.core.official.listing import OPEN_ONES, OUT, Filter, give, outgoing
from motcua.core.official.models import OutgoingDocument
from motcua.core.official.rights import arrival_of, document_of, drafting_agencies, roles
from motcua.core.official.rules import Role, State, number_text
from motcua.core.official.templates import begun_by, document_templates
from motcua.faces.desk.acting import NO_REVISION
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page, page_number
from motcua.faces.desk.shown.document import STATES, Form, filled, order_of, urgency_of
from motcua.faces.desk.words import language
from motcua.faces.ui import reads
from motcua.faces.ui.boxes import Fault, faults_of
from motcua.faces.ui.forms import request_key, shown_revision, whole_number
from motcua.faces.ui.sending import made
from motcua.kernel.errors import Invalid, Refused

PAGE = 50
_WORDS = 200
_YEARS = (2000, 9999)
FORMS = ("csv", "xlsx")


@require_safe
@desk
def documents(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show a page of the outgoing documents that the officer may read."""
    wanted = filter_of(request, {*STATES, OPEN_ONES, OUT})
    found = outgoing(visit.actor, wanted, page=page_number(request), size=PAGE)
    note(request, visit, "documents", count=len(found.rows))
    agencies = drafting_agencies(visit.actor, visit.on)
    context = {
        "listed": found,
        "rows": [_line(one) for one in found.rows if isinstance(one, OutgoingDocument)],
        "wanted": wanted,
        "states": [
            (OPEN_ONES, _("Chưa phát hành")),
            (OUT, _("Đã ra khỏi cơ quan")),
            *STATES.items(),
        ],
        "kinds": [(one.key, one.name.text(language())) for one in (KINDS | COPIES).values()],
        "drafts": bool(agencies),
    }
    return page(request, "documents.html", context)


def _line(row: OutgoingDocument) -> dict[str, object]:
    return {
        "row": row,
        "number": number_text(row.number, row.signs) if row.number else "",
        "kind": kind_of(row.kind).name.text(language()),
        "state": STATES[row.state],
        "urgency": urgency_of(row),
        "agency": tree().nodes[row.agency_id].short(language()),
    }


def note(
    request: HttpRequest,
    visit: Visit,
    what: str,
    *,
    count: int = 1,
    kind: log.Kind = log.Kind.LISTED,
    agency: int | None = None,
) -> None:
    """Write to the access log that documents were shown or given out."""
    log.of_records(
        reads.reader(request, visit.actor, visit.at),
        kind,
        what=what,
        count=count,
        agencies=() if agency is None else (agency,),
        query=request.GET.urlencode(),
    )


def filter_of(request: HttpRequest, states: set[str]) -> Filter:
    """Read the filter that stands in the address; what is no value of it narrows nothing."""
    sent = request.GET
    year, agency = whole_number(sent.get("nam", "")), whole_number(sent.get("co-quan", ""))
    state, kind = sent.get("tinh-trang", ""), sent.get("loai", "")
    first, last = _YEARS
    return Filter(
        words=sent.get("q", "").strip()[:_WORDS],
        state=state if state in states else "",
        kind=kind if kind in KINDS | COPIES else "",
        year=year if year is not None and first <= year <= last else None,
        agency_id=agency if agency is not None and agency <= LARGEST_ID else None,
        mine=sent.get("cua-toi") == "1",
        urgent=sent.get("khan") == "1",
        by_urgency=sent.get("sap-xep") == "khan",
    )


@require_GET
@desk
def documents_export(request: HttpRequest, visit: Visit) -> FileResponse:
    """Send the list as it is narrowed now."""
    wanted = filter_of(request, {*STATES, OPEN_ONES, OUT})
    return register_file(request, visit, wanted, arrivals=False)


def register_file(
    request: HttpRequest, visit: Visit, wanted: Filter, *, arrivals: bool
) -> FileResponse:
    """Send a register as a file, once that is written to the access log."""
    form = request.GET.get("dang", "")
    if form not in FORMS:
        raise Http404
    what = "arrivals" if arrivals else "documents"
    note(request, visit, f"{what}.{form}", kind=log.Kind.EXPORTED)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        give(out, visit.actor, wanted, arrivals=arrivals, form=form)
    except BaseException:
        out.close()
        raise
    name = "so-van-ban-den" if arrivals else "so-van-ban-di"
    return made(out, f"{name}-{visit.on.isoformat()}.{form}")


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def document_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the form of a new document, or keep its draft."""
    agencies = drafting_agencies(visit.actor, visit.on)
    if not agencies:
        raise NotYourAgency
    sent = request.POST if request.method == "POST" else request.GET
    chosen = whole_number(sent.get("agency", "")) or agencies[0].id
    if chosen not in {one.id for one in agencies}:
        raise NotYourAgency
    form = Form(visit.actor, chosen, visit.on)
    if request.method != "POST":
        first, wrong = _begun(request, visit, chosen)
        return _form(request, form, first, wrong, agencies=agencies)
    try:
        done = drafting.draft(
            actor=visit.actor,
            at=visit.at,
            agency_id=chosen,
            order=order_of(request.POST),
            key=request_key(request.POST),
        )
    except Refused as refusal:
        return _form(request, form, request.POST, problems_of(refusal), agencies=agencies)
    messages.success(request, _("Đã lưu dự thảo."))
    return redirect("desk:document", done.document_id)


def _begun(
    request: HttpRequest, visit: Visit, agency_id: int
) -> tuple[QueryDict, dict[str, Refused]]:
    """Give what a template fills a new form with, and the document that it answers."""
    first = QueryDict(mutable=True)
    number = whole_number(request.GET.get("tra-loi", ""))
    row = arrival_of(visit.actor, number) if number is not None else None
    if row is not None:
        note(request, visit, f"arrival.{row.pk}", kind=log.Kind.OPENED, agency=row.agency_id)
        first["to"] = f"{row.author}; {row.sender}" if row.sender else row.author
    address = request.GET.get("mau", "")
    if not address:
        return first, {}
    try:
        begun = begun_by(address, agency_id=agency_id, answered=row, at=visit.at)
    except Refused as refusal:
        return first, {"": refusal}
    first["kind"], first["abstract"] = begun.kind, begun.abstract
    first["grounds"] = "\n".join(begun.content.grounds)
    first["paragraphs"] = "\n".join(begun.content.paragraphs)
    return first, {}


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def document_edit(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Show the form of a draft as it stands, or write it anew."""
    row = document_of(visit.actor, number)
    if Role.DRAFTER not in roles(visit.actor, row) or row.state != State.DRAFT:
        raise NotYourMove
    form = Form(visit.actor, row.agency_id, visit.on)
    if request.method != "POST":
        note(request, visit, f"document.{row.pk}", kind=log.Kind.OPENED, agency=row.agency_id)
        first = QueryDict(mutable=True)
        first.update(filled(row))
        return _form(request, form, first, {}, row=row)
    try:
        order = _kept_ties(row, order_of(request.POST))
        drafting.rewrite(
            actor=visit.actor,
            at=visit.at,
            document_id=row.pk,
            revision=shown_revision(request.POST) or NO_REVISION,
            order=order,
            key=request_key(request.POST),
        )
    except Refused as refusal:
        return _form(request, form, request.POST, problems_of(refusal), row=row)
    messages.success(request, _("Đã lưu dự thảo."))
    return redirect("desk:document", row.pk)


def _kept_ties(row: OutgoingDocument, order: drafting.Order) -> drafting.Order:
    """Keep the dossiers to which a draft belongs: the form does not ask for them."""
    return replace(order, dossiers=tuple(row.dossiers.values_list("dossier_id", flat=True)))


def problems_of(refusal: Refused) -> dict[str, Refused]:
    """Give what is wrong by the name of its box; what is wrong with the whole by none."""
    return dict(refusal.problems) if isinstance(refusal, Invalid) else {"": refusal}


def _form(
    request: HttpRequest,
    form: Form,
    sent: QueryDict,
    problems: dict[str, Refused],
    *,
    row: OutgoingDocument | None = None,
    agencies: tuple[object, ...] = (),
) -> HttpResponse:
    boxes = form.boxes({name: sent.get(name, "") for name in sent}, problems)
    whole = [Fault("main", one.text(language())) for name, one in problems.items() if not name]
    context = {
        "row": row,
        "boxes": boxes,
        "agencies": agencies,
        "templates": []
        if row
        else [(one.address, one.name.text(language())) for one in document_templates()],
        "answers": request.GET.get("tra-loi", ""),
        "chosen": form.agency_id,
        "revision": sent.get("revision", ""),
        "key": request_key(sent),
        "errors": [*whole, *faults_of(boxes)],
    }
    return page(request, "document_form.html", context, status=422 if problems else 200)


def day_in(text: str) -> datetime.date | None:
    """Read the day of a date box of the browser; what is none is nothing."""
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        return None
