"""Soạn và công bố: an officer prepares an edition of the catalogue, a head decides on it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.core.catalogue import proposals, queries
from motcua.core.catalogue.actions import NoDocument
from motcua.core.catalogue.checks import gaps
from motcua.core.catalogue.comparing import of_contents
from motcua.core.catalogue.content import Content, content_of
from motcua.core.catalogue.deciding import BadDay, ReasonMissing, send_back, sign
from motcua.core.catalogue.faults import EditionUnreadable
from motcua.core.catalogue.models import Edition, Proposal
from motcua.core.catalogue.proposing import give_up, prepare, revise, submit
from motcua.faces.desk.acting import act_of
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.ordering import day_in
from motcua.faces.desk.pages import page
from motcua.faces.desk.proving import proven
from motcua.faces.desk.shown.acted import name_behind
from motcua.faces.desk.shown.edition import Part, parts, written
from motcua.faces.desk.words import language
from motcua.faces.ui import listed
from motcua.faces.ui.boxes import Box, faults_of
from motcua.faces.ui.views import code_box
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.flow.faults import Fault

_BOXES: dict[type[Refused], str] = {
    NoDocument: "document",
    BadDay: "since",
    ReasonMissing: "reason",
}


@require_POST
@desk
def begin(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:
    """Begin an edition from the one that stands, and go on to its form."""
    sent = request.POST.get("key") or None
    prepare(actor=visit.actor, at=visit.at, key=key, request=sent)
    return redirect("desk:edition", key)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def edition(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:
    """Show the edition in preparation and what may be done with it, or do it."""
    act = _ACTS.get(request.POST.get("do", "")) if request.method == "POST" else None
    if act is None:
        return _page(request, visit, _row(key), {})
    try:
        messages.success(request, act(request, visit, key))
    except Refused as refusal:
        if not isinstance(refusal, EditionUnreadable | Invalid) and type(refusal) not in _BOXES:
            raise
        return _page(request, visit, _row(key), _told(refusal), sent=request.POST)
    there = proposals.open_proposal(queries.find(key, drafts=True).listing)
    return redirect("desk:edition" if there else "desk:listing", key)


def _row(key: str) -> Proposal:
    row = proposals.open_proposal(queries.find(key, drafts=True).listing)
    if row is None:
        raise proposals.NoProposal(key=key)
    return row


def _told(refusal: Refused) -> dict[str, str]:
    """Give what is wrong by the box where it is said."""
    if isinstance(refusal, EditionUnreadable):
        return {one.where: _sentence(one) for one in refusal.faults}
    if isinstance(refusal, Invalid):
        return {name: one.text(language()) for name, one in refusal.problems.items()}
    return {_BOXES[type(refusal)]: refusal.text(language())}


def _sentence(one: Fault) -> str:
    return one.en if language() == "en" else one.vi


def _save(request: HttpRequest, visit: Visit, key: str) -> str:
    row = _row(key)
    told = written(content_of(row.edition.body), request.POST)
    revise(**act_of(request, visit), key=key, written=told)
    return _("Đã lưu bản soạn.")


def _submit(request: HttpRequest, visit: Visit, key: str) -> str:
    submit(**act_of(request, visit), key=key)
    return _("Đã trình người đứng đầu quyết định.")


def _give_up(request: HttpRequest, visit: Visit, key: str) -> str:
    give_up(**act_of(request, visit), key=key)
    return _("Đã bỏ bản soạn; bản đang có hiệu lực không đổi.")


def _send_back(request: HttpRequest, visit: Visit, key: str) -> str:
    send_back(**act_of(request, visit), key=key, reason=request.POST.get("reason", ""))
    return _("Đã trả lại người soạn.")


def _sign(request: HttpRequest, visit: Visit, key: str) -> str:
    since = day_in(request.POST, "since")
    document = request.POST.get("document", "")
    sign(**act_of(request, proven(request, visit)), key=key, document=document, since=since)
    if since is not None and since > visit.on:
        return _("Đã ký; bản này có hiệu lực từ %s.") % f"{since:%d/%m/%Y}"
    return _("Đã công bố.")


_ACTS: dict[str, Callable[[HttpRequest, Visit, str], str]] = {
    "save": _save,
    "submit": _submit,
    "give_up": _give_up,
    "send_back": _send_back,
    "sign": _sign,
}


def _page(
    request: HttpRequest,
    visit: Visit,
    row: Proposal,
    errors: Mapping[str, str],
    *,
    sent: QueryDict | None = None,
) -> HttpResponse:
    content = content_of(row.edition.body)
    form = _form(row, content, visit, errors, sent)
    deciding = _deciding(visit, errors, sent or QueryDict())
    boxes = [*(box for part in form for box in part.boxes), *deciding]
    context = {
        "listing": row.listing,
        "row": row,
        "form": form,
        "boxes": {box.name: box for box in deciding},
        "errors": faults_of(boxes),
        "gaps": listed.missing(content),
        "since_then": listed.compared(of_contents(_before(row), content)),
        "before": _("Đang có hiệu lực"),
        "after": _("Bản đang soạn"),
        "by": name_behind(row.prepared_by),
        "decided_by": name_behind(row.decided_by),
        "writes": proposals.writes(visit.actor, row),
        "decides": proposals.decides(visit.actor, row),
        "own": row.prepared_by == visit.actor.key,
        "key": str(uuid.uuid4()),
    }
    return page(request, "edition.html", context, status=422 if errors else 200)


def _form(
    row: Proposal,
    content: Content,
    visit: Visit,
    errors: Mapping[str, str],
    sent: QueryDict | None,
) -> tuple[Part, ...]:
    if row.state != Proposal.State.EDITING or not proposals.writes(visit.actor, row):
        return ()
    found: dict[str, tuple[str, ...]] = {}
    for one in gaps(content):
        found[one.where] = (*found.get(one.where, ()), _sentence(one))
    typed = sent if sent and sent.get("do") == "save" else None
    return parts(content, typed, found, errors)


def _before(row: Proposal) -> Content:
    """Give what is in force, else what the edition was prepared from."""
    rows = row.listing.editions
    there = rows.filter(state=Edition.State.PUBLISHED).first() or rows.get(number=row.base)
    return content_of(there.body)


def _deciding(visit: Visit, errors: Mapping[str, str], sent: QueryDict) -> list[Box]:
    boxes = [
        Box(
            name="document",
            label=_("Số, ký hiệu văn bản công bố"),
            hint=_("Ví dụ 12/QĐ-UBND"),
            value=sent.get("document", ""),
            error=errors.get("document", ""),
            required=True,
        ),
        Box(
            name="since",
            label=_("Có hiệu lực từ ngày"),
            kind="date",
            hint=_("Để trống là từ hôm nay"),
            error=errors.get("since", ""),
            day=sent.get("since.day", ""),
            month=sent.get("since.month", ""),
            year=sent.get("since.year", ""),
        ),
        Box(
            name="reason",
            label=_("Lý do trả lại"),
            kind="multiline",
            value=sent.get("reason", ""),
            error=errors.get("reason", ""),
            required=True,
        ),
    ]
    if not visit.actor.proven:
        boxes.append(replace(code_box(name="proof"), error=errors.get("proof", "")))
    return boxes
