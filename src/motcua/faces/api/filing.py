"""Filing and moving dossiers: the writing operations."""

from __future__ import annotations

import datetime
import re
from typing import Annotated

from django.http import HttpResponse
from django.utils.timezone import localtime
from ninja import Header, Path, Router, Status
from pydantic import WithJsonSchema

from motcua.core.access.actors import PUBLIC
from motcua.core.agencies.queries import agency_by_code
from motcua.core.complaints.actions import Complaint, complain
from motcua.core.dossiers.filing import file
from motcua.core.dossiers.moving import move
from motcua.core.dossiers.orders import Done, Filing, MoveOrder
from motcua.core.dossiers.queries import find_one, spelled
from motcua.core.dossiers.situation import find_id
from motcua.core.limits import strangers
from motcua.core.limits.address import sender
from motcua.core.migrating.acts import chart_to, migrate
from motcua.core.procedures.declaration import TAKEN_IN
from motcua.core.sql import reading
from motcua.faces.api.answers import answers, heads
from motcua.faces.api.auth import ALSO_NOBODY, Call, also_anybody, as_applicant, officers
from motcua.faces.api.files import handed
from motcua.faces.api.inputs import InputWrong
from motcua.faces.api.refs import acted, etag
from motcua.faces.api.schemas import Acted
from motcua.faces.api.sent import ComplaintIn, FilingIn, MoveIn, VersionIn
from motcua.faces.api.wrong import CounterOnly, RevisionMalformed, RevisionTwice
from motcua.kernel.errors import Invalid

router = Router(tags=["dossiers"])

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=80,
        pattern=r"^[!-~]{1,80}$",
        description="A repeat under the same key gives the first answer, marked"
        " Idempotency-Replayed; another body under it is refused (409)."
        " Kept for 30 days. Best a UUID.",
    ),
]
Code = Annotated[str, Path(description="dossier code or look-up number", min_length=1)]
Phone = Annotated[
    str | None,
    Header(alias="X-Phone", description="the applicant's phone, instead of signing in"),
]
_Tag = Annotated[str, WithJsonSchema({"type": "string", "pattern": r'^(\*|"[0-9]{1,9}")$'})]
Match = Annotated[
    _Tag | None, Header(alias="If-Match", description='the ETag that the caller saw, such as "3"')
]
_ETAG = re.compile(r'"([0-9]{1,9})"')


@router.post(
    "/dossiers",
    operation_id="fileDossier",
    summary="File a dossier",
    auth=also_anybody("file"),
    response=answers({201: Acted, 200: Acted}, 401, 403, 404, 409, 413, 415, 429),
    openapi_extra={**ALSO_NOBODY, **heads((201, 200), "ETag", "Location", "Idempotency-Replayed")},
)
def file_dossier(
    request: Call, response: HttpResponse, key: Key, filing: FilingIn
) -> Status[Acted]:
    """File online (anybody, where the procedure is public) or at the counter (officers).

    201 for what was filed now; a repeat under the same key answers the same body with 200 and the
    header `Idempotency-Replayed: true`.
    """
    if filing.take_in and filing.channel not in TAKEN_IN:
        raise Invalid({"take_in": CounterOnly()})
    actor = request.auth.actor
    if actor == PUBLIC:
        strangers.files_dossier(sender(request.META), at=request.auth.at)
    order = Filing(
        procedure=filing.procedure,
        agency_id=agency_by_code(filing.agency, on=localtime(request.auth.at).date()).id,
        applicant=filing.applicant.model_dump(),
        fields=filing.fields,
        evidence=handed(filing.evidence, actor),
        channel=filing.channel,
    )
    done = file(actor=actor, at=request.auth.at, filing=order, key=key, take_in=filing.take_in)
    response["Location"] = f"/api/v1/dossiers/{done.lookup}"
    head(response, done)
    return Status(200 if done.repeated else 201, acted(done))


