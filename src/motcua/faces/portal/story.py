"""What happened to a dossier as its applicant is told it: no words between officers."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motcua.core.access.actors import Actor
from motcua.core.access.rows import visible
from motcua.core.agencies.heirs import both_names
from motcua.core.agencies.queries import agency
from motcua.core.dossiers.handing import RECEIPT, RECEIPT_NAME
from motcua.core.dossiers.models import Remark
from motcua.core.dossiers.plan import REFORM
from motcua.core.dossiers.situation import Snapshot
from motcua.core.files.models import Evidence
from motcua.core.ledger.models import Entry
from motcua.core.people.models import Officer
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.queries import declared
from motcua.faces.ui.templatetags.ui import language
from motcua.kernel.flow.definition import Kind

# The words of these moves are written to the applicant, or by them.
_FOR_THE_APPLICANT = {
    Kind.SUPPLEMENT,
    Kind.ANSWER,
    Kind.REFUSE,
    Kind.STOP,
    Kind.WITHDRAW,
    Kind.APOLOGISE,
    Kind.REOPEN,
}
_MOODS = {
    Kind.SUPPLEMENT: ("paused", "paused"),
    Kind.REFUSE: ("late", "over"),
    Kind.STOP: ("late", "over"),
    Kind.WITHDRAW: ("done", "over"),
    Kind.APOLOGISE: ("late", "late"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One line of `ui/timeline.html`."""

    title: str
    at: datetime.datetime
    detail: str
    quote: str
    mood: str
    icon: str


def acts(actor: Actor, snapshot: Snapshot) -> list[Entry]:
    """Give the entries of a dossier, first one first."""
    rows = visible(Entry.objects.filter(stream=snapshot.id), actor, by="stream")
    return list(rows.order_by("seq"))


def story(actor: Actor, snapshot: Snapshot, rows: list[Entry]) -> tuple[Event, ...]:
    """Give the acts on a dossier, the latest first, each by the version it was made under."""
    words = {one.seq: one.text for one in remarks(actor, snapshot)}
    events: list[Event] = []
    holders: dict[int | None, int] = {None: snapshot.receiving_agency_id}
    for row in rows:
        body: dict[str, Any] = json.loads(row.body)
        data = body.get("data", {})
        holder = holders.get(data.get("leg"), holders[None])
        event = _event(row, body, declared(body["version"]), holder, words.get(row.seq, ""))
        if event is not None:
            events.append(event)
        holders |= _holders(data.get("after", {}))
    return tuple(reversed(events))


def _holders(after: dict[str, Any]) -> dict[int | None, int]:
    """Give the agency that holds the dossier, by no number, and each opinion, by its leg's."""
    held = {None: after["holding"]} if "holding" in after else {}
    return held | {leg: agency_id for _step, leg, agency_id, *_ in after.get("work", ()) if leg}


def remarks(actor: Actor, snapshot: Snapshot) -> list[Remark]:
    """Give the words of the acts, first one first."""
    rows = visible(Remark.objects.filter(dossier_id=snapshot.id), actor, by="dossier_id")
    return list(rows.order_by("seq"))


def defects(actor: Actor, snapshot: Snapshot, declaration: Declaration) -> tuple[str, ...]:
    """Give what the last request for a supplement lists, line by line."""
    asked = {move.key for move in declaration.flow.moves if move.kind is Kind.SUPPLEMENT}
    texts = [one.text for one in remarks(actor, snapshot) if one.kind in asked]
    lines = texts[-1].splitlines() if texts else []
    return tuple(line.strip(" -•*\t") for line in lines if line.strip(" -•*\t"))


