"""What the API tells of official documents, and what it is sent about them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints

from motcua.faces.api.schemas import Instant, Out
from motcua.faces.api.sent import MOST_ID, Day, In

_Revision = Annotated[int, Field(ge=1, le=2**31 - 1)]
_Date = Annotated[str, Field(json_schema_extra={"format": "date"})]
_Agency = Annotated[str, StringConstraints(min_length=1, max_length=35)]
_Line = Annotated[str, StringConstraints(max_length=5000)]
_Cell = Annotated[str, StringConstraints(max_length=500)]
_Id = Annotated[int, Field(ge=1, le=MOST_ID)]


_Urgency = Literal["ordinary", "urgent", "very_urgent", "express"]


class AnnexOut(Out):
    """An annex: a table of text."""

    title: str
    columns: list[str]
    rows: list[list[str]]


class RecipientOut(Out):
    """A recipient, and how far its delivery has come."""

    id: int
    name: str
    email: str
    way: Literal["to", "copy"]
    delivery: Literal["no_address", "not_sent", "queued", "sent", "failed", "returned"]
    returned_why: str


class DocumentLine(Out):
    """An outgoing document as a list tells of it; `number` is empty before it is numbered."""

    id: int
    agency: str
    kind: str
    number: str
    issued_on: _Date | None
    abstract: str
    signer: str
    urgency: str = Field(description="ordinary, urgent, very_urgent, express")
    state: str
    revision: int


class Documents(Out):
    """A page of outgoing documents."""

    items: list[DocumentLine]
    total: int
    page: int
    pages: int


class DocumentOut(DocumentLine):
    """An outgoing document whole; `sha256` is that of the issued file."""

    authority: str
    position: str
    unit: str
    grounds: list[str]
    paragraphs: list[str]
    annexes: list[AnnexOut]
    recipients: list[RecipientOut]
    copied: int | None = Field(description="the outgoing document of which it is a copy")
    copied_arrival: int | None = Field(description="the incoming document of which it is a copy")
    parts: list[int] = Field(description="paragraphs or pages that an excerpt takes")
    moves: list[str] = Field(description="what the caller may do with it now")
    drafted_at: Instant
    sha256: str | None


class DocumentDone(Out):
    """The document that was written, its revision, and its state."""

    id: int
    revision: int
    state: str


class DocumentsWanted(In):
    """What a list is narrowed to; `state` is one state, `open` or `out`; `urgent`: those alone."""

    model_config = ConfigDict(strict=False)

    q: Annotated[str, StringConstraints(max_length=200)] = ""
    state: Annotated[str, StringConstraints(max_length=10)] = ""
    kind: Annotated[str, StringConstraints(max_length=10)] = ""
    year: Annotated[int, Field(ge=2000, le=9999)] | None = None
    agency: Annotated[str, StringConstraints(max_length=35)] = ""
    urgent: bool = False
    page: Annotated[int, Field(ge=1, le=10**6)] = 1


class AnnexIn(In):
    """An annex: every row has as many cells as there are columns."""

    title: Annotated[str, StringConstraints(max_length=300)]
    columns: Annotated[list[_Cell], Field(max_length=12)]
    rows: Annotated[list[list[_Cell]], Field(max_length=20_000)]


class RecipientIn(In):
    """A recipient: `to` (kính gửi) or `copy` (nơi nhận)."""

    name: Annotated[str, StringConstraints(max_length=200)]
    email: Annotated[str, StringConstraints(max_length=200)] = ""
    way: Literal["to", "copy"] = "to"


class DocumentIn(In):
    """A document to draft."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "agency": "H26.12",
                    "kind": "CV",
                    "abstract": "đề nghị phối hợp",
                    "paragraphs": ["Đề nghị quý đơn vị phối hợp."],
                    "signer": 5,
                    "position": "GIÁM ĐỐC",
                }
            ]
        }
    )

    agency: _Agency
    kind: Annotated[str, StringConstraints(max_length=10)]
    abstract: Annotated[str, StringConstraints(max_length=500)]
    paragraphs: Annotated[list[_Line], Field(max_length=300)]
    grounds: Annotated[list[_Line], Field(max_length=40)] = []
    annexes: Annotated[list[AnnexIn], Field(max_length=20)] = []
    recipients: Annotated[list[RecipientIn], Field(max_length=300)] = []
    signer: _Id = Field(description="number of the officer who signs")
    position: Annotated[str, StringConstraints(max_length=100)]
    authority: Literal["", "TM.", "KT.", "TL.", "TUQ.", "Q."] = ""
    unit: Annotated[str, StringConstraints(max_length=20)] = ""
    dossiers: Annotated[list[_Id], Field(max_length=5000)] = []
    about: _Id | None = Field(None, description="the document that this one changes")
    effect: Literal["", "revoke", "replace", "update"] = ""
    secrecy: Annotated[str, StringConstraints(max_length=20)] = "thường"
    urgency: _Urgency = "ordinary"


