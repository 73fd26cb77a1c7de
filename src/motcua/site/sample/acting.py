"""Acting as the people of the sample city: who may make a move, and making it."""

from __future__ import annotations

import datetime
from random import Random

from motcua.core.access import actors
from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import agency, agency_by_code, officers_of
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.moving import move
from motcua.core.dossiers.orders import Done, MoveOrder
from motcua.core.dossiers.situation import Item, Snapshot
from motcua.core.fees.models import Method
from motcua.core.fees.rules import Wish
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.queries import declared
from motcua.core.procedures.systems import system_of
from motcua.core.till.actions import take
from motcua.core.till.queries import account_of
from motcua.kernel.errors import Refused
from motcua.kernel.flow.definition import Kind, Move

_REASONS = {
    Kind.SUPPLEMENT: "Đề nghị bổ sung bản chụp rõ nét giấy tờ còn thiếu theo danh mục.",
    Kind.REFUSE: "Hồ sơ chưa đáp ứng điều kiện theo quy định của thủ tục.",
    Kind.STOP: "Không đủ căn cứ để chấp thuận; đã nêu rõ trong tờ trình.",
    Kind.BACK: "Đề nghị rà soát lại căn cứ và số liệu trong dự thảo.",
    Kind.WITHDRAW: "Người nộp đề nghị rút hồ sơ.",
    Kind.HAND_OVER: "Nội dung thuộc thẩm quyền của cơ quan nhận.",
    Kind.APOLOGISE: "Mưa lớn kéo dài, đoàn thẩm định chưa đến kiểm tra thực tế được.",
    Kind.REOPEN: "Có tài liệu mới làm thay đổi căn cứ của kết luận trước.",
    Kind.ASSIGN: "Điều chỉnh phân công do cán bộ đi công tác.",
    Kind.REPLY: "Thống nhất với nội dung hồ sơ.",
    Kind.FORWARD: "Quá thời hạn lấy ý kiến, đơn vị trình theo quy định.",
}
_FOUR_DAYS = 4 * 8 * 60
_MADE_UP_FEE = 30_000
_REPLY_DEFAULT = "Đã bổ sung theo yêu cầu."


class NobodyThere(Refused):
    """The step is held by a post that nobody in the agency holds."""

    code = "sample.nobody_there"
    vi = "Ở {agency} chưa có ai giữ vị trí “{post}” để làm “{move}”."
    en = "Nobody at {agency} holds the post “{post}” that makes “{move}”."


def day_at(agency_id: int, at: datetime.datetime) -> datetime.date:
    """Give the local day of an agency."""
    return calendars[agency(agency_id).calendar].local(at).date()


def one_of(agency_id: int, post: str, at: datetime.datetime, chance: Random) -> Actor | None:
    """Give one of those who hold a post, None where nobody does."""
    on = day_at(agency_id, at)
    found = officers_of(agency_id, post, on)
    return actors.officer(*chance.choice(found), on=on) if found else None


def doer(
    chosen: Move, snapshot: Snapshot, leg: int | None, at: datetime.datetime, chance: Random
) -> Actor:
    """Give who makes a move: the holder first, then the applicant, then a post of the agency."""
    item = snapshot.leg(leg) if chosen.kind is Kind.REPLY else snapshot.main
    where = item.agency_id if item is not None else snapshot.now.holding_agency_id
    if "holder" in chosen.by and item is not None:
        found = _holder(item, at, chance)
        if found is not None:
            return found
    if "applicant" in chosen.by and snapshot.applicant_id is not None:
        return actors.applicant(snapshot.applicant_id, "")
    for post in chosen.by:
        found = one_of(where, post, at, chance)
        if found is not None:
            return found
    post = item.post if item is not None else ", ".join(chosen.by)
    raise NobodyThere(agency=agency(where).name_vi, post=post, move=chosen.key)


def take_step(
    declaration: Declaration,
    snapshot: Snapshot,
    order: MoveOrder,
    *,
    at: datetime.datetime,
    chance: Random,
) -> Done:
    """Make a move as the one whose work it is; gives a reason, and names an officer if needed."""
    chosen = declaration.flow.move[order.move]
    told = MoveOrder(
        move=order.move,
        reason=reason(chosen),
        officer_id=_named(declaration, snapshot, chosen, at, chance),
        agency_id=order.agency_id,
        legs=order.legs,
        leg=order.leg,
        promised=_promised(snapshot, at) if chosen.kind is Kind.APOLOGISE else None,
    )
    if chosen.paid:
        _pay(snapshot, at, chance)
    actor = doer(chosen, snapshot, order.leg, at, chance)
    return move(actor=actor, at=at, dossier_id=snapshot.id, order=told, key=None)


def _pay(snapshot: Snapshot, at: datetime.datetime, chance: Random) -> None:
    """Pay at the counter what is owed; amounts that no source states are made up."""
    collectors = sorted(system_of(declared(snapshot.version_id).system).collectors)
    where = snapshot.receiving_agency_id
    found = (one_of(where, post, at, chance) for post in collectors)
    actor = next((one for one in found if one is not None), None)
    if actor is None:
        raise NobodyThere(agency=agency(where).name_vi, post=collectors[0], move="take_fee")
    wishes = [
        Wish(
            due.rule.key,
            each=_MADE_UP_FEE if due.each is None else None,
            times=1 if due.times is None else None,
        )
        for due in account_of(actor, snapshot).open
    ]
    if wishes:
        method = chance.choice((Method.CASH, Method.TRANSFER))
        take(
            actor=actor,
            at=at,
            dossier_id=snapshot.id,
            wishes=wishes,
            method=method,
            key=None,
        )


def reason(chosen: Move) -> str:
    """Give words for a move that asks for a reason, or carries an answer."""
    if chosen.kind in {Kind.REPLY, Kind.ANSWER}:
        return _REASONS.get(chosen.kind, _REPLY_DEFAULT)
    return _REASONS.get(chosen.kind, _REPLY_DEFAULT) if chosen.reason else ""


def _promised(snapshot: Snapshot, at: datetime.datetime) -> datetime.date:
    """Promise anew some working days after the due one."""
    calendar = calendars[agency(snapshot.receiving_agency_id).calendar]
    begin = max(at, snapshot.now.due_at or at)
    return calendar.local(calendar.due(begin, _FOUR_DAYS)).date()


def _holder(item: Item, at: datetime.datetime, chance: Random) -> Actor | None:
    if item.officer_id is not None:
        return actors.officer(item.officer_id, "", on=day_at(item.agency_id, at))
    return one_of(item.agency_id, item.post, at, chance)


def _named(
    declaration: Declaration,
    snapshot: Snapshot,
    chosen: Move,
    at: datetime.datetime,
    chance: Random,
) -> int | None:
    """A head who hands work to a specialist names one; a re-assignment names one as well."""
    main, flow = snapshot.main, declaration.flow
    step = flow.step.get(chosen.target or snapshot.now.step)
    if main is None or step is None or step.post != "specialist":
        return None
    forward = chosen.kind is Kind.FORWARD and main.post == "unit_head"
    if not forward and chosen.kind is not Kind.ASSIGN:
        return None
    match step.agency:
        case "receiving":
            where = snapshot.receiving_agency_id
        case "same" | "superior":  # a head names only people of the own house
            where = main.agency_id
        case rule:
            where = agency_by_code(rule.removeprefix("code:")).id
    found = one_of(where, step.post, at, chance)
    return found.officer_id if found else None