def handed_in(actor: Actor, snapshot: Snapshot, declaration: Declaration) -> list[tuple[str, str]]:
    """Give the papers the dossier holds: name of the paper, name of the file or sheets."""
    rows = visible(Evidence.objects.filter(dossier_id=snapshot.id), actor, by="dossier_id")
    names = {rule.key: rule.name.text(language()) for rule in declaration.evidence}
    names[RECEIPT] = RECEIPT_NAME.text(language())
    return [(names.get(row.component, row.component), _what(row)) for row in rows.order_by("id")]


def taken_over_from(snapshot: Snapshot, rows: list[Entry]) -> int:
    """Give the agency in whose place the holder stands since a reform; else the holder itself."""
    before = now = snapshot.receiving_agency_id
    for row in rows:
        held = json.loads(row.body)["data"].get("after", {}).get("holding", now)
        if held != now and row.act != REFORM:
            before = held  # it came here by a step of its own
        now = held
    return before


def serves(snapshot: Snapshot) -> str:
    """Name the agency at whose counter the applicant is served, and the one that it took over."""
    return both_names(snapshot.desk_agency_id, snapshot.receiving_agency_id, language())


def holder(snapshot: Snapshot, rows: list[Entry]) -> str:
    """Tell who holds the dossier now: the officer if one is named, and the agency, by both names
    where it took the dossier over in a reform."""
    here = snapshot.now.holding_agency_id
    where = both_names(here, taken_over_from(snapshot, rows), language())
    item = snapshot.main
    if item is None or item.officer_id is None:
        return where
    name = Officer.objects.filter(pk=item.officer_id).values_list("name", flat=True).first()
    return f"{name}, {where}" if name else where


def _what(row: Evidence) -> str:
    parts = [row.name] if row.name else []
    if row.originals:
        parts.append(_("%(n)s bản chính") % {"n": row.originals})
    if row.copies:
        parts.append(_("%(n)s bản sao") % {"n": row.copies})
    return ", ".join(parts)


def _event(
    row: Entry, body: dict[str, Any], declaration: Declaration, agency_id: int, words: str
) -> Event | None:
    move = declaration.flow.move.get(row.act)
    if move is None:
        title = {
            "file": _("Nộp hồ sơ trực tuyến"),
            "take_in": _("Nộp và tiếp nhận tại quầy"),
            "remind": _("Nhắc bổ sung hồ sơ"),
            REFORM: _("Chuyển sang cơ quan kế thừa"),
            "migrate": _("Chuyển sang phiên bản mới của thủ tục"),
        }
        if row.act not in title:
            return None  # acts of the house itself, such as making a paper
        who = _passed_on(body, agency_id) if row.act == REFORM else _who(body, agency_id)
        return Event(title[row.act], row.at, who, "", "done", "check") if who else None
    mood, icon = _MOODS.get(move.kind, ("done", "check"))
    quote = words if move.kind in _FOR_THE_APPLICANT else ""
    name = declaration.move_names[move.key].text(language())
    if move.kind is Kind.ANSWER and _is_own(body):
        name = _("Gửi bổ sung")  # the declaration names it as the house sees it
    return Event(name, row.at, _who(body, agency_id), quote, mood, icon)


def _passed_on(body: dict[str, Any], before: int) -> str:
    """Name the heir and whom it follows; nothing where only an opinion went over."""
    data = body["data"]
    heir = data["after"]["holding"]
    if heir != before:
        return both_names(heir, before, language())
    return agency(data["serves"]).name(language()) if data.get("serves") else ""


def _who(body: dict[str, Any], agency_id: int) -> str:
    return _("Bạn") if _is_own(body) else agency(agency_id).name(language())


def _is_own(body: dict[str, Any]) -> bool:
    actor = str(body.get("actor", ""))
    return actor == "public" or actor.startswith("party:")


def sealed(actor: Actor, snapshot: Snapshot) -> frozenset[int]:
    """Give the numbers of the entries that a seal stands over."""
    rows = visible(Entry.objects.filter(stream=snapshot.id), actor, by="stream")
    return frozenset(rows.filter(seal__isnull=False).values_list("seq", flat=True))
