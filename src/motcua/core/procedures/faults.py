"""What can be wrong with a procedure file, each fault with a code, a place and both languages."""

from __future__ import annotations

from motcua.kernel.flow.faults import Fault, _Faulty

TEXTS: dict[str, tuple[str, str]] = {
    "procedure.toml": (
        "Tệp không đúng cú pháp TOML: {problem}.",
        "The file is not valid TOML: {problem}.",
    ),
    "procedure.missing": ("Thiếu mục bắt buộc “{key}”.", "The key “{key}” is missing."),
    "procedure.unknown_key": (
        "Không có mục nào tên “{key}” ở đây; có thể gõ sai.",
        "There is no key “{key}” here; perhaps a typing error.",
    ),
    "procedure.wrong_type": (
        "“{key}” phải có kiểu {wanted}.",
        "“{key}” must be of type {wanted}.",
    ),
    "procedure.not_one_of": (
        "“{value}” không hợp lệ; chọn một trong: {allowed}.",
        "“{value}” is not allowed; choose one of: {allowed}.",
    ),
    "procedure.unknown_source": (
        "Không có nguồn “{source}” trong mục [sources].",
        "There is no source “{source}” under [sources].",
    ),
    "procedure.empty": ("“{key}” không được để trống.", "“{key}” must not be empty."),
    "procedure.too_long": (
        "“{key}” dài {length} ký tự, tối đa {limit}.",
        "“{key}” has {length} characters; at most {limit} are allowed.",
    ),
    "procedure.control_character": (
        "“{key}” có ký tự điều khiển; hãy gõ lại.",
        "“{key}” holds a control character; retype it.",
    ),
    "procedure.key_form": (
        "Mã “{key}” phải gồm chữ thường không dấu, số và gạch dưới, tối đa {limit} ký tự.",
        "The key “{key}” must be lower-case letters, digits and underscores, at most {limit}.",
    ),
    "procedure.hours": (
        "“{key}” phải là số giờ không âm và ra số phút nguyên.",
        "“{key}” must be hours, not negative, in whole minutes.",
    ),
    "procedure.negative": ("“{key}” không được âm.", "“{key}” must not be negative."),
    "procedure.window_without_request": (
        "Thời hạn bổ sung phải mang tên một thao tác yêu cầu bổ sung (supplement).",
        "An answer window bears the key of a move of kind supplement.",
    ),
    "procedure.window_returns_nothing": (
        "“{move}” phải là thao tác dừng hoặc từ chối do hệ thống làm, từ mọi bước đã yêu cầu.",
        "“{move}” must be a stop or refusal by the house, from every step that asks.",
    ),
    "procedure.window_reminder": (
        "Lời nhắc (remind_after) phải cùng đơn vị với thời hạn bổ sung và đến trước khi hết hạn.",
        "The reminder (remind_after) has the unit of the window and comes before its end.",
    ),
    "procedure.house_move": (
        "Thao tác của hệ thống (house) không kèm ai khác và phải là việc một thời hạn bổ sung gọi.",
        "A move of the house is nobody else's, and some answer window calls for it.",
    ),
    "procedure.apology_undated": (
        "Có thao tác xin lỗi thì phải ghi phải xin lỗi trước hạn bao lâu, ở mục [apology].",
        "With an apology goes how long before the due date it is written: add [apology].",
    ),
    "procedure.bad_pattern": (
        "Mẫu “{pattern}” không dùng được: chỉ gồm ký tự, [nhóm] và số lần như {{2}}, {{1,5}}, ?.",
        "The pattern “{pattern}” is not usable: only characters, [sets] and {{2}}, {{1,5}}, ?.",
    ),
    "procedure.choices": (
        "Kiểu choice phải có danh mục choices; kiểu khác thì không được có.",
        "A field of type choice needs choices; other types must have none.",
    ),
    "procedure.bounds": (
        "Giới hạn min, max chỉ dùng cho số và tiền, min không lớn hơn max.",
        "The bounds min and max are for numbers and money, min not above max.",
    ),
    "procedure.no_source": (
        'Giá trị này chưa ghi nguồn; nếu chưa có nguồn, hãy ghi rõ mark = "unconfirmed".',
        'This value names no source; where there is none, say so with mark = "unconfirmed".',
    ),
    "procedure.source_without_text": (
        "Nguồn được ghi là đã xác nhận nhưng không nêu văn bản hoặc trang nào.",
        "The source is marked confirmed but names no document or page.",
    ),
    "procedure.no_legal_basis": (
        "Thủ tục chưa có căn cứ pháp lý.",
        "The procedure names no legal basis.",
    ),
    "procedure.letter_undeclared": (
        "Văn bản “{letter}” chưa được khai báo ở mục [letters].",
        "The letter “{letter}” is not declared under [letters].",
    ),
    "procedure.message_undeclared": (
        "Tin nhắn “{message}” chưa được khai báo ở mục [messages].",
        "The message “{message}” is not declared under [messages].",
    ),
    "procedure.message_words": (
        "Tin nhắn chỉ được dùng các chỗ điền: {allowed}.",
        "A message may only use the placeholders {allowed}.",
    ),
    "procedure.too_many_indexed": (
        "Có {count} trường indexed; tối đa {limit}.",
        "{count} fields are indexed; at most {limit} may be.",
    ),
    "procedure.personal_number_indexed": (
        "Số định danh cá nhân không được lập chỉ mục: chỉ lưu ở dạng mã hóa.",
        "A personal number must not be indexed: it is stored encrypted only.",
    ),
    "procedure.section_order": (
        "Các phần (sections) phải đủ mọi trường, mỗi trường một lần, theo thứ tự: xem “{field}”.",
        "Sections hold every field, each once and in the order of the form: see “{field}”.",
    ),
    "procedure.short_too_long": (
        "Tên ngắn dài {length} ký tự, tối đa {limit}.",
        "The short name has {length} characters; at most {limit} are allowed.",
    ),
    "procedure.same_day_too_long": (
        "Trả trong ngày nhưng các bước cộng lại {sum} phút, quá một ngày làm việc ({limit} phút).",
        "The limit is the same day, but the steps take {sum} minutes of a day's {limit}.",
    ),
    "procedure.no_reception": (
        "Từ bước đầu phải có một thao tác chuyển tiếp cấp mã hồ sơ (gives_code).",
        "A forward move from the first step must give the dossier code (gives_code).",
    ),
    "procedure.fee_count": (
        "Trường “{field}” không phải là số bắt buộc từ 1 trở lên nên không dùng để nhân mức thu.",
        "“{field}” is no required number of at least 1, so a fee cannot be multiplied by it.",
    ),
    "procedure.fee_field": (
        "Phí, lệ phí dựa vào trường “{field}” mà thủ tục không có.",
        "The fee rests on a field “{field}” that the procedure lacks.",
    ),
    "procedure.nothing_to_pay": (
        "Thao tác đòi đã nộp phí, lệ phí, nhưng thủ tục không thu khoản nào.",
        "The move asks for payment, but the procedure charges nothing.",
    ),
    "procedure.part_procedure": (
        "“{procedure}” phải đang có hiệu lực, có kênh “dossier”, không tự mở thủ tục liên thông.",
        "“{procedure}” must be in force, with the channel “dossier” and no parts of its own.",
    ),
    "procedure.part_agency": (
        "“{agency}” không phải receiving, superior hoặc code:….",
        "“{agency}” is none of receiving, superior or code:….",
    ),
    "procedure.part_after": (
        "Phần “{part}” phải được khai báo trước phần chờ nó.",
        "The part “{part}” must be declared before the one that waits for it.",
    ),
    "procedure.part_before": (
        "“{move}” phải là thao tác chuyển tiếp sau khi tiếp nhận.",
        "“{move}” must be a forward move after reception.",
    ),
    "procedure.part_field": (
        "Không điền được từ “{field}”: không có mục này ở một trong hai thủ tục, hoặc khác kiểu.",
        "“{field}” cannot fill this: one of the procedures lacks it, or the types differ.",
    ),
    "procedure.part_unfilled": (
        "Thủ tục liên thông đòi “{field}” mà hồ sơ chính không chắc có.",
        "The linked procedure requires “{field}”, which the dossier need not have.",
    ),
    "procedure.complaint_channel": (
        "Thủ tục khiếu nại, phản ánh (complaint) chỉ mở từ một hồ sơ: channels chỉ có “dossier”.",
        "A complaint starts from a dossier: its only channel is “dossier”.",
    ),
    "procedure.no_channel": (
        "Chưa có kênh nộp hồ sơ nào.",
        "No channel is open for filing.",
    ),
}

