"""Two officers, one dossier: what changed since a page was opened, and what was typed on it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import agency, tree
from motcua.core.dossiers.situation import NotFound, Snapshot
from motcua.core.procedures.declaration import Declaration
from motcua.faces.desk.boxes import MoveForm
from motcua.faces.desk.ordering import number
from motcua.faces.desk.reading import history
from motcua.faces.desk.shown.entries import ShownEntry, shown_entries
from motcua.faces.desk.words import BUCKETS, language, moment, place_name
from motcua.faces.ui.states import state_words


@dataclass(frozen=True, slots=True)
class Difference:
    """One value of the dossier: as the page showed it, and as it is."""

    label: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Changed:
    """The values that differ and the acts that happened since."""

    differences: list[Difference]
    acts: list[ShownEntry]


def changed_since(actor: Actor, snapshot: Snapshot, declaration: Declaration, seen: int) -> Changed:
    """Tell what happened after the entry that a page showed last; nothing where it names none."""
    told = history.entries(actor, snapshot)
    newer = [one for one in told if one.seq > seen]
    acts = shown_entries(newer, history.remarks(actor, snapshot))
    try:
        then = _after(history.entry(actor, snapshot, seen).body) if seen > 0 else {}
    except NotFound:
        then = {}
    now = json.loads(json.dumps(snapshot.now.told()))
    return Changed(_differences(declaration, then, now) if then else [], acts)


def typed(form: MoveForm, sent: QueryDict) -> list[tuple[str, str]]:
    """Give what somebody typed and chose on the form of a move, in the order of the page."""
    rows = [
        (form.legs.label, _legs(form)) if form.legs else None,
        (form.agency.label, _agency(sent)) if form.agency else None,
        (form.officer.label, _officer(form)) if form.officer else None,
        (form.promised.label, _day(form)) if form.promised else None,
        (form.words.label, sent.get("reason", "").strip()),
    ]
    return [row for row in rows if row is not None and row[1]]


def _after(body: str) -> dict[str, Any]:
    found = json.loads(body)["data"].get("after")
    return found if isinstance(found, dict) else {}


def _differences(
    declaration: Declaration, then: Mapping[str, Any], now: Mapping[str, Any]
) -> list[Difference]:
    pairs = [
        (label, _said(declaration, name, then), _said(declaration, name, now))
        for name, label in _labels().items()
    ]
    return [Difference(label, old or "–", new or "–") for label, old, new in pairs if old != new]


def _labels() -> dict[str, str]:
    return {
        "step": _("Bước hiện tại"),
        "state": _("Tình trạng"),
        "holding": _("Cơ quan đang giữ"),
        "due": _("Hạn giải quyết"),
        "promised": _("Hẹn trả"),
        "paused": _("Tạm dừng từ"),
        "answer_by": _("Người nộp bổ sung chậm nhất"),
        "finished": _("Có kết quả lúc"),
        "bucket": _("Kết quả so với hạn"),
        "returned": _("Trả kết quả lúc"),
    }


def _said(declaration: Declaration, name: str, values: Mapping[str, Any]) -> str:
    value = values.get(name)
    if value in (None, ""):
        return ""
    match name:
        case "state":
            return state_words(str(value))
        case "step":
            return place_name(declaration, str(value))
        case "holding":
            return agency(int(value)).name(language())
        case "bucket":
            return str(BUCKETS.get(str(value), value))
    return moment(datetime.datetime.fromisoformat(str(value)))


def _legs(form: MoveForm) -> str:
    return ", ".join(one.name for one in form.offered if one.key in form.chosen)


def _agency(sent: QueryDict) -> str:
    """Name the agency that was chosen; what no page offers is nothing."""
    found = tree().nodes.get(number(sent, "agency") or 0)
    return found.name(language()) if found else ""


def _officer(form: MoveForm) -> str:
    assert form.officer is not None
    return dict(form.officer.choices).get(form.officer.value, "")


def _day(form: MoveForm) -> str:
    box = form.promised
    assert box is not None
    return "/".join(part for part in (box.day, box.month, box.year) if part)
