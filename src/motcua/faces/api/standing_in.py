"""Vắng mặt, ủy quyền, quyền lợi liên quan: acts on the powers of an officer over the API."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from ninja import Path, Router
from pydantic import ConfigDict, Field, StringConstraints

from motcua.core.agencies.models import Absence, Delegation
from motcua.core.agencies.queries import agency_by_code
from motcua.core.people.models import Interest
from motcua.core.staff.interests import UnknownInterest, declare_interest, end_interest
from motcua.core.staff.rules import BadPeriod, NotLent
from motcua.core.staff.standing_in import Lending, be_away, come_back, delegate, revoke
from motcua.faces.api.answers import answers
from motcua.faces.api.auth import Call, officers
from motcua.faces.api.filing import Key, day_of
from motcua.faces.api.officers import DAY, TOLD, Officer, OfficerNumber, Wrote, known, today
from motcua.faces.api.sent import MOST_ID, In, Word
from motcua.faces.api.sent import Day as DayText

router = Router(tags=["officers"])

Row = Annotated[int, Path(ge=1, le=MOST_ID, description="number of the row, as `getOfficer` tells")]
Capacity = Literal["KT.", "TL.", "TUQ."]
Codes = Annotated[list[Word], Field(max_length=50)]


class AwayIn(In):
    """Days of absence, both ends included, and who stands in."""

    first_day: DayText = Field(examples=["2027-02-01"])
    last_day: DayText = Field(examples=["2027-02-05"])
    stand_in: OfficerNumber | None = None
    capacity: Capacity = Field("KT.", description="how the stand-in signs")


class LendIn(In):
    """The powers of a post to lend, both days included."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "agency": "H26.12",
                    "post": "specialist",
                    "taker": 7,
                    "capacity": "TUQ.",
                    "document": "12/QĐ-UQ",
                    "first_day": "2027-02-01",
                    "last_day": "2027-02-05",
                }
            ]
        }
    )

    agency: Annotated[str, StringConstraints(min_length=1, max_length=35)]
    post: Annotated[str, StringConstraints(min_length=1, max_length=30)]
    taker: OfficerNumber
    capacity: Capacity
    document: Annotated[str, StringConstraints(max_length=100)] = Field(
        description="number and date of the paper that lends"
    )
    first_day: DayText
    last_day: DayText
    procedures: Codes = Field([], description="codes; none: all")
    moves: Codes = Field([], description="keys; none: all")


class InterestIn(In):
    """Whose dossiers the officer keeps out of."""

    kind: Literal["self", "relative", "firm"] = Field(examples=["relative"])
    number: Annotated[str, StringConstraints(max_length=40)] = Field(
        description="personal number, or the tax code of a firm; never told again",
        examples=["001190000345"],
    )


@router.post(
    "/officers/{officer}/absences",
    operation_id="recordAbsence",
    summary="Record that an officer is away, and who stands in",
    auth=officers("staff"),
    response=answers({200: Wrote}, *TOLD),
)
def record_absence(request: Call, officer: Officer, key: Key, sent: AwayIn) -> Wrote:
    """By the officer or a head; the stand-in has the powers of every post meanwhile."""
    known(request, officer)
    row = be_away(
        actor=request.auth.actor,
        at=request.auth.at,
        officer_id=officer,
        stand_in_id=sent.stand_in,
        days=_days(sent),
        capacity=sent.capacity,
        key=key,
    )
    return Wrote(row=row)


@router.post(
    "/officers/{officer}/absences/{absence}/end",
    operation_id="endAbsence",
    summary="End an absence early",
    auth=officers("staff"),
    response=answers({200: Wrote}, *TOLD),
)
def end_absence(request: Call, officer: Officer, absence: Row, key: Key) -> Wrote:
    """From today the stand-in has no powers of it."""
    known(request, officer)
    if not Absence.objects.filter(pk=absence, officer=officer).exists():
        raise NotLent
    actor, at = request.auth.actor, request.auth.at
    return Wrote(row=come_back(actor=actor, at=at, absence_id=absence, key=key))


@router.post(
    "/officers/{officer}/delegations",
    operation_id="lendPowers",
    summary="Lend the powers of a post",
    auth=officers("staff"),
    response=answers({200: Wrote}, *TOLD),
)
def lend_powers(request: Call, officer: Officer, key: Key, sent: LendIn) -> Wrote:
    """By the officer who holds the post all that time, or a head; lent powers are not lent on.

    Of what was lent a key does as much as its own scopes say: without `sign` it signs nothing.
    """
    known(request, officer)
    since, until = _days(sent)
    lending = Lending(
        giver_id=officer,
        agency_id=agency_by_code(sent.agency, on=today(request)).id,
        post=sent.post,
        taker_id=sent.taker,
        capacity=sent.capacity,
        document=sent.document,
        valid_from=since,
        valid_to=until,
        procedures=tuple(sent.procedures),
        moves=tuple(sent.moves),
    )
    actor, at = request.auth.actor, request.auth.at
    return Wrote(row=delegate(actor=actor, at=at, lending=lending, key=key))


@router.post(
    "/officers/{officer}/delegations/{delegation}/end",
    operation_id="takePowersBack",
    summary="Take lent powers back",
    auth=officers("staff"),
    response=answers({200: Wrote}, *TOLD),
)
def take_powers_back(request: Call, officer: Officer, delegation: Row, key: Key) -> Wrote:
    """They end at once. What belongs to an absence ends with the absence."""
    known(request, officer)
    if not Delegation.objects.filter(pk=delegation, giver=officer).exists():
        raise NotLent
    actor, at = request.auth.actor, request.auth.at
    return Wrote(row=revoke(actor=actor, at=at, delegation_id=delegation, key=key))


@router.post(
    "/officers/{officer}/interests",
    operation_id="declareInterest",
    summary="Declare whose dossiers an officer keeps out of",
    auth=officers("staff"),
    response=answers({200: Wrote}, *TOLD),
)
def declare(request: Call, officer: Officer, key: Key, sent: InterestIn) -> Wrote:
    """By the officer or a head; from then on the officer neither sees nor moves them."""
    known(request, officer)
    row = declare_interest(
        actor=request.auth.actor,
        at=request.auth.at,
        officer_id=officer,
        kind=sent.kind,
        number=sent.number,
        key=key,
    )
    return Wrote(row=row)


@router.post(
    "/officers/{officer}/interests/{interest}/end",
    operation_id="endInterest",
    summary="End a declaration that holds no more",
    auth=officers("staff"),
    response=answers({200: Wrote}, *TOLD),
)
def end(request: Call, officer: Officer, interest: Row, key: Key) -> Wrote:
    """An officer cannot end the one of their own number: a head does."""
    known(request, officer)
    if not Interest.objects.filter(pk=interest, officer=officer).exists():
        raise UnknownInterest
    actor, at = request.auth.actor, request.auth.at
    return Wrote(row=end_interest(actor=actor, at=at, interest_id=interest, key=key))


def _days(sent: AwayIn | LendIn) -> tuple[datetime.date, datetime.date]:
    """Give the first day and the one after the last. Raises `BadPeriod` at the end of time."""
    first, last = day_of(sent.first_day, "first_day"), day_of(sent.last_day, "last_day")
    if last == datetime.date.max:
        raise BadPeriod
    return first, last + DAY
