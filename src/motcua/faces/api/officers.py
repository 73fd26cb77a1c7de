"""Cán bộ: who works in an agency, what they hold, whose work goes to whom, and leaving."""

from __future__ import annotations

import datetime
import json
from typing import Annotated, Literal

from django.http import HttpResponse
from django.utils.timezone import localtime
from ninja import Path, Router
from pydantic import ConfigDict, Field, StringConstraints

from motcua.core.agencies.models import Absence, Appointment, Delegation
from motcua.core.agencies.queries import agency
from motcua.core.dossiers.models import WorkItem
from motcua.core.dossiers.queries import spelled
from motcua.core.dossiers.situation import find_id
from motcua.core.people.models import Interest
from motcua.core.procedures.models import Procedure
from motcua.core.sql import reading
from motcua.core.staff.heads import check_known
from motcua.core.staff.leaving import leave
from motcua.core.staff.people import Load
from motcua.core.staff.person import Person, person
from motcua.core.staff.reassigning import Reassignment, reassign
from motcua.core.staff.teams import Team, teams
from motcua.faces.api import schemas
from motcua.faces.api.answers import answers, heads
from motcua.faces.api.auth import Call
from motcua.faces.api.auth import officers as for_officers
from motcua.faces.api.filing import Code, Key, Match, day_of, head, revision_of
from motcua.faces.api.refs import acted, agency_ref, officer_ref, only, procedure_ref
from motcua.faces.api.schemas import Acted, Instant, Out, utc
from motcua.faces.api.sent import MOST_ID, Day, In, SeenIn

router = Router(tags=["officers"])

DAY = datetime.timedelta(days=1)
TOLD = (401, 403, 404, 409, 413, 415, 429)
Officer = Annotated[int, Path(ge=1, le=MOST_ID, description="number of an officer")]
OfficerNumber = Annotated[int, Field(ge=1, le=MOST_ID)]
_Date = Annotated[str, Field(json_schema_extra={"format": "date"})]


class LoadOut(Out):
    """Open work, and how much of it is late, as far as the caller reads its dossiers."""

    open: int
    late: int


class MemberOut(Out):
    """An officer with posts and load in the agency."""

    id: int
    name: str
    posts: list[str]
    load: LoadOut


class TeamOut(Out):
    """An agency, its officers by name, and the work that names nobody."""

    agency: schemas.AgencyRef
    officers: list[MemberOut]
    unnamed: LoadOut


class Teams(Out):
    """The agencies that the caller reads as a whole; none for everybody else."""

    items: list[TeamOut]


class PostOut(Out):
    """A post held now."""

    agency: schemas.AgencyRef
    post: str


class AbsenceOut(Out):
    """Days of absence, the last one included."""

    absence: int
    stand_in: schemas.OfficerRef | None
    first_day: _Date
    last_day: _Date


class DelegationOut(Out):
    """Lent powers; empty `procedures` and `moves` bound nothing."""

    delegation: int
    giver: schemas.OfficerRef
    taker: schemas.OfficerRef
    agency: schemas.AgencyRef
    post: str
    capacity: Literal["KT.", "TL.", "TUQ."]
    document: str
    first_day: _Date
    last_day: _Date
    procedures: list[str]
    moves: list[str]


class InterestOut(Out):
    """A declaration; the number is encrypted and never told."""

    interest: int
    kind: Literal["self", "relative", "firm"]


class WorkOut(Out):
    """Open work that names the officer; `leg` is null for the main step."""

    lookup: str
    code: str | None
    procedure: schemas.ProcedureRef
    agency: schemas.AgencyRef
    step: str
    leg: int | None
    due_at: Instant | None
    revision: int


class OfficerOut(Out):
    """An officer as their head sees them; to the officer `work` is empty (see `listWork`)."""

    id: int
    name: str
    posts: list[PostOut]
    absences: list[AbsenceOut]
    lent: list[DelegationOut]
    taken: list[DelegationOut]
    interests: list[InterestOut]
    work: list[WorkOut] = Field(description="the first 100, least time left first")


class ReassignIn(SeenIn):
    """Which work goes to whom, and why."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Cán bộ nghỉ dài ngày"}]})

    officer: OfficerNumber | None = Field(None, description="who takes it; null: the post")
    leg: Annotated[int, Field(ge=1, le=32_767)] | None = Field(
        None, description="a consultation; null: the main step"
    )
    reason: Annotated[str, StringConstraints(max_length=4000)]


class LeaveIn(In):
    """The first day no longer at work, and where open work goes: a successor, or the post."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"first_day": "2027-02-01", "to_post": True}]}
    )

    first_day: Day
    successor: OfficerNumber | None = None
    to_post: bool = False


class Wrote(Out):
    """The number of the row that the act wrote or ended; a repeat answers the same."""

    row: int


@router.get(
    "/officers",
    operation_id="listOfficers",
    summary="List the officers of the agencies that the caller reads",
    auth=for_officers("read"),
    response=answers({200: Teams}, 401, 403, 429),
)
def list_officers(request: Call) -> Teams:
    """With the open work of each."""
    only(request)
    return Teams(items=[_team(one) for one in teams(request.auth.actor, request.auth.at)])


