"""The gateway behind 5656 and 156: it hands on each message that people send there."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Router, Status
from pydantic import ConfigDict, Field, StringConstraints

from motcua.faces.api.answers import answers, heads
from motcua.faces.api.auth import Call, officers
from motcua.faces.api.filing import day_of as day_in
from motcua.faces.api.refs import only
from motcua.faces.api.registers import SCOPE
from motcua.faces.api.schemas import Out
from motcua.faces.api.sent import Day, In
from motcua.systems.antispam.events import take_message
from motcua.systems.antispam.rules import Message

router = Router(tags=["antispam"])


class SpamMessageIn(In):
    """A message as somebody sent it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "message_id": "A-1",
                    "to": "5656",
                    "sender": "0912345678",
                    "text": "S (0900070001)(vay tiền nhanh)",
                    "received_on": "2026-11-02",
                }
            ]
        }
    )

    message_id: Annotated[str, StringConstraints(pattern=r"^[!-~]{1,40}$")]
    to: Literal["5656", "156"]
    sender: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    text: Annotated[str, StringConstraints(min_length=1, max_length=4000)]
    received_on: Day


class SpamMessageTaken(Out):
    """What became of a message: `unread` follows no syntax, an officer reads it."""

    register_key: str
    record: int
    kind: Literal["sms", "call", "fraud", "unread", "dnc_on", "dnc_off"] = Field()


@router.post(
    "/spam-messages",
    operation_id="takeSpamMessage",
    summary="Hand on a message that somebody sent to 5656 or 156",
    auth=officers(SCOPE),
    response=answers({201: SpamMessageTaken, 200: SpamMessageTaken}, 401, 403, 409, 429),
    openapi_extra=heads((200,), "Idempotency-Replayed"),
)
def take_spam_message(
    request: Call, response: HttpResponse, sent: SpamMessageIn
) -> Status[SpamMessageTaken]:
    """Reports (`S`, `V`, `LD`) and orders to the do-not-call list, by their syntax.

    A message of the same number again answers the same with 200; other words under it are refused.
    """
    only(request)
    taken = take_message(
        actor=request.auth.actor,
        at=request.auth.at,
        message=Message(
            code=f"{sent.to}-{sent.message_id}",
            channel=f"sms_{sent.to}",
            text=sent.text,
            sender=sent.sender,
            received_on=day_in(sent.received_on, "received_on"),
        ),
    )
    told = SpamMessageTaken(
        register_key=taken.register,
        record=taken.record_id,
        kind=taken.kind,  # type: ignore[arg-type]
    )
    if taken.repeated:
        response["Idempotency-Replayed"] = "true"
    return Status(200 if taken.repeated else 201, told)
