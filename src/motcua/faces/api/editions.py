"""Preparing editions of the catalogue and deciding on them, for officers' programs.

Values are written as on the desk: in lines, each with its source and whether a document confirms
it (`docs/howto/keep-the-catalogue.md` tells how lines are read).
"""

from __future__ import annotations

import datetime
from typing import Annotated

from ninja import Path, Router
from pydantic import ConfigDict, Field, StringConstraints

from motcua.core.catalogue import queries, wording
from motcua.core.catalogue.checks import gaps
from motcua.core.catalogue.content import content_of
from motcua.core.catalogue.deciding import send_back, sign
from motcua.core.catalogue.models import Proposal
from motcua.core.catalogue.names import name_of
from motcua.core.catalogue.proposals import NoProposal, open_proposal
from motcua.core.catalogue.proposing import (
    MOST_SOURCE,
    MOST_TEXT,
    Written,
    give_up,
    prepare,
    revise,
    submit,
    writable,
)
from motcua.core.procedures.declaration import Mark
from motcua.faces.api.answers import answers
from motcua.faces.api.auth import Call, officers
from motcua.faces.api.filing import Key, day_of
from motcua.faces.api.refs import only
from motcua.faces.api.schemas import Instant, Name, Out, utc
from motcua.faces.api.sent import Day, In, SeenIn

router = Router(tags=["catalogue"])

Listed = Annotated[str, Path(description="its code, or its key", min_length=1)]
Where = Annotated[str, Field(json_schema_extra={"enum": list(Proposal.State.values)})]
_TOLD = (401, 403, 404, 409, 413, 415, 429)


class WrittenIn(In):
    """A value as it is to stand; without words it is taken out."""

    text: Annotated[str, StringConstraints(max_length=MOST_TEXT)] = Field(
        examples=["10 ngày làm việc"]
    )
    source: Annotated[str, StringConstraints(max_length=MOST_SOURCE)] = ""
    confirmed: bool = Field(default=False, description="the source was read and says so")


class RevisionIn(SeenIn):
    """Values to write; those that are not named stay."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "revision": 1,
                    "values": {
                        "fee": {"text": "Không", "source": "7/2026/NQ-HĐND", "confirmed": True}
                    },
                }
            ]
        }
    )

    values: Annotated[dict[str, WrittenIn], Field(min_length=1, max_length=40)]


class EditionIn(SeenIn):
    """An edition as the caller saw it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"revision": 1}]})


class SendBackIn(SeenIn):
    """Why an edition is sent back to who prepared it."""

    reason: Annotated[str, StringConstraints(max_length=1000)] = Field(
        examples=["Chưa nêu căn cứ của mức phí"]
    )


class SignIn(SeenIn):
    """The decision that publishes an edition, and from which day it is in force."""

    document: Annotated[str, StringConstraints(max_length=200)] = Field(examples=["12/QĐ-UBND"])
    since: Day | None = Field(None, description="today or later; none: today")


class WrittenOut(Out):
    """A value as it is written."""

    name: Name
    text: str
    source: str
    confirmed: bool


class GapOut(Out):
    """What keeps an edition from being published."""

    where: str
    code: str
    vi: str
    en: str


class ProposalOut(Out):
    """An edition in preparation."""

    number: int
    base: int = Field(description="number of the edition it was prepared from")
    state: Where
    revision: int
    prepared_at: Instant | None
    reason: str = Field(description="why it was sent back last")
    document: str
    since: datetime.date | None
    values: dict[str, WrittenOut]
    gaps: list[GapOut]


class Prepared(Out):
    """Where the edition stands after an act."""

    number: int
    state: Where
    revision: int


@router.get(
    "/catalogue/{key}/proposal",
    operation_id="getProposal",
    summary="Read the edition in preparation",
    auth=officers("read"),
    response=answers({200: ProposalOut}, 401, 403, 404, 429),
)
def get_proposal(request: Call, key: Listed) -> ProposalOut:
    """Its values in the lines in which they are written, and every gap; for any officer."""
    only(request)
    row = open_proposal(queries.find(key, drafts=True).listing)
    if row is None:
        raise NoProposal(key=key)
    return _told(row)


@router.post(
    "/catalogue/{key}/proposal",
    operation_id="prepareEdition",
    summary="Begin an edition from the one that stands",
    auth=officers("catalogue"),
    response=answers({200: Prepared}, *_TOLD),
)
def prepare_edition(request: Call, key: Listed, request_key: Key) -> Prepared:
    """One edition of a procedure is prepared at a time (409)."""
    only(request)
    actor, at = request.auth.actor, request.auth.at
    return _prepared(prepare(actor=actor, at=at, key=key, request=request_key))