@router.get(
    "/officers/{officer}",
    operation_id="getOfficer",
    summary="Read an officer's posts, absences, delegations, declarations and work",
    auth=for_officers("staff"),
    response=answers({200: OfficerOut}, 401, 403, 404, 429),
)
def get_officer(request: Call, officer: Officer) -> OfficerOut:
    """For the officer and their heads; to everybody else there is no such officer."""
    only(request)
    return _person(person(request.auth.actor, officer, today(request)))


@router.post(
    "/dossiers/{code}/reassignment",
    operation_id="reassignWork",
    summary="Give open work to another officer, or to the post",
    auth=for_officers("staff"),
    response=answers({200: Acted}, *TOLD),
    openapi_extra=heads((200,), "ETag", "Idempotency-Replayed"),
)
def reassign_work(
    request: Call,
    response: HttpResponse,
    code: Code,
    key: Key,
    sent: ReassignIn,
    match: Match = None,
) -> Acted:
    """By a head of the agency that has the work, or of one above; its deadline stays.

    The page of an officer gives on many pieces at once; here each is a request of its own.
    """
    only(request)
    revision = revision_of(sent.revision, match)
    done = reassign(
        actor=request.auth.actor,
        at=request.auth.at,
        order=Reassignment(
            dossier_id=find_id(reading(), spelled(code)),
            leg=sent.leg,
            officer_id=sent.officer,
            reason=sent.reason,
        ),
        key=key,
        revision=revision,
    )
    head(response, done)
    return acted(done)


@router.post(
    "/officers/{officer}/leaving",
    operation_id="recordLeaving",
    summary="Record that an officer leaves",
    auth=for_officers("staff"),
    response=answers({200: Wrote}, *TOLD),
)
def record_leaving(request: Call, officer: Officer, key: Key, sent: LeaveIn) -> Wrote:
    """By a head, never by the officer. On the day, account, sessions and keys close.

    While work is open in their name it needs a successor in the same post, or `to_post`; a job
    gives it on.
    """
    known(request, officer)
    row = leave(
        actor=request.auth.actor,
        at=request.auth.at,
        officer_id=officer,
        on=day_of(sent.first_day, "first_day"),
        successor_id=sent.successor,
        to_post=sent.to_post,
        key=key,
    )
    return Wrote(row=row)


def today(request: Call) -> datetime.date:
    """Give the day of the request where the city is."""
    return localtime(request.auth.at).date()


def known(request: Call, officer: int) -> None:
    """Refuse acts on officers for whom the caller does not answer as if there were none."""
    only(request)
    check_known(request.auth.actor, officer, today(request))


def _load(one: Load) -> LoadOut:
    return LoadOut(open=one.open, late=one.late)


def _team(one: Team) -> TeamOut:
    people = [
        MemberOut(id=who.id, name=who.name, posts=list(who.posts), load=_load(who.load))
        for who in one.members
    ]
    return TeamOut(agency=agency_ref(one.agency), officers=people, unnamed=_load(one.unnamed))


def _person(one: Person) -> OfficerOut:
    codes = dict(Procedure.objects.filter(pk__in=_bounds(one)).values_list("pk", "code"))
    return OfficerOut(
        id=one.officer.pk,
        name=one.officer.name,
        posts=[_post(row) for row in one.posts],
        absences=[_absence(row) for row in one.absences],
        lent=[_delegation(row, codes) for row in one.lent],
        taken=[_delegation(row, codes) for row in one.taken],
        interests=[_interest(row) for row in one.interests],
        work=[_work(row) for row in one.work],
    )


def _bounds(one: Person) -> set[int]:
    return {number for row in (*one.lent, *one.taken) for number in json.loads(row.procedures)}


def _post(row: Appointment) -> PostOut:
    return PostOut(agency=agency_ref(agency(row.agency_id)), post=row.post)


def _absence(row: Absence) -> AbsenceOut:
    return AbsenceOut(
        absence=row.pk,
        stand_in=officer_ref(row.stand_in),
        first_day=row.valid_from.isoformat(),
        last_day=(row.valid_to - DAY).isoformat(),
    )


def _delegation(row: Delegation, codes: dict[int, str]) -> DelegationOut:
    return DelegationOut.model_validate(
        {
            "delegation": row.pk,
            "giver": officer_ref(row.giver),
            "taker": officer_ref(row.taker),
            "agency": agency_ref(row.agency),
            "post": row.post,
            "capacity": row.capacity,
            "document": row.document,
            "first_day": row.valid_from.isoformat(),
            "last_day": (row.valid_to - DAY).isoformat(),
            "procedures": sorted(codes[number] for number in json.loads(row.procedures)),
            "moves": json.loads(row.moves),
        }
    )


def _interest(row: Interest) -> InterestOut:
    return InterestOut.model_validate({"interest": row.pk, "kind": row.kind})


def _work(row: WorkItem) -> WorkOut:
    dossier = row.dossier
    return WorkOut(
        lookup=dossier.lookup,
        code=dossier.code,
        procedure=procedure_ref(dossier.version_id),
        agency=agency_ref(row.agency),
        step=row.step,
        leg=row.leg,
        due_at=utc(row.due_at),
        revision=dossier.revision,
    )
