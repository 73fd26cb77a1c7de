"""Quản trị: one page from which those who run the system reach what they keep."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.access.actors import Actor
from motcua.core.procedures.systems import menu
from motcua.core.upkeep.acts import is_keeper
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page
from motcua.faces.desk.words import language


@dataclass(frozen=True, slots=True)
class Card:
    """A page and what is done there."""

    name: str
    address: str
    icon: str
    about: str


@require_safe
@desk
def workshop(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what of the workshop is open to the officer."""
    return page(request, "workshop.html", {"cards": _cards(visit.actor)})


def _cards(actor: Actor) -> list[Card]:
    posts = {held.post for held in actor.posts}
    about = _about()
    items = {item.page: item for item in menu() if not item.posts or posts & {*item.posts}}
    cards = [
        Card(item.name.text(language()), reverse(f"desk:{key}"), item.icon, words)
        for key, words in about.items()
        if (item := items.get(key)) is not None
    ]
    if is_keeper(actor):
        about_letters = _("Mẫu của mọi giấy tờ in ra: xem, soạn, kiểm tra và công bố bản mới.")
        cards.append(Card(_("Mẫu văn bản"), reverse("desk:letters"), "file", about_letters))
        about_jobs = _("Việc nền đang chờ, đang chạy, đã xong và đã hỏng.")
        cards.append(Card(_("Việc nền"), reverse("desk:jobs"), "list", about_jobs))
    return cards


def _about() -> dict[str, str]:
    return {
        "listings": _("Thủ tục, bản công bố, phiên bản quy trình, so sánh và sơ đồ các bước."),
        "agencies": _(
            "Cây cơ quan như của một ngày, cấp trên, cơ quan kế thừa, thủ tục tiếp nhận."
        ),
        "officers": _("Cán bộ, vị trí, tài khoản; bổ nhiệm, điều chuyển, thôi giữ vị trí."),
        "calendar": _("Ngày nghỉ, ngày làm bù và hồ sơ nào đổi hạn."),
        "reforms": _("Phương án sắp xếp tổ chức và hồ sơ chuyển về đâu."),
        "reading_log": _("Ai đã xem hồ sơ nào, khi nào, để làm gì."),
        "keeping": _("Thời hạn lưu giữ và xóa dữ liệu cá nhân."),
        "upkeep": _("Tình trạng hệ thống và các kết nối, việc và thông điệp hỏng, sao lưu."),
    }
