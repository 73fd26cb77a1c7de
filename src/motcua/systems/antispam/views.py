"""The desk of advertising numbers, and two pages for citizens: a report, the public list."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.access import log
from motcua.core.accounts import phones
from motcua.core.agencies.queries import Node, receivers
from motcua.core.limits import strangers
from motcua.core.limits.address import sender
from motcua.core.now import now
from motcua.core.official.rules import GONE_OUT, OPEN, State, number_text
from motcua.core.registers.acts import RecordExists
from motcua.core.registers.loading import register_of
from motcua.core.registers.rights import (
    NotYourRegister,
    day_of,
    house_keeper,
    kept_agencies,
    record_of,
)
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.ui import reads
from motcua.faces.ui.boxes import Box, Fault
from motcua.faces.ui.forms import request_key, summary, whole_number, with_errors
from motcua.faces.ui.sending import looked_at
from motcua.faces.ui.sheets import csv_file
from motcua.faces.ui.templatetags.ui import language
from motcua.faces.ui.uploads import read_uploads
from motcua.kernel.errors import Invalid, Refused
from motcua.systems.antispam import actions, events, queries
from motcua.systems.antispam.forms import (
    answers_of,
    answers_sent,
    report_boxes,
    sighting_boxes,
    sighting_sent,
)
from motcua.systems.antispam.models import Letter, SightingPhoto
from motcua.systems.antispam.reactions import fines_counted
from motcua.systems.antispam.rules import (
    NOT_FOUND,
    PORTED,
    SUSPENDED,
    NoLetter,
    NotYourCases,
    dialled,
)

_NEWEST = 50
_TEXT = 2000
_ASKED = ("kind", "source", "content", "sender")


def _page(
    request: HttpRequest, name: str, told: Mapping[str, object], *, faults: bool = False
) -> HttpResponse:
    context = {"density": "officer", "undo": None, "recorded": "", **told}
    return render(request, f"antispam/{name}.html", context, status=422 if faults else 200)


def _mine(visit: Visit) -> list[Node]:
    """Give the agencies for which an officer deals with numbers."""
    found = receivers(queries.CASES, tiers=(), post=actions.POST, on=visit.on)
    return [one for one in found if visit.actor.holds(one.id, actions.POST)]


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def overview(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what waits, cases by step, letters, who was reported; open cases, draft letters."""
    faults: list[Fault] = []
    if request.method == "POST":
        try:
            messages.success(request, _do(request.POST.get("do", ""), visit))
        except Refused as refusal:
            faults = [Fault("main", refusal.text(language()))]
        else:
            return redirect("antispam:overview")
    mine = _mine(visit)
    letters = (
        Letter.objects.filter(agency__in=[one.id for one in mine])
        .select_related("document")
        .order_by("-pk")[:_NEWEST]
    )
    names = queries.operator_names()
    told = {
        "errors": faults,
        "mine": mine,
        "waiting": len(queries.waiting()),
        "to_ask": sum(len(queries.to_ask(one.id)) for one in mine),
        "steps": _steps(visit),
        "cases": _cases(visit),
        "letters": [
            (one, names.get(one.operator, one.operator), _named(one), one.items.count())
            for one in letters
        ],
        "kinds": _kinds(queries.kinds_of(one for one in letters if one.sent_on)),
        "fines": fines_counted(visit.actor),
        "scored": queries.scored(visit.actor, most=20),
    }
    return _page(request, "overview", told, faults=bool(faults))


def _do(what: str, visit: Visit) -> str:
    """Carry out what a button of the overview asks for; give the sentence that says so."""
    mine = _mine(visit)
    if not mine:
        raise NotYourCases
    act: dict[str, Any] = {"actor": visit.actor, "at": visit.at, "agency_id": mine[0].id}
    if what == "open":
        opened = actions.open_cases(**act)
        said = ngettext("Đã lập %(n)s hồ sơ.", "Đã lập %(n)s hồ sơ.", opened.cases)
        return said % {"n": opened.cases}
    if what == "draft":
        made = len(actions.draft_letters(**act))
        return ngettext("Đã dự thảo %(n)s công văn.", "Đã dự thảo %(n)s công văn.", made) % {
            "n": made
        }
    raise Http404


def _steps(visit: Visit) -> list[tuple[str, int]]:
    counted = queries.by_step(visit.actor)
    names = queries.step_names(language())
    return [(words, counted[key]) for key, words in names.items() if key in counted]


def _cases(visit: Visit) -> list[dict[str, object]]:
    names = queries.step_names(language())
    return [
        {
            "number": dialled(one.number),
            "round": one.round,
            "step": names.get(one.dossier.step, one.dossier.step),
            "code": one.dossier.code or one.dossier.lookup,
        }
        for one in queries.latest(visit.actor)
    ]


