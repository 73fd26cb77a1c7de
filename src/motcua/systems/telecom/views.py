"""Dùng chung cột: before a mast is built, whose masts stand so near that they are to be shared.

Giấy phép cột: what was permitted, and what of it stands in the register of sites.
Hạ ngầm cáp: years, phases and streets of undergrounding, counted from their dossiers.
"""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.dossiers import answers
from motcua.core.dossiers.filing import NotYourCounter
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.queries import find_one
from motcua.core.files.store import FileTooLarge
from motcua.core.procedures.queries import current, declared
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record
from motcua.core.registers.preparing import in_words
from motcua.core.registers.references import titles
from motcua.core.registers.rights import kept_agencies
from motcua.core.registers.sheets import NoRows
from motcua.faces.desk.acting import NO_REVISION
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.reading.intake import offered
from motcua.faces.ui import reads
from motcua.faces.ui.boxes import Fault
from motcua.faces.ui.forms import shown_revision, whole_number
from motcua.faces.ui.sheets import csv_file
from motcua.faces.ui.templatetags.ui import language
from motcua.kernel import geometry
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.vietnamese import format_percent
from motcua.systems.telecom.actions import (
    Looked,
    PermitOrder,
    issue_permit,
    list_streets,
    look_at,
    streets_in,
)
from motcua.systems.telecom.queries import (
    ASKED,
    PERMITS,
    REQUIRED,
    SHARES,
    SITES,
    STREETS,
    Permit,
    asked_of_permit,
    masts_around,
    may_issue,
    permits_of,
    shared_of,
    streets_of,
    to_issue,
)
from motcua.systems.telecom.rules import (
    LATE,
    NEW,
    RULES,
    THERE,
    TWICE,
    WRONG,
    ListUnread,
    MastTooHigh,
    Near,
    Odd,
    Shared,
    SharingRule,
    Stand,
    Street,
    Tally,
    Task,
    class_of,
    must_fit,
    rule_on,
    tally,
    to_ask,
    years,
)

_PLACE = 60


