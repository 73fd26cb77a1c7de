"""Filing: one part of the form a page, each saved; checking the answers; sending once."""

from __future__ import annotations

import datetime
from dataclasses import replace

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import activate, check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from motcua.core.access.actors import PUBLIC
from motcua.core.dossiers.filing import file
from motcua.core.dossiers.situation import Snapshot, read
from motcua.core.drafts import keeping, merging
from motcua.core.limits import strangers
from motcua.core.limits.address import sender
from motcua.core.now import now
from motcua.core.sql import act, reading
from motcua.faces.portal.journey import CHECK, Journey, journey_of
from motcua.faces.portal.known import AS, OTHER, SELF
from motcua.faces.portal.sheet import PAPERS, WHO, Part
from motcua.faces.ui import forms
from motcua.faces.ui.actors import remember
from motcua.faces.ui.citizens import bind_filed
from motcua.faces.ui.templatetags.ui import language
from motcua.faces.ui.uploads import Uploads, read_uploads
from motcua.kernel.errors import Invalid, Refused

_DROP = "drop-"
_MERGE = "merge"
_BESIDE = frozenset({_MERGE, "drop-beside"})


@never_cache
def file_online(request: HttpRequest, code: str) -> HttpResponse:
    """Show the task list of a form that was begun; one that was not begins with its first part."""
    way = journey_of(request, code, now())
    if request.method == "POST" and request.POST.get("do") == "discard":
        keeping.discard(way.holder, way.declaration.code, at=way.at)
        messages.success(request, _("Đã xóa bản nháp."))
        return redirect("procedure", code=way.declaration.code)
    if request.method == "POST" and request.POST.get("do") in _BESIDE:
        return _beside(request, way)
    if way.kept is None:
        return redirect(way.url(way.sheet.parts[0].key))
    left = [task.url for task in way.tasks if task.state != "done"]
    context = {
        **way.progress(CHECK),
        "tasks": way.tasks,
        "check": way.url(CHECK),
        "next": [*left, way.url(CHECK)][0],
        "until": way.kept.row.saved_at + keeping.lasts(),
        "way": way,
    }
    return render(request, "portal/tasks.html", context)


def _beside(request: HttpRequest, way: Journey) -> HttpResponse:
    """Put what was filled in while signed out into the account's draft, or erase it."""
    code = way.declaration.code
    if request.POST["do"] == _MERGE:
        merging.merge(way.holder, code, at=way.at)
        messages.success(request, _("Đã gộp hai bản nháp. Hãy xem lại từng phần trước khi nộp."))
    else:
        merging.drop_beside(way.holder, code, at=way.at)
        messages.success(request, _("Đã xóa bản nháp trên trình duyệt này."))
    return redirect("file_online", code=code)


