"""Văn bản đến: the list, its file, registering, and one document with who handles it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from motcua.core.access import log
from motcua.core.agencies.queries import in_force, tree
from motcua.core.files.store import FileTooLarge, Stored, keep, path_of
from motcua.core.official import incoming
from motcua.core.official.clocks import hand_over_by
from motcua.core.official.copying import may_copy
from motcua.core.official.delivery import Way, sender_told
from motcua.core.official.faults import NotYourAgency
from motcua.core.official.listing import incoming as listed
from motcua.core.official.models import IncomingDocument
from motcua.core.official.rights import arrival_of, clerk_agencies, drafting_agencies, is_head
from motcua.core.official.rules import URGENCIES
from motcua.faces.desk.acting import NO_REVISION
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page, page_number
from motcua.faces.desk.shown.document import ARRIVAL_STATES, WAYS, urgencies, urgency_of
from motcua.faces.desk.views.document import events_of
from motcua.faces.desk.views.documents import PAGE, day_in, filter_of, note, register_file
from motcua.faces.desk.words import language
from motcua.faces.ui.boxes import Box, Fault, faults_of, target
from motcua.faces.ui.forms import request_key, shown_revision, whole_number
from motcua.faces.ui.sending import handed_in
from motcua.kernel.errors import Invalid, Refused


@require_safe
@desk
def arrivals(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show a page of the incoming documents that the officer may read."""
    wanted = filter_of(request, {*ARRIVAL_STATES})
    found = listed(visit.actor, wanted, page=page_number(request), size=PAGE)
    note(request, visit, "arrivals", count=len(found.rows))
    nodes = tree().nodes
    context = {
        "listed": found,
        "rows": [
            (
                one,
                ARRIVAL_STATES[one.state],
                nodes[one.agency_id].short(language()),
                urgency_of(one),
            )
            for one in found.rows
            if isinstance(one, IncomingDocument)
        ],
        "wanted": wanted,
        "states": ARRIVAL_STATES.items(),
        "registers": bool(clerk_agencies(visit.actor, visit.on)),
        "today": visit.on,
    }
    return page(request, "arrivals.html", context)


@require_GET
@desk
def arrivals_export(request: HttpRequest, visit: Visit) -> FileResponse:
    """Send the list as it is narrowed now."""
    wanted = filter_of(request, {*ARRIVAL_STATES})
    return register_file(request, visit, wanted, arrivals=True)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def arrival_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the form by which a clerk registers a document, or register it."""
    agencies = clerk_agencies(visit.actor, visit.on)
    if not agencies:
        raise NotYourAgency
    problems: dict[str, Refused] = {}
    sent = request.POST
    if request.method == "POST":
        try:
            done = incoming.register(
                actor=visit.actor,
                at=visit.at,
                agency_id=whole_number(sent.get("agency", "")) or agencies[0].id,
                arrival=incoming.Arrival(
                    author=sent.get("author", ""),
                    signs=sent.get("signs", ""),
                    abstract=sent.get("abstract", ""),
                    dated=day_in(sent.get("dated", "")),
                    due_on=day_in(sent.get("due", "")),
                    file=_uploaded(request),
                    urgency=sent.get("urgency", "") or URGENCIES[0],
                    sender=sent.get("sender", ""),
                ),
                key=request_key(sent),
            )
        except Refused as refusal:
            problems = dict(refusal.problems) if isinstance(refusal, Invalid) else {"": refusal}
        else:
            messages.success(request, _("Đã vào sổ văn bản đến."))
            return redirect("desk:arrival", done.document_id)
    boxes = [
        Box(name=name, label=label, value=sent.get(name, ""), required=True, width=width,
            error=_wrong(name, problems))
        for name, label, width in (
            ("author", _("Tác giả (nơi gửi)"), ""),
            ("signs", _("Số, ký hiệu"), "middle"),
            ("abstract", _("Trích yếu"), ""),
        )
    ]  # fmt: skip
    boxes += [
        Box(name="urgency", label=_("Độ khẩn"), kind="choice", value=sent.get("urgency", ""),
            choices=urgencies(), error=_wrong("urgency", problems)),
        Box(name="sender", label=_("Thư điện tử nơi gửi"), value=sent.get("sender", ""),
            hint=_("Để báo nơi gửi khi phải trả lại văn bản"), error=_wrong("sender", problems)),
    ]  # fmt: skip
    others = [
        Fault("main", one.text(language()))
        for name, one in problems.items()
        if name not in {box.name for box in boxes}
    ]
    context = {
        "agencies": agencies,
        "boxes": boxes,
        "dated": sent.get("dated", ""),
        "due": sent.get("due", ""),
        "key": request_key(sent),
        "errors": [*others, *faults_of(boxes)],
    }
    return page(request, "arrival_form.html", context, status=422 if problems else 200)


def _wrong(name: str, problems: dict[str, Refused]) -> str:
    return problems[name].text(language()) if name in problems else ""


def _uploaded(request: HttpRequest) -> Stored | None:
    file = request.FILES.get("file")
    if file is None:
        return None
    if (file.size or 0) > settings.MOTCUA_MAX_UPLOAD_BYTES:
        raise FileTooLarge(limit_mb=settings.MOTCUA_MAX_UPLOAD_BYTES // 2**20)
    return keep(file.chunks())


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def arrival(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Show an incoming document, or assign it, or say what was done of it."""
    row = arrival_of(visit.actor, number)
    faults: list[Fault] = []
    if request.method == "POST":
        try:
            _acted(request, visit, row)
        except Refused as refusal:
            problems = dict(refusal.problems) if isinstance(refusal, Invalid) else {"": refusal}
            faults = [
                Fault(target(name) if name else "main", one.text(language()))
                for name, one in problems.items()
            ]
        else:
            messages.success(request, _("Đã ghi."))
            return redirect("desk:arrival", row.pk)
    note(request, visit, f"arrival.{row.pk}", kind=log.Kind.OPENED, agency=row.agency_id)
    open_still = row.state not in _ENDED
    heads = open_still and is_head(visit.actor, row.agency_id)
    context = {
        "row": row,
        "state": ARRIVAL_STATES[row.state],
        "agency": tree().nodes[row.agency_id],
        "officers": _officers(row, visit) if heads else [],
        "handles": row.state == IncomingDocument.State.ASSIGNED
        and row.handler_id == visit.actor.officer_id,
        "replies": row.agency_id in {one.id for one in drafting_agencies(visit.actor, visit.on)}
        and row.state != IncomingDocument.State.REFUSED,
        "copies": may_copy(visit.actor, row, visit.on),
        "events": events_of(row),
        "key": str(uuid.uuid4()),
        "result": request.POST.get("result", ""),
        "urgency": urgency_of(row),
        "refuses": open_still and row.agency_id in _kept(visit),
        "reason": request.POST.get("reason", ""),
        "sender": request.POST.get("sender", row.sender),
        "told": _told(row),
        **_clock(row, visit),
        "errors": faults,
        "is_late": open_still and row.due_on is not None and row.due_on < visit.on,
    }
    return page(request, "arrival.html", context, status=422 if faults else 200)


