"""Why a till says no: named refusals, and what may be voided."""

from __future__ import annotations

from motcua.kernel.errors import Refused


class NotTheTill(Refused):
    """Money is taken by the counter of the agency that received the dossier."""

    code = "till.not_the_till"
    vi = "Chỉ quầy thu của cơ quan tiếp nhận hồ sơ mới thu, hủy biên lai và hoàn trả được."
    en = "Only the counter of the receiving agency takes money, voids receipts and pays back."
    status = 403


class OverNow(Refused):
    """Nothing is taken before the dossier has been received or after it has ended."""

    code = "till.not_open"
    vi = "Hồ sơ chưa được tiếp nhận hoặc đã kết thúc nên không thu phí, lệ phí được."
    en = "The dossier has not been received yet or has ended, so no fee can be taken."
    status = 409


class NothingTaken(Refused):
    """A receipt without a line."""

    code = "till.nothing_taken"
    vi = "Chưa chọn khoản thu nào."
    en = "No fee has been chosen."


class TwiceOnOneReceipt(Refused):
    """One fee twice on one receipt."""

    code = "till.twice"
    vi = "Mỗi khoản chỉ ghi một dòng trên biên lai."
    en = "A fee has one line on a receipt."


class ReceiptUnknown(Refused):
    """The dossier holds no such receipt."""

    code = "till.receipt_unknown"
    vi = "Hồ sơ không có biên lai này."
    en = "The dossier holds no such receipt."
    status = 404


class ReceiptGone(Refused):
    """The receipt was voided or paid back before."""

    code = "till.receipt_gone"
    vi = "Biên lai đã hủy hoặc đã hoàn trả."
    en = "The receipt has been voided or paid back."
    status = 409


class NotTheDay(Refused):
    """A receipt is voided on its own day; later the money goes back by a repayment."""

    code = "till.not_the_day"
    vi = "Chỉ hủy biên lai trong ngày thu. Sau ngày đó hãy hoàn trả."
    en = "A receipt is voided on its own day only. After that day, pay the money back."
    status = 409


class ReasonMissing(Refused):
    """Voiding and paying back need a written reason."""

    code = "till.reason_missing"
    vi = "Hãy ghi lý do hủy biên lai hoặc hoàn trả."
    en = "Write why the receipt is voided or paid back."
