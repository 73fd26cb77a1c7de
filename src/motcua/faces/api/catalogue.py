"""The catalogue as the state publishes it, open to everybody: whether a procedure runs here or not.

Drafts are for the desk; no operation of the API tells one.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import Field

from motcua.core.catalogue import queries
from motcua.core.catalogue.content import Value
from motcua.core.catalogue.models import Edition, Listing, Referral, ServiceLevel
from motcua.core.catalogue.names import name_of
from motcua.core.catalogue.reading import LimitLine, laws, limits
from motcua.faces.api.answers import answers
from motcua.faces.api.refs import only
from motcua.faces.api.schemas import Instant, Name, Out, utc

router = Router(tags=["catalogue"])
_PAGES = 100_000


class ListingLine(Out):
    """A published procedure in a list; `procedure` is the code under which it can be filed here."""

    key: str
    code: str
    name: str
    group: str
    procedure: str | None


class Listings(Out):
    """A page of the catalogue."""

    count: int
    page: int
    pages: int
    items: list[ListingLine]


class ValueOut(Out):
    """One value in the words and the shape of its source."""

    name: Name
    said: object
    mark: str | None = Field(description="confirmed or unconfirmed; null for a label of ours")
    source: str


class SaidLimitOut(Out):
    """A time limit: the words of the source, and what was read in them as stable text."""

    words: str
    limit: str | None = Field(examples=["10 working_day"])
    channel: str
    where: str
    since: str
    note: str


class LevelOut(Out):
    """A level of the online service: 1 to 4, then info, part or full."""

    level: str
    since: datetime.date | None
    until: datetime.date | None
    mark: str
    source: str


class Month(Out):
    """Dossiers received in a month, as its report told last."""

    month: str = Field(examples=["2026-10"])
    received: int


class ReferralOut(Out):
    """A service that another body runs."""

    run_by: str
    filed_at: str
    since: datetime.date
    until: datetime.date | None
    months: list[Month]


class EditionOut(Out):
    """An edition that was published."""

    number: int
    state: str
    document: str
    published_at: Instant | None
    retired_at: Instant | None


class ListingOut(ListingLine):
    """A published procedure with everything its edition says."""

    edition: int
    values: dict[str, ValueOut]
    limits: list[SaidLimitOut]
    legal_basis: list[str]
    levels: list[LevelOut]
    referrals: list[ReferralOut]
    editions: list[EditionOut]


@router.get(
    "/catalogue",
    operation_id="listCatalogue",
    summary="Find published procedures",
    response=answers({200: Listings}),
)
def list_catalogue(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=200, description="name, code or legal text")] = "",
    page: Annotated[int, Query(ge=1, le=_PAGES)] = 1,
) -> Listings:
    """Found with or without accents; those named so first, then by the Vietnamese alphabet."""
    only(request, "q", "page")
    found = queries.search(q.replace("\x00", ""), page=page)
    return Listings(
        count=found.count,
        page=found.page,
        pages=found.pages,
        items=[ListingLine(**_line(row)) for row in found.rows],
    )


@router.get(
    "/catalogue/{key}",
    operation_id="getListing",
    summary="Read what is published of a procedure",
    response=answers({200: ListingOut}, 404),
)
def get_listing(
    request: HttpRequest,
    key: Annotated[str, Path(description="its code, or its key", min_length=1)],
    edition: Annotated[int | None, Query(ge=1, le=_PAGES)] = None,
) -> ListingOut:
    """The edition in force, or another one that was published."""
    only(request, "edition")
    found = queries.edition(key, edition) if edition else queries.find(key)
    row = found.listing
    return ListingOut(
        **_line(row),
        edition=found.edition.number,
        values={name: _value(name, one) for name, one in found.content.values.items()},
        limits=[_limit(line) for line in limits(found.content)],
        legal_basis=list(laws(found.content)),
        levels=[_level(one) for one in queries.levels(row)],
        referrals=[_referral(one) for one in queries.referrals(row)],
        editions=[_edition(one) for one in queries.editions(row)],
    )


def _line(row: Listing) -> dict[str, Any]:
    return {
        "key": row.key,
        "code": row.code,
        "name": row.name,
        "group": row.group,
        "procedure": row.procedure or None,
    }


def _value(name: str, one: Value) -> ValueOut:
    called = name_of(name)
    return ValueOut(
        name=Name(vi=called.vi, en=called.en),
        said=one.said,
        mark=one.mark.value if one.mark else None,
        source=one.source,
    )


def _limit(line: LimitLine) -> SaidLimitOut:
    return SaidLimitOut(
        words=line.words,
        limit=str(line.limit) if line.limit else None,
        channel=line.channel,
        where=line.where,
        since=line.since,
        note=line.note,
    )


def _level(row: ServiceLevel) -> LevelOut:
    return LevelOut(
        level=row.level,
        since=row.valid_from,
        until=row.valid_to,
        mark=row.mark,
        source=row.source,
    )


def _referral(row: Referral) -> ReferralOut:
    months = queries.received(row).items()
    return ReferralOut(
        run_by=row.run_by,
        filed_at=row.filed_at,
        since=row.valid_from,
        until=row.valid_to,
        months=[Month(month=f"{month:%Y-%m}", received=n) for month, n in months],
    )


def _edition(row: Edition) -> EditionOut:
    return EditionOut(
        number=row.number,
        state=row.state,
        document=row.document,
        published_at=utc(row.published_at),
        retired_at=utc(row.retired_at),
    )