TABLE_TEXTS: dict[str, tuple[str, str]] = {
    "procedure.table_no_heading": (
        "Không thấy dòng tiêu đề có “Nội dung công việc”, “Thời gian” ({heads}).",
        "There is no heading row with “Nội dung công việc”, “Thời gian” ({heads}).",
    ),
    "procedure.table_time": (
        "“{said}” không phải thời gian; ghi như 4, 0,5 ngày hoặc 30 phút.",
        "“{said}” is no time; write 4, 0,5 ngày or 30 phút.",
    ),
    "procedure.table_step": (
        "Đường chính của thủ tục không có bước mã “{key}”; để trống ô mã nếu là bước mới.",
        "The main path of the procedure has no step “{key}”; leave the cell empty for a new one.",
    ),
    "procedure.table_length": (
        "Bảng không có cột “Mã bước” nên đọc theo thứ tự, mà có {count} dòng cho {steps} bước.",
        "Without the column “Mã bước” rows count by order, and {count} stand for {steps} steps.",
    ),
    "procedure.table_twice": (
        "Bước “{key}” ghi hai lần.",
        "The step “{key}” is written twice.",
    ),
    "procedure.table_no_content": (
        "Bước “{key}” chưa ghi nội dung công việc.",
        "The step “{key}” has no content.",
    ),
    "procedure.table_before_start": (
        "Bước mới “{name}” không đứng trước bước đầu của quy trình được.",
        "The new step “{name}” cannot stand before the first one.",
    ),
    "procedure.table_order": (
        "Bước “{key}” đứng trước bước “{should}”; bảng không đổi thứ tự các bước đã có được.",
        "The step “{key}” stands before “{should}”; a table does not change the order of steps.",
    ),
    "procedure.table_post": (
        "Không có vị trí “{said}”; ghi một trong: {known}.",
        "There is no post “{said}”; write one of: {known}.",
    ),
    "procedure.table_unit": (
        "Không hiểu đơn vị “{said}”; ghi {known}, hoặc mã cơ quan như H26.12.",
        "The unit “{said}” is not understood; write {known}, or an agency's code as H26.12.",
    ),
    "procedure.table_keeps_start": (
        "Không bỏ được bước đầu “{name}”.",
        "The first step “{name}” cannot be taken out.",
    ),
    "procedure.table_keeps": (
        "Không bỏ được bước “{name}” bằng bảng: thao tác “{move}” gắn với bước này. Sửa trong tệp.",
        "A table cannot take out “{name}”: the move “{move}” goes with it. Change the file.",
    ),
    "procedure.table_shared_move": (
        "Không thêm được bước “{name}” ở đây: thao tác {move} đi từ nhiều bước. Sửa trong tệp.",
        "“{name}” cannot be added here: the move {move} leaves several steps. Change the file.",
    ),
}