@router.post(
    "/catalogue/{key}/proposal/values",
    operation_id="reviseEdition",
    summary="Write values of the edition in preparation",
    auth=officers("catalogue"),
    response=answers({200: Prepared}, *_TOLD),
)
def revise_edition(request: Call, key: Listed, request_key: Key, sent: RevisionIn) -> Prepared:
    """By who prepares it, or a head of theirs; nothing is kept where a line cannot be read."""
    only(request)
    written = {
        name: Written(one.text, one.source, confirmed=one.confirmed)
        for name, one in sent.values.items()
    }
    done = revise(
        actor=request.auth.actor,
        at=request.auth.at,
        key=key,
        written=written,
        revision=sent.revision,
        request=request_key,
    )
    return _prepared(done)


@router.post(
    "/catalogue/{key}/proposal/submission",
    operation_id="submitEdition",
    summary="Hand the edition in for a decision",
    auth=officers("catalogue"),
    response=answers({200: Prepared}, *_TOLD),
)
def submit_edition(request: Call, key: Listed, request_key: Key, sent: EditionIn) -> Prepared:
    """Refused with every gap while something is missing or unconfirmed."""
    only(request)
    actor, at = request.auth.actor, request.auth.at
    done = submit(actor=actor, at=at, key=key, revision=sent.revision, request=request_key)
    return _prepared(done)


@router.post(
    "/catalogue/{key}/proposal/withdrawal",
    operation_id="giveEditionUp",
    summary="Give the edition up before it is in force",
    auth=officers("catalogue"),
    response=answers({200: Prepared}, *_TOLD),
)
def give_edition_up(request: Call, key: Listed, request_key: Key, sent: EditionIn) -> Prepared:
    """By who prepares it or a head; one that is signed already, by a head alone."""
    only(request)
    actor, at = request.auth.actor, request.auth.at
    done = give_up(actor=actor, at=at, key=key, revision=sent.revision, request=request_key)
    return _prepared(done)


@router.post(
    "/catalogue/{key}/proposal/return",
    operation_id="sendEditionBack",
    summary="Send the edition back to be mended",
    auth=officers("catalogue"),
    response=answers({200: Prepared}, *_TOLD),
)
def send_edition_back(request: Call, key: Listed, request_key: Key, sent: SendBackIn) -> Prepared:
    """By a head who did not prepare it."""
    only(request)
    done = send_back(
        actor=request.auth.actor,
        at=request.auth.at,
        key=key,
        reason=sent.reason,
        revision=sent.revision,
        request=request_key,
    )
    return _prepared(done)


@router.post(
    "/catalogue/{key}/proposal/signature",
    operation_id="signEdition",
    summary="Publish the edition from a day",
    auth=officers("catalogue"),
    response=answers({200: Prepared}, *_TOLD),
)
def sign_edition(request: Call, key: Listed, request_key: Key, sent: SignIn) -> Prepared:
    """By a head who did not prepare it; the key needs the scope `sign` too."""
    only(request)
    done = sign(
        actor=request.auth.actor,
        at=request.auth.at,
        key=key,
        document=sent.document,
        since=day_of(sent.since, "since") if sent.since else None,
        revision=sent.revision,
        request=request_key,
    )
    return _prepared(done)


def _prepared(proposal_id: int) -> Prepared:
    row = Proposal.objects.select_related("edition").get(pk=proposal_id)
    return Prepared(number=row.edition.number, state=row.state, revision=row.revision)


def _told(row: Proposal) -> ProposalOut:
    content = content_of(row.edition.body)
    values = {}
    for name in writable(content):
        value = content.values.get(name)
        if value is not None:
            text = wording.words(content.form, name, value.said)
            sure = value.mark is Mark.CONFIRMED
            values[name] = WrittenOut(
                name=_called(name), text=text, source=value.source, confirmed=sure
            )
    return ProposalOut(
        number=row.edition.number,
        base=row.base,
        state=row.state,
        revision=row.revision,
        prepared_at=utc(row.prepared_at),
        reason=row.reason,
        document=row.document,
        since=row.since,
        values=values,
        gaps=[GapOut(where=g.where, code=g.code, vi=g.vi, en=g.en) for g in gaps(content)],
    )


def _called(name: str) -> Name:
    called = name_of(name)
    return Name(vi=called.vi, en=called.en)
