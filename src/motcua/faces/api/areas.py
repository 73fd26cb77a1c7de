"""Administrative units through time, open to everybody: what an old address means today."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.timezone import localdate
from ninja import Path, Query, Router
from pydantic import Field

from motcua.core.areas import queries
from motcua.core.areas.looking import find, took_over
from motcua.core.areas.models import Area, ListedAgency, Succession
from motcua.core.areas.queries import Heir
from motcua.core.now import now
from motcua.faces.api.answers import answers
from motcua.faces.api.filing import day_of
from motcua.faces.api.refs import only
from motcua.faces.api.schemas import Name, Out
from motcua.faces.api.sent import Day

router = Router(tags=["areas"])
_Day = Annotated[Day | None, Query(description="of this day; else of all times")]
_Today = Annotated[Day | None, Query(description="who holds it on this day; else today")]


class AreaRef(Out):
    """A version of a unit: a new name, code, kind or parent makes a new one."""

    id: str = Field(examples=["hn.c.09973.1"])
    code: str = Field(description="statistical code, text with its zeros; may come again")
    kind: str = Field(examples=["phường"])
    name: str
    tier: str = Field(examples=["commune"])
    province: str = Field(examples=["01"])
    parent: str | None = Field(description="id of the unit it lies in; null: its province")
    valid_from: datetime.date | None
    valid_until: datetime.date | None = Field(description="the first day no longer")
    confirmed: bool
    source: str


class AreaHeirOut(Out):
    """Who holds (a share of) it on the day."""

    area: AreaRef
    share: str | None = Field(description="a number up to 1; null where only a part is known of")
    main: bool | None = Field(description="takes what no address places; null: open")
    confirmed: bool


class AreaLine(AreaRef):
    """A unit in a list, with its heirs of today; itself while it is in force."""

    heirs: list[AreaHeirOut]


class ListedAgencyOut(Out):
    """An agency as official lists have it, and the one that holds its duties today."""

    id: str
    tier: str = Field(examples=["department"])
    name: Name
    province: str
    valid_from: datetime.date | None
    valid_until: datetime.date | None
    heir: str | None
    heir_name: Name | None
    confirmed: bool
    source: str


class AreasFound(Out):
    """Units that the words may mean, the likeliest first; `count` may be more than are told."""

    count: int
    items: list[AreaLine]
    agencies: list[ListedAgencyOut]


class AreaStepOut(Out):
    """A change between two versions."""

    date: datetime.date
    area: AreaRef
    share: str = Field(examples=["whole", "part", "0.896"])
    kind: str = Field(examples=["merged"])
    law: str
    main: bool | None
    confirmed: bool
    source: str


class AreaOut(AreaLine):
    """A version of a unit with its history, back and forward."""

    latitude: float | None
    longitude: float | None
    note: str
    came_from: list[AreaStepOut]
    became: list[AreaStepOut]


@router.get(
    "/areas",
    operation_id="findAreas",
    summary="Find units by an old name or code",
    response=answers({200: AreasFound}),
)
def find_areas(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=200, description="name, with or without accents, or code")],
    on: _Day = None,
    province: Annotated[str, Query(max_length=5, description="statistical code")] = "",
) -> AreasFound:
    """After a comma may stand what the unit lay in: `xa canh nau, huyen thach that`."""
    only(request, "q", "on", "province")
    day = day_of(on, "on") if on else None
    found = find(q.replace("\x00", ""), on=day, province=province.replace("\x00", ""))
    today = localdate(now())
    heirs = queries.heirs_of(found.areas, today)
    return AreasFound(
        count=found.count,
        items=[AreaLine(**_line(one, heirs[one.pk])) for one in found.areas],
        agencies=[_listed(one, today) for one in found.agencies],
    )


@router.get(
    "/areas/{unit_id}",
    operation_id="getArea",
    summary="Read a unit with its history",
    response=answers({200: AreaOut}, 404),
)
def get_area(
    request: HttpRequest,
    unit_id: Annotated[str, Path(min_length=1, max_length=30)],
    on: _Today = None,
) -> AreaOut:
    """What it came from and became, step by step, and who holds it on a day."""
    only(request, "on")
    day = day_of(on, "on") if on else localdate(now())
    one = queries.area(unit_id.replace("\x00", ""))
    return AreaOut(
        **_line(one, queries.heirs_on(one, day)),
        latitude=one.lat,
        longitude=one.lon,
        note=one.note,
        came_from=[_step(row, row.old) for row in queries.steps_to(one)],
        became=[_step(row, row.new) for row in queries.steps_from(one)],
    )


def _ref(one: Area) -> dict[str, Any]:
    return {
        "id": one.unit_id,
        "code": one.code,
        "kind": one.kind,
        "name": one.name,
        "tier": one.tier,
        "province": one.province.code,
        "parent": one.parent.unit_id if one.parent else None,
        "valid_from": one.valid_from,
        "valid_until": one.valid_to,
        "confirmed": one.status == "confirmed",
        "source": one.source,
    }


def _line(one: Area, heirs: list[Heir]) -> dict[str, Any]:
    return {**_ref(one), "heirs": [_heir(heir) for heir in heirs]}


def _heir(heir: Heir) -> AreaHeirOut:
    return AreaHeirOut(
        area=AreaRef(**_ref(heir.area)),
        share=None if heir.portion is None else str(heir.portion),
        main=heir.main,
        confirmed=heir.confirmed,
    )


def _step(row: Succession, other: Area) -> AreaStepOut:
    return AreaStepOut(
        date=row.date,
        area=AreaRef(**_ref(other)),
        share=row.share,
        kind=row.kind,
        law=row.legal_ref,
        main=row.main,
        confirmed=row.status == "confirmed",
        source=row.source,
    )


def _listed(one: ListedAgency, today: datetime.date) -> ListedAgencyOut:
    heir = took_over(one, today)
    return ListedAgencyOut(
        id=one.list_id,
        tier=one.tier,
        name=Name(vi=one.name_vi, en=one.name_en),
        province=one.province.code,
        valid_from=one.valid_from,
        valid_until=one.valid_to,
        heir=heir.list_id if heir.pk != one.pk else None,
        heir_name=Name(vi=heir.name_vi, en=heir.name_en) if heir.pk != one.pk else None,
        confirmed=one.status == "confirmed",
        source=one.source,
    )