class DocumentMoveIn(In):
    """A move of a document as the caller saw it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"move": "review"}]})

    move: Literal["review", "send_back", "drop", "sign", "issue", "send"]
    revision: _Revision | None = None
    reason: Annotated[str, StringConstraints(max_length=500)] = ""


class ReturnIn(In):
    """A recipient who sent a document back, and why."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"recipient": 7, "reason": "gửi nhầm nơi nhận"}]}
    )

    recipient: _Id
    reason: Annotated[str, StringConstraints(max_length=500)]
    revision: _Revision | None = None


class CopyIn(In):
    """A copy to make: `SY` (sao y), `SL` (sao lục) or `TrS` (trích sao), which names its parts."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"form": "TrS", "position": "GIÁM ĐỐC", "parts": "2, 4-6"}]}
    )

    form: Literal["SY", "SL", "TrS"]
    position: Annotated[str, StringConstraints(max_length=100)]
    authority: Literal["", "TM.", "KT.", "TL.", "TUQ.", "Q."] = ""
    parts: Annotated[str, StringConstraints(max_length=60)] = ""
    recipients: Annotated[list[RecipientIn], Field(max_length=300)] = []


class ArrivalOut(Out):
    """An incoming document."""

    id: int
    agency: str
    number: int
    year: int
    arrived_on: _Date
    author: str
    signs: str
    dated: _Date | None
    abstract: str
    due_on: _Date | None
    handler: str
    urgency: str = Field(description="ordinary, urgent, very_urgent, express")
    hand_over_by: Instant | None = Field(description="while nobody handles it")
    state: str = Field(description="registered, assigned, done, refused")
    revision: int


class Arrivals(Out):
    """A page of incoming documents."""

    items: list[ArrivalOut]
    total: int
    page: int
    pages: int


class ArrivalIn(In):
    """A document that came in."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"agency": "H26.12", "author": "Bộ Mẫu", "signs": "1/BM", "abstract": "báo cáo"}
            ]
        }
    )

    agency: _Agency
    author: Annotated[str, StringConstraints(max_length=200)]
    signs: Annotated[str, StringConstraints(max_length=60)]
    abstract: Annotated[str, StringConstraints(max_length=500)]
    dated: Day | None = None
    due_on: Day | None = None
    secrecy: Annotated[str, StringConstraints(max_length=20)] = "thường"
    urgency: _Urgency = "ordinary"
    sender: Annotated[str, StringConstraints(max_length=200)] = Field(
        "", description="e-mail address of who sent it, told if it is refused"
    )


class ArrivalMoveIn(In):
    """A move of an incoming document as the caller saw it."""

    revision: _Revision | None = None


class ArrivalAssignIn(ArrivalMoveIn):
    """Who is to handle an incoming document, and until when."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"officer": 3}]})

    officer: _Id = Field(description="number of the officer who handles it")
    due_on: Day | None = None


class ArrivalFinishIn(ArrivalMoveIn):
    """What was done of an incoming document."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"result": "đã trả lời"}]})

    result: Annotated[str, StringConstraints(max_length=500)]


class ArrivalRefuseIn(ArrivalMoveIn):
    """Why a document is sent back, and the sender's address where none was entered."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "gửi nhầm cơ quan"}]})

    reason: Annotated[str, StringConstraints(max_length=500)]
    sender: Annotated[str, StringConstraints(max_length=200)] = ""
