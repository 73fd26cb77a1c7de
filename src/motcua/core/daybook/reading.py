"""Reading the book: what an agency received in a period, in the order of its numbers.

The row filter is that of every list. Lines are found by the codes, whose order is that of the
book, so the book needs no index of its own.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from motcua.core.access.actors import Actor
from motcua.core.access.rows import condition
from motcua.core.access.scopes import party_scope
from motcua.core.agencies.queries import agency
from motcua.core.dossiers.listing import Line, line_of, lines_from, not_theirs
from motcua.core.sql import Sql, reading
from motcua.kernel.errors import Refused

PAGE = 20
_LAST_PAGE = 10**9
_CENTURY = range(2000, 2100)  # a code writes its year with two digits


class PeriodImpossible(Refused):
    """A period that ends before it begins, or lies outside the years that codes can write."""

    code = "daybook.period"
    vi = "Kỳ xem sổ phải có ngày đầu không sau ngày cuối, trong các năm 2000–2099."
    en = "The period ends no earlier than it begins, within the years 2000 to 2099."


class NoAgency(Refused):
    """An officer without a post of their own names no agency."""

    code = "daybook.no_agency"
    vi = "Chọn cơ quan tiếp nhận cần xem sổ."
    en = "Choose the agency whose book you want to read."


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """Which part of a book: the agency that received, the days of reception, one procedure."""

    agency_id: int
    first: datetime.date
    last: datetime.date
    procedure: str = ""

    def __post_init__(self) -> None:
        """Refuse a period that no code lies in."""
        if not (self.first <= self.last and {self.first.year, self.last.year} <= {*_CENTURY}):
            raise PeriodImpossible


@dataclass(frozen=True, slots=True)
class Opened:
    """A page of the book with the exact total."""

    rows: list[Line]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def extract(
    actor: Actor,
    on: datetime.date,
    *,
    agency_id: int | None = None,
    first: datetime.date | None = None,
    last: datetime.date | None = None,
    procedure: str = "",
) -> Extract:
    """Word what is asked for; left open it is the actor's own agency and the month up to now.

    Raises `PeriodImpossible`, `NoAgency`.
    """
    if agency_id is None and not actor.agencies():
        raise NoAgency
    last = last or max(first or on, on)
    return Extract(
        agency_id=agency_id if agency_id is not None else actor.agencies()[0],
        first=first or last.replace(day=1),
        last=last,
        procedure=procedure,
    )


def opened(actor: Actor, wanted: Extract, *, page: int = 1) -> Opened:
    """Give a page of what an actor may read, the last page where the one asked for is none."""
    total = count(actor, wanted)
    page = min(max(page, 1), _LAST_PAGE, max(1, -(-total // PAGE)))
    return Opened(_lines(actor, wanted, size=PAGE, start=(page - 1) * PAGE), total, page)


def count(actor: Actor, wanted: Extract) -> int:
    """Count the lines that an actor may read."""
    if not _readable(actor, wanted):
        return 0
    where = _where(len(actor.scopes), len(actor.barred), procedure=bool(wanted.procedure))
    row = reading().one(_count(where), *_values(actor, wanted, _first(wanted)))
    return int(row[0]) if row else 0


def walk(actor: Actor, wanted: Extract, *, size: int) -> Iterator[list[Line]]:
    """Give every line in stretches, each of which asks the row filter anew."""
    after = _first(wanted)
    while lines := _lines(actor, wanted, size=size, after=after):
        yield lines
        after = lines[-1].code or ""


def _lines(
    actor: Actor, wanted: Extract, *, size: int, start: int = 0, after: str = ""
) -> list[Line]:
    if not _readable(actor, wanted):
        return []
    where = _where(len(actor.scopes), len(actor.barred), procedure=bool(wanted.procedure))
    values = _values(actor, wanted, after or _first(wanted))
    return [line_of(row) for row in reading().all(_stretch(where), *values, size, start)]


def _readable(actor: Actor, wanted: Extract) -> bool:
    return bool(actor.scopes) and wanted.procedure.isprintable()


def _first(wanted: Extract) -> str:
    """Give what stands before every code of the period: numbers begin with 1."""
    return f"{agency(wanted.agency_id).code}-{wanted.first:%y%m%d}-0000"


def _values(actor: Actor, wanted: Extract, after: str) -> list[object]:
    last = f"{agency(wanted.agency_id).code}-{wanted.last:%y%m%d}-99999"
    barred = [party_scope(one) for one in sorted(actor.barred)]
    procedure = [wanted.procedure] if wanted.procedure else []
    return [wanted.agency_id, after, last, *actor.scopes, *barred, *procedure]


@lru_cache(maxsize=64)
def _where(scopes: int, barred: int, *, procedure: bool) -> str:
    there, _ = condition(Actor("", scopes=(0,) * scopes))
    of_code = " AND d.procedure_id = (SELECT id FROM procedures_procedure WHERE code = %s)"
    return (
        " WHERE d.receiving_agency_id = %s AND d.code > %s AND d.code <= %s"
        f" AND {there.format(id='d.id')}{not_theirs('d.id', barred)}{of_code if procedure else ''}"
    )


@lru_cache(maxsize=64)
def _count(where: str) -> Sql:
    return Sql(f"SELECT count(*) FROM dossiers_dossier d{where}", anew=True)


@lru_cache(maxsize=64)
def _stretch(where: str) -> Sql:
    return Sql(f"{lines_from()}{where} ORDER BY d.code LIMIT %s OFFSET %s", anew=True)