@never_cache
def filing_part(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Ask one part of the form and save it; then comes the next, or what is wrong with this."""
    way = journey_of(request, code, now())
    if step == CHECK:
        return _checked(request, way)
    part = way.sheet.part(step)
    if part is None:
        return _undivided(request, way, step)
    if request.method != "POST":
        return _asked(request, way, part)
    return _saved(request, way, part)


def _undivided(request: HttpRequest, way: Journey, step: str) -> HttpResponse:
    """Keep what was typed on a page that was opened before the form had sections, and go on."""
    part = way.sheet.undivided(step)
    if part is None:
        raise Http404
    if request.method == "POST":
        typed = {name: str(request.POST.get(name, "")) for name in forms.names(part.boxes)}
        way = way.saved(request, part.key, typed, [])
    url = reverse("file_online", args=[way.declaration.code])
    if "language" in request.POST:
        return way.carried(_in_other_language(request, url))
    return way.carried(redirect(url))


def _saved(request: HttpRequest, way: Journey, part: Part) -> HttpResponse:
    uploads, wish = _chosen(request, way, part), str(request.POST.get("do", ""))
    typed = {name: str(request.POST.get(name, "")) for name in forms.names(part.boxes)}
    if wish in {OTHER, SELF} and part.key == WHO:
        typed[AS] = wish
    try:
        way = way.saved(request, part.key, typed, list(uploads.all()))
    except Refused as refusal:
        return _not_saved(request, way, part, typed, refusal)
    if wish in {OTHER, SELF} or wish.startswith(_DROP):
        _drop(way, wish)
        return way.carried(redirect(way.url(part.key)))
    if "language" in request.POST:
        return way.carried(_in_other_language(request, way.url(part.key)))
    part = way.sheet.part(part.key) or part
    wrong = {**way.sheet.problems_of(part), **uploads.problems}
    if wrong:
        return way.carried(_asked(request, way, part, wrong))
    return way.carried(HttpResponseRedirect(way.after(part.key)))


def _chosen(request: HttpRequest, way: Journey, part: Part) -> Uploads:
    if part.key != PAPERS:
        return Uploads()
    return read_uploads(request, [rule.key for rule in way.declaration.evidence])


def _drop(way: Journey, wish: str) -> None:
    number = forms.whole_number(wish.removeprefix(_DROP))
    if number is not None:
        keeping.drop_file(way.holder, way.declaration.code, number, at=way.at)


def _not_saved(
    request: HttpRequest, way: Journey, part: Part, typed: dict[str, str], refusal: Refused
) -> HttpResponse:
    """Show the part again with what was typed: it could not be saved."""
    answers = {**way.sheet.answers, **typed}
    again = replace(way.sheet, answers=answers).part(part.key) or part
    return way.carried(_asked(request, way, again, {"": refusal}))


def _asked(
    request: HttpRequest, way: Journey, part: Part, wrong: dict[str, Refused] | None = None
) -> HttpResponse:
    wrong = wrong or {}
    part = replace(part, boxes=forms.with_errors(part.boxes, wrong, language()))
    context = {
        **way.progress(part.key),
        "part": part,
        "action": way.url(part.key),
        "errors": forms.summary(part.boxes, wrong, language()),
        "language_form": "filing",
    }
    status = max([422, *(one.status for one in wrong.values())]) if wrong else 200
    return render(request, "portal/form.html", context, status=status)


def _checked(request: HttpRequest, way: Journey) -> HttpResponse:
    """Show every answer, and file what was shown."""
    if request.method == "POST":
        known = keeping.became(way.holder, forms.request_key(request.POST))
        if known is not None:
            return _confirmed(request, read(reading(), known), way.at)
    if way.kept is None:
        return redirect("file_online", code=way.declaration.code)
    if not way.is_whole:
        messages.warning(request, _("Còn phần chưa xong. Hoàn thành rồi mới nộp được."))
        return redirect("file_online", code=way.declaration.code)
    if request.method != "POST":
        return _check(request, way)
    if request.POST.get("saved") != _stamp(way):
        messages.warning(request, _("Bản nháp đã thay đổi sau khi trang này mở. Hãy xem lại."))
        return redirect(way.url(CHECK))
    strangers.files_dossier(sender(request.META), at=way.at)
    try:
        snapshot = _file(request, way)
    except Invalid:
        return redirect("file_online", code=way.declaration.code)
    return _confirmed(request, snapshot, way.at)


def _check(request: HttpRequest, way: Journey) -> HttpResponse:
    groups = [(part, way.url(part.key), forms.told(part.boxes)) for part in way.sheet.parts]
    assert way.kept is not None
    context = {
        **way.progress(CHECK),
        "groups": groups,
        "key": way.kept.row.key,
        "stamp": _stamp(way),
    }
    return render(request, "portal/check.html", context)


def _stamp(way: Journey) -> str:
    return way.kept.row.saved_at.isoformat() if way.kept else ""


def _file(request: HttpRequest, way: Journey) -> Snapshot:
    """File and empty the draft in one transaction; of two sent at once the second finds it done.

    What a citizen files while signed in is bound to their account in the same act.
    """
    with act() as tx:
        kept = keeping.take(way.holder, way.declaration.code, at=way.at)
        if kept is None:  # a twin was first
            assert way.kept is not None
            known = keeping.became(way.holder, way.kept.row.key)
            if known is None:
                raise Invalid({})
            return read(tx, known)
        filing = replace(way, kept=kept).sheet.filing()
        done = file(actor=PUBLIC, at=way.at, filing=filing, key=kept.row.key)
        keeping.finish(tx, kept, dossier_id=done.dossier_id, at=way.at)
        snapshot = read(tx, done.dossier_id)
        bind_filed(request, snapshot.applicant_id, way.at)
    return snapshot


def _confirmed(request: HttpRequest, snapshot: Snapshot, at: datetime.datetime) -> HttpResponse:
    remember(request, snapshot, at)
    return redirect("filed", lookup=snapshot.lookup)


def _in_other_language(request: HttpRequest, url: str) -> HttpResponse:
    """Lead to the same page in the other language; what was typed and chosen is saved."""
    wanted = str(request.POST["language"])
    if wanted in dict(settings.LANGUAGES) and check_for_language(wanted):
        activate(wanted)
    response = HttpResponseRedirect(url)
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language(), samesite="Lax")
    return response
