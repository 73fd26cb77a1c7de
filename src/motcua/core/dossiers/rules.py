"""Who may make a move: decided from facts that are passed in, nothing is read here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from motcua.core.access.actors import Actor
from motcua.core.agencies.powers import Lent
from motcua.core.dossiers.situation import Item, Snapshot
from motcua.kernel.errors import Refused
from motcua.kernel.flow.definition import Kind, Move
from motcua.kernel.flow.engine import FROM_ENDS


class NotYours(Refused):
    """The move belongs to another post."""

    code = "dossiers.not_yours"
    vi = "Việc này thuộc {holder}; bạn không giữ vị trí đó ở cơ quan đang xử lý hồ sơ."
    en = "This belongs to {holder}; you do not hold that post where the dossier is."
    status = 403


class OwnDossier(Refused):
    """Nobody decides their own dossier, one of those close to them, or a complaint about them."""

    code = "dossiers.own_dossier"
    vi = (
        "Bạn, hoặc người, tổ chức bạn đã khai có liên quan, là người nộp hồ sơ này, hoặc đây là"
        " khiếu nại về việc bạn đã làm, nên bạn không được tham gia giải quyết. Hãy báo người đứng"
        " đầu để phân công cán bộ khác; hồ sơ của chính mình thì theo dõi ở trang tra cứu."
    )
    en = (
        "You, or someone you declared an interest in, applied here, or this complains of work of"
        " yours, so you have no part in handling it. Ask the head to assign another officer; follow"
        " a dossier of your own by look-up."
    )
    status = 403


class NotInTheirName(Refused):
    """An officer withdraws for the applicant without saying why."""

    code = "dossiers.withdrawal_unexplained"
    vi = "Rút hồ sơ thay người nộp thì phải ghi lý do và căn cứ (đơn, lời đề nghị của người nộp)."
    en = "To withdraw for the applicant, say why and on what request of theirs."


class Stale(Refused):
    """Somebody acted on the dossier since the page was shown."""

    code = "dossiers.stale"
    vi = "Hồ sơ đã có người xử lý sau khi bạn mở trang. Hãy tải lại để xem bước hiện tại."
    en = "Somebody acted on this dossier since you opened it. Reload to see where it stands."
    status = 409


class TooEarly(Refused):
    """An act cannot happen before the dossier's last one."""

    code = "dossiers.too_early"
    vi = "Lúc này ở trước lần xử lý gần nhất của hồ sơ: đồng hồ máy chủ chạy sai, hãy báo quản trị."
    en = "It is earlier than the dossier's last act: the server's clock is wrong, tell its keeper."


class WindowOpen(Refused):
    """The house may not return a dossier while its applicant may still answer, or has answered."""

    code = "dossiers.window_open"
    vi = "Người nộp còn thời hạn bổ sung, hoặc đã bổ sung: chưa được trả lại hồ sơ."
    en = "The applicant may still answer, or has answered: the dossier is not returned."
    status = 409


APPLICANT = "applicant"
HOUSE = "house"
LINKING = "system:linked"
"""The job of the house that opens the parts of a dossier, and takes them back."""


@dataclass(frozen=True, slots=True)
class Role:
    """In which post somebody acts, or as `APPLICANT` or `HOUSE`; by whose lent powers, if any."""

    name: str
    lent: Lent | None = None

    @property
    def post(self) -> str | None:
        """The post, None where it is none."""
        return None if self.name in {APPLICANT, HOUSE} else self.name

    @property
    def told(self) -> tuple[tuple[str, object], ...]:
        """Give what the entry says of powers that were lent."""
        lent = self.lent
        return (("for", [lent.id, lent.giver_id, lent.capacity]),) if lent else ()


# What a counter does for an applicant is done where they came, wherever the dossier is by now.
_AT_THE_COUNTER = frozenset({Kind.ANSWER, Kind.WITHDRAW, Kind.REOPEN})


def allowed(move: Move, actor: Actor, snapshot: Snapshot, leg: int | None) -> bool:
    """Tell whether an actor may make a move of a dossier as it stands."""
    return acting_as(move, actor, snapshot, leg) is not None


