"""Having a masked value of a dossier shown, for a purpose that the access log keeps."""

from __future__ import annotations

from typing import Annotated

from ninja import Router
from pydantic import Field, StringConstraints

from motcua.core.dossiers.queries import find_one
from motcua.core.dossiers.revealing import MAX_PURPOSE, reveal
from motcua.faces.api.answers import answers
from motcua.faces.api.auth import Call, officers
from motcua.faces.api.filing import Code
from motcua.faces.api.refs import only
from motcua.faces.api.schemas import Out, Value
from motcua.faces.api.sent import In
from motcua.faces.ui import reads

router = Router(tags=["dossiers"])


class RevealIn(In):
    """Which value, and what it is needed for."""

    field: Annotated[str, StringConstraints(min_length=1, max_length=80)] = Field(
        description="one of the dossier's `masked` that begins with `applicant.` or `fields.`",
        examples=["applicant.phone"],
    )
    purpose: Annotated[str, StringConstraints(max_length=MAX_PURPOSE)] = Field(
        description="kept in the access log", examples=["Gọi người nộp bổ sung giấy tờ"]
    )


class Revealed(Out):
    """The value in clear."""

    field: str
    value: Value


@router.post(
    "/dossiers/{code}/reveal",
    operation_id="revealValue",
    summary="Have a masked value shown",
    auth=officers("reveal"),
    response=answers({200: Revealed}, 401, 403, 404, 413, 415, 429),
)
def reveal_value(request: Call, code: Code, asked: RevealIn) -> Revealed:
    """Write down who looks at what and why, then answer the value.

    Personal values are for whoever may read the dossier, secret ones for those who deal with it.
    The applicant sees that somebody looked.
    """
    only(request)
    caller = request.auth
    snapshot = find_one(caller.actor, code)
    value = reveal(
        reader=reads.reader(request, caller.actor, caller.at),
        snapshot=snapshot,
        field=asked.field,
        purpose=asked.purpose,
    )
    return Revealed(field=asked.field, value=value)
