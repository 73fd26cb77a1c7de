"""Công khai số liệu: which figures an address asks for, and a line of them in words."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from motcua.core.agencies.queries import agency, tree
from motcua.core.figures import queries
from motcua.core.figures.models import Count
from motcua.core.figures.queries import DAY, Row
from motcua.core.figures.rules import Kind, first_of, month_of, months_back
from motcua.core.procedures.models import Procedure
from motcua.faces.ui.numbers import number_in
from motcua.faces.ui.templatetags.ui import language
from motcua.kernel import vietnamese

VIEWS = ("co-quan", "thu-tuc", "thang")
LAST = "12-thang"
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: lines of which kind, of which period, agency and procedure."""

    view: str
    period: str
    kind: Kind
    first: datetime.date
    agency_id: int
    procedure: Procedure | None

    @property
    def procedure_id(self) -> int:
        """The procedure, 0 for all."""
        return self.procedure.pk if self.procedure is not None else 0


def asked(sent: Mapping[str, str], count: Count) -> Asked:
    """Read an address; what it does not say, or says wrongly, is all of the last twelve months."""
    now = month_of(localtime(count.at).date())
    kind, first = _period(sent.get("ky", ""), now)
    view = sent.get("theo", "")
    agency_id = number_in(sent, "co-quan")
    return Asked(
        view=view if view in VIEWS else VIEWS[0],
        period=period_key(kind, first),
        kind=kind,
        first=first,
        agency_id=agency_id if agency_id in tree().nodes else 0,
        procedure=_procedure(sent.get("thu-tuc", "")),
    )


def _procedure(code: str) -> Procedure | None:
    return Procedure.objects.filter(code=code).first() if code and code.isprintable() else None


def _period(text: str, now: datetime.date) -> tuple[Kind, datetime.date]:
    year, _dash, part = text.partition("-")
    if year.isascii() and year.isdigit() and len(year) == len("2026"):
        try:
            return _named(int(year), part)
        except ValueError:
            pass
    return Kind.LAST, months_back(now, 11)


def _named(year: int, part: str) -> tuple[Kind, datetime.date]:
    """Read 2026, 2026-Q4 or 2026-11; raises `ValueError`."""
    if not part:
        return Kind.YEAR, datetime.date(year, 1, 1)
    if part.startswith("Q"):
        return Kind.QUARTER, datetime.date(year, 3 * int(part[1:]) - 2, 1)
    return Kind.MONTH, datetime.date(year, int(part), 1)


def period_key(kind: Kind, first: datetime.date) -> str:
    """Write a period as addresses do."""
    if kind is Kind.LAST:
        return LAST
    if kind is Kind.YEAR:
        return f"{first.year}"
    return f"{first.year}-Q{_quarter(first)}" if kind is Kind.QUARTER else f"{first:%Y-%m}"


def period_words(kind: Kind, first: datetime.date) -> str:
    """Name a period."""
    if kind is Kind.LAST:
        return _("12 tháng gần đây")
    if kind is Kind.YEAR:
        return _("Năm %(year)s") % {"year": first.year}
    if kind is Kind.QUARTER:
        return _("Quý %(quarter)s/%(year)s") % {"quarter": _quarter(first), "year": first.year}
    return _("Tháng %(month)s") % {"month": vietnamese.format_month(first, language())}


def _quarter(first: datetime.date) -> int:
    return (first.month + 2) // 3


def periods() -> list[tuple[str, list[tuple[str, str]]]]:
    """Give the periods to choose from, in groups, the latest first."""
    months = queries.months_there_are()
    groups = [
        (_("Tháng"), Kind.MONTH, months[:24]),
        (_("Quý"), Kind.QUARTER, dict.fromkeys(first_of(Kind.QUARTER, one) for one in months)),
        (_("Năm"), Kind.YEAR, dict.fromkeys(first_of(Kind.YEAR, one) for one in months)),
    ]
    return [
        (name, [(period_key(kind, one), period_words(kind, one)) for one in found])
        for name, kind, found in groups
        if found
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """A line in words: `online` is the part of the received that was filed so.

    `bars` are the parts of early, on time and late ends, in percent.
    """

    name: str
    link: str
    row: Row
    online: str
    share: str
    median: str
    rating: str
    bars: tuple[tuple[str, str, str], ...]


def lines(wanted: Asked, rows: tuple[Row, ...]) -> list[Line]:
    """Name each line by what it is of."""
    if wanted.view == "co-quan":
        return [_line(agency(one.agency_id).name(language()), "", one) for one in rows]
    if wanted.view == "thang":
        return [_line(vietnamese.format_month(one.first, language()), "", one) for one in rows]
    names = Procedure.objects.in_bulk({one.procedure_id for one in rows})
    return [
        _line(procedure_name(names[one.procedure_id]), names[one.procedure_id].code, one)
        for one in rows
        if one.procedure_id in names
    ]


def procedure_name(procedure: Procedure) -> str:
    """Name a procedure in the language of the page."""
    return procedure.name_en if language() == "en" else procedure.name_vi


def _line(name: str, link: str, row: Row) -> Line:
    return Line(
        name=name,
        link=link,
        row=row,
        online=percent(row.online_share),
        share=percent(row.share),
        median=days(row.median),
        rating=percent(row.rating),
        bars=_bars(row) if row.outcomes else (),
    )


def total_line(row: Row) -> Line:
    """Give the sum of all lines."""
    return _line(_("Tổng"), "", row)


@dataclass(frozen=True, slots=True)
class Measured:
    """How long a procedure took in the last twelve months; without `median` too few ended."""

    finished: int
    least: int
    at: datetime.datetime
    median: str = ""
    share: str = ""


def measured(procedure_id: int) -> Measured | None:
    """Give what was counted of a procedure; None before the first count."""
    count, row = queries.cut_off(), queries.of_procedure(procedure_id)
    if count is None:
        return None
    finished = row.finished if row is not None else 0
    told = Measured(finished, queries.least(), count.at)
    if row is None or not row.outcomes:
        return told
    return replace(told, median=days(row.median), share=percent(row.share))


def percent(share: Decimal | None) -> str:
    """Write a part of one as a percentage with one decimal; nothing where it is not told."""
    return "" if share is None else vietnamese.format_percent(share, language())


def days(minutes: int | None) -> str:
    """Write working minutes as working days with one decimal; nothing where it is not told."""
    if minutes is None:
        return ""
    return vietnamese.format_number(Decimal(minutes) / DAY, language(), decimals=1)


def _bars(row: Row) -> tuple[tuple[str, str, str], ...]:
    """Give each part of a bar: its class, where it begins and how wide it is."""
    whole = row.early + row.on_time + row.late
    parts, begin = [], Decimal(0)
    for name in ("early", "on_time", "late") if whole else ():
        width = (Decimal(100 * getattr(row, name)) / whole).quantize(_TENTH)
        parts.append((name, str(begin), str(width)))
        begin += width
    return tuple(parts)
