"""Who may make a move: decided from facts that are passed in, nothing is read here."""

from __future__ import annotations

from motcua.core.access.actors import Actor
from motcua.core.dossiers.situation import Item, Snapshot
from motcua.kernel.errors import Refused
from motcua.kernel.flow.definition import Kind, Move


class NotYours(Refused):
    """The move belongs to another post."""

    code = "dossiers.not_yours"
    vi = "Việc này thuộc {holder}; bạn không giữ vị trí đó ở cơ quan đang xử lý hồ sơ."
    en = "This belongs to {holder}; you do not hold that post where the dossier is."
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


APPLICANT = "applicant"
# What a counter does for an applicant is done where they came, wherever the dossier is by now.
_IN_THEIR_NAME = frozenset({Kind.ANSWER, Kind.WITHDRAW})


def allowed(move: Move, actor: Actor, snapshot: Snapshot, leg: int | None) -> bool:
    """Tell whether an actor may make a move of a dossier as it stands."""
    return acting_as(move, actor, snapshot, leg) is not None


def acting_as(move: Move, actor: Actor, snapshot: Snapshot, leg: int | None) -> str | None:
    """Give the post in which an actor makes a move, or `APPLICANT`; None where they may not."""
    item = snapshot.leg(leg) if move.kind is Kind.REPLY else snapshot.main
    if APPLICANT in move.by and _is_applicant(actor, snapshot):
        return APPLICANT
    if item is None:
        return None
    if "holder" in move.by and holds(actor, item):
        return item.post
    agencies = {item.agency_id}
    if move.kind in _IN_THEIR_NAME:
        agencies.add(snapshot.receiving_agency_id)
    held = (post for post in move.by if any(actor.holds(one, post) for one in agencies))
    return next(held, None)


def unexplained(move: Move, actor: Actor, snapshot: Snapshot, reason: str) -> bool:
    """Tell whether an officer takes back what is not theirs without a word."""
    return move.kind is Kind.WITHDRAW and not reason and not _is_applicant(actor, snapshot)


def holds(actor: Actor, item: Item) -> bool:
    """Tell whether an actor holds a piece of work: in its post, and by name where one is given."""
    return item.officer_id in {None, actor.officer_id} and actor.holds(item.agency_id, item.post)


def _is_applicant(actor: Actor, snapshot: Snapshot) -> bool:
    return actor.party_id is not None and actor.party_id == snapshot.applicant_id
