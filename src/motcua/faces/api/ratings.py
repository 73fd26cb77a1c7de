"""Đánh giá: the nine criteria, what a head reads of many ratings, and recording one."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime
from ninja import Query, Router, Status
from pydantic import ConfigDict, Field, StringConstraints

from motcua.core.agencies.queries import agency_by_code
from motcua.core.dossiers.queries import spelled
from motcua.core.dossiers.situation import find_id
from motcua.core.ratings.actions import rate
from motcua.core.ratings.criteria import criteria
from motcua.core.ratings.queries import Month, headed, months
from motcua.core.ratings.rules import BEST, NotTheHead
from motcua.core.sql import reading
from motcua.faces.api import schemas
from motcua.faces.api.answers import answers, heads
from motcua.faces.api.auth import ALSO_NOBODY, Call, also_anybody, as_applicant, officers
from motcua.faces.api.filing import Code, Key, Phone, head
from motcua.faces.api.refs import acted, agency_ref, only
from motcua.faces.api.schemas import Acted, Name, Out, named
from motcua.faces.api.sent import In

router = Router(tags=["ratings"])


class CriterionOut(Out):
    """A criterion; one `of_agency` may be left unanswered for a dossier."""

    key: str
    name: Name
    of_agency: bool


class BandOut(Out):
    """The word for a sum of averages that is at least `least`."""

    key: str
    name: Name
    least: int


class CriteriaOut(Out):
    """The criteria in legal order and the bands of their sum, best first."""

    source: str
    best: int = Field(description="most points for one; 0 is the least")
    criteria: list[CriterionOut]
    bands: list[BandOut]


class AverageOut(Out):
    """The average of a criterion, null where too few gave a mark."""

    criterion: str
    points: float | None


class MonthOut(Out):
    """A month; where fewer rated than `shown_from`, `count` is null and all else is empty."""

    first_day: Annotated[str, Field(json_schema_extra={"format": "date"})]
    count: int | None
    averages: list[AverageOut]
    total: float | None
    band: str | None
    comments: list[str] = Field(description="in no order of time")


class RatingsOut(Out):
    """What applicants think of an agency, in months that can change no more, latest first."""

    agency: schemas.AgencyRef
    shown_from: int = Field(description="fewer ratings than this are not shown")
    months: list[MonthOut]


class RateIn(In):
    """Points by criterion, and words."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "marks": {one.key: BEST for one in criteria().criteria if not one.of_agency},
                    "comment": "Nhanh và rõ ràng.",
                }
            ]
        }
    )

    marks: Annotated[
        dict[str, Annotated[int, Field(ge=0, le=BEST)]], Field(max_length=len(criteria().criteria))
    ]
    comment: Annotated[str, StringConstraints(max_length=4000)] = ""


@router.get(
    "/ratings/criteria",
    operation_id="listCriteria",
    summary="List the criteria by which dossiers are rated",
    response=answers({200: CriteriaOut}),
)
def list_criteria(request: HttpRequest) -> CriteriaOut:
    """Open to everybody."""
    only(request)
    told = criteria()
    return CriteriaOut(
        source=told.source,
        best=BEST,
        criteria=[
            CriterionOut(key=one.key, name=named(one.name, one.key), of_agency=one.of_agency)
            for one in told.criteria
        ],
        bands=[
            BandOut(key=one.key, name=named(one.name, one.key), least=one.least)
            for one in told.bands
        ],
    )


@router.get(
    "/ratings",
    operation_id="readRatings",
    summary="Read what applicants think of an agency, month by month",
    auth=officers("read"),
    response=answers({200: RatingsOut}, 401, 403, 404, 429),
)
def read_ratings(
    request: Call,
    agency: Annotated[
        str, Query(max_length=35, description="code; else the caller's own agency")
    ] = "",
) -> RatingsOut:
    """For heads of the agency or of one above; small counts are hidden from them too."""
    only(request, "agency")
    actor, at = request.auth.actor, request.auth.at
    on = localtime(at).date()
    found = headed(actor, on)
    if not found:
        raise NotTheHead
    there = agency_by_code(agency, on=on) if agency else found[0]
    return RatingsOut(
        agency=agency_ref(there),
        shown_from=settings.MOTCUA_RATINGS_SHOWN_FROM,
        months=[_month(one) for one in months(actor, there.id, at)],
    )


@router.post(
    "/dossiers/{code}/rating",
    operation_id="rateDossier",
    summary="Record what an applicant thinks of a dossier's handling",
    auth=also_anybody("rate"),
    response=answers({201: Acted, 200: Acted}, 401, 403, 404, 409, 413, 415, 429),
    openapi_extra={**ALSO_NOBODY, **heads((201, 200), "ETag", "Idempotency-Replayed")},
)
def rate_dossier(
    request: Call,
    response: HttpResponse,
    code: Code,
    key: Key,
    sent: RateIn,
    phone: Phone = None,
) -> Status[Acted]:
    """By the applicant, who may change it for some days, or once at the receiving counter.

    Nobody reads single marks: `readRatings` tells months. The dossier's revision stays as it is.
    """
    only(request)
    caller = as_applicant(request, code, phone)
    done = rate(
        actor=caller.actor,
        at=caller.at,
        dossier_id=find_id(reading(), spelled(code)),
        marks=sent.marks,
        comment=sent.comment,
        key=key,
    )
    head(response, done)
    return Status(200 if done.repeated else 201, acted(done))


def _month(one: Month) -> MonthOut:
    return MonthOut(
        first_day=one.first.isoformat(),
        count=one.count,
        averages=[
            AverageOut(criterion=each.criterion.key, points=_number(each.points))
            for each in one.averages
        ],
        total=_number(one.total),
        band=one.band.key if one.band else None,
        comments=list(one.comments),
    )


def _number(points: Decimal | None) -> float | None:
    return None if points is None else float(points)
