"""The components of both faces, each with an example in every state that it has.

A component is one partial under `ui/` (or the markup that its example shows), one block of
`components.css`, and one example here; `tests/browser/test_components.py` asks axe-core about each
of them alone, in both densities and languages. Whoever writes a page looks here first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.faces.ui.boxes import Box, Fault, Kept, Lying, target
from motcua.faces.ui.deadline import Deadline, Finish, Mood
from motcua.faces.ui.diagram import Arrow, Diagram, Lane, Row, Word
from motcua.faces.ui.diagram import Box as Shape

Context = Mapping[str, object]


def _nothing() -> Context:
    return {}


@dataclass(frozen=True, slots=True)
class Component:
    """What it is called, the partials that it is made of, and what its example shows."""

    key: str
    name: Promise
    partials: tuple[str, ...] = ()
    told: Callable[[], Context] = field(default=_nothing)

    @property
    def template(self) -> str:
        """The example: a template of its own."""
        return f"ui/examples/{self.key}.html"

    @property
    def shown(self) -> Context:
        """What the example is drawn with, in the language of the page."""
        return self.told()


_NAMED = "Bùi Thị Mẫu"


def _chips() -> Context:
    moods = [
        Deadline(Mood.NEW),
        Deadline(Mood.OK, days=6),
        Deadline(Mood.SOON, days=2),
        Deadline(Mood.TODAY, hour="16:30"),
        Deadline(Mood.LATE, days=3),
        Deadline(Mood.PAUSED),
        Deadline(Mood.OVER, finish=Finish.EARLY),
        Deadline(Mood.OVER, finish=Finish.LATE),
    ]
    return {"chips": moods}


def _boxes() -> Context:
    return {
        "boxes": [
            Box(
                name="c.name",
                label=_("Họ và tên"),
                value=_NAMED,
                required=True,
                autocomplete="name",
            ),
            Box(
                name="c.phone",
                label=_("Số điện thoại"),
                kind="tel",
                inputmode="tel",
                width="middle",
            ),
            Box(
                name="c.number",
                label=_("Số định danh cá nhân"),
                hint=_("12 chữ số"),
                error=_("Số định danh cá nhân có 12 chữ số."),
                value="0010",
                required=True,
            ),
            Box(name="c.born", label=_("Ngày sinh"), kind="date", day="5", month="6", year="1990"),
            Box(
                name="c.kind",
                label=_("Người nộp"),
                kind="radio",
                value="person",
                choices=(("person", _("Cá nhân")), ("organisation", _("Tổ chức"))),
                required=True,
            ),
            Box(
                name="c.way",
                label=_("Hình thức nộp"),
                kind="choice",
                choices=(("cash", _("Tiền mặt")), ("transfer", _("Chuyển khoản"))),
            ),
            Box(name="c.words", label=_("Lý do"), kind="multiline"),
            Box(
                name="c.papers",
                label=_("Tệp đính kèm"),
                kind="file",
                kept=(Kept("c-1", "giay-uy-quyen.pdf", 182_000),),
                lying=(Lying(1, "IMG_0412.jpg", 533_000, "#main"),),
            ),
        ]
    }


def _errors() -> Context:
    wrong = _("Số định danh cá nhân có 12 chữ số.")
    return {"errors": [Fault(target("c.number"), wrong)]}


def _facts() -> Context:
    held = [(_("Người nộp"), _NAMED), (_("Mã hồ sơ"), "000.00.16.H26-261116-0042")]
    return {"facts": held}


def _steps() -> Context:
    return {
        "steps": [
            {"mood": "done", "name": _("Tiếp nhận"), "detail": "16/11"},
            {"mood": "now", "name": _("Thẩm định"), "detail": _NAMED},
            {"mood": "", "name": _("Trả kết quả"), "detail": ""},
        ]
    }


def _timeline() -> Context:
    return {
        "events": [
            {"mood": "done", "icon": "check", "title": _("Đã tiếp nhận"), "detail": _NAMED},
            {"mood": "paused", "icon": "paused", "title": _("Cần bổ sung giấy tờ")},
            {"mood": "ahead", "title": _("Đã có kết quả")},
        ]
    }


def _notices() -> Context:
    told = _("Đã nhận bổ sung.")
    return {"notices": [(mood, told) for mood in ("new", "ok", "soon", "late", "paused")]}


def _pages() -> Context:
    return {"listed": SimpleNamespace(page=2, pages=7)}


def _compared() -> Context:
    return {
        "differences": [(_("Thời hạn giải quyết"), "15 ngày", "10 ngày")],
        "before": _("Trước"),
        "after": _("Sau"),
    }


def _diagram() -> Context:
    counter, head = _("Công chức một cửa"), _("Trưởng phòng")
    first, last = _("Tiếp nhận"), _("Trả kết quả")
    return {
        "diagram": Diagram(
            width=420,
            height=240,
            lanes=(
                Lane(8, 112, (Word(60, 64, counter),)),
                Lane(120, 112, (Word(60, 176, head),)),
            ),
            boxes=(
                Shape("step", 130, 30, 98, 70, (Word(179, 68, first),)),
                Shape("end", 290, 146, 98, 44, (Word(339, 172, last),)),
            ),
            arrows=(Arrow("on", "M228 65H260V168H288", last),),
            rows=(Row(1, first, counter, "", (last,)),),
        )
    }


COMPONENTS: tuple[Component, ...] = (
    Component("buttons", gettext_lazy("Nút"), ("home_button",)),
    Component(
        "boxes",
        gettext_lazy("Ô nhập"),
        ("field", "field_about", "field_aria", "lying"),
        _boxes,
    ),
    Component("errors", gettext_lazy("Bảng lỗi"), ("errors",), _errors),
    Component("search", gettext_lazy("Ô tìm kiếm")),
    Component("progress", gettext_lazy("Bước của tờ khai")),
    Component("notices", gettext_lazy("Thông báo"), ("messages",), _notices),
    Component("facts", gettext_lazy("Danh sách thông tin"), ("facts",), _facts),
    Component("panel", gettext_lazy("Khung")),
    Component("cards", gettext_lazy("Thẻ")),
    Component("rows", gettext_lazy("Danh sách dòng")),
    Component("chips", gettext_lazy("Nhãn thời hạn"), ("chip",), _chips),
    Component("steps", gettext_lazy("Thanh bước xử lý"), ("steps",), _steps),
    Component("diagram", gettext_lazy("Sơ đồ quy trình"), ("diagram", "diagram_rows"), _diagram),
    Component("timeline", gettext_lazy("Dòng thời gian"), ("timeline",), _timeline),
    Component("tabs", gettext_lazy("Thẻ lọc có số lượng")),
    Component("table", gettext_lazy("Bảng công việc"), (), _chips),
    Component("pages", gettext_lazy("Chuyển trang"), ("pages",), _pages),
    Component("compared", gettext_lazy("So sánh hai bản"), ("compared",), _compared),
    Component("done", gettext_lazy("Đã gửi xong")),
    Component("details", gettext_lazy("Phần mở thêm")),
    Component("empty", gettext_lazy("Danh sách trống")),
)

FRAME = (
    *("gov", "masthead", "rail", "rail_groups", "bar", "foot", "base"),
    *(
        "passkey",
        "symbol",
        "listing",
        "rating",
        "sign_ins",
    ),  # parts of one page each, looked at there
)
"""Partials that frame a page, or belong to one: every page that is looked at shows them."""
