"""Trao đổi: what is said in a dossier, between its officers and with its applicant."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Router, Status
from pydantic import Field, StringConstraints

from motcua.core.dossiers.queries import find_one, spelled
from motcua.core.dossiers.situation import find_id
from motcua.core.dossiers.talked import ANSWER, NOTE, QUESTION
from motcua.core.sql import reading
from motcua.core.talks.actions import Words, say, seen
from motcua.core.talks.queries import Said, said_in
from motcua.core.talks.rules import MOST_NAMED
from motcua.faces.api.answers import answers, heads
from motcua.faces.api.auth import ALSO_NOBODY, Call, also_anybody, as_applicant
from motcua.faces.api.filing import Code, Key, Phone, head
from motcua.faces.api.refs import acted, only
from motcua.faces.api.schemas import Acted, Out, written
from motcua.faces.api.sent import MOST_ID, In
from motcua.faces.ui import reads

router = Router(tags=["dossiers"])
_KINDS = {"note": NOTE, "question": QUESTION, "answer": ANSWER}
_NAMES = {act: name for name, act in _KINDS.items()}


class SaidOut(Out):
    """One thing that was said."""

    seq: int = Field(description="of its entry in the ledger")
    kind: Literal["note", "question", "answer"]
    by: str = Field(description="officer or party")
    at: str = Field(json_schema_extra={"format": "date-time"})
    text: str | None = Field(description="null where the caller's agency has no part in it")


class TalkOut(Out):
    """What was said in a dossier, first one first."""

    said: list[SaidOut]


class SayIn(In):
    """Words of a kind: `note` between officers, `question` to the applicant, `answer` by them."""

    kind: Literal["note", "question", "answer"] = Field(examples=["note"])
    text: Annotated[str, StringConstraints(max_length=4000)] = Field(
        examples=["Đã gọi xác minh, chờ phản hồi."]
    )
    named: Annotated[
        list[Annotated[int, Field(ge=1, le=MOST_ID)]], Field(max_length=MOST_NAMED)
    ] = Field(default=[], description="officers whom a note reminds; they must see the dossier")


@router.get(
    "/dossiers/{code}/talk",
    operation_id="readTalk",
    summary="Read what was said in a dossier",
    auth=also_anybody("read"),
    response=answers({200: TalkOut}, 401, 403, 404, 429),
    openapi_extra=ALSO_NOBODY,
)
def read_talk(request: Call, code: Code, phone: Phone = None) -> TalkOut:
    """Applicants read questions and answers alone; notes are for officers."""
    only(request)
    caller = as_applicant(request, code, phone)
    snapshot = find_one(caller.actor, code)
    reads.opened(request, caller.actor, caller.at, snapshot, "dossier")
    seen(caller.actor, snapshot.id, caller.at)
    return TalkOut(said=[_out(one) for one in said_in(caller.actor, snapshot)])


@router.post(
    "/dossiers/{code}/talk",
    operation_id="sayInDossier",
    summary="Write a note, ask the applicant, or answer",
    auth=also_anybody("move"),
    response=answers({201: Acted, 200: Acted}, 401, 403, 404, 409, 413, 415, 429),
    openapi_extra={**ALSO_NOBODY, **heads((201, 200), "ETag", "Idempotency-Replayed")},
)
def say_in_dossier(
    request: Call,
    response: HttpResponse,
    code: Code,
    key: Key,
    sent: SayIn,
    phone: Phone = None,
) -> Status[Acted]:
    """It changes neither the situation nor the clock: the dossier's revision stays as it is."""
    only(request)
    caller = as_applicant(request, code, phone)
    done = say(
        actor=caller.actor,
        at=caller.at,
        dossier_id=find_id(reading(), spelled(code)),
        words=Words(kind=_KINDS[sent.kind], text=sent.text, named=tuple(sent.named)),
        key=key,
    )
    head(response, done)
    return Status(200 if done.repeated else 201, acted(done))


def _out(one: Said) -> SaidOut:
    told = {
        "seq": one.seq,
        "kind": _NAMES[one.kind],
        "by": one.actor.partition(":")[0],
        "at": written(one.at),
        "text": one.text,
    }
    return SaidOut.model_validate(told)
