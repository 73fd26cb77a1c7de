"""What is wrong with a row to import or an edition to publish, in both languages."""

from __future__ import annotations

from motcua.kernel.flow.faults import Fault, _Faulty

TEXTS: dict[str, tuple[str, str]] = {
    "catalogue.json": (
        "Dòng này không phải một đối tượng JSON: {problem}.",
        "This line is not a JSON object: {problem}.",
    ),
    "catalogue.unknown_form": (
        "Dòng này không theo mẫu nào đã biết (có “code” và “name”, hoặc “thu_tuc_id”).",
        "This line has none of the known forms (“code” and “name”, or “thu_tuc_id”).",
    ),
    "catalogue.unknown_key": (
        "Không biết mục “{key}”; nhập sẽ làm mất nó.",
        "“{key}” is not known; importing would lose it.",
    ),
    "catalogue.missing_key": ("Thiếu mục “{key}”.", "“{key}” is missing."),
    "catalogue.wrong_type": (
        "“{key}” phải là {wanted}.",
        "“{key}” must be {wanted}.",
    ),
    "catalogue.unknown_mark": (
        "“{key}” có dấu “{mark}”; chỉ nhận [F] hoặc (memory).",
        "“{key}” is marked “{mark}”; only [F] and (memory) are known.",
    ),
    "catalogue.twice": (
        "Mã “{key}” đã có ở dòng {line} của tệp này.",
        "“{key}” stands already on line {line} of this file.",
    ),
    "catalogue.too_long": (
        "“{key}” dài {length} ký tự, tối đa {limit}.",
        "“{key}” has {length} characters; at most {limit} are allowed.",
    ),
    "catalogue.broken_text": (
        "Có ký tự hỏng, không lưu được.",
        "The text holds a broken character and cannot be kept.",
    ),
    "catalogue.no_code": (
        "Chưa có mã thủ tục trong Cơ sở dữ liệu quốc gia.",
        "It has no code of the national database yet.",
    ),
    "catalogue.bad_code": (
        "“{text}” không phải mã thủ tục (dạng 1.000948 hoặc 1.000948.H26).",
        "“{text}” is not a procedure code (as 1.000948 or 1.000948.H26).",
    ),
    "catalogue.missing": (
        "Chưa ghi “{name}”.",
        "“{name_en}” is not stated.",
    ),
    "catalogue.unconfirmed": (
        "“{name}” chưa có văn bản xác nhận: {said}.",
        "No document confirms “{name_en}”: {said}.",
    ),
    "catalogue.no_source": (
        "“{name}” ghi là đã xác nhận nhưng không nêu nguồn.",
        "“{name_en}” is said to be confirmed, but no source is named.",
    ),
    "catalogue.unit_guessed": (
        "Đơn vị của thời hạn là suy đoán: trang nguồn chỉ ghi con số.",
        "The unit of the time limit is a guess: the source gives the bare number.",
    ),
    "catalogue.columns": (
        "Không đọc được dòng “{line}”: ghi {columns}, cách nhau bằng dấu |.",
        "The line “{line}” cannot be read: write {columns_en}, parted by |.",
    ),
    "catalogue.count": (
        "Số bản ở dòng “{line}” phải là số từ 0 đến 999: ghi {columns}.",
        "The copies in “{line}” must be a number from 0 to 999: write {columns_en}.",
    ),
    "catalogue.code_taken": (
        "Mã {said} đã thuộc mục khác của danh mục.",
        "The code {said} belongs to another procedure of the catalogue.",
    ),
    "catalogue.limit_unstated": (
        "Nguồn không nêu thời hạn nào, cũng không nói là không quy định.",
        "The source states no time limit, nor that there is none.",
    ),
}


def fault(code: str, where: str, **details: object) -> Fault:
    """Build the fault of this code at a place."""
    vi, en = TEXTS[code]
    return Fault(code, vi.format(**details), en.format(**details), where)


class NotImportable(_Faulty):
    """Some rows of the file cannot be read; nothing of it was imported."""

    code = "catalogue.not_importable"
    vi = "Chưa nhập gì: tệp danh mục có {count} chỗ phải sửa."
    en = "Nothing was imported: the catalogue file has {count} faults."


class NotPublishable(_Faulty):
    """The edition lacks what a published procedure must say."""

    code = "catalogue.not_publishable"
    vi = "Chưa công bố được: còn {count} chỗ thiếu."
    en = "It cannot be published: {count} gaps are left."


class EditionUnreadable(_Faulty):
    """Some of what was typed cannot be read; nothing of it was kept."""

    code = "catalogue.edition_unreadable"
    vi = "Chưa lưu gì: có {count} chỗ phải sửa."
    en = "Nothing was kept: there are {count} faults."
