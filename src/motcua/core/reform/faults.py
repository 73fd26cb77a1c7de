"""Why a plan of a reform cannot come into force: each fault names what has to be corrected."""

from __future__ import annotations

from typing import Self

from motcua.kernel.errors import Refused


class _PlanFault(Refused):
    """A fault that belongs to a part of the plan: this base is raised by nobody.

    ``about`` names the part: ``from`` an ending agency, ``heir``, ``found`` or ``officer``, each
    with its code or staff number.
    """

    about: tuple[str, str] = ("", "")

    def at(self, part: str, code: str) -> Self:
        """Name the part of the plan that has to be corrected."""
        self.about = (part, code)
        return self


def part_of(fault: Refused) -> tuple[str, str]:
    """Give the part of a plan that a fault is about, and its code; empty where it is all of it."""
    return fault.about if isinstance(fault, _PlanFault) else ("", "")


class PlanUnreadable(Refused):
    """The file does not say what a plan says."""

    code = "reform.unreadable"
    vi = "Không đọc được phương án sắp xếp: {reason}."
    en = "The plan of the reform cannot be read: {reason}."


class NothingEnds(Refused):
    """A plan without a succession."""

    code = "reform.nothing_ends"
    vi = "Phương án chưa nêu cơ quan nào kết thúc."
    en = "The plan names no agency that ends."


class HeirMissing(Refused):
    """A row of the form lacks who ends or who takes over."""

    code = "reform.heir_missing"
    vi = "Chọn cơ quan kết thúc và cơ quan kế thừa."
    en = "Choose the agency that ends and the one that takes over."


class DocumentMissing(Refused):
    """A reform needs the document that decides it."""

    code = "reform.document_missing"
    vi = "Ghi số, ký hiệu văn bản quyết định việc sắp xếp."
    en = "Name the document that decides the reform."


class TooLate(Refused):
    """The day has passed."""

    code = "reform.too_late"
    vi = "Ngày có hiệu lực {on} đã qua; phương án phải có hiệu lực từ hôm nay trở đi."
    en = "The day {on} has passed; a plan comes into force today or later."


class NotEnding(_PlanFault):
    """What should end is not there on the day before."""

    code = "reform.not_there"
    vi = "Không có cơ quan {agency} đang hoạt động đến ngày sắp xếp."
    en = "There is no agency {agency} up to the day of the reform."


class HeirNotThere(_PlanFault):
    """Who should take over does not live on the day."""

    code = "reform.heir_not_there"
    vi = "Cơ quan kế thừa {agency} không hoạt động vào ngày sắp xếp."
    en = "The heir {agency} does not exist on the day of the reform."


class HeirEnds(_PlanFault):
    """Who should take over ends in the same reform."""

    code = "reform.heir_ends"
    vi = "Cơ quan kế thừa {agency} cũng kết thúc trong phương án này."
    en = "The heir {agency} ends in the same plan."


class FoundedTwice(_PlanFault):
    """An agency that should begin is there already."""

    code = "reform.founded_twice"
    vi = "Cơ quan mới {agency} đã có, hoặc được lập hai lần trong phương án."
    en = "The new agency {agency} is there already, or twice in the plan."


class CalendarMissing(_PlanFault):
    """A new agency works by a calendar that nobody keeps."""

    code = "reform.calendar_missing"
    vi = "Cơ quan mới {agency} ghi lịch làm việc “{calendar}” chưa có trong hệ thống."
    en = "The new agency {agency} names the calendar “{calendar}”, which is not there."


class UnknownPost(_PlanFault):
    """An officer goes to a post that no system knows."""

    code = "reform.unknown_post"
    vi = "Không có vị trí “{post}” mà phương án giao cho cán bộ {officer}."
    en = "There is no post “{post}”, which the plan gives to officer {officer}."


class ParentNotThere(_PlanFault):
    """A new agency names a superior that does not exist then."""

    code = "reform.parent_not_there"
    vi = "Cơ quan mới {agency} ghi cấp trên {parent}, nhưng lúc đó không có cơ quan ấy."
    en = "The new agency {agency} names its superior {parent}, which does not exist then."


class TwoHeirs(_PlanFault):
    """Two successions claim the same thing."""

    code = "reform.two_heirs"
    vi = "Hai cơ quan cùng kế thừa một việc của {agency} (thủ tục “{procedure}”, địa bàn “{area}”)."
    en = "Two heirs claim the same of {agency} (procedure “{procedure}”, area “{area}”)."


class TwoGeneralHeirs(_PlanFault):
    """Two successions claim all that no other names."""

    code = "reform.two_general_heirs"
    vi = "Hai cơ quan cùng kế thừa mọi việc còn lại của {agency}; chỉ một cơ quan được để vậy."
    en = "Two heirs take over everything else of {agency}; only one of them can."


class SharesOver(_PlanFault):
    """The shares of an ending agency come to more than all of it."""

    code = "reform.shares_over"
    vi = "Tỷ lệ chia của {agency} cộng lại là {total}%, nhiều hơn 100%."
    en = "The shares of {agency} come to {total} %, more than all of it."


class NoHeir(_PlanFault):
    """Something of an ending agency is taken over by nobody."""

    code = "reform.no_heir"
    vi = "Chưa có cơ quan kế thừa thủ tục {procedure} của {agency}."
    en = "Nobody takes over the procedure {procedure} of {agency}."


