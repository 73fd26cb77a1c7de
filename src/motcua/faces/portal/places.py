"""Units and agencies through time, in the words of the portal."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.core.areas.looking import took_over
from motcua.core.areas.models import Area, ListedAgency, Succession
from motcua.core.areas.queries import Heir, heirs_of, steps_from, steps_to
from motcua.faces.ui.templatetags.ui import language
from motcua.kernel.vietnamese import format_percent

CHANGES: dict[str, Promise] = {
    "split": _("tách ra"),
    "merged": _("sáp nhập thành đơn vị mới"),
    "absorbed": _("nhập vào đơn vị đã có"),
    "change of type": _("đổi loại đơn vị"),
    "renamed": _("đổi tên"),
    "renumbered": _("đổi mã"),
    "boundary": _("điều chỉnh địa giới"),
    "tier abolished": _("bỏ cấp này"),
}
TIERS: dict[str, Promise] = {"district": _("cấp huyện"), "commune": _("cấp xã")}


@dataclass(frozen=True, slots=True)
class Line:
    """A version of a unit in a list: from when until when, and who holds it today."""

    area: Area
    ended: bool
    last: datetime.date | None
    heirs: tuple[tuple[Heir, str], ...]


@dataclass(frozen=True, slots=True)
class ListedLine:
    """An agency of a list: its last day, and who took over."""

    agency: ListedAgency
    last: datetime.date | None
    heir: ListedAgency | None


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a unit, seen from it: the unit at the other end, how much, by which law."""

    other: Area
    row: Succession
    change: Promise | str
    share: str


def lines(areas: Iterable[Area], today: datetime.date) -> list[Line]:
    """Tell units with their heirs of today."""
    asked = list(areas)
    heirs = heirs_of(asked, today)
    return [_line(one, heirs[one.pk], today) for one in asked]


def _line(one: Area, heirs: list[Heir], today: datetime.date) -> Line:
    ended = one.valid_to is not None and one.valid_to <= today
    told = tuple((heir, share(heir.portion)) for heir in heirs) if ended else ()
    return Line(one, ended, last_day(one.valid_to), told)


def listed_lines(agencies: Iterable[ListedAgency], today: datetime.date) -> list[ListedLine]:
    """Tell agencies with who took over."""
    found = ((one, took_over(one, today)) for one in agencies)
    return [
        ListedLine(one, last_day(one.valid_to), heir if heir.pk != one.pk else None)
        for one, heir in found
    ]


def forward(one: Area) -> list[Step]:
    """Tell what became of a unit, step by step."""
    return [_step(row, row.new) for row in steps_from(one)]


def back(one: Area) -> list[Step]:
    """Tell what a unit came from, and what it took in later."""
    return [_step(row, row.old) for row in steps_to(one)]


def _step(row: Succession, other: Area) -> Step:
    return Step(other, row, CHANGES.get(row.kind, row.kind), share(row.portion))


def share(portion: Decimal | None) -> str:
    """Write how much of a unit went somewhere."""
    if portion is None:
        return str(_("một phần"))
    return str(_("toàn bộ")) if portion == 1 else format_percent(portion, language())


def last_day(valid_to: datetime.date | None) -> datetime.date | None:
    """Give the last day of what ends before a day."""
    return valid_to - datetime.timedelta(days=1) if valid_to else None