MAP_TEXTS: dict[str, tuple[str, str]] = {
    "procedure.map_gone": (
        "Phiên bản mới không còn “{key}”, mà hồ sơ đang chạy có thể đã có.",
        "The new version lacks “{key}”, which running dossiers may have.",
    ),
    "procedure.map_merge": (
        "“{key}” và “{other}” không được chuyển thành cùng một trường.",
        "“{key}” and “{other}” must not become one field.",
    ),
    "procedure.map_backwards": (
        "Chỉ chuyển sang phiên bản mới hơn, đã công bố.",
        "A map leads to a newer version that has been published.",
    ),
}


def fault(code: str, where: str, **details: object) -> Fault:
    """Build the fault of this code; ``details`` fill its sentences, ``where`` is the place."""
    vi, en = TEXTS.get(code) or MAP_TEXTS.get(code) or TABLE_TEXTS[code]
    return Fault(code, vi.format(**details), en.format(**details), where)


class UnreadableProcedure(_Faulty):
    """The file is not a procedure; all that is wrong is listed with its place."""

    code = "procedures.unreadable"
    vi = "Tệp thủ tục có {count} chỗ phải sửa."
    en = "The procedure file has {count} faults."


class UnreadableSystem(_Faulty):
    """The file is not a system's declaration."""

    code = "procedures.unreadable_system"
    vi = "Tệp khai báo hệ thống có {count} chỗ phải sửa."
    en = "The system file has {count} faults."


class MapFaulty(_Faulty):
    """A map between versions leaves something out, or cannot be followed."""

    code = "procedures.map_faulty"
    vi = "Chưa công bố được bảng chuyển phiên bản: có {count} chỗ phải sửa."
    en = "The version map cannot be published: it has {count} faults."


class TableFaulty(_Faulty):
    """The table of an internal process does not fit the procedure."""

    code = "procedures.table_faulty"
    vi = "Chưa nhận bảng quy trình: có {count} chỗ phải sửa."
    en = "The process table was not taken: it has {count} faults."


class NotPublishable(_Faulty):
    """The draft can be read but must not be published as it stands."""

    code = "procedures.not_publishable"
    vi = "Chưa công bố được: có {count} chỗ phải sửa."
    en = "The draft cannot be published: it has {count} faults."
