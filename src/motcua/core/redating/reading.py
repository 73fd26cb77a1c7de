"""The one text in which a change is kept and committed to."""

from __future__ import annotations

import datetime
import json

from motcua.core.redating.rules import Day, Order


def written(order: Order) -> str:
    """Write a change."""
    told = {
        "calendar": order.calendar,
        "on": order.on.isoformat(),
        "document": order.document,
        "days": [[one.day.isoformat(), one.kind, one.vi, one.en] for one in order.days],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def read_change(text: str) -> Order:
    """Read what `written` wrote."""
    told = json.loads(text)
    days = (
        Day(datetime.date.fromisoformat(day), kind, vi, en) for day, kind, vi, en in told["days"]
    )
    on = datetime.date.fromisoformat(told["on"])
    return Order(told["calendar"], on, told["document"], tuple(days))
