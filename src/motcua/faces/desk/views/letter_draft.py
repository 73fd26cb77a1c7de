"""Soạn mẫu văn bản: a keeper writes an edition, sees what is wrong with it, and publishes it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.core.letters.checks import AT, Verdict, checked
from motcua.core.letters.comparing import stretches
from motcua.core.letters.declared import Letter, letter_at
from motcua.core.letters.editions import draft_of, sources_of, standing_of
from motcua.core.letters.faults import NotPublishable, TemplateFaulty
from motcua.core.letters.keeping import begin, check_keeps, drop, publish, rewrite
from motcua.core.letters.kinds import OWN, kind_of, kinds
from motcua.core.letters.models import LetterEdition
from motcua.core.letters.rules import BadDay, DraftMoved, NoDocument, NoDraft, NothingChanged
from motcua.core.letters.sandbox import run
from motcua.core.letters.setting import setting_of
from motcua.core.letters.sources import Sources, shipped
from motcua.faces.desk.acting import act_of
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.ordering import day_in
from motcua.faces.desk.pages import page
from motcua.faces.desk.proving import proven
from motcua.faces.desk.shown.acted import name_behind
from motcua.faces.desk.shown.letters import compared, edition_name, shown_checks, shown_faults
from motcua.faces.desk.views.letters import DRAFT, edition_in
from motcua.faces.desk.words import language
from motcua.faces.ui.boxes import Box, faults_of
from motcua.faces.ui.views import code_box
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.flow.faults import Fault

_BOXES: dict[type[Refused], str] = {NoDocument: "document", BadDay: "since"}
_TOLD_HERE: tuple[type[Refused], ...] = (
    TemplateFaulty,
    NotPublishable,
    DraftMoved,
    NothingChanged,
    Invalid,
    *_BOXES,
)
CHECKED = "kiem-tra"


@dataclass(frozen=True, slots=True)
class _Said:
    """What the page says besides the draft: faults by box, of the template, of the whole form."""

    boxes: Mapping[str, str]
    template: tuple[Fault, ...] = ()
    sentence: str = ""
    status: int = 200


@require_POST
@desk
def letter_begin(request: HttpRequest, visit: Visit, address: str) -> HttpResponse:
    """Begin a draft from an edition (`tu`), else from what is in force, and go on to its form."""
    begin(
        actor=visit.actor,
        at=visit.at,
        letter=letter_at(address),
        number=edition_in(request.POST, "tu"),
        request=request.POST.get("key") or None,
    )
    return redirect("desk:letter_draft", address)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def letter_draft(request: HttpRequest, visit: Visit, address: str) -> HttpResponse:
    """Show the draft with what is wrong with it, or do what was asked for."""
    check_keeps(visit.actor)
    letter = letter_at(address)
    act = _ACTS.get(request.POST.get("do", "")) if request.method == "POST" else None
    if act is None:
        return _page(request, visit, letter, _Said({}))
    try:
        return act(request, visit, letter)
    except _TOLD_HERE as refusal:
        return _page(request, visit, letter, _told(refusal))


def _told(refusal: Refused) -> _Said:
    if isinstance(refusal, TemplateFaulty | NotPublishable):
        return _Said({}, refusal.faults, _first_line(refusal), refusal.status)
    if isinstance(refusal, Invalid):
        boxes = {name: one.text(language()) for name, one in refusal.problems.items()}
        return _Said(boxes, status=refusal.status)
    if type(refusal) in _BOXES:
        return _Said({_BOXES[type(refusal)]: refusal.text(language())}, status=refusal.status)
    return _Said({}, sentence=refusal.text(language()), status=refusal.status)


def _first_line(refusal: Refused) -> str:
    return refusal.text(language()).partition("\n")[0]


def _save(request: HttpRequest, visit: Visit, letter: Letter) -> HttpResponse:
    _write(request, visit, letter)
    messages.success(request, _("Đã lưu bản soạn."))
    return redirect("desk:letter_draft", letter.address)


def _look(request: HttpRequest, visit: Visit, letter: Letter) -> HttpResponse:
    _write(request, visit, letter)
    return redirect(f"{reverse('desk:letter_look', args=[letter.address])}?ban={DRAFT}")


def _check(request: HttpRequest, visit: Visit, letter: Letter) -> HttpResponse:
    _write(request, visit, letter)
    return redirect(f"{reverse('desk:letter_draft', args=[letter.address])}?{CHECKED}=1#checks")


def _write(request: HttpRequest, visit: Visit, letter: Letter) -> None:
    text, shared = request.POST.get("text", ""), request.POST.get("shared", "")
    rewrite(**act_of(request, visit), letter=letter, text=text, shared=shared)


def _drop(request: HttpRequest, visit: Visit, letter: Letter) -> HttpResponse:
    drop(**act_of(request, visit), letter=letter)
    messages.success(request, _("Đã bỏ bản soạn; bản đang có hiệu lực không đổi."))
    return redirect("desk:letter", letter.address)


def _publish(request: HttpRequest, visit: Visit, letter: Letter) -> HttpResponse:
    since = day_in(request.POST, "since")
    document = request.POST.get("document", "")
    act = act_of(request, proven(request, visit))
    row_id = publish(**act, letter=letter, document=document, since=since)
    row = LetterEdition.objects.get(pk=row_id)
    told = {"n": row.number, "day": f"{row.since:%d/%m/%Y}"}
    messages.success(request, _("Đã công bố bản %(n)s, có hiệu lực từ %(day)s.") % told)
    return redirect("desk:letter", letter.address)


_ACTS: dict[str, Callable[[HttpRequest, Visit, Letter], HttpResponse]] = {
    "save": _save,
    "look": _look,
    "check": _check,
    "drop": _drop,
    "publish": _publish,
}


def _page(request: HttpRequest, visit: Visit, letter: Letter, said: _Said) -> HttpResponse:
    row = draft_of(letter)
    if row is None:
        raise NoDraft
    kept = sources_of(row)
    typed = request.POST if "text" in request.POST else {}
    shown = Sources(letter.key, typed.get("text", row.text), typed.get("shared", row.shared), None)
    verdict = checked(letter, kept) if CHECKED in request.GET else None
    boxes = _boxes(visit, said, request.POST)
    there = standing_of(letter, visit.at).in_force
    in_force = sources_of(there) if there else shipped(letter.system, letter.key)
    context = {
        "letter": letter,
        "name": letter.name.text(language()),
        "row": row,
        "base": edition_name(row.base),
        "by": name_behind(row.written_by),
        "text": shown.text,
        "shared": shown.shared,
        "said": said.sentence,
        "faults": shown_faults(_faults(letter, kept, said, verdict), shown),
        "checks": shown_checks(verdict, kept) if verdict else (),
        "tried": verdict.tried if verdict else 0,
        "passed": verdict is not None and not verdict.faults,
        "kinds": len(kinds(letter)) if verdict else 0,
        "before": edition_name(in_force.edition or 0),
        "after": _("Bản đang soạn"),
        "differences": compared(stretches(in_force, kept)),
        "boxes": {box.name: box for box in boxes},
        "errors": faults_of(boxes),
        "key": str(uuid.uuid4()),
    }
    return page(request, "letter_draft.html", context, status=said.status)


def _faults(
    letter: Letter, kept: Sources, said: _Said, verdict: Verdict | None
) -> tuple[Fault, ...]:
    """Give what is wrong as far as one trial with the letter's own sample shows it."""
    if said.template:
        return said.template
    if verdict is not None:
        return ()
    return run([setting_of(kept, kind_of(letter, OWN).data, AT)], "pdf")[0].faults


def _boxes(visit: Visit, said: _Said, sent: Mapping[str, str]) -> list[Box]:
    boxes = [
        Box(
            name="document",
            label=_("Số, ký hiệu văn bản công bố"),
            hint=_("Ví dụ 12/QĐ-UBND"),
            value=sent.get("document", ""),
            error=said.boxes.get("document", ""),
            required=True,
        ),
        Box(
            name="since",
            label=_("Có hiệu lực từ ngày"),
            kind="date",
            hint=_("Để trống là từ bây giờ"),
            error=said.boxes.get("since", ""),
            day=sent.get("since.day", ""),
            month=sent.get("since.month", ""),
            year=sent.get("since.year", ""),
        ),
    ]
    if not visit.actor.proven:
        boxes.append(replace(code_box(name="proof"), error=said.boxes.get("proof", "")))
    return boxes