_ENDED = (IncomingDocument.State.DONE, IncomingDocument.State.REFUSED)


def _kept(visit: Visit) -> set[int]:
    return {one.id for one in clerk_agencies(visit.actor, visit.on)}


def _told(row: IncomingDocument) -> dict[str, object]:
    """Give how far the notice to the sender of a refused document has come."""
    if row.state != IncomingDocument.State.REFUSED:
        return {}
    way, since = sender_told(row)
    return {"way": WAYS[way], "at": since, "by_hand": way is Way.NO_ADDRESS}


def _clock(row: IncomingDocument, visit: Visit) -> dict[str, object]:
    """Give until when a document that nobody handles yet is handed over."""
    if row.state != IncomingDocument.State.REGISTERED:
        return {}
    until = hand_over_by(row)
    return {"hand_over": localtime(until), "at_once": bool(row.urgency), "waits": visit.at > until}


def _officers(row: IncomingDocument, visit: Visit) -> list[tuple[int, str]]:
    held = in_force(visit.on).filter(agency=row.agency_id)
    return sorted(
        set(held.values_list("officer_id", "officer__name")), key=lambda one: (one[1], one[0])
    )


def _acted(request: HttpRequest, visit: Visit, row: IncomingDocument) -> None:
    sent = request.POST
    revision, key = shown_revision(sent) or NO_REVISION, request_key(sent)
    if sent.get("do") == "refuse":
        incoming.refuse(
            actor=visit.actor,
            at=visit.at,
            arrival_id=row.pk,
            reason=sent.get("reason", ""),
            sender=sent.get("sender", ""),
            revision=revision,
            key=key,
        )
        return
    if sent.get("do") == "finish":
        incoming.finish(
            actor=visit.actor,
            at=visit.at,
            arrival_id=row.pk,
            result=sent.get("result", ""),
            revision=revision,
            key=key,
        )
        return
    incoming.assign(
        actor=visit.actor,
        at=visit.at,
        arrival_id=row.pk,
        officer_id=whole_number(sent.get("officer", "")) or 0,
        due_on=day_in(sent.get("due", "")),
        revision=revision,
        key=key,
    )


@require_safe
@desk
def arrival_file(request: HttpRequest, visit: Visit, number: int) -> HttpResponseBase:
    """Hand out the file of an incoming document."""
    row = arrival_of(visit.actor, number)
    if row.file is None:
        raise Http404
    note(request, visit, f"arrival.{row.pk}.file", kind=log.Kind.DOWNLOADED, agency=row.agency_id)
    name = f"den-{row.number}-{row.year}{_ENDS.get(row.file.media_type, '')}"
    return handed_in(path_of(row.file.sha256), row.file.media_type, name)


_ENDS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