@router.post(
    "/dossiers/{code}/moves",
    operation_id="moveDossier",
    summary="Make a move of a dossier",
    auth=also_anybody("move"),
    response=answers({200: Acted}, 401, 403, 404, 409, 413, 415, 429),
    openapi_extra={**ALSO_NOBODY, **heads((200,), "ETag", "Idempotency-Replayed")},
)
def move_dossier(
    request: Call,
    response: HttpResponse,
    code: Code,
    key: Key,
    order: MoveIn,
    phone: Phone = None,
    match: Match = None,
) -> Acted:
    """Take a dossier one move further, as the officer who holds it or as its applicant.

    With a revision (in the body or as If-Match) a dossier that moved since is refused as stale.
    """
    caller = as_applicant(request, code, phone)
    revision = revision_of(order.revision, match)  # refused alike whether the dossier is there
    on = localtime(caller.at).date()
    wanted = MoveOrder(
        move=order.move,
        reason=order.reason,
        officer_id=order.officer,
        agency_id=agency_by_code(order.agency, on=on).id if order.agency else None,
        legs=tuple(order.legs),
        leg=order.leg,
        evidence=handed(order.evidence, caller.actor),
        promised=day_of(order.promised, "promised") if order.promised else None,
    )
    done = move(
        actor=caller.actor,
        at=caller.at,
        dossier_id=find_id(reading(), spelled(code)),
        order=wanted,
        key=key,
        revision=revision,
    )
    head(response, done)
    return acted(done)


@router.post(
    "/dossiers/{code}/complaints",
    operation_id="complainAboutDossier",
    summary="Complain about the handling of a dossier",
    auth=also_anybody("file"),
    response=answers({201: Acted, 200: Acted}, 401, 403, 404, 409, 413, 415, 429),
    openapi_extra={**ALSO_NOBODY, **heads((201, 200), "ETag", "Location", "Idempotency-Replayed")},
)
def complain_about(
    request: Call,
    response: HttpResponse,
    code: Code,
    key: Key,
    complaint: ComplaintIn,
    phone: Phone = None,
) -> Status[Acted]:
    """File a complaint as the applicant of a dossier, or at the counter that receives such ones.

    It is a dossier of its own, answered by somebody who had no hand in the one it is about.
    """
    caller = as_applicant(request, code, phone)
    done = complain(
        actor=caller.actor,
        at=caller.at,
        dossier_id=find_id(reading(), spelled(code)),
        complaint=Complaint(
            procedure=complaint.procedure,
            fields=complaint.fields,
            evidence=handed(complaint.evidence, caller.actor),
        ),
        key=key,
    )
    response["Location"] = f"/api/v1/dossiers/{done.lookup}"
    head(response, done)
    return Status(200 if done.repeated else 201, acted(done))


@router.post(
    "/dossiers/{code}/version",
    operation_id="migrateDossier",
    summary="Take a dossier to a newer version of its procedure",
    auth=officers("move"),
    response=answers({200: Acted}, 401, 403, 404, 409, 413, 415, 429),
    openapi_extra=heads((200,), "ETag", "Idempotency-Replayed"),
)
def migrate_dossier(
    request: Call,
    response: HttpResponse,
    code: Code,
    key: Key,
    wanted: VersionIn,
    match: Match = None,
) -> Acted:
    """Follow the published map that leads from the dossier's version to the one of this number.

    By a head of the agency that holds the dossier, or of one above.
    """
    revision = revision_of(wanted.revision, match)
    snapshot = find_one(request.auth.actor, code)
    done = migrate(
        actor=request.auth.actor,
        at=request.auth.at,
        dossier_id=snapshot.id,
        by=chart_to(snapshot, wanted.number),
        key=key,
        revision=revision,
    )
    head(response, done)
    return acted(done)


def day_of(text: str, name: str) -> datetime.date:
    """Read a day; refuses by the name of its member one that the calendar does not have."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as wrong:  # the thirtieth of February has the right form
        raise Invalid({name: InputWrong()}) from wrong


def head(response: HttpResponse, done: Done) -> None:
    """Tell the revision, and whether an earlier request is answered again."""
    response["ETag"] = etag(done.revision)
    if done.repeated:
        response["Idempotency-Replayed"] = "true"


def revision_of(stated: int | None, match: str | None) -> int | None:
    """Give the revision that the caller saw. Raises `RevisionMalformed` and `RevisionTwice`."""
    if match is None or match.strip() in {"", "*"}:  # an empty header states nothing
        return stated
    found = _ETAG.fullmatch(match.strip())
    seen = int(found[1]) if found else -1
    if seen < 0:
        raise RevisionMalformed
    if stated not in {None, seen}:
        raise RevisionTwice
    return seen
