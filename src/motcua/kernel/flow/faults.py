"""What the checks before publishing can find wrong, each with a stable code and a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from motcua.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a definition; ``where`` names the place, as in ``moves.sign``."""

    code: str
    vi: str
    en: str
    where: str


class _Faulty(Refused):
    """What refusals share that list faults, one line each; their sentence tells the ``{count}``."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        told = [{"where": one.where, "code": one.code} for one in self.faults]
        super().__init__(count=len(self.faults), faults=told)

    def text(self, language: str) -> str:
        """Give the sentence and below it one line for each fault."""
        lines = [
            f"{one.where}: [{one.code}] {one.en if language == 'en' else one.vi}"
            for one in self.faults
        ]
        return "\n".join([super().text(language), *lines])


TEXTS: dict[str, tuple[str, str]] = {
    "flow.key_form": (
        "Mã “{key}” phải gồm chữ thường không dấu, chữ số và dấu gạch dưới, bắt đầu bằng chữ.",
        "The key “{key}” must be lower-case letters, digits and underscores, a letter first.",
    ),
    "flow.key_twice": (
        "Mã “{key}” được dùng hai lần; bước và điểm kết thúc dùng chung một danh sách mã.",
        "The key “{key}” is used twice; steps and ends share one list of keys.",
    ),
    "flow.start_not_step": (
        "Điểm bắt đầu “{key}” không phải là một bước.",
        "The start “{key}” is not a step.",
    ),
    "flow.no_source": (
        "Thao tác chưa nêu được thực hiện từ bước nào.",
        "The move names no step from which it is done.",
    ),
    "flow.no_doer": (
        "Thao tác chưa nêu ai được thực hiện.",
        "The move names nobody who may do it.",
    ),
    "flow.unknown_step": (
        "Không có bước “{key}”.",
        "There is no step “{key}”.",
    ),
    "flow.end_has_move": (
        "Thao tác xuất phát từ điểm kết thúc “{key}”; hồ sơ đã kết thúc thì không chuyển tiếp.",
        "The move leaves the end “{key}”; an ended dossier is not moved.",
    ),
    "flow.unknown_target": (
        "Không có bước hay điểm kết thúc “{key}”.",
        "There is no step or end “{key}”.",
    ),
    "flow.wrong_target": (
        "Thao tác loại {kind} phải dẫn đến: {wanted}.",
        "A move of kind {kind} must lead to: {wanted}.",
    ),
    "flow.unknown_leg": (
        "Không có mục lấy ý kiến “{key}”.",
        "There is no consultation “{key}”.",
    ),
    "flow.consult_without_leg": (
        "Thao tác lấy ý kiến phải nêu ít nhất một mục lấy ý kiến.",
        "A consultation must name at least one leg.",
    ),
    "flow.too_many_legs": (
        "Một thao tác chỉ lấy ý kiến nhiều nhất {most} nơi.",
        "A move may consult {most} others at most.",
    ),
    "flow.leg_misplaced": (
        "Chỉ thao tác lấy ý kiến hoặc chuyển tiếp mới được nêu mục lấy ý kiến.",
        "Only a consultation or a forward move may name legs.",
    ),
    "flow.leg_never_asked": (
        "Thao tác này bắt buộc có ý kiến {legs} nhưng không thao tác nào lấy ý kiến đó.",
        "The move requires {legs}, which no move of the procedure asks for.",
    ),
    "flow.nobody_to_ask": (
        "Thao tác này chờ có người được giao việc nhưng không thao tác nào giao việc.",
        "The move waits until somebody was asked, and no move of the procedure asks anybody.",
    ),
    "flow.leg_unused": (
        "Không thao tác nào mở mục lấy ý kiến này.",
        "No move opens this consultation.",
    ),
    "flow.consult_without_reply": (
        "Bước này lấy ý kiến nhưng không có thao tác trả lời.",
        "The step opens consultations but has no move that replies to them.",
    ),
    "flow.supplement_without_answer": (
        "Hồ sơ có thể chờ bổ sung ở bước này nhưng không có thao tác nhận bổ sung.",
        "A dossier may wait for a supplement at this step, but no move takes the answer in.",
    ),
    "flow.reason_not_asked": (
        "Từ chối hoặc dừng xử lý phải yêu cầu ghi lý do.",
        "Refusing or stopping must ask for a reason.",
    ),
    "flow.limit_negative": (
        "Thời hạn và số lần không được âm.",
        "Minutes and numbers of times must not be negative.",
    ),
    "flow.answer_limited": (
        "Thao tác nhận bổ sung hoặc trả lời ý kiến không được giới hạn số lần: hồ sơ sẽ bị kẹt.",
        "An answer or a reply must not be limited in number: the dossier would be stuck.",
    ),
    "flow.agency_rule": (
        "Quy tắc cơ quan “{rule}” không hợp lệ (receiving, same, superior hoặc code:<mã>).",
        "“{rule}” is no agency rule (receiving, same, superior or code:<code>).",
    ),
    "flow.unknown_post": (
        "Không có chức vụ “{post}”.",
        "There is no post “{post}”.",
    ),
    "flow.holder_idle": (
        "Người giữ bước này không được thực hiện thao tác nào.",
        "The holder of this step may do no move.",
    ),
    "flow.unreachable": (
        "Không có đường từ điểm bắt đầu đến đây.",
        "Nothing leads here from the start.",
    ),
    "flow.no_way_out": (
        "Từ bước này không có đường đến điểm kết thúc.",
        "No way leads from this step to an end.",
    ),
    "flow.clock_order": (
        "Không thể {op} đồng hồ khi đồng hồ có thể đang ở trạng thái {state} (tại bước “{at}”).",
        "The clock cannot {op} where it may be {state} (at step “{at}”).",
    ),
    "flow.clock_left_paused": (
        "Sau thao tác này đồng hồ có thể vẫn tạm dừng dù hồ sơ không chờ bổ sung.",
        "After this move the clock may stay paused although no supplement is awaited.",
    ),
    "flow.reopened_without_clock": (
        "Thao tác này mở lại hồ sơ ở bước tính vào thời hạn mà không tính lại đồng hồ (restart).",
        "This move reopens a dossier on a step that counts without restarting the clock.",
    ),
    "flow.reopen_from_step": (
        "Chỉ mở lại hồ sơ từ một kết thúc; “{key}” không phải là kết thúc.",
        "A dossier is reopened from an end only; “{key}” is none.",
    ),
    "flow.not_limited": (
        "Thao tác loại này phải có giới hạn số lần (at_most).",
        "A move of this kind must be limited in number (at_most).",
    ),
    "flow.apology_without_letter": (
        "Ngày hẹn chỉ đổi bằng văn bản: thao tác xin lỗi phải có mẫu văn bản (letter).",
        "A promised date changes by a paper only: an apology must name its letter.",
    ),
    "flow.result_before_stop": (
        "Có đường đi đến kết quả qua thao tác này mà đồng hồ ở trạng thái {state}, chưa dừng.",
        "A result can be reached through this move with the clock {state} instead of stopped.",
    ),
    "flow.code_twice": (
        "Có đường đi cấp mã hồ sơ hai lần qua thao tác này.",
        "The dossier code can be given twice through this move.",
    ),
    "flow.forward_cycle": (
        "Các thao tác chuyển tiếp tạo thành vòng: {path}; hãy dùng thao tác trả lại (back).",
        "Forward moves form a circle: {path}; use a move of kind back to return.",
    ),
    "flow.no_clock_on_main_path": (
        "Thủ tục có thời hạn nhưng trên đường chính không có thao tác bắt đầu tính giờ.",
        "The procedure has a legal limit but no move of the main path starts the clock.",
    ),
    "flow.main_path_minutes": (
        "Tổng thời gian các bước trên đường chính là {sum} phút, khác thời hạn {limit} phút.",
        "The steps of the main path add up to {sum} minutes, not to the limit of {limit}.",
    ),
    "flow.path_too_long": (
        "Đường dài nhất ({path}) cần {sum} phút, quá thời hạn {limit} phút.",
        "The longest path ({path}) takes {sum} minutes, over the limit of {limit}.",
    ),
    "flow.leg_too_long": (
        "Thời hạn lấy ý kiến “{leg}” ({minutes} phút) dài hơn thời hạn của bước ({limit} phút).",
        "The consultation “{leg}” ({minutes} minutes) outlasts the step ({limit} minutes).",
    ),
}

MAP_TEXTS: dict[str, tuple[str, str]] = {
    "flow.map_missing": (
        "Bảng chuyển chưa nêu “{key}” của phiên bản cũ.",
        "The map does not say what “{key}” of the old version becomes.",
    ),
    "flow.map_unknown": (
        "Phiên bản cũ không có “{key}”, hoặc không cần nêu mục này.",
        "The old version has no “{key}”, or it needs no mapping.",
    ),
    "flow.map_no_such_target": (
        "Phiên bản mới không có “{key}” cùng loại.",
        "The new version has no “{key}” of this kind.",
    ),
    "flow.map_legs_merge": (
        "“{key}” và “{other}” không được chuyển thành cùng một nơi lấy ý kiến.",
        "“{key}” and “{other}” must not become one consultation.",
    ),
    "flow.map_leg_elsewhere": (
        "Ở bước “{step}” của phiên bản mới không lấy ý kiến “{leg}” được.",
        "The step “{step}” of the new version does not open the consultation “{leg}”.",
    ),
    "flow.map_clock": (
        "Bước “{step}” của phiên bản mới không thể có đồng hồ {state} (đã cấp mã: {coded}).",
        "The step “{step}” of the new version cannot have the clock {state} (code given: {coded}).",
    ),
}


def fault(code: str, where: str, **details: object) -> Fault:
    """Build the fault of this code; ``details`` fill its sentences."""
    vi, en = TEXTS.get(code) or MAP_TEXTS[code]
    return Fault(code, vi.format(**details), en.format(**details), where)
