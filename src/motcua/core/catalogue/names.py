"""What the values of a content are called, in both languages."""

from __future__ import annotations

from motcua.core.procedures.declaration import Text

NAMES: dict[str, Text] = {
    "code": Text("Mã thủ tục", "Procedure code"),
    "name": Text("Tên thủ tục", "Name"),
    "group": Text("Nhóm", "Group"),
    "field": Text("Lĩnh vực", "Field"),
    "level": Text("Cấp thực hiện", "Level of government"),
    "decided_by": Text("Cơ quan giải quyết", "Decided by"),
    "carried_out_by": Text("Cơ quan thực hiện", "Carried out by"),
    "delegated_to": Text("Cơ quan được ủy quyền", "Delegated to"),
    "cooperating": Text("Cơ quan phối hợp", "Cooperating body"),
    "filed_at": Text("Địa chỉ tiếp nhận hồ sơ", "Where it is filed"),
    "time_limit": Text("Thời hạn giải quyết", "Time limit"),
    "filing": Text("Cách nộp, thời hạn, phí", "Ways to file, limits, fees"),
    "ways": Text("Cách thức thực hiện", "How it is done"),
    "sequence": Text("Trình tự thực hiện", "Steps"),
    "subjects": Text("Đối tượng thực hiện", "Who may ask"),
    "evidence": Text("Thành phần hồ sơ", "Papers"),
    "fee": Text("Phí, lệ phí", "Fees"),
    "result": Text("Kết quả", "Result"),
    "legal_basis": Text("Căn cứ pháp lý", "Legal basis"),
    "conditions": Text("Yêu cầu, điều kiện", "Conditions"),
    "online_level": Text("Dịch vụ công trực tuyến", "Online service"),
    "decision": Text("Quyết định công bố", "Published by decision"),
    "kind": Text("Loại thủ tục", "Kind of procedure"),
    "keywords": Text("Từ khóa", "Keywords"),
    "description": Text("Mô tả", "Description"),
    "extra_clocks": Text("Thời hạn khác", "Other time limits"),
    "renewal": Text("Gia hạn", "Renewal"),
    "form_slots": Text("Ô nộp tệp", "Slots for files"),
    "note": Text("Ghi chú", "Note"),
    "short_name": Text("Tên ngắn (nhãn của danh mục)", "Short name (a label of the list)"),
    "id": Text("Số trong nguồn", "Number in the source"),
}


def name_of(key: str) -> Text:
    """Give the name of a value; one that is not known is called by its key."""
    return NAMES.get(key, Text(key, key))


_COLUMNS: dict[str, Text] = {
    "name": Text("Tên", "Name"),
    "originals": Text("Số bản chính", "Originals"),
    "copies": Text("Số bản sao", "Copies"),
    "note": Text("Ghi chú", "Note"),
    "form": Text("Mẫu", "Form"),
    "result_code": Text("Mã kết quả", "Code of the result"),
    "channel": Text("Cách nộp", "Way to file"),
    "limit": Text("Thời hạn", "Limit"),
    "fee": Text("Phí, lệ phí", "Fees"),
    "number": Text("Số, ký hiệu", "Number"),
    "about": Text("Trích yếu", "What it is about"),
    "issued": Text("Ngày ban hành", "Issued on"),
    "issuer": Text("Cơ quan ban hành", "Issued by"),
}


def column_of(key: str) -> Text:
    """Give the name of a column in which a list is typed."""
    return _COLUMNS[key]
