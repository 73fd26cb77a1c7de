"""Văn bản đi: one document, what may be done with it, its files, and a look at its signatures."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.access import log
from motcua.core.access.rows import visible
from motcua.core.dossiers.models import Dossier
from motcua.core.files.store import path_of
from motcua.core.official import content as contents
from motcua.core.official import delivery, moving, setting
from motcua.core.official.copying import may_copy
from motcua.core.official.keepers import doubts
from motcua.core.official.kinds import COPIES, kind_of
from motcua.core.official.models import (
    DocumentAct,
    DocumentFile,
    IncomingDocument,
    OutgoingDocument,
)
from motcua.core.official.moving import WAITING
from motcua.core.official.pades import AGENCY, PERSONAL
from motcua.core.official.rights import document_of, roles
from motcua.core.official.rules import GONE_OUT, MOVES, OPEN, State, number_text, offered
from motcua.core.official.signing import service
from motcua.core.official.validating import Stamp, validate
from motcua.core.official.word import docx
from motcua.core.official.writing import stream_of
from motcua.core.people.models import Officer
from motcua.core.places import places
from motcua.faces.desk.acting import NO_REVISION
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page
from motcua.faces.desk.proving import proven
from motcua.faces.desk.shown.document import ACTS, EFFECTS, STATES, WAYS, urgency_of
from motcua.faces.desk.views.documents import note
from motcua.faces.desk.words import language
from motcua.faces.ui.boxes import Fault, target
from motcua.faces.ui.forms import request_key, shown_revision, whole_number
from motcua.faces.ui.sending import of_the_house
from motcua.faces.ui.views import code_box
from motcua.kernel.errors import Invalid, Refused

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DOSSIERS = 50


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def document(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Show a document with its way so far, or make a move of it."""
    row = document_of(visit.actor, number)
    if request.method != "POST":
        return _document(request, visit, row, {})
    try:
        said = _moved(request, visit, row)
    except Refused as refusal:
        problems = dict(refusal.problems) if isinstance(refusal, Invalid) else {"": refusal}
        return _document(request, visit, row, problems)
    messages.success(request, said)
    return redirect("desk:document", row.pk)


def _moved(request: HttpRequest, visit: Visit, row: OutgoingDocument) -> str:
    sent, name = request.POST, request.POST.get("do", "")
    if name in MOVES and MOVES[name].proof:
        visit = proven(request, visit)
    told = {
        "actor": visit.actor,
        "at": visit.at,
        "document_id": row.pk,
        "revision": shown_revision(sent) or NO_REVISION,
        "key": request_key(sent),
    }
    if name == "send":
        delivery.send(**told)  # type: ignore[arg-type] # as every act is told
    elif name == "returned":
        delivery.returned(
            **told,  # type: ignore[arg-type] # as every act is told
            recipient_id=whole_number(sent.get("recipient", "")) or 0,
            reason=sent.get("reason", ""),
        )
    else:
        moving.move(**told, name=name, reason=sent.get("reason", ""))  # type: ignore[arg-type]
    return _SAID.get(name, _("Đã ghi."))


_SAID = {
    "review": _("Đã soát xét; văn bản chờ người ký."),
    "sign": _("Đã nhận lệnh ký; chữ ký số có sau giây lát."),
    "issue": _("Đã cấp số; văn bản phát hành khi chữ ký số cơ quan xong, sau giây lát."),
    "send": _("Đã đưa vào hàng chờ gửi."),
}


def _document(
    request: HttpRequest, visit: Visit, row: OutgoingDocument, problems: dict[str, Refused]
) -> HttpResponse:
    note(request, visit, f"document.{row.pk}", kind=log.Kind.OPENED, agency=row.agency_id)
    moves = offered(row.state, roles(visit.actor, row))
    sent_to = delivery.deliveries(row)
    reasons = [one for one in moves if MOVES[one].reason and one not in moving.ACTS]
    plain = [one for one in moves if not MOVES[one].reason and one not in moving.ACTS]
    proof = code_box(problems.get("proof"), name="proof")
    said = contents.read(row.content)
    context = {
        "row": row,
        "number": number_text(row.number, row.signs) if row.number else "",
        "kind": kind_of(row.kind).name.text(language()),
        "state": STATES[row.state],
        "waits": row.state in WAITING,
        "is_open": row.state not in {*GONE_OUT, State.DROPPED},
        "grounds": said.grounds,
        "doubts": [one.text(language()) for one in doubts(row)] if row.state in OPEN else [],
        "paragraphs": said.paragraphs,
        "annexes": said.annexes,
        "edits": "rewrite" in moves,
        "is_copy": row.kind in COPIES,
        "copies": may_copy(visit.actor, row, visit.on),
        "plain": [(one, ACTS[one]) for one in plain],
        "reasons": [(one, ACTS[one]) for one in reasons],
        "sends": "send" in moves and any(one.way in _TO_SEND for one in sent_to),
        "proof": None if visit.actor.proven or not _signs(plain) else proof,
        "recipients": [(one.recipient, WAYS[one.way], one.at) for one in sent_to],
        "returnable": [one.recipient for one in sent_to if one.way in _GONE]
        if "returned" in moves
        else [],
        "urgency": urgency_of(row),
        "files": list(row.files.select_related("file").order_by("pk")),
        "effect": EFFECTS.get(row.effect, ""),
        "events": events_of(row),
        "dossiers": _dossiers(visit, row),
        "key": str(uuid.uuid4()),
        "reason": request.POST.get("reason", ""),
        "errors": [
            Fault(target(name) if name else "main", one.text(language()))
            for name, one in problems.items()
        ],
    }
    return page(request, "document.html", context, status=422 if problems else 200)


