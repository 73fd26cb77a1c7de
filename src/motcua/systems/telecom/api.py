"""The API of this system: a mast's permit with its site, both or neither; what works add up to."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import ConfigDict, StringConstraints

from motcua.core.dossiers.queries import spelled
from motcua.core.dossiers.situation import find_id
from motcua.core.registers.rights import day_of
from motcua.core.sql import reading
from motcua.faces.api.answers import answers, heads
from motcua.faces.api.auth import Call, officers
from motcua.faces.api.filing import Code, Key, Match, revision_of
from motcua.faces.api.filing import day_of as day_in
from motcua.faces.api.inputs import InputWrong
from motcua.faces.api.refs import only
from motcua.faces.api.schemas import Out
from motcua.faces.api.sent import Day, In, SeenIn
from motcua.faces.ui import reads
from motcua.kernel.errors import Invalid
from motcua.systems.telecom.actions import PermitOrder, issue_permit
from motcua.systems.telecom.queries import SITES, works_of
from motcua.systems.telecom.rules import Group, Subject, areas_of, is_of, operators_of, years_of

router = Router(tags=["telecom"])

Said = Annotated[str, StringConstraints(max_length=120)]


class MastPermitIn(SeenIn):
    """What the dossier of a mast does not say of its permit, as fields of the site take it.

    With `there` the site of that code is in the register already: the permit is written on it.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "permit": "12/GPXD",
                    "permit_on": "2026-11-02",
                    "place": "21.02, 105.85",
                    "zone": "inner",
                }
            ]
        }
    )

    permit: Said
    permit_on: Said
    permit_until: Said = ""
    code: Said = ""
    zone: Said = ""
    mast_class: Said = ""
    place: Said
    there: bool = False


class MastPermitIssued(Out):
    """The record of the site that was entered."""

    register_key: str
    record: int


@router.post(
    "/dossiers/{code}/mast-permit",
    operation_id="issueMastPermit",
    summary="Issue the permit of a mast and enter its site",
    auth=officers("move"),
    response=answers({200: MastPermitIssued}, 401, 403, 404, 409, 429),
    openapi_extra=heads((200,), "Idempotency-Replayed"),
)
def issue_mast_permit(
    request: Call,
    response: HttpResponse,
    code: Code,
    key: Key,
    order: MastPermitIn,
    match: Match = None,
) -> MastPermitIssued:
    """Make the move `issue` of a mast's dossier, and enter its site for the agency that was heard.

    The plain move is refused: a permit without its site would stand in no register.
    """
    only(request)
    said = order.model_dump(exclude={"revision"})
    issued = issue_permit(
        actor=request.auth.actor,
        at=request.auth.at,
        dossier_id=find_id(reading(), spelled(code)),
        order=PermitOrder(**said),
        key=key,
        revision=revision_of(order.revision, match),
    )
    if issued.repeated:
        response["Idempotency-Replayed"] = "true"
    return MastPermitIssued(register_key=SITES, record=issued.record_id)


class TelecomWanted(In):
    """What is added up as of which day, and what it is narrowed to: keys of the answer's sums."""

    subject: Literal["ducts", "aerial", "cables", "sites", "streets"]
    day: Day | None = None
    area: Said = ""
    operator: Said = ""
    year: Said = ""


class TelecomSum(Out):
    """What works have in common (`-`: it is not told of them), how many they are, and how long."""

    key: str
    label: str
    count: int
    metres: float


class TelecomTotals(Out):
    """Works that stood on a day, and the same by ward, operator and year of handover."""

    subject: Subject
    day: str
    count: int
    metres: float
    areas: list[TelecomSum]
    operators: list[TelecomSum]
    years: list[TelecomSum]


@router.get(
    "/telecom/totals",
    operation_id="addUpTelecomWorks",
    summary="Add up works of telecom by ward, operator and year",
    auth=officers("read"),
    response=answers({200: TelecomTotals}, 401, 403, 429),
)
def add_up_telecom_works(request: Call, wanted: Query[TelecomWanted]) -> TelecomTotals:
    """As the page does, over what the caller may read; without a day as of today."""
    only(request, *TelecomWanted.model_fields)
    caller, today = request.auth, day_of(request.auth.at)
    on = day_in(wanted.day, "day") if wanted.day else today
    if on > today:
        raise Invalid({"day": InputWrong()})
    subject = Subject(wanted.subject)
    every = works_of(caller.actor, subject, on, today=today, language="vi")
    works = [one for one in every if is_of(one, wanted.area, wanted.operator, wanted.year)]
    if subject is Subject.STREETS:
        streets = [one.number for one in works]
        reads.listed(request, caller.actor, caller.at, "undergrounding", streets)
    return TelecomTotals(
        subject=subject,
        day=on.isoformat(),
        count=len(works),
        metres=sum(one.metres for one in works),
        areas=_sums(areas_of(works)),
        operators=_sums(operators_of(works)),
        years=_sums(years_of(works)),
    )


def _sums(groups: list[Group]) -> list[TelecomSum]:
    return [
        TelecomSum(key=one.key, label=one.label, count=one.count, metres=one.metres)
        for one in groups
    ]
