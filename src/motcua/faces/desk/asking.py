"""What the form of a move asks for, read off the move itself."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.access.actors import Actor
from motcua.core.agencies.heirs import named
from motcua.core.agencies.queries import (
    Node,
    NoSuperior,
    agency,
    staffed,
    tree,
)
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.situation import Snapshot
from motcua.core.procedures.declaration import Declaration, EvidenceRule
from motcua.core.staff.people import Person, people
from motcua.faces.desk.words import language, leg_name, moment, post_name, tier_name
from motcua.kernel.flow.definition import Kind, Move
from motcua.kernel.flow.engine import free_legs
from motcua.kernel.vietnamese import sort_key


@dataclass(frozen=True, slots=True)
class Words:
    """The text that goes with a move: its label, its hint, and whether it must be there."""

    label: str
    hint: str
    required: bool


@dataclass(frozen=True, slots=True)
class OfferedLeg:
    """A consultation that can be opened now."""

    key: str
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything a move's form shows; empty parts are left out."""

    words: Words
    receiver: str
    people: list[Person]
    tiers: list[tuple[str, list[Node]]]
    legs: list[OfferedLeg]
    evidence: tuple[EvidenceRule, ...]
    promise: str = ""


def asked_by(
    move: Move, actor: Actor, snapshot: Snapshot, declaration: Declaration, at: datetime.datetime
) -> Asked:
    """Tell what to ask an officer who makes this move of this dossier now."""
    on = timezone.localtime(at).date()
    to = receiver(move, snapshot, declaration, on)
    return Asked(
        words=words_of(move),
        receiver=f"{post_name(declaration, to[1])}, {to[0].name(language())}" if to else "",
        people=_people(actor, at, to),
        tiers=_tiers(move, snapshot, declaration, on) if move.kind is Kind.HAND_OVER else [],
        legs=_legs(move, snapshot, declaration, on),
        evidence=declaration.evidence if move.kind is Kind.ANSWER else (),
        promise=_promise(snapshot) if move.kind is Kind.APOLOGISE else "",
    )


def _promise(snapshot: Snapshot) -> str:
    """Tell between which days the new one lies."""
    return _("Một ngày làm việc sau hạn giải quyết %(due)s; kết quả hẹn đến cuối ngày đó.") % {
        "due": moment(snapshot.now.due_at)
    }


def words_of(move: Move) -> Words:
    """Word the text box of a move by what the move does."""
    match move.kind:
        case Kind.SUPPLEMENT:
            hint = _("Ghi hết mọi thiếu sót trong một lần, mỗi dòng một nội dung.")
            return Words(_("Nội dung cần bổ sung"), hint, move.reason)
        case Kind.REPLY:
            return Words(_("Nội dung trả lời"), _("Nêu rõ ý kiến và căn cứ."), move.reason)
        case Kind.CONSULT:
            return Words(_("Nội dung cần lấy ý kiến"), "", move.reason)
    if move.reason or move.kind is Kind.WITHDRAW:  # an officer withdraws for somebody else
        return Words(_("Lý do"), _("Người nộp hoặc cán bộ nhận sẽ đọc lý do này."), required=True)
    return Words(_("Ghi chú"), _("Lưu cùng thao tác này."), required=False)


def receiver(
    move: Move, snapshot: Snapshot, declaration: Declaration, on: datetime.date
) -> tuple[Node, str] | None:
    """Give the agency and post that get the work by this move; None at an end or where chosen."""
    main = snapshot.main
    if move.kind is Kind.ASSIGN:
        return (agency(main.agency_id), main.post) if main else None
    if move.kind not in {Kind.FORWARD, Kind.BACK} or move.target is None:
        return None
    step = declaration.flow.step.get(move.target)
    holder = _holder(step.agency, snapshot, on) if step else None
    return (holder, step.post) if step and holder else None


def _holder(rule: str, snapshot: Snapshot, on: datetime.date) -> Node | None:
    match rule:
        case "receiving":
            return agency(snapshot.desk_agency_id)
        case "same":
            return agency(snapshot.now.holding_agency_id)
        case "superior":
            try:
                return tree().superior(snapshot.desk_agency_id)
            except NoSuperior:
                return None
    return named(rule.removeprefix("code:"), snapshot.procedure_id, snapshot.area, on)


def _people(actor: Actor, at: datetime.datetime, to: tuple[Node, str] | None) -> list[Person]:
    if to is None:
        return []
    on = calendars[to[0].calendar].local(at).date()
    return people(actor, at, agency_id=to[0].id, post=to[1], on=on)


def _tiers(
    move: Move, snapshot: Snapshot, declaration: Declaration, on: datetime.date
) -> list[tuple[str, list[Node]]]:
    """Living agencies other than the holder where somebody can do the step, by tier and name."""
    step = declaration.flow.step.get(move.target or snapshot.now.step)
    there = staffed(step.post, on) if step else frozenset()
    tiers: dict[str, list[Node]] = {}
    for node in tree().living(on):
        if node.id != snapshot.now.holding_agency_id and node.id in there:
            tiers.setdefault(node.tier, []).append(node)
    return [
        (tier_name(tier), sorted(nodes, key=lambda node: sort_key(node.name_vi)))
        for tier, nodes in tiers.items()
    ]


def _legs(
    move: Move, snapshot: Snapshot, declaration: Declaration, on: datetime.date
) -> list[OfferedLeg]:
    if move.kind is not Kind.CONSULT:
        return []
    return [
        OfferedLeg(key, leg_name(declaration, key), _leg_detail(key, snapshot, declaration, on))
        for key in free_legs(move, snapshot.now.marking)
    ]


def _leg_detail(key: str, snapshot: Snapshot, declaration: Declaration, on: datetime.date) -> str:
    rule = declaration.flow.leg[key]
    holder = _holder(rule.agency, snapshot, on)
    hours = _("%(hours)s giờ làm việc") % {"hours": f"{rule.minutes / 60:g}"}
    who = f"{post_name(declaration, rule.post)}, {holder.name(language())}" if holder else rule.post
    return f"{who} · {hours}"
