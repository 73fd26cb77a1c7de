"""What a key may be used for: each scope narrows what the account's posts permit, none widens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from motcua.kernel.errors import Refused


class ScopeUnknown(Refused):
    """There is no such scope."""

    code = "accounts.scope_unknown"
    vi = "Không có phạm vi “{scope}”; chọn trong: {allowed}."
    en = "There is no scope “{scope}”; choose from: {allowed}."


class NoScope(Refused):
    """A key that may do nothing."""

    code = "accounts.no_scope"
    vi = "Chọn ít nhất một phạm vi cho khóa."
    en = "Choose at least one scope for the key."


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope and how people read it."""

    name: str
    vi: str
    en: str


SIGN = "sign"
SCOPES = {
    one.name: one
    for one in (
        Scope("read", "Đọc hồ sơ và danh sách việc", "Read dossiers and lists of work"),
        Scope("file", "Nộp, tiếp nhận hồ sơ và tải tệp lên", "File dossiers and upload files"),
        Scope("move", "Chuyển bước hồ sơ", "Make moves of dossiers"),
        Scope(
            "reveal", "Xem thông tin được che, có ghi mục đích", "See masked values, for a purpose"
        ),
        Scope("export", "Xuất dữ liệu", "Export data"),
        Scope("till", "Thu phí, lệ phí, hủy biên lai, hoàn trả", "Take fees, void and pay back"),
        Scope("rate", "Ghi đánh giá của người nộp", "Record what applicants think"),
        Scope(
            "staff",
            "Ủy quyền, vắng mặt, khai báo, giao lại việc, thôi việc",
            "Delegations, absences, declarations, giving work on, leaving",
        ),
        Scope(
            "catalogue",
            "Soạn và quyết định bản công bố của danh mục thủ tục",
            "Prepare editions of the catalogue and decide on them",
        ),
        Scope(
            "reform",
            "Lập, quyết định, hủy phương án sắp xếp tổ chức",
            "Draw, decide and undo plans of reforms",
        ),
        Scope(
            "calendar",
            "Nhập, quyết định, hủy thay đổi lịch làm việc",
            "Enter, decide and undo changes of calendars",
        ),
        Scope(
            "registers",
            "Ghi, sửa, xác nhận, ngừng bản ghi của sổ đăng ký",
            "Enter, change, confirm and retire records of registers",
        ),
        Scope(
            "documents",
            "Soạn, soát xét, phát hành, gửi văn bản đi; vào sổ văn bản đến",
            "Draft, review, issue and send documents; register incoming ones",
        ),
        Scope(SIGN, "Ký duyệt: chuyển bước có chữ ký", "Sign: make moves that carry a signature"),
    )
}


def checked(names: Iterable[str]) -> tuple[str, ...]:
    """Give known scopes in their own order; raises `ScopeUnknown` and `NoScope`."""
    wanted = set(names)
    for name in sorted(wanted - SCOPES.keys()):
        raise ScopeUnknown(scope=name, allowed=", ".join(SCOPES))
    if not wanted:
        raise NoScope
    return tuple(name for name in SCOPES if name in wanted)
