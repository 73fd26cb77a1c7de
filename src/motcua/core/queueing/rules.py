"""What may become of a ticket, and why not: decided without a row being read (pure)."""

from __future__ import annotations

from motcua.kernel.errors import Refused

MOST_NUMBERS = 9999
WINDOW_LENGTH = 6

AFTER: dict[str, frozenset[str]] = {
    "recall": frozenset({"called", "missed"}),
    "serve": frozenset({"called"}),
    "miss": frozenset({"called"}),
}
"""From which states each act of the counter leads; a served ticket is over."""


class NoQueueThere(Refused):
    """The agency has no counter at which people wait."""

    code = "queueing.no_queue"
    vi = "Không có quầy nào phát số ở địa chỉ này."
    en = "No counter gives out numbers at this address."
    status = 404


class NotYourQueue(Refused):
    """Only who sits at the counter calls numbers there."""

    code = "queueing.not_yours"
    vi = "Bạn không giữ vị trí tiếp nhận ở quầy này."
    en = "You do not hold a reception post at this counter."
    status = 403


class NobodyWaits(Refused):
    """There is no number to call."""

    code = "queueing.nobody_waits"
    vi = "Không còn ai đang chờ."
    en = "Nobody is waiting."
    status = 409


class QueueMoved(Refused):
    """The page shows another number than the one that is being served."""

    code = "queueing.moved"
    vi = "Số đang phục vụ ở quầy của bạn đã đổi; trang vừa được tải lại."
    en = "The number at your counter has changed; the page was loaded again."
    status = 409


class NoSuchTicket(Refused):
    """The counter gave out no such number today."""

    code = "queueing.no_ticket"
    vi = "Hôm nay quầy này không phát số đó."
    en = "This counter gave out no such number today."
    status = 404


class TicketOver(Refused):
    """What is asked does not follow from where the ticket stands."""

    code = "queueing.ticket_over"
    vi = "Số {number} không còn ở trạng thái làm được việc này."
    en = "Number {number} no longer stands where this can be done."
    status = 409


class NumbersUsedUp(Refused):
    """The day's numbers are used up."""

    code = "queueing.used_up"
    vi = "Quầy đã phát hết số của hôm nay."
    en = "The counter has given out all numbers of the day."
    status = 409


class WindowMissing(Refused):
    """People must know to which counter they are called."""

    code = "queueing.window_missing"
    vi = "Ghi số quầy của bạn, tối đa 6 ký tự, ví dụ 3."
    en = "Enter the number of your counter, at most 6 characters, for example 3."
