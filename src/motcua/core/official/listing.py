"""The registers of outgoing and incoming documents as lists, a page at a time, and as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, TypeVar

from django.db.models import Model, Q, QuerySet

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import tree
from motcua.core.exports.giving import Format, writer
from motcua.core.exports.table import Cell, Column, Kind, Table
from motcua.core.exports.writers import csv
from motcua.core.official.kinds import kind_of
from motcua.core.official.models import IncomingDocument, OutgoingDocument
from motcua.core.official.rights import readable, readable_arrivals
from motcua.core.official.rules import GONE_OUT, OPEN, URGENCIES, State, number_text
from motcua.kernel.vietnamese import fold

M = TypeVar("M", bound=Model)

OPEN_ONES, OUT = "open", "out"
AT_ONCE = 50_000
"""Rows of one file."""
_MOST_WORDS = 12
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; `state` is one state, `open` or `out`."""

    words: str = ""
    state: str = ""
    kind: str = ""
    year: int | None = None
    agency_id: int | None = None
    mine: bool = False
    urgent: bool = False
    by_urgency: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything was asked for."""
        return self != Filter()


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of documents and how many there are."""

    rows: Sequence[OutgoingDocument | IncomingDocument]
    total: int
    page: int
    pages: int


def outgoing(actor: Actor, wanted: Filter, *, page: int, size: int) -> Listed:
    """Give a page of outgoing documents that an actor may read, the youngest first."""
    rows = narrowed(actor, wanted).select_related("agency", "signer")
    rows = rows.order_by(*_order(wanted))
    return _page(rows, page, size)


def incoming(actor: Actor, wanted: Filter, *, page: int, size: int) -> Listed:
    """Give a page of incoming documents that an actor may read, the youngest first."""
    rows = narrowed_arrivals(actor, wanted).select_related("agency", "handler")
    rows = rows.order_by(*_order(wanted))
    return _page(rows, page, size)


def _order(wanted: Filter) -> tuple[str, ...]:
    return ("-urgency", "-pk") if wanted.by_urgency else ("-pk",)


def _page(
    rows: QuerySet[OutgoingDocument] | QuerySet[IncomingDocument], page: int, size: int
) -> Listed:
    total = rows.count()
    pages = max(1, -(-total // size))
    page = min(max(page, 1), pages)
    start = (page - 1) * size
    return Listed(list(rows[start : start + size]), total, page, pages)


def narrowed(actor: Actor, wanted: Filter) -> QuerySet[OutgoingDocument]:
    """Give the outgoing documents that a filter leaves of those an actor may read."""
    rows = _common(readable(actor), wanted)
    match wanted.state:
        case "":
            rows = rows.exclude(state=State.DROPPED)
        case "open":
            rows = rows.filter(state__in=OPEN)
        case "out":
            rows = rows.filter(state__in=GONE_OUT)
        case state:
            rows = rows.filter(state=state)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.year is not None:
        rows = rows.filter(Q(year=wanted.year) | Q(year=None, drafted_at__year=wanted.year))
    if wanted.mine:
        rows = rows.filter(Q(drafted_by=actor.key) | Q(signer=actor.officer_id))
    return rows


def narrowed_arrivals(actor: Actor, wanted: Filter) -> QuerySet[IncomingDocument]:
    """Give the incoming documents that a filter leaves of those an actor may read."""
    rows = _common(readable_arrivals(actor), wanted)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.year is not None:
        rows = rows.filter(year=wanted.year)
    if wanted.mine:
        rows = rows.filter(handler=actor.officer_id)
    return rows


def _common(rows: QuerySet[M], wanted: Filter) -> QuerySet[M]:
    for word in fold(wanted.words).split()[:_MOST_WORDS]:
        named = Q(search__contains=word) | Q(signs__icontains=word)
        rows = rows.filter(named | Q(number=int(word)) if _is_number(word) else named)
    if wanted.urgent:
        rows = rows.filter(urgency__gt=0)
    return rows.filter(agency=wanted.agency_id) if wanted.agency_id is not None else rows


def _is_number(word: str) -> bool:
    return word.isdecimal() and word.isascii() and len(word) < 9


def give(out: BinaryIO, actor: Actor, wanted: Filter, *, arrivals: bool, form: str) -> int:
    """Write a register as a file (`csv` or `xlsx`), as its law asks; give the number of rows.

    Sổ văn bản đi and sổ văn bản đến (HANDBOOK §4.1), at most `AT_ONCE` rows.
    """
    table = _arrivals(actor, wanted) if arrivals else _documents(actor, wanted)
    if form == "csv":
        return csv.write(table, out, for_spreadsheets=True)
    return writer(Format(form))(table, out)


def _documents(actor: Actor, wanted: Filter) -> Table:
    rows = narrowed(actor, wanted).select_related("signer").prefetch_related("recipients")
    nodes = tree().nodes

    def cells() -> Iterator[list[Cell]]:
        for row in rows.order_by("-pk")[:AT_ONCE].iterator(chunk_size=_BATCH):
            yield [
                number_text(row.number, row.signs) if row.number else "",
                row.issued_on.isoformat() if row.issued_on else "",
                kind_of(row.kind).name.vi,
                row.abstract,
                row.signer.name,
                "; ".join(one.name for one in row.recipients.all()),
                str(row.state),
                nodes[row.agency_id].code,
                row.pk,
                URGENCIES[row.urgency],
            ]

    names = ("number", "day", "kind", "abstract", "signer", "recipients", "state", "agency")
    last = (Column("document", Kind.WHOLE), Column("urgency"))
    return Table("outgoing", (*map(Column, names), *last), cells())


def _arrivals(actor: Actor, wanted: Filter) -> Table:
    rows = narrowed_arrivals(actor, wanted).select_related("handler")
    nodes = tree().nodes

    def cells() -> Iterator[list[Cell]]:
        for row in rows.order_by("-pk")[:AT_ONCE].iterator(chunk_size=_BATCH):
            yield [
                row.number,
                row.arrived_on.isoformat(),
                row.author,
                row.signs,
                row.dated.isoformat() if row.dated else "",
                row.abstract,
                row.due_on.isoformat() if row.due_on else "",
                row.handler.name if row.handler else "",
                str(row.state),
                nodes[row.agency_id].code,
                URGENCIES[row.urgency],
            ]

    names = ("arrived", "author", "signs", "dated", "abstract", "due", "handler", "state", "agency")
    columns = (Column("number", Kind.WHOLE), *map(Column, names), Column("urgency"))
    return Table("incoming", columns, cells())
