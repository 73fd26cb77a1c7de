"""Official documents in words: their states and acts, and the form by which one is drafted."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.core.access.actors import Actor
from motcua.core.official import content as contents
from motcua.core.official.content import Annex, Content
from motcua.core.official.delivery import Way
from motcua.core.official.drafting import Order, To
from motcua.core.official.kinds import KINDS
from motcua.core.official.models import IncomingDocument, OutgoingDocument
from motcua.core.official.rights import readable, signers_of
from motcua.core.official.rules import AUTHORITIES, IN_FORCE, ORDINARY, URGENCIES, number_text
from motcua.faces.desk.words import language
from motcua.faces.ui.boxes import Box
from motcua.faces.ui.forms import whole_number
from motcua.kernel.errors import Refused

STATES = {
    "draft": gettext_lazy("Dự thảo"),
    "reviewed": gettext_lazy("Đã soát xét"),
    "signing": gettext_lazy("Đang ký số"),
    "signed": gettext_lazy("Đã ký, chờ phát hành"),
    "numbered": gettext_lazy("Đã cấp số, đang đóng dấu"),
    "issued": gettext_lazy("Đã phát hành"),
    "updated": gettext_lazy("Đã được sửa đổi, bổ sung"),
    "replaced": gettext_lazy("Đã bị thay thế"),
    "revoked": gettext_lazy("Đã thu hồi"),
    "dropped": gettext_lazy("Đã bỏ dự thảo"),
}
ACTS = {
    "draft": gettext_lazy("Soạn thảo"),
    "rewrite": gettext_lazy("Sửa dự thảo"),
    "drop": gettext_lazy("Bỏ dự thảo"),
    "review": gettext_lazy("Soát xét"),
    "send_back": gettext_lazy("Trả lại để sửa"),
    "sign": gettext_lazy("Ký văn bản"),
    "sign_made": gettext_lazy("Chữ ký số cá nhân đã tạo"),
    "sign_failed": gettext_lazy("Không tạo được chữ ký số"),
    "issue": gettext_lazy("Cấp số và phát hành"),
    "copy": gettext_lazy("Sao văn bản"),
    "issue_made": gettext_lazy("Chữ ký số cơ quan đã tạo"),
    "send": gettext_lazy("Gửi thư điện tử"),
    "revoke": gettext_lazy("Bị thu hồi"),
    "replace": gettext_lazy("Bị thay thế"),
    "update": gettext_lazy("Được sửa đổi, bổ sung"),
    "register": gettext_lazy("Vào sổ"),
    "assign": gettext_lazy("Giao xử lý"),
    "finish": gettext_lazy("Xử lý xong"),
    "refuse": gettext_lazy("Từ chối, trả lại nơi gửi"),
    "returned": gettext_lazy("Bị nơi nhận trả lại"),
}
EFFECTS = {
    "revoke": gettext_lazy("Thu hồi"),
    "replace": gettext_lazy("Thay thế"),
    "update": gettext_lazy("Sửa đổi, bổ sung"),
}
ARRIVAL_STATES = {
    "registered": gettext_lazy("Đã vào sổ"),
    "assigned": gettext_lazy("Đang xử lý"),
    "done": gettext_lazy("Đã xử lý xong"),
    "refused": gettext_lazy("Đã từ chối, trả lại"),
}
URGENCY = {
    "ordinary": gettext_lazy("Thường"),
    "urgent": gettext_lazy("Khẩn"),
    "very_urgent": gettext_lazy("Thượng khẩn"),
    "express": gettext_lazy("Hỏa tốc"),
}
WAYS = {
    Way.NO_ADDRESS: gettext_lazy("Không có địa chỉ thư điện tử"),
    Way.NOT_SENT: gettext_lazy("Chưa gửi"),
    Way.QUEUED: gettext_lazy("Đang chờ gửi"),
    Way.SENT: gettext_lazy("Đã gửi"),
    Way.FAILED: gettext_lazy("Không gửi được"),
    Way.RETURNED: gettext_lazy("Bị trả lại"),
}
_TITLE = "#"
_BETWEEN = ("\t", "|")
_ABOUT = 200


@dataclass(frozen=True, slots=True)
class Form:
    """The agency a document is drafted for, and who drafts on which day."""

    actor: Actor
    agency_id: int
    on: datetime.date

    def boxes(self, sent: Mapping[str, str], problems: Mapping[str, Refused]) -> list[Box]:
        """Give the boxes, filled with what was sent, each with what is wrong with it."""
        kinds = tuple((one.key, one.name.text(language())) for one in KINDS.values())
        hints = {
            "grounds": _("Mỗi căn cứ một dòng; in nghiêng, ở đầu văn bản"),
            "paragraphs": _("Mỗi đoạn một dòng"),
            "to": _("Mỗi nơi một dòng: Tên; thư điện tử (nếu có)"),
            "copies": _("Mỗi nơi một dòng; “Lưu: VT” tự có"),
            "unit": _("Ví dụ: CNTT"),
            "position": _("Viết hoa, ví dụ GIÁM ĐỐC; ký thay thì thêm dòng PHÓ GIÁM ĐỐC"),
            "annexes": _(
                "Dòng “# Tên phụ lục”, rồi dòng tên các cột, rồi mỗi dòng một hàng; ngăn ô bằng | "
                "hoặc dán từ bảng tính"
            ),
            "about": _("Chỉ chọn khi văn bản này làm thay đổi văn bản đó"),
        }
        asked: tuple[tuple[str, str, str, bool, tuple[tuple[str, str], ...]], ...] = (
            ("kind", _("Loại văn bản"), "choice", True, kinds),
            ("urgency", _("Độ khẩn"), "choice", False, urgencies()),
            ("abstract", _("Trích yếu"), "text", True, ()),
            ("grounds", _("Căn cứ"), "multiline", False, ()),
            ("paragraphs", _("Nội dung"), "multiline", True, ()),
            ("annexes", _("Phụ lục"), "multiline", False, ()),
            ("to", _("Kính gửi"), "multiline", False, ()),
            ("copies", _("Nơi nhận khác"), "multiline", False, ()),
            ("unit", _("Ký hiệu đơn vị soạn thảo"), "text", False, ()),
            ("signer", _("Người ký"), "choice", True, self._signers()),
            ("authority", _("Thể thức ký"), "choice", False, ways()),
            ("position", _("Chức vụ người ký"), "multiline", True, ()),
            ("about", _("Văn bản bị tác động"), "choice", False, self._in_force()),
            ("effect", _("Tác động"), "choice", False, _effects()),
        )
        return [
            Box(
                name=name,
                label=label,
                kind=kind,
                value=sent.get(name, ""),
                required=required,
                choices=choices,
                hint=hints.get(name, ""),
                error=_error(name, problems),
                width="middle" if name == "unit" else "",
            )
            for name, label, kind, required, choices in asked
        ]

    def _signers(self) -> tuple[tuple[str, str], ...]:
        found = signers_of(self.agency_id, self.on)
        return tuple(
            dict.fromkeys((str(pk), f"{name} ({way})" if way else name) for pk, name, way in found)
        )

    def _in_force(self) -> tuple[tuple[str, str], ...]:
        rows = readable(self.actor).filter(agency=self.agency_id, state__in=IN_FORCE)
        return tuple(
            (str(one.pk), f"{number_text(one.number or 0, one.signs)}: {one.abstract}")
            for one in rows.order_by("-pk")[:_ABOUT]
        )


def urgencies() -> tuple[tuple[str, str], ...]:
    """Give the grades of urgency above the ordinary as a choice."""
    return tuple((key, str(URGENCY[key])) for key in URGENCIES[1:])


def urgency_of(row: OutgoingDocument | IncomingDocument) -> str:
    """Give the grade of an urgent document in words, of another nothing."""
    return str(URGENCY[URGENCIES[row.urgency]]) if row.urgency else ""


def ways() -> tuple[tuple[str, str], ...]:
    """Give the ways of signing as a choice."""
    names = {
        "TM.": _("TM. (thay mặt tập thể)"),
        "KT.": _("KT. (ký thay cấp trưởng)"),
        "TL.": _("TL. (thừa lệnh)"),
        "TUQ.": _("TUQ. (thừa ủy quyền)"),
        "Q.": _("Q. (quyền cấp trưởng)"),
    }
    return tuple((one, names[one]) for one in AUTHORITIES if one)


def _effects() -> tuple[tuple[str, str], ...]:
    return tuple((key, str(name)) for key, name in EFFECTS.items())


_OF = {"recipients": "to", "content": "paragraphs"}


def _error(name: str, problems: Mapping[str, Refused]) -> str:
    told = [
        one.text(language())
        for key, one in problems.items()
        if _OF.get(key.partition(".")[0], key.partition(".")[0]) == name
    ]
    return " ".join(dict.fromkeys(told))


def order_of(sent: QueryDict) -> Order:
    """Read the form of a document."""
    to = [*recipients_in(sent.get("to", ""), "to"), *recipients_in(sent.get("copies", ""), "copy")]
    return Order(
        kind=sent.get("kind", ""),
        abstract=sent.get("abstract", ""),
        content=Content(
            sent.get("paragraphs", "").splitlines(),
            sent.get("grounds", "").splitlines(),
            annexes_in(sent.get("annexes", "")),
        ),
        signer_id=whole_number(sent.get("signer", "")) or 0,
        position=sent.get("position", ""),
        recipients=to,
        authority=sent.get("authority", ""),
        unit=sent.get("unit", ""),
        about_id=whole_number(sent.get("about", "")),
        effect=sent.get("effect", ""),
        secrecy=sent.get("secrecy", ORDINARY),
        urgency=sent.get("urgency", "") or URGENCIES[0],
    )


def filled(row: OutgoingDocument) -> dict[str, str]:
    """Give what the form of a draft is filled with."""
    said = contents.read(row.content)
    return {
        "kind": row.kind,
        "urgency": URGENCIES[row.urgency] if row.urgency else "",
        "abstract": row.abstract,
        "grounds": "\n".join(said.grounds),
        "paragraphs": "\n".join(said.paragraphs),
        "annexes": "\n\n".join(_written(one) for one in said.annexes),
        "to": "\n".join(_lines(row, "to")),
        "copies": "\n".join(_lines(row, "copy")),
        "unit": row.unit,
        "signer": str(row.signer_id),
        "authority": row.authority,
        "position": row.position,
        "about": str(row.about_id or ""),
        "effect": row.effect,
        "revision": str(row.revision),
    }


def annexes_in(text: str) -> list[Annex]:
    """Read annexes as people type or paste them: `# title`, heads of columns, rows."""
    found: list[Annex] = []
    for line in filter(str.strip, text.splitlines()):
        if line.lstrip().startswith(_TITLE):
            found.append(Annex(line.strip().lstrip(_TITLE).strip(), [], []))
            continue
        if not found:
            found.append(Annex("", [], []))
        last = found[-1]
        between = next((sign for sign in _BETWEEN if sign in line), "|")
        cells = [cell.strip() for cell in line.split(between)]
        found[-1] = (
            Annex(last.title, last.columns, [*last.rows, cells])
            if last.columns
            else Annex(last.title, cells, [])
        )
    return found


def _written(annex: Annex) -> str:
    every = [annex.columns, *annex.rows]
    plain = not any("|" in cell for cells in every for cell in cells)
    between = " | " if plain else "\t"
    return "\n".join([f"{_TITLE} {annex.title}", *(between.join(cells) for cells in every)])


def recipients_in(text: str, way: str) -> Iterable[To]:
    """Read recipients as people type them: a line each, `name; address`."""
    for line in filter(str.strip, text.splitlines()):
        name, _sign, email = line.partition(";")
        yield To(name.strip(), email.strip(), way)


def _lines(row: OutgoingDocument, way: str) -> Iterable[str]:
    for one in row.recipients.filter(way=way).order_by("pk"):
        yield f"{one.name}; {one.email}" if one.email else one.name
