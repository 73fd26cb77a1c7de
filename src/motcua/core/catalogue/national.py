"""The national database's page of a procedure as a JSON row, read and given back whole.

The names on the left are the row's, those on the right ours. A key that is not known refuses the
row: an import that drops what it does not know loses it in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from motcua.core.catalogue.content import Content, Form, Value
from motcua.core.catalogue.faults import fault
from motcua.core.procedures.declaration import Mark
from motcua.kernel.flow.faults import Fault

ID = "thu_tuc_id"
WORDS: dict[str, dict[str, str]] = {
    "metadata": {
        "mã_thủ_tục": "code",
        "tên_thủ_tục": "name",
        "số_quyết_định": "decision",
        "cấp_thực_hiện": "level",
        "loại_thủ_tục": "kind",
        "lĩnh_vực": "field",
    },
    "content": {
        "trình_tự_thực_hiện": "sequence",
        "cách_thức_thực_hiện": "ways",
        "đối_tượng_thực_hiện": "subjects",
        "cơ_quan_thực_hiện": "carried_out_by",
        "cơ_quan_có_thẩm_quyền": "decided_by",
        "cơ_quan_được_ủy_quyền": "delegated_to",
        "cơ_quan_phối_hợp": "cooperating",
        "địa_chỉ_tiếp_nhận_hs": "filed_at",
        "kết_quả_thực_hiện": "result",
        "yêu_cầu_điều_kiện_thực_hiện": "conditions",
        "từ_khóa": "keywords",
        "mô_tả": "description",
    },
}
TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "hinh_thuc_nop": (
        "filing",
        {
            "hinh_thuc": "channel",
            "thoi_han_giai_quyet": "limit",
            "phi_le_phi": "fee",
            "mo_ta": "note",
        },
    ),
    "thanh_phan_ho_so": (
        "evidence",
        {"ten_giay_to": "name", "so_luong": "form", "ghi_chu": "note"},
    ),
    "can_cu_phap_ly": (
        "legal_basis",
        {
            "so_ky_hieu": "number",
            "trich_yeu": "about",
            "ngay_ban_hanh": "issued",
            "co_quan_ban_hanh": "issuer",
        },
    ),
}
_TABLES = "tables"


def read_national(row: Mapping[str, Any], source: str, faults: list[Fault]) -> Content:
    """Read a row; ``source`` is where the page was read. What is wrong is added to the faults."""
    _known(row, {ID, _TABLES, *WORDS}, "", faults)
    values: dict[str, Any] = {"id": _text(row.get(ID), ID, faults)}
    for part, names in WORDS.items():
        told = _table(row.get(part), part, faults)
        _known(told, names, f"{part}.", faults)
        for key, name in names.items():
            if key in told:
                values[name] = _text(told[key], f"{part}.{key}", faults)
    tables = _table(row.get(_TABLES), _TABLES, faults)
    _known(tables, TABLES, f"{_TABLES}.", faults)
    for key, (name, columns) in TABLES.items():
        if key in tables:
            values[name] = _rows(tables[key], f"{_TABLES}.{key}", columns, faults)
    said = {name: Value(value, Mark.CONFIRMED, source) for name, value in values.items()}
    return Content(Form.NATIONAL, said)


def written_national(content: Content) -> dict[str, Any]:
    """Give the row back."""
    row: dict[str, Any] = {ID: content.said("id")}
    for part, names in WORDS.items():
        row[part] = {
            key: content.said(name) for key, name in names.items() if name in content.values
        }
    row[_TABLES] = {
        key: [_renamed(one, columns) for one in content.said(name)]
        for key, (name, columns) in TABLES.items()
        if name in content.values
    }
    return row


def _renamed(row: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, str]:
    return {key: row[name] for key, name in columns.items() if name in row}


def _rows(
    told: object, where: str, columns: Mapping[str, str], faults: list[Fault]
) -> list[dict[str, str]]:
    if not isinstance(told, list):
        faults.append(fault("catalogue.wrong_type", where, key=where, wanted="list"))
        return []
    rows = []
    for number, one in enumerate(told):
        place = f"{where}.{number}"
        row = _table(one, place, faults)
        _known(row, columns, f"{place}.", faults)
        rows.append(
            {
                name: _text(row[key], f"{place}.{key}", faults)
                for key, name in columns.items()
                if key in row
            }
        )
    return rows


def _known(row: Mapping[str, Any], known: Iterable[str], where: str, faults: list[Fault]) -> None:
    for key in sorted(set(row) - set(known)):
        faults.append(fault("catalogue.unknown_key", f"{where}{key}", key=key))  # noqa: PERF401


def _table(told: object, where: str, faults: list[Fault]) -> Mapping[str, Any]:
    if isinstance(told, dict):
        return told
    code = "catalogue.missing_key" if told is None else "catalogue.wrong_type"
    faults.append(fault(code, where, key=where, wanted="table"))
    return {}


def _text(told: object, where: str, faults: list[Fault]) -> str:
    if isinstance(told, str):
        return told
    code = "catalogue.missing_key" if told is None else "catalogue.wrong_type"
    faults.append(fault(code, where, key=where, wanted="text"))
    return ""
