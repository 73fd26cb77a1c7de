"""The public states of a dossier in words (the states of one-stop practice under NĐ 61/2018)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STATES: dict[str, Promise] = {
    "draft": _("Nháp"),
    "submitted": _("Mới nộp, chờ tiếp nhận"),
    "refused_reception": _("Không được tiếp nhận"),
    "supplement_before": _("Cần bổ sung trước khi tiếp nhận"),
    "received": _("Đã tiếp nhận"),
    "processing": _("Đang xử lý"),
    "liaison": _("Đang lấy ý kiến cơ quan khác"),
    "supplement": _("Cần bổ sung giấy tờ"),
    "fee_wait": _("Chờ nộp phí, lệ phí"),
    "withdrawn": _("Đã rút hồ sơ"),
    "stopped": _("Dừng giải quyết"),
    "resolved": _("Đã có kết quả"),
    "returned": _("Đã trả kết quả"),
}


def state_words(state: str) -> str:
    """Give a state in words; an unknown one shows as its code."""
    return str(STATES.get(state, state))
