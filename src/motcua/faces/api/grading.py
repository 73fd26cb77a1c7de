"""Mức hạn chế: keeping a dossier to those whom its work names, or opening it again."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Router
from pydantic import Field, StringConstraints

from motcua.core.dossiers.grading import regrade
from motcua.core.dossiers.queries import spelled
from motcua.core.dossiers.situation import find_id
from motcua.core.sql import reading
from motcua.faces.api.answers import answers, heads
from motcua.faces.api.auth import Call, officers
from motcua.faces.api.filing import Code, Key, Match, head, revision_of
from motcua.faces.api.refs import acted, only
from motcua.faces.api.schemas import Acted
from motcua.faces.api.sent import SeenIn

router = Router(tags=["dossiers"])


class GradeIn(SeenIn):
    """The grade, and why."""

    grade: Literal["normal", "restricted"] = Field(
        description="there are no grades of secrecy: state secrets must not be put here",
        examples=["restricted"],
    )
    reason: Annotated[str, StringConstraints(max_length=4000)] = Field(
        examples=["Liên quan đời tư của trẻ em"]
    )


@router.post(
    "/dossiers/{code}/grade",
    operation_id="gradeDossier",
    summary="Restrict who sees a dossier, or open it again",
    auth=officers("move"),
    response=answers({200: Acted}, 401, 403, 404, 409, 413, 415, 429),
    openapi_extra=heads((200,), "ETag", "Idempotency-Replayed"),
)
def grade_dossier(
    request: Call,
    response: HttpResponse,
    code: Code,
    key: Key,
    sent: GradeIn,
    match: Match = None,
) -> Acted:
    """By who holds it, or a head of the agency that does.

    A restricted dossier is kept to those whom its work names: a head who is not named sees it no
    more, and a repeat of their request finds nothing (404).
    """
    only(request)
    revision = revision_of(sent.revision, match)
    done = regrade(
        actor=request.auth.actor,
        at=request.auth.at,
        dossier_id=find_id(reading(), spelled(code)),
        grade=sent.grade,
        reason=sent.reason,
        key=key,
        revision=revision,
    )
    head(response, done)
    return acted(done)
