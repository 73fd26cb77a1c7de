"""The boxes by which a plan of a reform is drawn: what is there is chosen from lists."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.core.agencies.queries import Node
from motcua.core.procedures.queries import published
from motcua.core.reform.ground import Ground
from motcua.faces.desk.shown.drawn import KIND_NAMES
from motcua.faces.desk.words import TIERS, language, post_names
from motcua.faces.ui.boxes import Box

Choices = tuple[tuple[str, str], ...]
STAYS, LEAVES = "", "-"
"""What stands for following the agency, and for giving the post up."""


def nodes(rows: Iterable[Node]) -> Choices:
    """Give agencies to choose from, by name."""
    named = [(node.code, f"{node.name(language())} ({node.code})") for node in rows]
    return tuple(sorted(named, key=lambda one: one[1]))


def heirs(ground: Ground, rows: Iterable[Node]) -> Choices:
    """Give who may take over: those that live on the day and stay, and those that begin."""
    living = [node for node in rows if node.id not in ground.codes]
    founded = tuple((code, f"{name} ({code})") for code, name in ground.founded.items())
    return (*founded, *nodes(living))


def new_plan(sent: QueryDict, on: datetime.date, endings: Choices, staying: Choices) -> list[Box]:
    """Give the boxes that begin a plan."""
    day = sent if "ngay.day" in sent else None
    return [
        Box(
            name="ngay",
            label=_("Ngày có hiệu lực"),
            kind="date",
            required=True,
            day=day.get("ngay.day", "") if day else str(on.day),
            month=day.get("ngay.month", "") if day else str(on.month),
            year=day.get("ngay.year", "") if day else str(on.year),
        ),
        Box(
            name="van-ban",
            label=_("Số, ký hiệu văn bản quyết định"),
            value=sent.get("van-ban", ""),
            hint=_("Ví dụ: 12/NQ-HĐND"),
            required=True,
        ),
        Box(
            name="cach",
            label=_("Bắt đầu từ"),
            kind="radio",
            required=True,
            value=sent.get("cach", "tay"),
            choices=(
                ("tay", _("Một cơ quan chọn dưới đây, rồi thêm các cơ quan khác")),
                ("dia-ban", _("Danh sách thay đổi địa bàn của ngày đó")),
            ),
        ),
        *ending(sent, endings, staying, required=False),
    ]


def ending(sent: QueryDict, endings: Choices, staying: Choices, *, required: bool) -> list[Box]:
    """Give the boxes that let one more agency end."""
    return [
        _choice("ket-thuc", _("Cơ quan kết thúc"), sent, endings, required=required),
        _choice("ke-thua", _("Cơ quan kế thừa"), sent, staying, required=required),
        _kinds("loai", sent),
    ]


def heir(sent: QueryDict, staying: Choices, areas: Iterable[str]) -> list[Box]:
    """Give the boxes that let one more agency take something over."""
    codes = published()
    procedures = tuple(
        (one.declaration.code, one.declaration.short.text(language())) for one in codes
    )
    known = ", ".join(sorted({area for area in areas if area}))
    return [
        _choice("cho", _("Cơ quan kế thừa"), sent, staying, required=True),
        _choice(
            "thu-tuc",
            _("Chỉ thủ tục"),
            sent,
            procedures,
            required=False,
            hint=_("Không chọn: mọi việc chưa giao cơ quan khác."),
        ),
        Box(
            name="dia-ban",
            label=_("Chỉ địa bàn"),
            value=sent.get("dia-ban", ""),
            hint=_("Mã địa bàn, cách nhau bằng dấu phẩy.")
            + (" " + _("Hồ sơ đang mở có: %s") % known if known else ""),
        ),
        Box(
            name="ty-le",
            label=_("Phần được nhận, %"),
            value=sent.get("ty-le", ""),
            hint=_("Ghi khi văn bản nêu tỷ lệ diện tích, dân số."),
            inputmode="numeric",
            width="short",
        ),
        _kinds("hinh-thuc", sent),
    ]


def founding(sent: QueryDict, parents: Choices) -> list[Box]:
    """Give the boxes of an agency that begins."""
    tiers = tuple((key, str(name)) for key, name in TIERS.items())
    named = {
        "ma": _("Mã cơ quan mới"),
        "ten": _("Tên đầy đủ"),
        "ten-gon": _("Tên gọn"),
        "ten-en": _("Tên tiếng Anh"),
    }
    free = {
        "dia-ban-moi": _("Mã đơn vị hành chính"),
        "tru-so": _("Trụ sở"),
        "dien-thoai": _("Điện thoại"),
    }
    return [
        *(Box(name=k, label=v, value=sent.get(k, ""), required=True) for k, v in named.items()),
        _choice("cap-tren", _("Cơ quan cấp trên"), sent, parents, required=True),
        _choice("cap", _("Cấp"), sent, tiers, required=True),
        *(Box(name=k, label=v, value=sent.get(k, "")) for k, v in free.items()),
    ]


def seat_choices(staying: Choices) -> tuple[Choices, Choices]:
    """Give where an officer may go, and the posts that may be held there."""
    where = (
        (STAYS, _("Theo cơ quan kế thừa mọi việc còn lại")),
        (LEAVES, _("Thôi giữ vị trí này")),
        *staying,
    )
    posts = (("", _("Giữ nguyên vị trí")), *post_names().items())
    return where, posts


def _choice(
    name: str, label: str, sent: QueryDict, choices: Choices, *, required: bool, hint: str = ""
) -> Box:
    return Box(
        name=name,
        label=label,
        kind="choice",
        value=sent.get(name, ""),
        choices=choices,
        required=required,
        hint=hint,
    )


def _kinds(name: str, sent: QueryDict) -> Box:
    kinds = tuple((key, str(words)) for key, words in KIND_NAMES.items())
    label = _("Hình thức sắp xếp")
    value = sent.get(name, "merged")
    return Box(name=name, label=label, kind="choice", value=value, choices=kinds, required=True)
