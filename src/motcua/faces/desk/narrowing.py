"""The list of dossiers in an address: filters, saved filters, files and bulk work share it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from motcua.core.agencies.queries import tree
from motcua.core.dossiers.queries import Filter, apologies_until
from motcua.core.dossiers.sorting import Order
from motcua.core.procedures.queries import published
from motcua.faces.desk.ordering import number
from motcua.faces.desk.words import language
from motcua.faces.ui.states import STATES

PAGE_KEY = "list"
"""The list among the pages of saved filters and of bulk work."""

MAX_WORDS = 200

ORDERS: Mapping[str, Order] = {
    "": Order.TIME_LEFT,
    "ten": Order.NAME,
    "ma": Order.CODE,
    "thu-tuc": Order.PROCEDURE,
    "moi": Order.RECEIVED,
    "hen-tra": Order.PROMISED,
}
"""Orders by what the address says; in a queue the same words mean the same."""


def order_names() -> dict[str, str]:
    """Name the orders."""
    names = (
        _("Ít thời gian nhất"),
        _("Tên người nộp"),
        _("Mã hồ sơ"),
        _("Tên thủ tục"),
        _("Mới tiếp nhận"),
        _("Hẹn trả"),
    )
    return dict(zip(ORDERS, names, strict=True))


def said_of_list(wanted: Filter) -> list[str]:
    """Say what narrows a list."""
    short = {one.declaration.code: one.declaration.short for one in published()}
    nodes, agency_id, code = tree().nodes, wanted.agency_id, wanted.procedure
    told = [
        f"“{wanted.words}”" if wanted.words else "",
        str(STATES[wanted.state]) if wanted.state else "",
        short[code].text(language()) if code in short else code,
        nodes[agency_id].name(language()) if agency_id in nodes else "",
        _("cơ quan khác") if agency_id is not None and agency_id not in nodes else "",
        _("Đang mở") if wanted.open_only else "",
        _("Quá hạn") if wanted.late_at else "",
        _("Cần xin lỗi trước ngày mai") if wanted.apology_by else "",
    ]
    return [one for one in told if one]


def words_in(sent: Mapping[str, str]) -> str:
    """Read what is searched for."""
    return sent.get("q", "").strip()[:MAX_WORDS]


def filter_in(sent: Mapping[str, str], at: datetime.datetime) -> Filter:
    """Read the filter of an address; what is no value of it narrows nothing."""
    state = sent.get("tinh-trang", "")
    return Filter(
        state=state if state in STATES else "",
        procedure=sent.get("thu-tuc", "")[:30],
        agency_id=number(sent, "co-quan"),
        open_only="dang-mo" in sent,
        late_at=at if "qua-han" in sent else None,
        apology_by=apologies_until(at) if "can-xin-loi" in sent else None,
        words=words_in(sent),
    )


def order_in(sent: Mapping[str, str]) -> Order:
    """Read the order of an address."""
    return ORDERS.get(sent.get("sap-xep", ""), Order.TIME_LEFT)


def word_of(order: Order) -> str:
    """Give the word of an order in an address."""
    return next(word for word, one in ORDERS.items() if one is order)


def address_of_list(wanted: Filter, order: Order, *, words: bool = True) -> str:
    """Give the address of a list, without its words where it is kept for others or for long."""
    told = {
        "q": wanted.words if words else "",
        "tinh-trang": wanted.state,
        "thu-tuc": wanted.procedure,
        "co-quan": wanted.agency_id,
        "dang-mo": 1 if wanted.open_only else "",
        "qua-han": 1 if wanted.late_at else "",
        "can-xin-loi": 1 if wanted.apology_by else "",
        "sap-xep": word_of(order),
    }
    kept = {name: str(value) for name, value in told.items() if value not in {"", None}}
    # Says “all”, where a default filter would come otherwise.
    return f"{reverse('desk:list')}?{urlencode(kept) or 'tinh-trang='}"
