"""What may be lent and when: decided from facts that are passed in, nothing is read here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from motcua.kernel.errors import Refused


class ProofWanted(Refused):
    """The act opens doors to others, and the door has no fresh proof of who makes it."""

    code = "staff.proof_wanted"
    vi = "Việc này mở cửa cho người khác: hãy xác thực lại bằng mã của bạn rồi làm lại."
    en = "This opens doors to others: prove again with a code that it is you, then do it again."
    status = 403


class NoName(Refused):
    """An officer without a name or a staff number."""

    code = "staff.no_name"
    vi = "Ghi họ tên và số hiệu cán bộ."
    en = "Give the officer's name and staff number."


class UnknownPost(Refused):
    """No system knows the post."""

    code = "staff.unknown_post"
    vi = "Không có vị trí “{post}”."
    en = "There is no post “{post}”."


class HeldAlready(Refused):
    """The officer holds that very post then."""

    code = "staff.held_already"
    vi = "Cán bộ này đã giữ vị trí đó tại cơ quan đó."
    en = "The officer holds that post in that agency already."
    status = 409


class LastPost(Refused):
    """An officer's only post ends by leaving."""

    code = "staff.last_post"
    vi = "Đây là vị trí duy nhất của cán bộ. Hãy điều chuyển, hoặc ghi thôi việc."
    en = "This is the officer's only post. Move them to another, or record that they leave."
    status = 409


class OpenInPost(Refused):
    """Work of the post would be left in the name of somebody who holds it no more."""

    code = "staff.open_in_post"
    vi = "Cán bộ còn giữ {count} việc ở vị trí này. Hãy giao lại hết rồi mới kết thúc."
    en = "The officer still holds {count} pieces of work in this post. Give them on first."
    status = 409


class BadPeriod(Refused):
    """Days that end before they begin, or begin before today."""

    code = "staff.bad_period"
    vi = "Thời gian phải bắt đầu từ hôm nay trở đi và kết thúc sau ngày bắt đầu."
    en = "The time begins today or later and ends after it begins."


class DocumentMissing(Refused):
    """Powers are lent by a paper."""

    code = "staff.document_missing"
    vi = "Ghi số, ký hiệu và ngày của văn bản ủy quyền."
    en = "Give number and date of the paper that lends the powers."


class NotHeld(Refused):
    """Nobody lends what they do not hold all that time; lent powers are not held."""

    code = "staff.not_held"
    vi = (
        "Người ủy quyền không giữ vị trí này suốt thời gian đó. Quyền được ủy quyền thì không ủy"
        " quyền lại được."
    )
    en = "The giver does not hold this post all that time. Lent powers cannot be lent on."


class OneSelf(Refused):
    """The giver and the taker are one person."""

    code = "staff.one_self"
    vi = "Người nhận phải là một cán bộ khác."
    en = "The taker must be another officer."


class NotTheSameHouse(Refused):
    """The taker works neither in the agency nor above or below it."""

    code = "staff.not_the_same_house"
    vi = "Người nhận không công tác suốt thời gian đó tại cơ quan này, cấp trên hay cấp dưới."
    en = "The taker does not work all that time in this agency, above it or below it."


class AwayThen(Refused):
    """Somebody is away in those days."""

    code = "staff.away_then"
    vi = "Cán bộ này đã ghi vắng mặt trong thời gian đó. Hãy chọn người khác hoặc ngày khác."
    en = "This officer is away in those days. Choose another person or other days."


class StandsIn(Refused):
    """Who stands in for somebody away cannot be away as well."""

    code = "staff.stands_in"
    vi = "Cán bộ này đang thay người khác vắng mặt. Hãy đổi người thay trước khi ghi vắng mặt."
    en = "This officer stands in for somebody away then. Change that first."


class InACircle(Refused):
    """The powers would come back to who lent them."""

    code = "staff.in_a_circle"
    vi = "Ủy quyền vòng tròn: người nhận cũng đang ủy quyền, trực tiếp hay qua người khác, cho bạn."
    en = "This makes a circle: the taker lends to the giver meanwhile, perhaps through others."


class NotLent(Refused):
    """There is nothing in force to take back."""

    code = "staff.not_lent"
    vi = "Không còn ủy quyền hay vắng mặt nào đang có hiệu lực để kết thúc."
    en = "Nothing is in force here that could be ended."
    status = 404


class UnknownBounds(Refused):
    """Bounds that name nothing, or a way of signing that there is not."""

    code = "staff.unknown_bounds"
    vi = "Không hiểu “{bound}” trong phạm vi hoặc tư cách ký (KT., TL., TUQ.)."
    en = "“{bound}” is no procedure, no move and no way of signing (KT., TL., TUQ.)."


def closes_circle(pairs: Iterable[tuple[int, int]], *, giver: int, taker: int) -> bool:
    """Tell whether powers lent by `giver` to `taker` could come back along pairs that are there."""
    onward: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        onward[one].add(other)
    seen, ahead = set[int](), {taker}
    while ahead:
        seen |= ahead
        ahead = set[int]().union(*(onward[one] for one in ahead)) - seen
    return giver in seen
