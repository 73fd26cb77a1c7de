"""What can be wrong with a folder of areas, each fault with a code, a place and both languages."""

from __future__ import annotations

from motcua.kernel.flow.faults import Fault, _Faulty

TEXTS: dict[str, tuple[str, str]] = {
    "areas.no_file": ("Thiếu tệp này.", "This file is missing."),
    "areas.not_text": ("Tệp không phải chữ UTF-8.", "The file is not UTF-8 text."),
    "areas.not_toml": (
        "Tệp không đúng cú pháp TOML: {problem}.",
        "The file is not valid TOML: {problem}.",
    ),
    "areas.wrong_key": (
        "Mục “{key}” thiếu hoặc không đúng kiểu.",
        "The key “{key}” is missing or of the wrong type.",
    ),
    "areas.wrong_header": (
        "Dòng tiêu đề phải là: {wanted}.",
        "The header must be: {wanted}.",
    ),
    "areas.wrong_columns": (
        "Dòng có {found} ô, dòng tiêu đề có {wanted}.",
        "The row has {found} cells, the header has {wanted}.",
    ),
    "areas.cell_missing": ("Ô “{column}” không được trống.", "“{column}” must not be empty."),
    "areas.cell_too_long": (
        "Ô “{column}” dài {length} ký tự, tối đa {limit}.",
        "“{column}” has {length} characters; at most {limit} are allowed.",
    ),
    "areas.control_sign": (
        "Ô “{column}” có ký tự điều khiển.",
        "“{column}” holds a control character.",
    ),
    "areas.not_a_day": (
        "Ô “{column}”: “{text}” không phải ngày dạng 2025-07-01.",
        "“{column}”: “{text}” is no day such as 2025-07-01.",
    ),
    "areas.not_a_number": (
        "Ô “{column}”: “{text}” không phải số dùng được ở đây.",
        "“{column}”: “{text}” is no number that can stand here.",
    ),
    "areas.not_one_of": (
        "Ô “{column}”: “{text}” không hợp lệ; chọn một trong: {allowed}.",
        "“{column}”: “{text}” is not allowed; choose one of: {allowed}.",
    ),
    "areas.not_a_code": (
        "Ô “{column}”: “{text}” không phải mã dùng được ở đây.",
        "“{column}”: “{text}” is no code that can stand here.",
    ),
    "areas.half_a_centre": (
        "Tâm phải có đủ vĩ độ và kinh độ.",
        "A centre has both a latitude and a longitude.",
    ),
    "areas.outside": (
        "Tâm của {unit} nằm ngoài khung của tỉnh, thành phố.",
        "The centre of {unit} lies outside the bounds of the province.",
    ),
    "areas.twice": ("“{key}” xuất hiện hai lần.", "“{key}” stands here twice."),
    "areas.ends_before": (
        "{unit} kết thúc trước khi bắt đầu.",
        "{unit} ends before it begins.",
    ),
    "areas.unknown_unit": ("Không có đơn vị {unit}.", "There is no unit {unit}."),
    "areas.parent_not_there": (
        "Cấp trên {parent} không tồn tại suốt thời gian của {unit}.",
        "The parent {parent} is not there for the whole life of {unit}.",
    ),
    "areas.parent_circle": (
        "{unit} nằm dưới chính nó.",
        "{unit} lies below itself.",
    ),
    "areas.code_clash": (
        "{unit} và {other} cùng mã {key} trong một thời gian.",
        "{unit} and {other} bear the code {key} at the same time.",
    ),
    "areas.name_clash": (
        "{unit} và {other} cùng tên, loại và cấp trên trong một thời gian.",
        "{unit} and {other} share name, kind and parent at the same time.",
    ),
    "areas.no_heir": (
        "{unit} kết thúc ngày {day} nhưng không có đơn vị kế thừa vào ngày đó.",
        "{unit} ends on {day} but has no heir on that day.",
    ),
    "areas.no_origin": (
        "{unit} bắt đầu ngày {day} nhưng không có đơn vị nào thành ra nó vào ngày đó.",
        "{unit} begins on {day} but nothing became it on that day.",
    ),
    "areas.heir_not_there": (
        "{unit} không tồn tại vào ngày {day}.",
        "{unit} is not there on {day}.",
    ),
    "areas.heir_too_early": (
        "{unit} có đơn vị kế thừa nhưng chưa kết thúc.",
        "{unit} has an heir but does not end.",
    ),
    "areas.old_not_there": (
        "{unit} không tồn tại vào ngày trước {day}.",
        "{unit} is not there on the day before {day}.",
    ),
    "areas.whole_shared": (
        "{unit} đi trọn (whole) vào ngày {day} nhưng có nhiều đơn vị kế thừa.",
        "{unit} goes as a whole on {day} but has several heirs.",
    ),
    "areas.lone_part": (
        "{unit} chỉ đi một phần (part) vào ngày {day} mà không có phần nào khác.",
        "Only a part of {unit} goes on {day}, and there is no other part.",
    ),
    "areas.two_main": (
        "{unit} có hơn một đơn vị kế thừa chính vào ngày {day}.",
        "{unit} has more than one main heir on {day}.",
    ),
    "areas.shares": (
        "Các phần của {unit} vào ngày {day} cộng lại {sum}, không phải 1.",
        "The shares of {unit} on {day} add up to {sum}, not to 1.",
    ),
    "areas.count": (
        "Ngày {day} có {found} {what}, nguồn ghi {wanted}.",
        "On {day} there are {found} {what}; the source counts {wanted}.",
    ),
    "areas.unknown_agency": ("Không có cơ quan {key}.", "There is no agency {key}."),
}


def fault(code: str, where: str, **details: object) -> Fault:
    """Build the fault of this code; `where` is a file and a line."""
    vi, en = TEXTS[code]
    return Fault(code, vi.format(**details), en.format(**details), where)


class AreasFaulty(_Faulty):
    """Nothing of the folder was loaded; `faults` say what to mend, with place and code."""

    code = "areas.faulty"
    vi = "Chưa nạp gì: dữ liệu địa bàn có {count} chỗ phải sửa."
    en = "Nothing was loaded: the areas have {count} faults."
