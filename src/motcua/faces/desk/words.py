"""Words of the desk for things that the engine names by keys."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy, ngettext

from motcua.core.agencies.queries import Node
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.systems import system_of, systems
from motcua.faces.ui.templatetags.ui import language
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import format_date, format_moment, format_weekday

BUCKETS = {
    "early": gettext_lazy("Trước hạn"),
    "on_time": gettext_lazy("Đúng hạn"),
    "late": gettext_lazy("Quá hạn"),
}
CHANNELS = {
    "online": gettext_lazy("Trực tuyến"),
    "counter": gettext_lazy("Tại quầy"),
    "office": gettext_lazy("Cán bộ lập"),
    "partner": gettext_lazy("Liên thông"),
    "api": gettext_lazy("Phần mềm khác gửi"),
    "device": gettext_lazy("Thiết bị gửi"),
    "dossier": gettext_lazy("Từ hồ sơ khác"),
    "schedule": gettext_lazy("Hệ thống lập"),
    "post": gettext_lazy("Bưu chính"),
    "email": gettext_lazy("Thư điện tử"),
    "internal": gettext_lazy("Nội bộ"),
}
ACTS = {
    "file": gettext_lazy("Hồ sơ được nộp"),
    "take_in": gettext_lazy("Nhận hồ sơ tại quầy"),
    "paper": gettext_lazy("Lập văn bản"),
    "remind": gettext_lazy("Nhắc người nộp bổ sung"),
    "erase": gettext_lazy("Xóa nội dung cá nhân"),
    "hold": gettext_lazy("Giữ nguyên, chưa cho xóa"),
    "reform": gettext_lazy("Chuyển sang cơ quan kế thừa"),
    "migrate": gettext_lazy("Chuyển sang phiên bản mới của thủ tục"),
    "release": gettext_lazy("Thôi giữ"),
    "reassign_work": gettext_lazy("Giao lại việc"),
    "undo_assignment": gettext_lazy("Hoàn tác giao việc"),
    "fee_taken": gettext_lazy("Thu phí, lệ phí"),
    "fee_voided": gettext_lazy("Hủy biên lai"),
    "fee_repaid": gettext_lazy("Hoàn trả phí, lệ phí"),
    "rated": gettext_lazy("Người nộp đánh giá"),
    "talk_note": gettext_lazy("Ghi chú nội bộ"),
    "talk_question": gettext_lazy("Hỏi người nộp"),
    "talk_answer": gettext_lazy("Người nộp trả lời"),
    "imported": gettext_lazy("Nhận từ hệ thống khác"),
    "imported_event": gettext_lazy("Sự kiện ở hệ thống khác"),
}
RESULTS = {
    "done": gettext_lazy("Đã chuyển bước"),
    "assigned": gettext_lazy("Đã giao người"),
    "reassigned": gettext_lazy("Đã giao lại"),
    "undone": gettext_lazy("Đã hoàn tác giao việc"),
    "sent_back": gettext_lazy("Đã trả lại bước trước"),
    "refused": gettext_lazy("Đã từ chối"),
    "withdrawn": gettext_lazy("Người nộp rút"),
    "stopped": gettext_lazy("Đã dừng"),
    "handed_over": gettext_lazy("Đã bàn giao cơ quan khác"),
    "replied": gettext_lazy("Đã trả lời"),
    "cancelled": gettext_lazy("Đã hủy lấy ý kiến"),
    "reformed": gettext_lazy("Cơ quan kế thừa tiếp nhận"),
    "migrated": gettext_lazy("Đã chuyển sang phiên bản mới"),
}
TIERS = {
    "city": gettext_lazy("Thành phố"),
    "department": gettext_lazy("Sở, ban, ngành"),
    "district": gettext_lazy("Quận, huyện"),
    "commune": gettext_lazy("Xã, phường"),
    "unit": gettext_lazy("Phòng, đơn vị"),
    "police": gettext_lazy("Công an"),
}


def said(refused: Refused, declaration: Declaration | None = None) -> str:
    """Give a refusal in the page's language, with names where the engine tells keys."""
    spoken = language()
    if declaration is None:
        return refused.text(spoken)
    sentence = refused.en if spoken == "en" else refused.vi
    return sentence.format(**_named(refused.details, declaration))


