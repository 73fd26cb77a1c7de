"""Bản nháp của cán bộ: what was typed into a form of the desk and not sent, offered again."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from motcua.core.dossiers.situation import Snapshot
from motcua.core.drafts import typed
from motcua.core.drafts.typed import NO_DOSSIER, Typed
from motcua.faces.desk.doors import Visit
from motcua.faces.desk.pages import RECORDED
from motcua.faces.desk.words import moment
from motcua.faces.ui.signed import signed_in

USE = "nhap"
"""The parameter that fills a form in with its draft."""

NEWCOMER = "can-bo/moi"


@dataclass(frozen=True, slots=True)
class Unsent:
    """The draft of a form as its page offers it; `stamp` is empty where there is none."""

    form: str
    stamp: str = ""
    saved: str = ""
    used: bool = False
    again: str = ""
    here: str = ""


def of_intake(procedure: str) -> str:
    """Name the form that takes a dossier of a procedure in."""
    return f"tiep-nhan/{procedure}"


def of_move(snapshot: Snapshot, key: str, leg: int | None) -> str:
    """Name the form of a move; each consultation has one of its own."""
    return f"ho-so/{snapshot.lookup}/{key}/{leg or ''}"


def offered(request: HttpRequest, visit: Visit, form: str) -> Unsent:
    """Tell what the page of a form offers: its draft, where it was not sent just now."""
    found = _found(request, visit, form) if request.method != "POST" else None
    if found is None:
        return Unsent(form)
    kept = {name: value for name, value in request.GET.items() if name != USE}
    here = f"{request.path}?{urlencode(kept)}" if kept else request.path
    return Unsent(
        form,
        stamp=found.saved_at.isoformat(),
        saved=moment(found.saved_at),
        used=USE in request.GET,
        again=f"?{urlencode({**kept, USE: '1'})}",
        here=here,
    )


def fill(request: HttpRequest, visit: Visit, form: str, sent: QueryDict) -> None:
    """Put what was typed before into a form, where its officer asks for it."""
    asked = request.method != "POST" and USE in request.GET
    found = _found(request, visit, form) if asked else None
    for name, value in found.pairs if found else ():
        sent.appendlist(name, value)


def was_done(
    request: HttpRequest, visit: Visit, form: str, *, dossier_id: int = NO_DOSSIER
) -> None:
    """Erase the draft of a form: its act is done."""
    known = signed_in(request, visit.at)
    if known is not None:
        request.session[RECORDED] = form
        key = request.POST.get("key", "")
        typed.done(known.account_id, form, key=key, at=visit.at, dossier_id=dossier_id)


def _found(request: HttpRequest, visit: Visit, form: str) -> Typed | None:
    known = signed_in(request, visit.at)
    return typed.find(known.account_id, form, at=visit.at) if known else None
