"""Rows of both forms, made up in the shapes of the real ones."""

from __future__ import annotations

import copy
import json
from typing import Any

from motcua.core.catalogue.content import Content
from motcua.core.catalogue.facts import read_facts
from motcua.core.catalogue.national import read_national

PAGE = "Trang thủ tục của Cơ sở dữ liệu quốc gia"

FACTS: dict[str, Any] = {
    "group": "bưu chính",
    "code": {"value": "1.900001", "mark": "[F]", "source": "trang A"},
    "name": {"value": "Cấp giấy phép chuyển thư tay", "mark": "[F]", "source": "trang A"},
    "short_name": {"value": "Thư tay", "mark": "(memory)", "source": "nhãn"},
    "level": {"value": "cấp tỉnh", "mark": "[F]", "source": "trang A"},
    "decided_by": {"value": "Sở Thư tín", "mark": "[F]", "source": "trang A"},
    "time_limit": {
        "value": {"number": 10, "unit": "ngày làm việc", "local": "Hà Nam 04 ngày làm việc"},
        "mark": "[F]",
        "source": "trang A",
    },
    "evidence": {
        "value": [{"name": "Đơn", "originals": 1, "copies": 2}, {"set_count": "02 bộ"}],
        "mark": "[F]",
        "source": "trang A",
    },
    "fee": {"value": "Không có", "mark": "[F]", "source": "trang A"},
    "result": {"value": "Giấy phép", "mark": "[F]", "source": "trang A"},
    "legal_basis": {"value": ["NĐ 61/2018/NĐ-CP Điều 15"], "mark": "[F]", "source": "trang A"},
    "online_level": {"value": "mức độ 3 (trước 2022)", "mark": "[F]", "source": "trang B"},
}

NATIONAL: dict[str, Any] = {
    "thu_tuc_id": "1.900002",
    "metadata": {
        "mã_thủ_tục": "1.900002",
        "tên_thủ_tục": "Thủ tục đăng ký bồ câu đưa thư",
        "số_quyết_định": "12/QĐ-BTT",
        "cấp_thực_hiện": "Cấp Xã",
        "loại_thủ_tục": "Loại khác",
        "lĩnh_vực": "Thư tín",
    },
    "content": {
        "trình_tự_thực_hiện": "Bước 1: nộp. Bước 2: nhận.",
        "cách_thức_thực_hiện": "",
        "đối_tượng_thực_hiện": "Công dân Việt Nam",
        "cơ_quan_thực_hiện": "Ủy ban nhân dân cấp xã",
        "cơ_quan_có_thẩm_quyền": "Ủy ban nhân dân cấp xã",
        "cơ_quan_được_ủy_quyền": "Không có thông tin",
        "cơ_quan_phối_hợp": "Không có thông tin",
        "địa_chỉ_tiếp_nhận_hs": "Không có thông tin",
        "kết_quả_thực_hiện": "Sổ bồ câu",
        "yêu_cầu_điều_kiện_thực_hiện": "Không",
        "từ_khóa": "Không có thông tin",
        "mô_tả": "Không có thông tin",
    },
    "tables": {
        "hinh_thuc_nop": [
            {
                "hinh_thuc": "Trực tiếp",
                "thoi_han_giai_quyet": "07 Ngày làm việc",
                "phi_le_phi": "Phí : 0 Đồng",
                "mo_ta": "",
            }
        ],
        "thanh_phan_ho_so": [
            {
                "ten_giay_to": "Tờ khai",
                "so_luong": "mau.doc",
                "ghi_chu": "Bản chính: 1\nBản sao: 0",
            }
        ],
        "can_cu_phap_ly": [
            {"so_ky_hieu": "9/2019/TT-BTT", "trich_yeu": "Về bồ câu", "ngay_ban_hanh": "24-03-2019"}
        ],
    },
}


def facts(**changes: Any) -> dict[str, Any]:
    """Give the row of facts with some values said otherwise; None leaves one out."""
    row = copy.deepcopy(FACTS)
    for name, said in changes.items():
        if said is None:
            del row[name]
        else:
            row[name]["value"] = said
    return row


def from_memory(*names: str) -> dict[str, Any]:
    """Give the row of facts with some values that only memory vouches for."""
    row = copy.deepcopy(FACTS)
    for name in names:
        row[name]["mark"] = "(memory)"
    return row


def file_of(*rows: dict[str, Any]) -> str:
    """Write rows as a file."""
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def content(row: dict[str, Any]) -> Content:
    """Read a row that has no fault."""
    faults = []
    found = read_national(row, PAGE, faults) if "thu_tuc_id" in row else read_facts(row, faults)
    assert faults == []
    return found
