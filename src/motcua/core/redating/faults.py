"""Why a change of a calendar is refused: each fault says what has to be corrected."""

from __future__ import annotations

from motcua.kernel.errors import Refused


class NoSuchChange(Refused):
    """No change has this number, or not for this reader."""

    code = "calendar.no_change"
    vi = "Không có thay đổi lịch này."
    en = "There is no such change of the calendar."
    status = 404


class NoCalendar(Refused):
    """No calendar has this key."""

    code = "calendar.unknown"
    vi = "Không có lịch làm việc “{calendar}”."
    en = "There is no working calendar “{calendar}”."
    status = 404


class NotYourCalendar(Refused):
    """Who has no post in an agency above all that work by the calendar."""

    code = "calendar.not_yours"
    vi = "Chỉ cán bộ của cơ quan cấp trên tất cả nơi dùng lịch này được nhập thay đổi."
    en = "Only officers of an agency above all that work by this calendar may enter a change."
    status = 403


class NotYoursToDecide(Refused):
    """Who does not head such an agency."""

    code = "calendar.not_yours_to_decide"
    vi = "Chỉ người đứng đầu cơ quan cấp trên tất cả nơi dùng lịch này được quyết định."
    en = "Only a head of an agency above all that work by this calendar may decide."
    status = 403


class NoDays(Refused):
    """A change without a day."""

    code = "calendar.no_days"
    vi = "Ghi ít nhất một ngày nghỉ hoặc một ngày làm bù."
    en = "Name at least one day off or one worked day."


class DayNamedTwice(Refused):
    """A day is named twice."""

    code = "calendar.named_twice"
    vi = "Ngày {day} được ghi hai lần."
    en = "The day {day} is named twice."


class NameMissing(Refused):
    """A day off has no name."""

    code = "calendar.name_missing"
    vi = "Ghi tên của ngày nghỉ."
    en = "Say what the day off is called."


class DocumentNotNamed(Refused):
    """A day off needs the document that announces it."""

    code = "calendar.document_missing"
    vi = "Ghi số, ký hiệu văn bản thông báo ngày nghỉ."
    en = "Name the document that announces the day."


class BeyondCalendar(Refused):
    """The calendar is not laid out for that day."""

    code = "calendar.beyond"
    vi = "Ngày {day} nằm ngoài lịch (từ năm {first} đến năm {last})."
    en = "The day {day} lies outside the calendar ({first} to {last})."


class AlreadySo(Refused):
    """The day is off, or worked, as it is."""

    code = "calendar.already_so"
    vi = "Ngày {day} trong lịch đã như vậy rồi."
    en = "The calendar has the day {day} so already."


class DayGone(Refused):
    """The day from which a change should be in force has passed."""

    code = "calendar.day_gone"
    vi = "Ngày bắt đầu áp dụng {on} đã qua; chọn từ hôm nay trở đi."
    en = "The day {on} of coming into force has passed; choose today or later."


class PreviewOld(Refused):
    """Nobody decides what they have not seen."""

    code = "calendar.preview_missing"
    vi = "Chưa có bản xem trước theo lịch hiện tại; hãy tính bản xem trước rồi quyết định."
    en = "There is no preview by the calendar of now; work it out, then decide."
    status = 409


class NotOpen(Refused):
    """What is undone or decided cannot be decided."""

    code = "calendar.not_open"
    vi = "Thay đổi này không còn chờ quyết định."
    en = "This change does not wait for a decision any more."
    status = 409


class AlreadyInForce(Refused):
    """What is in force is taken back by another change only."""

    code = "calendar.in_force"
    vi = "Thay đổi đã có hiệu lực; muốn đổi lại phải nhập một thay đổi khác."
    en = "The change is in force; only another change takes it back."
    status = 409


class NotItsDay(Refused):
    """Its day has not come, or nobody has decided it."""

    code = "calendar.not_its_day"
    vi = "Thay đổi chưa được quyết định hoặc chưa đến ngày {on}."
    en = "The change has not been decided, or its day {on} has not come."
    status = 409
