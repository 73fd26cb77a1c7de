"""The return desk: boxes about who takes a result, and what is read off them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from motcua.core.dossiers.handing import PAPERS, RECEIPT, RELATIONS, Receiver
from motcua.core.dossiers.orders import MoveOrder
from motcua.faces.desk.words import language
from motcua.faces.ui.boxes import Box
from motcua.faces.ui.forms import with_errors
from motcua.faces.ui.uploads import Uploads, read_uploads
from motcua.kernel.errors import Invalid, Refused

_BY_HAND = ("relation", "name", "paper", "last", "typed")


@dataclass(frozen=True, slots=True)
class Handing:
    """What a form says of the receiver, and the signature that came with it."""

    receiver: Receiver
    uploads: Uploads

    @property
    def by_hand(self) -> bool:
        """Whether somebody stands at the counter; else the result goes another way."""
        return bool(self.receiver.relation)


def read_handing(request: HttpRequest) -> Handing:
    """Read who takes the result; files are kept, so that no fault costs a signature."""
    sent = request.POST
    told = {name: sent.get(f"receiver.{name}", "") for name in _BY_HAND}
    return Handing(Receiver(**told), read_uploads(request, [RECEIPT]))


def with_receiver(order: MoveOrder, handing: Handing) -> MoveOrder:
    """Put the receiver's words and signature into the order; raises `Invalid`."""
    if not handing.by_hand:
        return order
    files, problems = handing.uploads.all(), dict(handing.uploads.problems)
    words = ""
    try:
        words = handing.receiver.words(has_file=bool(files or problems))
    except Invalid as invalid:
        problems |= invalid.problems
    if problems:
        raise Invalid(problems)
    reason = "\n".join(part for part in (words, order.reason.strip()) if part)
    return replace(order, reason=reason, evidence=(*order.evidence, *files))


def handing_boxes(
    sent: QueryDict, handing: Handing | None, problems: Mapping[str, Refused]
) -> list[Box]:
    """Give the boxes about the receiver, filled with what was sent."""
    relations = [(key, name.text(language())) for key, name in RELATIONS.items()]
    papers = [(key, name.text(language())) for key, name in PAPERS.items()]
    boxes = [
        Box(
            name="receiver.relation",
            label=_("Người nhận kết quả"),
            kind="radio",
            required=True,
            choices=(("", _("Không trao tay (gửi điện tử, bưu chính)")), *relations),
        ),
        Box(name="receiver.name", label=_("Họ và tên người nhận"), hint=_("Khi nhận thay")),
        Box(name="receiver.paper", label=_("Giấy tờ đã xem"), kind="choice", choices=(*papers,)),
        Box(
            name="receiver.last",
            label=_("Các ký tự cuối của giấy tờ"),
            hint=_("Tối đa 6 ký tự; không ghi cả số"),
            width="short",
        ),
        Box(
            name="receiver.typed",
            label=_("Gõ họ tên thay chữ ký"),
            hint=_("Người nhận tự gõ, khi không ký trên màn hình hay trên giấy"),
        ),
    ]
    filled = [replace(box, value=sent.get(box.name, "")) for box in boxes]
    return [*with_errors(filled, problems, language()), _signature(handing, problems)]


def _signature(handing: Handing | None, problems: Mapping[str, Refused]) -> Box:
    box = Box(
        name=f"evidence.{RECEIPT}",
        label=_("Chữ ký hoặc giấy đã ký nhận"),
        kind="file",
        hint=_("Ký vào khung bên dưới, hoặc chọn ảnh, bản quét giấy đã ký"),
        kept=handing.uploads.kept(RECEIPT) if handing else (),
    )
    return with_errors([box], problems, language())[0]
