"""Acting as the people of the sample city: who may make a move, and making it."""

from __future__ import annotations

import datetime
from random import Random

from motcua.core.access import actors
from motcua.core.access.actors import Actor
from motcua.core.agencies.models import Absence
from motcua.core.agencies.queries import Holder, agency, agency_by_code, holders_of, on_day
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.moving import move
from motcua.core.dossiers.orders import Done, MoveOrder
from motcua.core.dossiers.rules import concerns
from motcua.core.dossiers.situation import Item, Snapshot
from motcua.core.fees.models import Method
from motcua.core.fees.rules import Wish
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.queries import declared
from motcua.core.procedures.systems import system_of
from motcua.core.till.actions import take, void
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
_WRONG_RECEIPT = 0.02
_WRONG = "Ghi nhầm hình thức nộp; lập biên lai khác."
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


_Person = tuple[int, str]  # id and name of an officer


class People:
    """Who does the work of each post, read anew where it `changed`: holders and stand-ins."""

    def __init__(self) -> None:
        self._holders: dict[tuple[int, str], tuple[Holder, ...]] = {}
        self._away: dict[datetime.date, dict[int, _Person]] = {}
        self._actors: dict[tuple[int, datetime.date], Actor] = {}

    def one_of(
        self, agency_id: int, post: str, at: datetime.datetime, chance: Random
    ) -> Actor | None:
        """Give one of those who do the work of a post, None where nobody does."""
        on = day_at(agency_id, at)
        found = [self._there(one, on) for one in self.holders(agency_id, post, on)]
        return self.officer(*chance.choice(found), on) if found else None

    def holder(self, item: Item, at: datetime.datetime, chance: Random) -> Actor | None:
        """Give who does a piece of work: whom it names, or who stands in meanwhile."""
        if item.officer_id is None:
            return self.one_of(item.agency_id, item.post, at, chance)
        on = day_at(item.agency_id, at)
        return self.officer(*self._there((item.officer_id, ""), on), on)

    def holders(self, agency_id: int, post: str, on: datetime.date) -> tuple[_Person, ...]:
        """Give those who hold a post on a day, there or away."""
        asked = (agency_id, post)
        if asked not in self._holders:
            self._holders[asked] = holders_of(*asked)
        return on_day(self._holders[asked], on)

    def officer(self, officer_id: int, name: str, on: datetime.date) -> Actor:
        """Give an officer as an actor of a day."""
        if (officer_id, on) not in self._actors:
            self._actors[officer_id, on] = actors.officer(officer_id, name, on=on)
        return self._actors[officer_id, on]

    def changed(self) -> None:
        """Read all anew: somebody is away, or recused."""
        self._holders.clear()
        self._away.clear()
        self._actors.clear()

    def _there(self, person: _Person, on: datetime.date) -> _Person:
        if on not in self._away:
            self._away[on] = _away(on)
        return self._away[on].get(person[0], person)


def _away(on: datetime.date) -> dict[int, _Person]:
    """Give who stands in for each officer who is away on a day."""
    rows = Absence.objects.filter(valid_from__lte=on, valid_to__gt=on).exclude(stand_in=None)
    found = rows.select_related("stand_in").order_by("id")
    return {row.officer_id: (row.stand_in.pk, row.stand_in.name) for row in found if row.stand_in}


def doer(
    people: People,
    chosen: Move,
    snapshot: Snapshot,
    leg: int | None,
    at: datetime.datetime,
    chance: Random,
) -> Actor:
    """Give who makes a move: the holder first, then the applicant, then a post of the agency.

    Whom the dossier concerns has no hand in it; raises `NobodyThere` where no one else is left.
    """
    item = snapshot.leg(leg) if chosen.kind is Kind.REPLY else snapshot.main
    where = item.agency_id if item is not None else snapshot.now.holding_agency_id
    if "holder" in chosen.by and item is not None:
        found = people.holder(item, at, chance)
        if found is not None and not concerns(found, snapshot):
            return found
    if "applicant" in chosen.by and snapshot.applicant_id is not None:
        return actors.applicant(snapshot.applicant_id, "")
    for post in chosen.by:
        found = people.one_of(where, post, at, chance)
        if found is not None and not concerns(found, snapshot):
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
    people: People,
) -> Done:
    """Make a move as the one whose work it is; gives a reason, and names an officer if needed."""
    chosen = declaration.flow.move[order.move]
    told = MoveOrder(
        move=order.move,
        reason=reason(chosen),
        officer_id=_named(people, declaration, snapshot, chosen, at, chance),
        agency_id=order.agency_id,
        legs=order.legs,
        leg=order.leg,
        promised=_promised(snapshot, at) if chosen.kind is Kind.APOLOGISE else None,
    )
    if chosen.paid:
        _pay(people, snapshot, at, chance)
    actor = doer(people, chosen, snapshot, order.leg, at, chance)
    return move(
        actor=actor,
        at=at,
        dossier_id=snapshot.id,
        order=told,
        key=None,
        together=True,  # what stood beside it comes from files of records
    )


def _pay(people: People, snapshot: Snapshot, at: datetime.datetime, chance: Random) -> None:
    """Pay at the counter what is owed; amounts that no source states are made up."""
    collectors = sorted(system_of(declared(snapshot.version_id).system).collectors)
    where = snapshot.desk_agency_id
    found = (people.one_of(where, post, at, chance) for post in collectors)
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
        wrong = chance.random() < _WRONG_RECEIPT
        for again in range(1 + wrong):
            if again:
                _void(actor, snapshot, at)
            take(actor=actor, at=at, dossier_id=snapshot.id, wishes=wishes, method=method, key=None)


def _void(actor: Actor, snapshot: Snapshot, at: datetime.datetime) -> None:
    """Take back a receipt that was made out wrong, at once."""
    for receipt in account_of(actor, snapshot).receipts:
        if receipt.stands:
            void(
                actor=actor,
                at=at,
                dossier_id=snapshot.id,
                receipt_id=receipt.id,
                reason=_WRONG,
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


def _named(
    people: People,
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
            where = snapshot.desk_agency_id
        case "same" | "superior":  # a head names only people of the own house
            where = main.agency_id
        case rule:
            where = agency_by_code(rule.removeprefix("code:")).id
    on = day_at(where, at)
    fit = [
        one
        for one in people.holders(where, step.post, on)
        if not concerns(people.officer(*one, on), snapshot)
    ]
    return chance.choice(fit)[0] if fit else None
