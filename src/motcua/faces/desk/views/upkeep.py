"""Vận hành hệ thống: how the house is, and what was given up tried again."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.backups.archive import ArchiveMissing
from motcua.core.exchange.actions import NotDead
from motcua.core.jobs.actions import NotRetried
from motcua.core.jobs.models import Job
from motcua.core.jobs.queries import kinds
from motcua.core.upkeep import acts
from motcua.core.upkeep.findings import Finding
from motcua.core.upkeep.models import Part, Turn
from motcua.core.upkeep.queries import jobs, upkeep
from motcua.core.upkeep.rules import ReasonUnknown
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.ordering import number
from motcua.faces.desk.pages import page, page_number
from motcua.faces.desk.words import language, said

_KIND = 80


@dataclass(frozen=True, slots=True)
class Line:
    """A finding in the words of the page."""

    code: str
    ok: bool
    words: str


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def keeping_house(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what was found, or try something again and come back."""
    if request.method == "POST":
        _again(request, visit)
        return redirect("desk:upkeep")
    found = upkeep(visit.actor, visit.at)
    context = {
        "at": visit.at,
        "found": found,
        "lines": [_line(one) for one in found.findings],
        "watched": [(one, _part(one.name), _said(one)) for one in found.watched],
        "turns": [(one, _part(one.part.name), _said(one)) for one in found.turns],
        "key": str(uuid.uuid4()),
        "reasons": _reasons(),
    }
    return page(request, "upkeep.html", context)


@require_safe
@desk
def jobs_list(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the jobs of a state and a kind; nothing of what they carry is shown."""
    state, kind = request.GET.get("tinh-trang", ""), request.GET.get("kieu", "")
    state = state if state in Job.State.values else ""
    found = jobs(visit.actor, state=state, kind=kind[:_KIND], page=page_number(request))
    names = _states()
    context = {
        "rows": [(one, names[one.state]) for one in found.rows],
        "listed": found,
        "states": names.items(),
        "state": state,
        "kinds": kinds(),
        "kind": kind,
    }
    return page(request, "jobs.html", context)


def _states() -> dict[str, str]:
    return {
        Job.State.READY: _("Chờ làm"),
        Job.State.RUNNING: _("Đang làm"),
        Job.State.DONE: _("Đã xong"),
        Job.State.DEAD: _("Hỏng"),
        Job.State.DROPPED: _("Đã bỏ"),
    }


def _reasons() -> list[tuple[str, str]]:
    words = (_("Đã làm cách khác"), _("Không còn cần"), _("Không thể làm được"))
    return list(zip(acts.REASONS, words, strict=True))


def _line(one: Finding) -> Line:
    return Line(one.code, one.ok, one.en if language() == "en" else one.vi)


def _said(one: Part | Turn) -> str:
    return one.en if language() == "en" else one.vi


def _part(name: str) -> str:
    """Name a part of the house; a link that has no words here goes by its own name."""
    names = {
        "worker": _("Việc nền (worker)"),
        "jobs": _("Việc nền chờ và hỏng"),
        "messages": _("Hộp thông điệp gửi đi"),
        "ledger": _("Niêm phong sổ cái"),
        "archives": _("Bản sao lưu"),
        "disk": _("Ổ đĩa"),
        "files": _("Ghi và đọc tệp"),
        "clock": _("Đồng hồ"),
        "messages.link": _("Kết nối gửi thư"),
        "antivirus.link": _("Kết nối quét mã độc"),
    }
    return names.get(name, name)


def _again(request: HttpRequest, visit: Visit) -> None:
    acts.check_keeper(visit.actor)
    try:
        said_ = _done(visit, request.POST)
    except (NotRetried, NotDead, ReasonUnknown, ArchiveMissing) as refusal:
        messages.warning(request, said(refusal))
        return
    if said_:
        messages.success(request, said_)


def _done(visit: Visit, sent: QueryDict) -> str:
    """Do what the button says; give the sentence about it, empty where nothing was asked."""
    actor, at, key = visit.actor, visit.at, sent.get("key") or None
    job, letter = number(sent, "job"), number(sent, "letter")
    reason = sent.get("reason", "")
    match sent.get("do", ""):
        case "archive":
            acts.archive_asked(actor=actor, at=at, key=key)
            return _("Đã giao lập bản sao lưu; bản mới hiện ở dưới khi xong.")
        case "drill":
            acts.drill_asked(actor=actor, at=at, root=sent.get("root", ""), key=key)
            return _("Đã giao thử khôi phục; kết quả hiện ở dòng của bản đó khi xong.")
        case "drop" if job is not None:
            acts.job_dropped(actor=actor, at=at, job_id=job, reason=reason, key=key)
            return _("Đã bỏ.")
        case "drop" if letter is not None:
            acts.message_dropped(actor=actor, at=at, message_id=letter, reason=reason, key=key)
            return _("Đã bỏ.")
        case "drop":
            return ""
    if job is not None:
        acts.job_again(actor=actor, at=at, job_id=job, key=key)
    elif letter is not None:
        acts.message_again(actor=actor, at=at, message_id=letter, key=key)
    else:
        return ""
    return _("Đã cho chạy lại.")