def _named(details: Mapping[str, object], declaration: Declaration) -> dict[str, object]:
    named = dict(details)
    if "move" in named:
        named["move"] = move_name(declaration, str(named["move"]))
    if "at" in named:
        named["at"] = place_name(declaration, str(named["at"]))
    legs = named.get("legs")
    if isinstance(legs, tuple):
        named["legs"] = ", ".join(leg_name(declaration, leg) for leg in legs) or "–"
    return named


def move_name(declaration: Declaration, key: str) -> str:
    """Give the name of a move as the procedure declares it."""
    named = declaration.move_names.get(key)
    return named.text(language()) if named else key


def place_name(declaration: Declaration, key: str) -> str:
    """Give the name of a step, a consultation or an end."""
    for names in (declaration.step_names, declaration.leg_names, declaration.end_names):
        if key in names:
            return names[key].text(language())
    return key


def leg_name(declaration: Declaration, key: str) -> str:
    """Give the name of a consultation."""
    named = declaration.leg_names.get(key)
    return named.text(language()) if named else key


def act_name(declaration: Declaration, act: str) -> str:
    """Give the name of an act of the ledger: a move, or one of the house's own."""
    return str(ACTS[act]) if act in ACTS else move_name(declaration, act)


def post_name(declaration: Declaration, post: str) -> str:
    """Give the name of a post as the procedure's system declares it."""
    return post_name_in(declaration.system, post)


def post_name_in(system: str, post: str) -> str:
    """Give the name of a post of a system; its key where the system no longer runs here."""
    try:
        named = system_of(system).posts.get(post)
    except Refused:
        return post
    return named.text(language()) if named else post


def post_names() -> dict[str, str]:
    """Give the names of posts over all systems; the first system that names a post is believed."""
    names: dict[str, str] = {}
    for system in systems():
        for post, name in system.declaration.posts.items():
            names.setdefault(post, name.text(language()))
    return names


def holder_name(declaration: Declaration, agency: Node, post: str, officer: str | None) -> str:
    """Say who holds a piece of work: the officer, or the post that may take it."""
    who = officer or post_name(declaration, post)
    return f"{who}, {agency.name(language())}"


def tier_name(tier: str) -> str:
    """Give the name of a tier of agencies; tiers are data, so unknown ones show their key."""
    return str(TIERS.get(tier, tier))


def moment(at: datetime.datetime | None) -> str:
    """Give an instant on the city's clock: ``14:05, 30/11/2026``; a dash for none."""
    return format_moment(localtime(at), language()) if at else "–"


def day(at: datetime.datetime | None) -> str:
    """Give the day of an instant in the city: ``30/11/2026``; a dash for none."""
    return format_date(localtime(at).date(), language()) if at else "–"


def promise(at: datetime.datetime | None) -> str:
    """Give a promised instant with its weekday: ``17:00, Thứ Hai, 30/11/2026``."""
    if at is None:
        return "–"
    local = localtime(at)
    return f"{local:%H:%M}, {format_weekday(local.date(), language())}"


def sheet_count(originals: int, copies: int) -> str:
    """Say how many sheets: ``1 bản chính, 2 bản sao``; empty for none."""
    told = (
        ngettext("%(n)s bản chính", "%(n)s bản chính", originals) % {"n": originals},
        ngettext("%(n)s bản sao", "%(n)s bản sao", copies) % {"n": copies},
    )
    return ", ".join(text for text, n in zip(told, (originals, copies), strict=True) if n)


__all__ = [
    "BUCKETS",
    "CHANNELS",
    "RESULTS",
    "act_name",
    "day",
    "holder_name",
    "language",
    "leg_name",
    "moment",
    "move_name",
    "place_name",
    "post_name",
    "promise",
    "said",
    "sheet_count",
    "tier_name",
]
