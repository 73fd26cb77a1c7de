"""Mẫu văn bản: every letter with its editions, side by side, and as it looks on paper."""

from __future__ import annotations

import io
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.documents.trials import trial_data
from motcua.core.letters.checks import AT
from motcua.core.letters.comparing import stretches
from motcua.core.letters.declared import Letter, letter_at
from motcua.core.letters.editions import (
    Standing,
    draft_of,
    editions_of,
    numbered,
    sources_of,
    standing,
    standing_of,
)
from motcua.core.letters.faults import TemplateFaulty
from motcua.core.letters.keeping import check_keeps
from motcua.core.letters.kinds import Data, kind_of, kinds, uses
from motcua.core.letters.rules import NoDraft
from motcua.core.letters.setting import draw, render
from motcua.core.letters.sources import Sources
from motcua.core.procedures.systems import system_of
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page, page_number
from motcua.faces.desk.shown.letters import (
    about,
    compared,
    edition_name,
    shown_faults,
    shown_letter,
    state_of,
)
from motcua.faces.desk.words import language
from motcua.faces.ui import reads
from motcua.faces.ui.numbers import number_in
from motcua.kernel.errors import Refused

DRAFT = "soan"
"""What stands in the address for the edition that is being written."""

_MOST_PAGES = 6
_CODE = 40


@dataclass(frozen=True, slots=True)
class _Trial:
    """A template with data to look at it with."""

    letter: Letter
    sources: Sources
    name: str
    data: Data
    kind: str
    code: str


