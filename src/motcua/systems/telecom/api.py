"""A mast's permit by the API: issued with its site in the register, both or neither."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from ninja import Router
from pydantic import ConfigDict, StringConstraints

from motcua.core.dossiers.queries import spelled
from motcua.core.dossiers.situation import find_id
from motcua.core.sql import reading
from motcua.faces.api.answers import answers, heads
from motcua.faces.api.auth import Call, officers
from motcua.faces.api.filing import Code, Key, Match, revision_of
from motcua.faces.api.refs import only
from motcua.faces.api.schemas import Out
from motcua.faces.api.sent import SeenIn
from motcua.systems.telecom.actions import PermitOrder, issue_permit
from motcua.systems.telecom.queries import SITES

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
