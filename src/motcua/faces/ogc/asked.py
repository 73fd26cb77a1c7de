"""What a map program asks of a layer: how many, from where on, within which frame and days."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from motcua.core.registers.placing import Frame, framed
from motcua.kernel.errors import Refused

USUAL, MOST = 100, 1_000
"""How many features an answer has where nothing is said, and at most."""
_LAST = 2**63 - 1
_OPEN = {"", ".."}
_WORLD_3D = 6


class ParameterWrong(Refused):
    """A parameter is none of this address, stands there twice, or has a value it cannot have."""

    code = "ogc.parameter_wrong"
    vi = "Tham số “{name}” không dùng được ở đây, lặp lại, hoặc có giá trị sai."
    en = "The parameter “{name}” is none of this address, comes twice, or has a wrong value."
    status = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """A part of a layer: up to `limit` features after the number `after`."""

    limit: int = USUAL
    after: int = 0
    frame: Frame | None = None
    first: datetime.date | None = None
    last: datetime.date | None = None

    def is_past(self, today: datetime.date) -> bool:
        """Tell whether days are asked for on which something else may have been so than now."""
        ends = (self.first, self.last)
        return any(ends) and not all(day is not None and day >= today for day in ends)


def only(request: HttpRequest, *names: str) -> QueryDict:
    """Give the parameters, `f` aside, which may only ask for JSON. Raises `ParameterWrong`."""
    sent = request.GET
    for name in sent:
        if name not in {*names, "f"} or len(sent.getlist(name)) > 1:
            raise ParameterWrong(name=name[:40])
    if sent.get("f", "json") not in {"json", "geojson"}:
        raise ParameterWrong(name="f")
    return sent


def asked(request: HttpRequest) -> Asked:
    """Read what is asked of the features of a layer. Raises `ParameterWrong`."""
    sent = only(request, "limit", "bbox", "datetime", "after")
    days, frame = sent.get("datetime"), sent.get("bbox")
    first, last = (None, None) if days is None else _days(days)
    limit = min(_whole(sent, "limit", USUAL), MOST)
    if not limit:
        raise ParameterWrong(name="limit")
    return Asked(
        limit=limit,
        after=_whole(sent, "after", 0),
        frame=None if frame is None else _frame(frame),
        first=first,
        last=last,
    )


def _whole(sent: QueryDict, name: str, usual: int) -> int:
    text = sent.get(name)
    if text is None:
        return usual
    if not (text.isascii() and text.isdigit()) or int(text[:20]) > _LAST:
        raise ParameterWrong(name=name)
    return int(text)


def _frame(text: str) -> Frame:
    """Read four numbers, or six with heights, which nothing here has."""
    edges = text.split(",")
    if len(edges) == _WORLD_3D:
        edges = [*edges[:2], *edges[3:5]]
    found = framed(",".join(edges))
    if found is None:
        raise ParameterWrong(name="bbox")
    return found


def _days(text: str) -> tuple[datetime.date | None, datetime.date | None]:
    """Read an instant, or an interval that may be open at either end."""
    ends = text.split("/")
    if len(ends) == 1:
        day = _day(ends[0], set())
        return day, day
    if len(ends) != 2 or all(end in _OPEN for end in ends):
        raise ParameterWrong(name="datetime")
    first, last = (_day(end, _OPEN) for end in ends)
    if first and last and last < first:
        raise ParameterWrong(name="datetime")
    return first, last


def _day(text: str, blank: Collection[str]) -> datetime.date | None:
    if text in blank:
        return None
    try:
        return datetime.datetime.fromisoformat(text).date()
    except ValueError:
        raise ParameterWrong(name="datetime") from None