def acting_as(move: Move, actor: Actor, snapshot: Snapshot, leg: int | None) -> Role | None:
    """Give in what an actor makes a move; None where they may not.

    One's own post comes before a lent one. Nobody acts as an officer where they are a party.
    """
    item = snapshot.leg(leg) if move.kind is Kind.REPLY else snapshot.main
    if APPLICANT in move.by and _is_applicant(actor, snapshot):
        return Role(APPLICANT)
    if actor.is_house and (HOUSE in move.by or _with_its_whole(move, actor)):
        return Role(HOUSE)
    if (item is None and move.kind not in FROM_ENDS) or concerns(actor, snapshot):
        return None
    agencies = _where(move, snapshot, item)
    post = _own_post(move, actor, item, agencies)
    return _standing_in(move, actor, snapshot, item, agencies) if post is None else Role(post)


def _with_its_whole(move: Move, actor: Actor) -> bool:
    """Tell whether the house takes back a part whose whole came to nothing."""
    return actor.key == LINKING and move.kind is Kind.WITHDRAW


def _where(move: Move, snapshot: Snapshot, item: Item | None) -> set[int]:
    """Give the agencies whose posts may make a move."""
    agencies = {item.agency_id if item is not None else snapshot.now.holding_agency_id}
    if move.kind in _AT_THE_COUNTER:
        agencies.add(snapshot.desk_agency_id)
    return agencies


def _own_post(move: Move, actor: Actor, item: Item | None, agencies: set[int]) -> str | None:
    if item is not None and "holder" in move.by and _holds_own(actor, item):
        return item.post
    held = (post for post in move.by if any(actor.holds(one, post) for one in agencies))
    return next(held, None)


def _standing_in(
    move: Move, actor: Actor, snapshot: Snapshot, item: Item | None, agencies: set[int]
) -> Role | None:
    for lent in actor.lent:
        if not lends(lent, snapshot) or not lent.covers(snapshot.procedure_id, move.key):
            continue
        as_holder = item is not None and "holder" in move.by and _holds_for(lent, item)
        if as_holder or (lent.post in move.by and lent.agency_id in agencies):
            return Role(lent.post, lent)
    return None


def lends(lent: Lent, snapshot: Snapshot) -> bool:
    """Tell whether powers may be used here: what concerns the giver cannot be lent."""
    return snapshot.applicant_id is None or snapshot.applicant_id not in lent.barred


def receiving_as(
    actor: Actor, agency_id: int, procedure_id: int, reception: Move, post: str
) -> Role | None:
    """Give in what an officer takes papers in at an agency; None where they may not.

    Whoever stands in may, where reception of the procedure is within what was lent.
    """
    if actor.holds(agency_id, post):
        return Role(post)
    for lent in actor.lent:
        at_this_counter = (lent.agency_id, lent.post) == (agency_id, post)
        if at_this_counter and lent.covers(procedure_id, reception.key):
            return Role(post, lent)
    return None


def _holds_for(lent: Lent, item: Item) -> bool:
    named = item.officer_id in {None, lent.giver_id}
    return named and (lent.agency_id, lent.post) == (item.agency_id, item.post)


def concerns(actor: Actor, snapshot: Snapshot) -> bool:
    """Tell whether an officer is a party to a dossier, or close to one."""
    return snapshot.applicant_id is not None and snapshot.applicant_id in actor.barred


_SIGNED = frozenset({Kind.FORWARD, Kind.REFUSE})


def signs(move: Move, post: str | None, signers: frozenset[str]) -> bool:
    """Tell whether a move made in a post carries a signature.

    It does where the post signs and the move passes the step on, refuses, or sends out a paper.
    """
    return post in signers and (move.kind in _SIGNED or move.letter is not None)


def unexplained(move: Move, actor: Actor, snapshot: Snapshot, reason: str) -> bool:
    """Tell whether an officer takes back what is not theirs without a word."""
    return move.kind is Kind.WITHDRAW and not reason and not _is_applicant(actor, snapshot)


def window_is_over(snapshot: Snapshot, at: datetime.datetime) -> bool:
    """Tell whether the time in which the applicant could answer has passed."""
    return snapshot.now.answer_by is not None and snapshot.now.answer_by <= at


def holds(actor: Actor, item: Item) -> bool:
    """Tell whether an actor holds a piece of work: in its post, and by name where one is given."""
    return _holds_own(actor, item) or any(_holds_for(lent, item) for lent in actor.lent)


def _holds_own(actor: Actor, item: Item) -> bool:
    return item.officer_id in {None, actor.officer_id} and actor.holds(item.agency_id, item.post)


def _is_applicant(actor: Actor, snapshot: Snapshot) -> bool:
    return actor.party_id is not None and actor.party_id == snapshot.applicant_id
