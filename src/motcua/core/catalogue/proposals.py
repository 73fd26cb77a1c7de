"""Editions in preparation: which there is, who may write it, who decides, and how each says no."""

from __future__ import annotations

import datetime

from motcua.core.access.actors import Actor
from motcua.core.access.heads import heads
from motcua.core.agencies.queries import agency
from motcua.core.catalogue.actions import taken
from motcua.core.catalogue.models import Listing, Proposal
from motcua.core.clock.calendars import calendars
from motcua.kernel.errors import Refused


class NoProposal(Refused):
    """Nobody prepares an edition of this procedure."""

    code = "catalogue.no_proposal"
    vi = "Không có bản nào của {key} đang được soạn; có thể vừa được công bố hoặc bỏ."
    en = "No edition of {key} is being prepared; it may have just been published or given up."
    status = 404


class BeingPrepared(Refused):
    """An edition of this procedure is being prepared already."""

    code = "catalogue.being_prepared"
    vi = "Đã có bản số {number} của {key} đang được soạn; hãy mở bản đó."
    en = "Edition {number} of {key} is being prepared already; open that one."
    status = 409


class OfficersPrepare(Refused):
    """Who holds no post prepares nothing."""

    code = "catalogue.officers_prepare"
    vi = "Chỉ cán bộ đang giữ vị trí ở một cơ quan được soạn bản công bố."
    en = "Only an officer who holds a post somewhere prepares an edition."
    status = 403


class NotYourEdition(Refused):
    """Another officer prepares it, and the actor is no head of theirs."""

    code = "catalogue.not_your_edition"
    vi = "Chỉ người soạn và người đứng đầu {agency} (hoặc cấp trên) được làm việc này."
    en = "Only who prepares it, and a head of {agency} or of an agency above it, may do this."
    status = 403


class HeadsDecide(Refused):
    """Only a head decides on an edition."""

    code = "catalogue.heads_decide"
    vi = "Chỉ người đứng đầu {agency} hoặc cơ quan cấp trên được quyết định."
    en = "Only a head of {agency} or of an agency above it decides."
    status = 403


class OwnEdition(Refused):
    """Who prepared an edition does not decide on it."""

    code = "catalogue.own_edition"
    vi = "Người soạn không tự quyết định bản của mình; cần người đứng đầu khác."
    en = "Who prepared an edition does not decide on it; another head has to."
    status = 403


class OtherState(Refused):
    """The edition is not where this act is possible."""

    code = "catalogue.other_state"
    vi = "Bản này đang ở tình trạng khác, không làm được việc này nữa. Hãy tải lại trang để xem."
    en = "The edition is in another state, where this cannot be done. Load the page again to see."
    status = 409


class EditionMoved(Refused):
    """Somebody wrote the edition since it was shown."""

    code = "catalogue.edition_moved"
    vi = "Bản này vừa được người khác sửa; hãy tải lại trang để xem rồi làm lại."
    en = "Somebody has just changed this edition; load the page again and look."
    status = 409


def open_proposal(listing: Listing) -> Proposal | None:
    """Give the edition of a listing that is being prepared, if there is one."""
    rows = Proposal.objects.select_related("edition", "agency")
    return rows.filter(listing=listing, state__in=Proposal.OPEN).first()


def asked_for(key: str) -> Proposal:
    """Lock a listing and give the edition in preparation.

    Raises `UnknownListing` or `NoProposal`.
    """
    found = open_proposal(taken(key))
    if found is None:
        raise NoProposal(key=key)
    return found


def check_state(row: Proposal, *wanted: Proposal.State) -> None:
    """Refuse an act that is for other states; raises `OtherState`."""
    if row.state not in wanted:
        raise OtherState


def check_seen(row: Proposal, revision: int | None) -> None:
    """Refuse who saw another content than there is; None saw whatever there is."""
    if revision is not None and revision != row.revision:
        raise EditionMoved


def check_writes(actor: Actor, row: Proposal) -> None:
    """Refuse who neither prepares the edition nor heads its agency."""
    if not writes(actor, row):
        raise NotYourEdition(agency=row.agency.name_vi)


def check_decides(actor: Actor, row: Proposal) -> None:
    """Refuse who may not decide; raises `HeadsDecide` or `OwnEdition`."""
    if not heads(actor, row.agency_id):
        raise HeadsDecide(agency=row.agency.name_vi)
    if actor.key == row.prepared_by:
        raise OwnEdition


def writes(actor: Actor, row: Proposal) -> bool:
    """Tell whether an actor may write an edition in preparation."""
    return actor.key == row.prepared_by or heads(actor, row.agency_id)


def decides(actor: Actor, row: Proposal) -> bool:
    """Tell whether an actor may decide on it."""
    return heads(actor, row.agency_id) and actor.key != row.prepared_by


def dawn_of(row: Proposal, on: datetime.date) -> datetime.datetime:
    """Give the first instant of a day where the edition was prepared."""
    zone = calendars[agency(row.agency_id).calendar].tzinfo
    return datetime.datetime.combine(on, datetime.time(), tzinfo=zone)


def today(row: Proposal, at: datetime.datetime) -> datetime.date:
    """Give the day of an instant where the edition was prepared."""
    return calendars[agency(row.agency_id).calendar].local(at).date()
