"""Nhật ký truy cập: who looked at what, for heads and auditors."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.access.log import Kind
from motcua.core.agencies.queries import agency
from motcua.core.dossiers.watching import Wanted, Watched, audits, watched
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page, page_number
from motcua.faces.desk.shown.read_records import record_words
from motcua.faces.desk.words import language, post_names
from motcua.faces.ui import reads

_LONGEST = 100
_CODES = 3
"""So many dossiers of a list are named on its line."""
_DAY = datetime.timedelta(days=1)
_EARLIEST = 1900
_WORDS = frozenset({"q", "ho-so", "can-bo"})
"""Parts of a query that somebody typed; the others are ticks and choices."""


@dataclass(frozen=True, slots=True)
class Line:
    """A read as the table shows it."""

    at: datetime.datetime
    who: str
    place: str
    how: str
    codes: tuple[str, ...]
    rest: int
    records: str
    why: str
    address: str


@require_safe
@desk
def reading_log(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show a page of the log, newest first; that it was read is a line of it too."""
    sent = request.GET
    kinds = _kinds()
    since, until = _day(sent.get("tu", "")), _day(sent.get("den", ""))
    wanted = Wanted(
        dossier=sent.get("ho-so", "")[:_LONGEST],
        officer=sent.get("can-bo", "")[:_LONGEST],
        kind=sent.get("kieu", "") if sent.get("kieu", "") in kinds else "",
        since=_begin(since) if since else None,
        until=_begin(until + _DAY) if until else None,
    )
    found = watched(visit.actor, wanted, page=page_number(request))
    reads.listed(request, visit.actor, visit.at, "access_log", found.told)
    names = post_names()
    context = {
        "rows": [_line(row, names, kinds) for row in found.rows],
        "listed": found,
        "wanted": wanted,
        "kinds": list(kinds.items()),
        "since": since.isoformat() if since else "",
        "until": until.isoformat() if until else "",
        "is_narrowed": wanted != Wanted(),
        "audits": audits(visit.actor),
    }
    return page(request, "watching.html", context)


def _kinds() -> dict[str, str]:
    return {
        Kind.LISTED: _("Thấy trong danh sách"),
        Kind.OPENED: _("Mở hồ sơ"),
        Kind.REVEALED: _("Xem thông tin được che"),
        Kind.DOWNLOADED: _("Mở tệp hoặc văn bản"),
        Kind.EXPORTED: _("Xuất dữ liệu"),
    }


def _day(text: str) -> datetime.date | None:
    """Read a day; what is none, or at the ends of time, narrows nothing."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if _EARLIEST <= day.year < datetime.MAXYEAR else None


def _begin(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), get_current_timezone())


def _line(row: Watched, names: dict[str, str], kinds: dict[str, str]) -> Line:
    place = [names.get(row.post, row.post)] if row.post else []
    if row.agency_id is not None:
        place.append(agency(row.agency_id).name(language()))
    codes = row.dossiers[:_CODES]
    said = row.purpose or ", ".join(v for key, v in parse_qsl(row.query) if key in _WORDS)
    return Line(
        at=row.at,
        who=row.officer or _other(row.actor),
        place=", ".join(place),
        how=kinds.get(row.kind, row.kind),
        codes=codes,
        rest=max(row.count - len(codes), 0),
        records=record_words(row.what, row.count),
        why=said,
        address=row.address,
    )


def _other(actor: str) -> str:
    if actor.startswith("party:"):
        return _("Người nộp")
    return _("Hệ thống") if actor.startswith("system:") else _("Khách")