@require_safe
@desk
def letters(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List every letter of every system with the edition in force."""
    check_keeps(visit.actor)
    rows = [
        shown_letter(one, system_of(one.letter.system).name.text(language()))
        for one in standing(visit.at)
    ]
    return page(request, "letters.html", {"rows": rows})


@require_safe
@desk
def letter(request: HttpRequest, visit: Visit, address: str) -> HttpResponse:
    """Tell what a letter is, what it must say, who uses it, and which editions there are."""
    check_keeps(visit.actor)
    found = letter_at(address)
    there = standing_of(found, visit.at)
    rows = [(one, state_of(one, there, visit.at), about(one)) for one in editions_of(found)]
    context = {
        "letter": found,
        "name": found.name.text(language()),
        "system": system_of(found.system).name.text(language()),
        "draft": there.draft,
        "in_force": there.in_force.number if there.in_force else 0,
        "in_force_name": edition_name(there.in_force.number if there.in_force else 0),
        "in_force_about": about(there.in_force),
        "rows": rows,
        "parts": [(one.name.text(language()), one.basis) for one in found.parts],
        "uses": [
            (one.code, one.name.text(language()), [move.text(language()) for move in one.moves])
            for one in uses(found)
        ],
        "sent_by": _sent_by(found),
        "key": str(uuid.uuid4()),
    }
    return page(request, "letter.html", context)


@require_safe
@desk
def letter_compare(request: HttpRequest, visit: Visit, address: str) -> HttpResponse:
    """Put two editions side by side; without a later one, the draft beside what is in force."""
    check_keeps(visit.actor)
    found = letter_at(address)
    before, after = edition_in(request.GET, "truoc"), edition_in(request.GET, "sau")
    there = standing_of(found, visit.at)
    old = _in_force(there) if before is None else numbered(found, before)
    new = _draft(found) if after is None else numbered(found, after)
    context = {
        "address": address,
        "name": found.name.text(language()),
        "before": edition_name(old.edition or 0),
        "after": _("Bản đang soạn") if new.edition is None else edition_name(new.edition),
        "differences": compared(stretches(old, new)),
    }
    return page(request, "letter_compare.html", context)


@require_safe
@desk
def letter_look(request: HttpRequest, visit: Visit, address: str) -> HttpResponse:
    """Show a template as it looks on paper, with sample data or those of a dossier."""
    check_keeps(visit.actor)
    trial, error = _trial(request, visit, address)
    faults: tuple[object, ...] = ()
    count = 0
    if not error:
        try:
            count = len(draw(trial.sources, trial.data, at=AT))
        except TemplateFaulty as refusal:
            faults = shown_faults(refusal.faults, trial.sources)
    chosen = DRAFT if trial.sources.edition is None else str(trial.sources.edition)
    wanted = {"ban": chosen, "kieu": trial.kind, "ho-so": trial.code}
    context = {
        "address": address,
        "name": trial.letter.name.text(language()),
        "edition": trial.name,
        "is_draft": trial.sources.edition is None,
        "wanted": {"ban": chosen, "kind": trial.kind, "code": trial.code},
        "query": urlencode({key: said for key, said in wanted.items() if said}),
        "pages": range(1, min(count, _MOST_PAGES) + 1),
        "count": count,
        "more": max(0, count - _MOST_PAGES),
        "faults": faults,
        "error": error.text(language()) if error else "",
        "kinds": [(one.key, one.name.text(language())) for one in kinds(trial.letter)],
        "of_dossiers": trial.letter.asked != "book",
    }
    return page(request, "letter_look.html", context, status=error.status if error else 200)


@require_safe
@desk
def letter_page(request: HttpRequest, visit: Visit, address: str) -> HttpResponseBase:
    """Give one page as a picture; a page that is not there is the first."""
    check_keeps(visit.actor)
    drawn = draw(*_to_set(request, visit, address), at=AT)
    number = page_number(request)
    picture = drawn[number - 1] if number <= len(drawn) else drawn[0]
    return HttpResponse(picture, content_type="image/png")


@require_safe
@desk
def letter_pdf(request: HttpRequest, visit: Visit, address: str) -> HttpResponseBase:
    """Give the whole letter as PDF."""
    check_keeps(visit.actor)
    made = io.BytesIO(render(*_to_set(request, visit, address), at=AT))
    return FileResponse(made, filename=f"{address}.pdf", content_type="application/pdf")


def edition_in(sent: Mapping[str, object], name: str) -> int | None:
    """Read the number of an edition, 0 for the one that ships; None where none is named."""
    return number_in(sent, name) if sent.get(name) else None


def _to_set(request: HttpRequest, visit: Visit, address: str) -> tuple[Sources, Data]:
    trial, error = _trial(request, visit, address)
    if error:
        raise error
    return trial.sources, trial.data


def _trial(request: HttpRequest, visit: Visit, address: str) -> tuple[_Trial, Refused | None]:
    """Read what is to be looked at; a dossier that cannot be taken leaves the sample data."""
    found = letter_at(address)
    sources, name = _edition(request, visit, found)
    kind = kind_of(found, request.GET.get("kieu", ""))
    code = request.GET.get("ho-so", "").replace("\x00", "").strip()[:_CODE]
    sample = _Trial(found, sources, name, kind.data, kind.key, code)
    if not code or found.asked == "book":
        return sample, None
    try:
        snapshot, data = trial_data(visit.actor, found, code, at=visit.at)
    except Refused as refusal:
        return sample, refusal
    reads.downloaded(request, visit.actor, visit.at, snapshot, f"preview.{found.key}")
    return _Trial(found, sources, name, data, kind.key, code), None


def _edition(request: HttpRequest, visit: Visit, found: Letter) -> tuple[Sources, str]:
    if request.GET.get("ban") == DRAFT:
        return _draft(found), _("Bản đang soạn")
    number = edition_in(request.GET, "ban")
    chosen = _in_force(standing_of(found, visit.at)) if number is None else numbered(found, number)
    return chosen, edition_name(chosen.edition or 0)


def _draft(found: Letter) -> Sources:
    row = draft_of(found)
    if row is None:
        raise NoDraft
    return sources_of(row)


def _in_force(there: Standing) -> Sources:
    return sources_of(there.in_force) if there.in_force else numbered(there.letter, 0)


def _sent_by(found: Letter) -> str:
    return {
        "": "",
        "always": _("Cán bộ in bất cứ lúc nào cho hồ sơ của mọi thủ tục dưới đây."),
        "fees": _("Quầy in khi thu phí, lệ phí của các thủ tục dưới đây."),
        "book": _("Xuất từ Sổ theo dõi hồ sơ của bộ phận một cửa."),
    }[found.asked]