@require_safe
@desk
def sharing(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask for a place, a zone and a height; tell what is refused, or whom to ask."""
    sent = request.GET
    zones = register_of(SITES).field_rules["zone"].choices
    told: dict[str, object] = {
        "density": "officer",
        "undo": None,
        "recorded": "",
        "place": sent.get("toa-do", "")[:_PLACE],
        "zone": sent.get("khu-vuc", ""),
        "height": whole_number(sent.get("cao", "")),
        "listed": sent.get("han-che") == "1",
        "zones": [(one.key, one.label.text(language())) for one in zones],
        "errors": [],
        "asked": "toa-do" in sent,
    }
    try:
        rule = rule_on(visit.on)
        told |= {"rule": rule, "distances": [(one, rule.metres[one.key]) for one in zones]}
        if told["asked"]:
            told["near"] = _near(visit, rule, told)
    except Refused as refusal:
        box = "height" if isinstance(refusal, MastTooHigh) else "place"
        told |= {"errors": [Fault(box, refusal.text(language()))], "wrong": box}
    return render(request, "telecom/sharing.html", told, status=422 if told["errors"] else 200)


def _near(visit: Visit, rule: SharingRule, told: dict[str, object]) -> list[dict[str, object]]:
    """Give the masts to be shared. Raises `MastTooHigh`, and what reading the place raises."""
    shape = geometry.parse(told["place"], "point")
    if shape is None:
        raise geometry.ShapeUnreadable
    height = told["height"]
    must_fit(rule, height=height if isinstance(height, int) else 0, listed=bool(told["listed"]))
    zone = str(told["zone"]) if told["zone"] in rule.metres else next(iter(rule.metres))
    place = shape.parts[0][0]
    masts = masts_around(visit.actor, place, rule.metres[zone])
    found = to_ask(rule, place, zone, masts)
    named = titles({one for near in found for one in near.mast.operators})
    records = Record.objects.in_bulk([one.mast.record for one in found])
    return [_told(one, records[one.mast.record].title, named) for one in found]


def _told(one: Near, title: str, named: dict[int, tuple[str, str]]) -> dict[str, object]:
    return {
        "record": one.mast.record,
        "title": title,
        "metres": one.metres,
        "operators": ", ".join(named[number][1] for number in one.mast.operators),
        "room": _("Còn chỗ") if one.has_room else _("Đã đủ doanh nghiệp dùng chung"),
    }


@require_safe
@desk
def agreements(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what is shared on a day and where records and agreements differ; all of it as CSV."""
    on = _day_asked(request.GET.get("ngay", ""), visit.on)
    errors = [] if on else [Fault("day", _("Chọn một ngày không ở tương lai."))]
    every = shared_of(visit.actor, on) if on else []
    if request.GET.get("dang") == "csv" and on:
        return _shared_csv(every)
    odd = [one for one in every if one.odd()]
    rows = every if request.GET.get("tat-ca") == "1" else odd
    told = {
        "density": "officer",
        "undo": None,
        "recorded": "",
        "errors": errors,
        "day": on,
        "rows": [_shared_row(one) for one in rows[:_MOST_SHARED]],
        "most": _MOST_SHARED if len(rows) > _MOST_SHARED else 0,
        "counts": (len(every), len(odd), sum(len(one.agreements) for one in every)),
        "everything": rows is every,
        "register": SHARES,
        "keeps": bool(kept_agencies(visit.actor, register_of(SHARES), visit.on)),
    }
    return render(request, "telecom/agreements.html", told, status=422 if errors else 200)


_MOST_SHARED = 500


def _day_asked(text: str, today: datetime.date) -> datetime.date | None:
    """Read a day that has come; today where none is said, None where it is no such day."""
    if not text:
        return today
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if RULES[0].since <= day <= today else None


def _shared_row(one: Shared) -> dict[str, object]:
    named = titles({*one.tenants, *(each.tenant for each in one.agreements)})
    return {
        "told": one,
        "odd": [_odd_words()[each] for each in one.odd()],
        "agreements": [(each, named[each.tenant][1]) for each in one.agreements],
        "unagreed": ", ".join(
            named[number][1]
            for number in sorted(one.tenants - {each.tenant for each in one.agreements})
        ),
    }


def _odd_words() -> dict[Odd, str]:
    return {
        Odd.OVER: _("cho dùng quá sức chứa"),
        Odd.UNCOUNTED: _("sổ ghi đã dùng ít hơn thỏa thuận"),
        Odd.UNTOLD: _("sổ trạm chưa ghi bên dùng chung"),
        Odd.UNAGREED: _("sổ trạm có bên dùng chung chưa có thỏa thuận"),
        Odd.NOT_OWNER: _("bên cho dùng không phải chủ công trình"),
    }


def _shared_csv(rows: Sequence[Shared]) -> HttpResponse:
    heads = (
        *(_("Sổ"), _("Công trình"), _("Sức chứa"), _("Sổ ghi đã dùng"), _("Theo thỏa thuận")),
        *(_("Thỏa thuận"), _("Chưa khớp")),
    )
    words = _odd_words()
    cells = (
        (
            *(register_of(one.register).name.text(language()), one.title),
            *("" if part is None else str(part) for part in (one.room, one.used, one.taken)),
            "; ".join(each.code for each in one.agreements),
            "; ".join(words[each] for each in one.odd()),
        )
        for one in rows
    )
    return csv_file("dung-chung", [heads, *cells])


@require_safe
@desk
def permits(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the masts that were permitted; each that is in no record leads to the register."""
    found = permits_of(visit.actor)
    reads.listed(request, visit.actor, visit.at, "mast_permits", [one.dossier for one in found])
    sites = register_of(SITES)
    told = {
        "density": "officer",
        "undo": None,
        "recorded": "",
        "rows": [(one, _entry(one)) for one in found],
        "issuing": to_issue(visit.actor, visit.at),
        "waiting": sum(one.record is None for one in found),
        "keeps": bool(kept_agencies(visit.actor, sites, visit.on)),
        "register": SITES,
    }
    return render(request, "telecom/permits.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def issue(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    """Ask for number, days and place of a permit, and issue it with its site in the register."""
    snapshot = find_one(visit.actor, code)
    row = Dossier.objects.select_related("version__procedure").get(pk=snapshot.id)
    if row.version.procedure.code != PERMITS:
        raise Http404
    problems: dict[str, Refused] = {}
    sent = request.POST
    if request.method == "POST":
        told = {name: sent.get(name, "")[:_LONGEST_SAID].strip() for name in ASKED}
        revision = shown_revision(sent) or NO_REVISION
        act = {"actor": visit.actor, "at": visit.at, "dossier_id": row.pk, "revision": revision}
        try:
            order = PermitOrder(**told)
            record = issue_permit(**act, order=order, key=sent.get("key", ""))  # type: ignore[arg-type]
            messages.success(request, _("Đã phát hành giấy phép và ghi trạm vào sổ."))
            return redirect("desk:record", SITES, record)
        except Invalid as invalid:
            problems = dict(invalid.problems)
        except Refused as refusal:
            problems = {"form": refusal}
    wrong = {_BOX.get(key, key): one.text(language()) for key, one in problems.items()}
    filed = answers.read(row.fields)
    reads.opened(request, visit.actor, visit.at, snapshot, "permit")
    context = {
        "density": "officer",
        "undo": None,
        "recorded": "",
        "code": row.code or row.lookup,
        "told": [(rule.label.text(language()), in_words(rule, filed[rule.key], language()))
                 for rule in declared(row.version_id).fields
                 if rule.key in _SHOWN and rule.key in filed],
        "boxes": [(rule, name, sent.get(name, usual), wrong.get(name), name in REQUIRED)
                  for name, rule, usual in asked_of_permit(row, visit.on)],
        "errors": [Fault(f"box-{key}", text) for key, text in wrong.items()],
        "may": may_issue(visit.actor, code, visit.at),
        "key": sent.get("key") or str(uuid.uuid4()),
        "revision": sent.get("revision") or snapshot.revision,
    }  # fmt: skip
    return render(request, "telecom/issue.html", context, status=422 if problems else 200)


_SHOWN = frozenset({"operator", "place", "kind", "height", "shared"})
_LONGEST_SAID = 120
_BOX = {"geometry": "place", "key": "code", "form": "permit"}


def _entry(one: Permit) -> str:
    """Give what the form of a new record is told of a permit; number and place are for officers."""
    said = {
        "code": one.code,
        "address": one.place,
        "mast_class": class_of(one.kind, one.height),
        "height": str(one.height or ""),
        "permit_dossier": one.code,
        "state": "permitted",
        "operator": one.operator,
    }
    if one.issued_on:
        parts = {"day": one.issued_on.day, "month": one.issued_on.month, "year": one.issued_on.year}
        said |= {f"permit_on.{part}": str(number) for part, number in parts.items()}
    return urlencode({f"fields.{key}": value for key, value in said.items() if value})


_LONGEST_STATE = 40


def _states() -> dict[str, str]:
    return {
        str(Stand.DONE): _("Đã xong"),
        str(Stand.UNDER_WAY): _("Đang hạ ngầm"),
        str(Stand.GUIDED): _("Đang hướng dẫn"),
        LATE: _("Trễ hạn"),
    }


@require_safe
@desk
def undergrounding(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show years and phases with what they came to; with a filter the streets; also as CSV."""
    year, phase = (whole_number(request.GET.get(name, "")) for name in ("nam", "dot"))
    state = request.GET.get("trang-thai", "")[:_LONGEST_STATE]
    states = _states()
    state = state if state in states else ""
    every = streets_of(visit.actor, language())
    chosen = [
        one
        for one in every
        if year in {None, one.year} and phase in {None, one.phase} and one.is_in(state, visit.on)
    ]
    reads.listed(request, visit.actor, visit.at, "undergrounding", [one.dossier for one in chosen])
    if request.GET.get("dang") == "csv":
        return _csv(chosen, visit.on, states)
    narrowed = any(name in request.GET for name in ("nam", "dot", "trang-thai"))
    told = {
        "density": "officer",
        "undo": None,
        "recorded": "",
        "states": list(states.items()),
        "years": [
            {"year": one.year, "rows": [(part, _shown(part.tally)) for part in one.phases],
             "tally": one.tally, "sums": _shown(one.tally)}
            for one in years(every, visit.on)
        ],
        "narrowed": narrowed,
        "rows": [_row(one, visit) for one in chosen] if narrowed else [],
        "sums": _shown(tally(chosen, visit.on)),
        "chosen": (year, phase, states.get(state, "")),
        "adds": _adds(visit),
        "procedure": STREETS,
    }  # fmt: skip
    return render(request, "telecom/undergrounding.html", told)


def _adds(visit: Visit) -> bool:
    """Tell whether an officer takes streets into the list."""
    return any(one.declaration.code == STREETS for one in offered(visit.actor, visit.on))


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def street_list(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Look at a list of streets row by row, or list all of them."""
    agencies = next(
        (one.agencies for one in offered(visit.actor, visit.on) if one.declaration.code == STREETS),
        (),
    )
    if not agencies:
        raise NotYourCounter(agency=_("Hạ ngầm cáp"))
    looked: list[Looked] = []
    faults: list[Fault] = []
    if request.method == "POST":
        try:
            lines = _sent(request)
            if request.POST.get("do") == "list":
                act = {"actor": visit.actor, "at": visit.at, "agency_id": agencies[0].id}
                count = list_streets(**act, lines=lines)  # type: ignore[arg-type]
                messages.success(request, _("Đã ghi %(n)s phố vào danh mục.") % {"n": count})
                return redirect("telecom:undergrounding")
            looked = look_at(lines, agency_id=agencies[0].id, on=visit.on)
        except Refused as refusal:
            faults = [Fault("file", refusal.text(language()))]
    return render(
        request,
        "telecom/street_list.html",
        {"density": "officer", "undo": None, "recorded": "", "errors": faults, **_looked(looked)},
        status=422 if faults else 200,
    )


def _sent(request: HttpRequest) -> list[tuple[int, dict[str, str]]]:
    """Give the rows of a file, or those that were looked at before. Raises `ListUnread`."""
    if request.POST.get("do") != "list":
        sent = request.FILES.get("file")
        if sent is None:
            raise NoRows
        if (sent.size or 0) > settings.MOTCUA_MAX_UPLOAD_BYTES:
            raise FileTooLarge(limit_mb=settings.MOTCUA_MAX_UPLOAD_BYTES // 2**20)
        return streets_in(sent.read())
    try:
        rows = json.loads(request.POST.get("rows", ""))
        return [(int(line), {str(key): str(one) for key, one in told.items()})
                for line, told in rows]  # fmt: skip
    except (ValueError, TypeError, AttributeError) as wrong:
        raise ListUnread from wrong


def _looked(rows: Sequence[Looked]) -> dict[str, object]:
    said = {
        NEW: _("sẽ ghi"),
        THERE: _("đã có trong danh mục"),
        TWICE: _("trùng dòng trên"),
        WRONG: _("sai"),
    }
    fields = current(STREETS).declaration.fields
    labels = {one.key: one.label.text(language()) for one in fields}
    states = [one.state for one in rows]
    return {
        "rows": [
            (one, said[one.state], [(labels.get(key, key), wrong.text(language()))
                                    for key, wrong in one.problems.items()])
            for one in rows
        ],
        "counts": {
            "new": states.count(NEW),
            "there": states.count(THERE) + states.count(TWICE),
            "wrong": states.count(WRONG),
        },
        "kept": json.dumps([[one.line, one.told] for one in rows], ensure_ascii=False),
        "columns": [(one.key, labels[one.key], one.required) for one in fields],
    }  # fmt: skip


def _shown(found: Tally) -> dict[str, object]:
    """Give the figures of a tally as a row shows them, each count by its state."""
    return {
        "streets": found.streets,
        "counts": [(key, name, found.stands[key]) for key, name in _states().items()],
        "share": format_percent(found.share, language()),
        "done": found.done,
        "metres": found.metres,
        "metres_done": found.metres_done,
    }


def _row(one: Street, visit: Visit) -> dict[str, object]:
    return {
        "told": one,
        "late": one.late(visit.on),
        "tasks": [(task.operator, *_said(task, visit.at)) for task in one.tasks],
    }


def _said(task: Task, at: datetime.datetime) -> tuple[str, bool]:
    """Give in a few words how far a task is, and whether it is late."""
    late = task.late(at)
    if task.done_at is not None:
        return (_("xong, trễ hạn") if late else _("xong")), late
    return (_("quá hạn") if late else _("đang hạ cáp")), late


def _csv(rows: Sequence[Street], on: datetime.date, states: dict[str, str]) -> HttpResponse:
    heads = (
        *(_("Năm"), _("Đợt"), _("Đường, phố"), _("Từ"), _("Đến"), _("Phường, xã")),
        *(_("Dài (m)"), _("Viễn thông"), _("Điện lực"), _("Trạng thái"), _("Bước")),
        *(_("Hạn của đợt"), _("Nghiệm thu"), _("Trễ hạn"), _("Mã hồ sơ")),
    )
    return csv_file("ha-ngam", [heads, *_cells(rows, on, states)])


def _cells(
    rows: Iterable[Street], on: datetime.date, states: dict[str, str]
) -> Iterable[tuple[str, ...]]:
    yes, no = _("có"), _("không")
    for one in rows:
        yield (
            *(str(one.year), str(one.phase), one.street, one.begins, one.ends, one.ward),
            *(str(one.metres), yes if one.telecom else no, yes if one.power else no),
            *(states[one.stand], one.step, one.phase_end.isoformat()),
            one.accepted_on.isoformat() if one.accepted_on else "",
            yes if one.late(on) or one.done_late else no,
            one.code,
        )