class NoHeirOfArea(_PlanFault):
    """Something of an ending agency in one area is taken over by nobody."""

    code = "reform.no_heir_of_area"
    vi = "Chưa có cơ quan kế thừa thủ tục {procedure} của {agency} ở địa bàn {area}."
    en = "Nobody takes over the procedure {procedure} of {agency} in the area {area}."


class NoHeirOfRecords(_PlanFault):
    """Records of registers that an ending agency keeps are taken over by nobody."""

    code = "reform.no_heir_of_records"
    vi = "Chưa có cơ quan kế thừa {count} bản ghi sổ đăng ký mà {agency} đang phụ trách."
    en = "Nobody takes over {count} records of registers that {agency} keeps."


class UnknownProcedure(Refused):
    """A succession names a procedure that is not there."""

    code = "reform.unknown_procedure"
    vi = "Không có thủ tục {procedure} nêu trong phương án."
    en = "There is no procedure {procedure}, which the plan names."


class ChildLeft(_PlanFault):
    """An agency would stand under one that ended."""

    code = "reform.child_left"
    vi = "{agency} còn thuộc {parent} là cơ quan sẽ kết thúc; hãy nêu cơ quan kế thừa của nó."
    en = "{agency} stands under {parent}, which ends; say who takes over from it."


class OfficerAstray(_PlanFault):
    """The plan does not say where an officer goes."""

    code = "reform.officer_astray"
    vi = "Chưa rõ cán bộ {officer} (vị trí {post}, {agency}) về cơ quan nào."
    en = "The plan does not say where officer {officer} ({post}, {agency}) goes."


class UnknownSeat(_PlanFault):
    """The plan sends somebody who holds no such post there."""

    code = "reform.unknown_seat"
    vi = "Cán bộ {officer} nêu trong phương án không giữ vị trí ấy tại cơ quan sẽ kết thúc."
    en = "Officer {officer}, whom the plan names, holds no such post at an ending agency."


class AppointedLater(_PlanFault):
    """An appointment at an ending agency begins when it has ended."""

    code = "reform.appointed_later"
    vi = "Cán bộ {officer} được bổ nhiệm tại {agency} từ ngày sắp xếp trở đi; hãy sửa bổ nhiệm ấy."
    en = "Officer {officer} is appointed at {agency} from the day of the reform on; correct that."


class NobodyThere(_PlanFault):
    """Open work would come to an heir where nobody holds its post."""

    code = "reform.nobody_there"
    vi = "{agency} chưa có ai giữ vị trí {post} để nhận {count} việc đang mở."
    en = "Nobody at {agency} holds the post {post} that would get {count} pieces of open work."


class NobodyKeeps(_PlanFault):
    """Records would come to an heir where nobody holds a post that keeps their register."""

    code = "reform.nobody_keeps"
    vi = "{agency} chưa có ai giữ vị trí phụ trách {count} bản ghi sổ đăng ký sẽ nhận."
    en = "Nobody at {agency} holds a post that keeps the {count} records it would get."


class AlreadyPlanned(_PlanFault):
    """Another plan that is not undone ends the same agency."""

    code = "reform.already_planned"
    vi = "{agency} đã có trong phương án số {reform} chưa hủy."
    en = "{agency} is in plan {reform}, which is not undone."


class NoReform(Refused):
    """No plan has this number, or not for this reader."""

    code = "reform.not_found"
    vi = "Không có phương án sắp xếp này, hoặc bạn không được xem."
    en = "There is no such plan of a reform, or you may not see it."
    status = 404


class InForce(Refused):
    """What came into force is not undone."""

    code = "reform.in_force"
    vi = "Phương án đã có hiệu lực hoặc đã hủy nên không hủy được nữa."
    en = "The plan is in force, or undone already, and cannot be undone."
    status = 409


class Redrawn(Refused):
    """The draft is not the one that was looked at."""

    code = "reform.redrawn"
    vi = "Dự thảo đã được sửa sau khi bạn mở trang. Xem lại bản mới rồi quyết định."
    en = "The draft was changed since you opened the page. Look at it again, then decide."
    status = 409


class NotADraft(Refused):
    """What was decided or dropped is not drawn anew."""

    code = "reform.not_a_draft"
    vi = (
        "Phương án đã được quyết định hoặc đã hủy nên không sửa được; hãy hủy và lập phương án mới."
    )
    en = "The plan was decided or dropped and cannot be changed; undo it and draw another."
    status = 409


class NotADrawer(Refused):
    """Plans are drawn by those who organise agencies, or head them, above all that end."""

    code = "reform.not_a_drawer"
    vi = "Chỉ người làm công tác tổ chức hoặc người đứng đầu cơ quan cấp trên được lập phương án."
    en = "Plans are drawn by who organises or heads an agency above all that it touches."
    status = 403


class NotYet(Refused):
    """The day has not come."""

    code = "reform.not_yet"
    vi = "Phương án có hiệu lực từ ngày {on}, chưa thực hiện được."
    en = "The plan comes into force on {on} and cannot be run before."
    status = 409


class NotYours(Refused):
    """Only heads above every ending agency decide a plan, or undo it."""

    code = "reform.not_yours"
    vi = (
        "Chỉ người đứng đầu cơ quan cấp trên của mọi cơ quan kết thúc và kế thừa được làm việc này."
    )
    en = "This is for a head of an agency above all those that end and all heirs."
    status = 403