def _kinds(counted: Mapping[str, int]) -> list[tuple[str, int]]:
    rule = register_of(queries.SIGHTINGS).field_rules["kind"]
    names = {one.key: one.label.text(language()) for one in rule.choices}
    return [(names[key], counted[key]) for key in names if key in counted]


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def see(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Note where a number was seen, with a photo: made for a telephone in the street."""
    agencies = kept_agencies(visit.actor, register_of(queries.SIGHTINGS), visit.on)
    if not agencies:
        raise NotYourRegister
    problems: Mapping[str, Refused] = {}
    if request.method == "POST":
        problems = _note(request, visit, agencies)
        if not problems:
            messages.success(request, _("Đã ghi nhận. Bạn có thể ghi tiếp."))
            return redirect("antispam:see")
    boxes = with_errors(sighting_boxes(request.POST, visit.on, language()), problems, language())
    told = {
        "boxes": boxes,
        "agencies": agencies,
        "errors": summary(boxes, problems, language()),
    }
    return _page(request, "see", told, faults=bool(problems))


def _note(request: HttpRequest, visit: Visit, agencies: Sequence[Node]) -> Mapping[str, Refused]:
    """Note what the form says; give what is wrong with it."""
    uploads = read_uploads(request, ["photo"])
    if uploads.problems:
        return uploads.problems
    chosen = whole_number(request.POST.get("agency", ""))
    kept = next((one for one in agencies if one.id == chosen), agencies[0])
    try:
        actions.note_sighting(
            actor=visit.actor,
            at=visit.at,
            agency_id=kept.id,
            values=sighting_sent(request.POST),
            geometry=request.POST.get("geometry", ""),
            photo=next(iter(uploads.all()), None),
        )
    except Invalid as invalid:
        return invalid.problems
    except Refused as refusal:
        return {"": refusal}
    return {}


@require_safe
@desk
def photo(request: HttpRequest, visit: Visit, number: int) -> HttpResponseBase:
    """Send the photo of a sighting to who reads the register."""
    declaration = register_of(queries.SIGHTINGS)
    row = record_of(visit.actor, declaration, number)
    found = SightingPhoto.objects.filter(record=row).select_related("file").first()
    if found is None:
        raise Http404
    log.of_records(
        reads.reader(request, visit.actor, visit.at),
        log.Kind.DOWNLOADED,
        what=f"register.{declaration.key}.{row.pk}",
        count=1,
        agencies=[row.agency_id],
        query="",
    )
    return looked_at(found.file.sha256, found.file.media_type, f"anh-{row.pk}.jpg")


@require_safe
@desk
def places(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001 - officers alone
    """Count sightings by commune and street, and show what belongs together; also as CSV."""
    counted = queries.by_place()
    if request.GET.get("dang") == "csv":
        rows = [(one.area, one.street, str(one.sightings), str(one.numbers)) for one in counted]
        heads = (_("Phường, xã"), _("Đường, phố"), _("Lần ghi nhận"), _("Số điện thoại"))
        return csv_file("thong-ke", [heads, *rows])
    told = {"rows": counted[:500], "campaigns": queries.campaigns_seen()[:50]}
    return _page(request, "places", told)


def _letter_of(visit: Visit, number: int) -> Letter:
    found = Letter.objects.filter(pk=number).select_related("document").first()
    if found is None or not visit.actor.holds(found.agency_id, actions.POST):
        raise NoLetter
    return found


def _named(found: Letter) -> str:
    """Give number and signs of the document of a letter; nothing before it has them."""
    row = found.document
    return number_text(row.number, row.signs) if row.number is not None else ""


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def letter(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Show a letter with its annex; note that it went out, or what the operator answers."""
    found = _letter_of(visit, number)
    faults: list[Fault] = []
    if request.method == "POST":
        try:
            messages.success(request, _act_on(request, visit, found))
        except Refused as refusal:
            faults = [Fault("main", refusal.text(language()))]
        else:
            return redirect("antispam:letter", number)
    lines = queries.lines_of(found)
    results = {
        SUSPENDED: _("Đã tạm ngừng"),
        NOT_FOUND: _("Không phải thuê bao của mình"),
        PORTED: _("Đã chuyển mạng"),
    }
    told = {
        "letter": found,
        "operator": queries.operator_names().get(found.operator, found.operator),
        "lines": [(item, row, results.get(item.result, "")) for item, row in lines],
        "results": list(results.items()),
        "answered": sum(bool(item.result) for item, _row in lines),
        "kinds": _kinds(queries.kinds_of([found])),
        "errors": faults,
        "named": _named(found),
        "issued": found.document.state in GONE_OUT,
        "odd": queries.odd_lines(found) if found.document.state in OPEN else [],
        "is_draft": found.document.state == State.DRAFT,
    }
    return _page(request, "letter", told, faults=bool(faults))


def _act_on(request: HttpRequest, visit: Visit, found: Letter) -> str:
    sent = request.POST
    act: dict[str, Any] = {"actor": visit.actor, "at": visit.at, "letter_id": found.pk}
    if sent.get("do") == "send":
        actions.send_letter(**act)
        return _("Các hồ sơ của công văn đã chuyển sang chờ nhà mạng.")
    if sent.get("do") == "renew":
        actions.renew_letter(**act)
        return _("Đã lập lại danh sách theo các hồ sơ đang chờ.")
    told = request.FILES.get("answers")
    answers = answers_of(told.read()) if told else answers_sent(sent, visit.on)
    new = actions.take_answers(**act, answers=answers)
    return ngettext("Đã ghi %(n)s kết quả.", "Đã ghi %(n)s kết quả.", new) % {"n": new}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Take a report of a citizen in; nothing of it is asked for but who, what and their number.

    Who wants to can confirm that number by a code; a report of a number that nobody confirmed is
    taken all the same, and counted apart.
    """
    problems: Mapping[str, Refused] = {}
    code = ""
    asks = request.method == "POST" and request.POST.get("do") == "code"
    if request.method == "POST":
        try:
            if asks:
                _send_code(request)
            else:
                code = _reported(request)
        except Invalid as invalid:
            problems = invalid.problems
        except Refused as refusal:
            problems = {"sender" if asks else "code": refusal}
    sent = QueryDict() if code else request.POST
    waits = not code and (_number(sent) in _asked(request) if sent else False)
    boxes: tuple[Box, ...] = report_boxes(sent, language(), code=waits)
    boxes = tuple(with_errors(boxes, problems, language()))
    told = {
        "boxes": boxes,
        "errors": summary(boxes, problems, language()),
        "code": code,
        "key": request_key(sent),
        "sends": phones.sends_codes(),
        "waits": waits,
    }
    return render(request, "antispam/report.html", told, status=422 if problems else 200)


_KEPT = "spam_code"
_CONFIRMS = phones.Purpose(
    "spam-report",
    "Mã xác nhận / Confirmation code",
    "{code} là mã xác nhận số của bạn cho phản ánh tin rác, dùng một lần trong {minutes} phút."
    "\n{code} confirms your number for a report of spam.",
)


def _number(sent: QueryDict) -> str:
    """Give the mobile number of who reports in its one spelling; empty where it is none."""
    try:
        return phones.mobile(sent.get("sender", ""))
    except Refused:
        return ""


def _asked(request: HttpRequest) -> tuple[str, ...]:
    """Give the number to which this browser had a code sent."""
    kept = request.session.get(_KEPT)
    return (str(kept["number"]),) if kept else ()


def _send_code(request: HttpRequest) -> None:
    """Send a code to the number of a report that says all it has to."""
    if missing := queries.missing_in(_said(request.POST)):
        raise Invalid(missing)
    number = phones.mobile(request.POST.get("sender", ""))
    token = phones.send_code(phone=number, sender=sender(request.META), at=now(), purpose=_CONFIRMS)
    request.session[_KEPT] = {"number": number, "token": token}


def _confirms(request: HttpRequest) -> bool:
    """Take the code where one was given. Raises `PhoneCodeWrong` and `TooManyTries`."""
    given, number = request.POST.get("code", "").strip(), _number(request.POST)
    if not given:
        return False
    if number not in _asked(request):
        raise phones.PhoneCodeWrong
    kept = request.session[_KEPT]
    phones.prove_phone(
        phone=number,
        token=str(kept["token"]),
        code=given[:_LONGEST_CODE],
        sender=sender(request.META),
        at=now(),
        purpose=_CONFIRMS,
    )
    del request.session[_KEPT]
    return True


_LONGEST_CODE = 20


def _said(sent: QueryDict) -> dict[str, str]:
    return {name: sent.get(name, "")[:_TEXT] for name in _ASKED}


def _reported(request: HttpRequest) -> str:
    at, sent = now(), request.POST
    strangers.files_dossier(sender(request.META), at=at)
    found = receivers(queries.CASES, tiers=(), post=actions.POST, on=day_of(at))
    if not found:
        raise Http404
    if missing := queries.missing_in(_said(sent)):
        raise Invalid(missing)
    keeper = house_keeper("portal", register_of(queries.REPORTS), found[0].id)
    code = f"W-{hashlib.sha256(request_key(sent).encode()).hexdigest()[:12].upper()}"
    with suppress(RecordExists):  # the same form again: a second press, or a page that was reloaded
        events.take_web_report(
            actor=keeper,
            at=at,
            agency_id=found[0].id,
            code=code,
            said=_said(sent),
            confirmed=_confirms(request),
        )
    return code


@never_cache
@require_safe
def suspended(request: HttpRequest) -> HttpResponse:
    """Show the numbers suspended for adverts now, with their words and places; also as CSV."""
    strangers.asks(sender(request.META), at=now())
    found = queries.public_list()
    if request.GET.get("dang") == "csv":
        heads = (_("Số điện thoại"), _("Nội dung quảng cáo"), _("Vị trí"), _("Tạm ngừng từ"))
        rows = [
            (one.number, one.text, one.place, one.since.isoformat() if one.since else "")
            for one in found
        ]
        return csv_file("so-bi-tam-ngung", [heads, *rows])
    return render(request, "antispam/suspended.html", {"rows": found[:1000], "total": len(found)})
