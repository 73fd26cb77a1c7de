"""The forms on the page of an officer, and the lines of their open work."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.core.access.actors import Actor
from motcua.core.agencies.models import Delegation
from motcua.core.agencies.queries import agency
from motcua.core.people.models import Interest
from motcua.core.procedures.queries import declared
from motcua.core.staff.person import Person
from motcua.faces.desk.posts import day_box, post_boxes
from motcua.faces.desk.shown.deadlines import Chip, of_work
from motcua.faces.desk.words import language, place_name, post_names
from motcua.faces.ui.boxes import Box


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A line of the open work of an officer."""

    id: int
    code: str
    step: str
    procedure: str
    chip: Chip


def work_rows(found: Person, at: datetime.datetime) -> list[WorkRow]:
    """Give the lines of the open work, as the list of one's own work tells it."""
    rows = []
    for item in found.work:
        declaration, dossier = declared(item.dossier.version_id), item.dossier
        rows.append(
            WorkRow(
                id=item.pk,
                code=dossier.code or dossier.lookup,
                step=place_name(declaration, item.step),
                procedure=declaration.short.text(language()),
                chip=of_work(item, at, due=item.due_at, paused=dossier.paused_since),
            )
        )
    return rows


def forms_of(
    actor: Actor, on: datetime.date, found: Person, sent: QueryDict
) -> dict[str, list[Box]]:
    """Give the boxes of each form by what it does, filled with what was sent."""
    people = tuple((str(number), name) for number, name in found.colleagues)
    return {
        "away": _away(sent, people),
        "lend": _lend(found, sent, people),
        "declare": _declare(sent),
        "appoint": _appoint(actor, on, found, sent) if found.is_head else [],
        "end": _end(found, sent) if found.is_head and len(found.posts) > 1 else [],
        "give": [
            _choice(sent, "to", _("Giao cho (để trống: giao về vị trí)"), people, required=False),
            Box(
                name="reason",
                label=_("Lý do giao lại"),
                kind="multiline",
                value=sent.get("reason", ""),
                required=True,
            ),
        ],
        "leave": [
            day_box(sent, "left_on", _("Ngày đầu tiên không còn làm việc")),
            _choice(
                sent,
                "successor",
                _("Việc còn lại"),
                (("post", _("Giao về vị trí, ai giữ vị trí cũng nhận được")), *people),
                required=False,
            ),
        ],
    }


def _away(sent: QueryDict, people: tuple[tuple[str, str], ...]) -> list[Box]:
    return [
        day_box(sent, "away_from", _("Vắng mặt từ ngày")),
        day_box(sent, "away_until", _("Đến hết ngày")),
        _choice(sent, "stand_in", _("Người thay"), people, required=False),
        _choice(sent, "away_capacity", _("Người thay ký với tư cách"), _capacities()),
    ]


def _appoint(actor: Actor, on: datetime.date, found: Person, sent: QueryDict) -> list[Box]:
    return [
        *post_boxes(actor, on, sent),
        _choice(sent, "instead", _("Thay cho vị trí đang giữ"), _held(found), required=False),
    ]


def _end(found: Person, sent: QueryDict) -> list[Box]:
    return [
        _choice(sent, "ended", _("Vị trí"), _held(found)),
        day_box(sent, "ended_on", _("Ngày đầu tiên không còn giữ")),
    ]


def _held(found: Person) -> tuple[tuple[str, str], ...]:
    names = post_names()
    return tuple(
        (str(one.pk), f"{names.get(one.post, one.post)}, {agency(one.agency_id).name(language())}")
        for one in found.posts
    )


def _lend(found: Person, sent: QueryDict, people: tuple[tuple[str, str], ...]) -> list[Box]:
    names = post_names()
    posts = tuple((str(one.pk), names.get(one.post, one.post)) for one in found.posts)
    return [
        _choice(sent, "lent_post", _("Quyền của vị trí"), posts),
        _choice(sent, "taker", _("Ủy quyền cho"), people),
        _choice(sent, "capacity", _("Ký với tư cách"), _capacities()),
        Box(
            name="document",
            label=_("Văn bản ủy quyền"),
            value=sent.get("document", ""),
            hint=_("Số, ký hiệu và ngày, ví dụ 12/QĐ-UQ ngày 01/11/2026"),
            required=True,
        ),
        day_box(sent, "lent_from", _("Từ ngày")),
        day_box(sent, "lent_until", _("Đến hết ngày")),
        Box(
            name="procedures",
            label=_("Chỉ với các thủ tục"),
            value=sent.get("procedures", ""),
            hint=_("Mã thủ tục cách nhau bằng dấu cách; để trống là mọi thủ tục"),
        ),
    ]


def _declare(sent: QueryDict) -> list[Box]:
    kinds = {
        Interest.Kind.SELF: _("Số định danh của chính cán bộ"),
        Interest.Kind.RELATIVE: _("Số định danh của người thân"),
        Interest.Kind.FIRM: _("Mã số thuế của doanh nghiệp, tổ chức có quyền lợi"),
    }
    choices = tuple((str(kind), name) for kind, name in kinds.items())
    return [
        _choice(sent, "kind", _("Khai báo"), choices),
        Box(name="number", label=_("Số"), inputmode="numeric", required=True),
    ]


def _capacities() -> tuple[tuple[str, str], ...]:
    return tuple((value, f"{value} ({label})") for value, label in Delegation.Capacity.choices)


def _choice(
    sent: QueryDict,
    name: str,
    label: str,
    choices: tuple[tuple[str, str], ...],
    *,
    required: bool = True,
) -> Box:
    return Box(
        name=name,
        label=label,
        kind="choice",
        value=sent.get(name, ""),
        choices=choices,
        required=required,
    )