_TO_SEND = (delivery.Way.NOT_SENT, delivery.Way.FAILED, delivery.Way.RETURNED)
_GONE = (delivery.Way.QUEUED, delivery.Way.SENT, delivery.Way.FAILED)


def _signs(moves: list[str]) -> bool:
    return any(MOVES[one].proof for one in moves)


def _dossiers(visit: Visit, row: OutgoingDocument) -> list[str]:
    """Give the codes of the dossiers of a document that the officer may read."""
    named = row.dossiers.values_list("dossier_id", flat=True)
    found = visible(Dossier.objects.filter(pk__in=named), visit.actor).order_by("pk")
    return [one.code or one.lookup for one in found[:_DOSSIERS]]


def events_of(row: OutgoingDocument | IncomingDocument) -> list[dict[str, object]]:
    """Give what was done to a document, the first act first."""
    acts = list(DocumentAct.objects.filter(pk__range=places(stream_of(row))).order_by("pk"))
    numbers = [int(one.actor.partition(":")[2]) for one in acts if one.actor.startswith("officer:")]
    names = Officer.objects.in_bulk(numbers)
    found = []
    for one in acts:
        kind, _sign, number = one.actor.partition(":")
        who = names[int(number)].name if kind == "officer" else _("Hệ thống")
        quote = one.reason
        found.append({"title": ACTS[one.act], "at": localtime(one.at), "detail": who,
                      "quote": quote})  # fmt: skip
    return found


@require_safe
@desk
def document_file(request: HttpRequest, visit: Visit, number: int) -> HttpResponseBase:
    """Hand out the signed file: the issued one, else the one that its signer signed."""
    row = document_of(visit.actor, number)
    kept = _last_file(row)
    what = f"document.{row.pk}.{kept.stage}"
    note(request, visit, what, kind=log.Kind.DOWNLOADED, agency=row.agency_id)
    response = of_the_house(path_of(kept.file.sha256), delivery.file_name(row))
    response["Repr-Digest"] = f"sha-256=:{_base64(kept.file.sha256)}:"
    return response


def _base64(sha256: str) -> str:
    import base64  # noqa: PLC0415

    return base64.b64encode(bytes.fromhex(sha256)).decode()


def _last_file(row: OutgoingDocument) -> DocumentFile:
    found = row.files.select_related("file").order_by("-pk").first()
    if found is None or row.state in {State.DRAFT, State.REVIEWED, State.SIGNING, State.DROPPED}:
        raise Http404
    return found


@require_safe
@desk
def document_look(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Show how a document that nobody has signed will look, marked as no original."""
    row = document_of(visit.actor, number)
    if row.kind in COPIES:
        raise Http404
    note(request, visit, f"document.{row.pk}.look", kind=log.Kind.OPENED, agency=row.agency_id)
    laid = setting.lay_out(row, at=visit.at, mark="DỰ THẢO")
    response = HttpResponse(laid.pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="du-thao-{row.pk}.pdf"'
    return response


@require_safe
@desk
def document_docx(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Hand down a document as DOCX, to be read and marked."""
    row = document_of(visit.actor, number)
    if row.kind in COPIES:  # a copy is its pages
        raise Http404
    note(request, visit, f"document.{row.pk}.docx", kind=log.Kind.DOWNLOADED, agency=row.agency_id)
    response = HttpResponse(docx(row, at=visit.at), content_type=_DOCX)
    name = delivery.file_name(row).removesuffix(".pdf")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{_quoted(name)}.docx"
    return response


def _quoted(name: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415

    return quote(name)


def _local(stamp: Stamp | None) -> Stamp | None:
    return replace(stamp, at=localtime(stamp.at)) if stamp else None


@require_safe
@desk
def document_signatures(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Look at the signed file as anybody outside would, and tell what its signatures say."""
    row = document_of(visit.actor, number)
    kept = _last_file(row)
    note(request, visit, f"document.{row.pk}.signatures", kind=log.Kind.OPENED,
         agency=row.agency_id)  # fmt: skip
    body = path_of(kept.file.sha256).read_bytes()
    asked = (AGENCY,) if row.kind in COPIES else (PERSONAL, AGENCY)
    verdict = validate(body, roots=service().trusted(), at=visit.at, fields=asked)
    shown = [
        replace(one, at=localtime(one.at) if one.at else None, stamp=_local(one.stamp))
        for one in verdict.signatures
    ]
    context = {
        "row": row,
        "number": number_text(row.number, row.signs) if row.number else "",
        "verdict": verdict,
        "signatures": shown,
        "same": verdict.sha256 == kept.file.sha256,
        "is_issued": kept.stage == "issued",
        "is_copy": row.kind in COPIES,
        "told": json.dumps(verdict.sha256),
    }
    return page(request, "document_signatures.html", context)
