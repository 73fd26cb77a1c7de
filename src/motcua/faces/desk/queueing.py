"""A queue in an address and in words: filters, saved filters and bulk work share one grammar."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from motcua.core.people.models import Officer
from motcua.core.procedures.queries import published
from motcua.faces.desk.ordering import number
from motcua.faces.desk.reading.work import SORTS, TABS, Queue, Whose
from motcua.faces.desk.words import language

PAGES: Mapping[Whose, str] = {Whose.MINE: "work", Whose.UNIT: "unit_work"}
"""The page that shows each queue."""

_KEPT = "queue"


def queue_in(sent: Mapping[str, str], whose: Whose) -> Queue:
    """Read the queue that an address asks for; what is no value of it narrows nothing."""
    tab, sort = sent.get("loai", ""), sent.get("sap-xep", "")
    return Queue(
        whose=whose,
        tab=tab if tab in TABS else "",
        procedure=sent.get("thu-tuc", "")[:30],
        officer_id=number(sent, "nguoi-giu"),
        sort=sort if sort in SORTS else "",
    )


def address_of(queue: Queue, **more: object) -> str:
    """Give the address of a queue; `more` are further parameters."""
    told = {
        "loai": queue.tab,
        "thu-tuc": queue.procedure,
        "nguoi-giu": queue.officer_id,
        "sap-xep": queue.sort,
        **more,
    }
    kept = {name: str(value) for name, value in told.items() if value not in {"", None}}
    query = urlencode(kept) or "loai="  # says “all”, where a default filter would come otherwise
    return f"{reverse(f'desk:{PAGES[queue.whose]}')}?{query}"


def whose_in(sent: Mapping[str, str]) -> Whose:
    """Read whose work a form is about; anything but the unit's is one's own."""
    return Whose.UNIT if sent.get("trang") == PAGES[Whose.UNIT] else Whose.MINE


def query_of(queue: Queue) -> str:
    """Give the query of a queue's address, by which it is saved."""
    return address_of(queue).partition("?")[2]


def saved_queue(query: str, whose: Whose) -> Queue:
    """Read a queue back from its query."""
    return queue_in(QueryDict(query), whose)


def remember(request: HttpRequest, address: str) -> None:
    """Keep which queue an officer came from, for the way back and on to the next."""
    if request.session.get(_KEPT) != address:
        request.session[_KEPT] = address


def back_to(request: HttpRequest) -> str:
    """Give the address of the queue that an officer came from, else of their own work."""
    return str(request.session.get(_KEPT) or address_of(Queue()))


def queue_behind(request: HttpRequest) -> Queue | None:
    """Give the queue that an officer came from; None where they came from another list."""
    path, _mark, query = back_to(request).partition("?")
    pages = {reverse(f"desk:{name}"): whose for whose, name in PAGES.items()}
    return saved_queue(query, pages[path]) if path in pages else None


def tab_names() -> dict[str, str]:
    """Name the tabs."""
    names = (
        _("Tất cả"),
        _("Quá hạn"),
        _("Hôm nay"),
        _("Sắp đến hạn"),
        _("Chờ bổ sung"),
        _("Chờ ký"),
        _("Tôi giữ"),
        _("Chưa giao"),
    )
    return dict(zip(TABS, names, strict=True))


def sort_names() -> dict[str, str]:
    """Name the orders."""
    names = (
        _("Ít thời gian nhất"),
        _("Tên người nộp"),
        _("Mới đến"),
        _("Mã hồ sơ"),
        _("Tên thủ tục"),
    )
    return dict(zip(SORTS, names, strict=True))


def said_of(queue: Queue) -> list[tuple[str, str]]:
    """Say what narrows a queue: pairs of what it is and its value."""
    told: list[tuple[str, str]] = []
    if queue.tab:
        told.append(("tab", tab_names()[queue.tab]))
    if queue.procedure:
        told.append(("procedure", procedure_names().get(queue.procedure, queue.procedure)))
    if queue.officer_id is not None:
        name = Officer.objects.filter(pk=queue.officer_id).values_list("name", flat=True).first()
        told.append(("officer", name or _("người khác")))
    return told


def procedure_names() -> dict[str, str]:
    """Give the short names of what is published, by code."""
    return {one.declaration.code: one.declaration.short.text(language()) for one in published()}
