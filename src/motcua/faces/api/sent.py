"""What the API is sent: filings and moves, strictly typed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from motcua.faces.api.schemas import Value

MOST_ID = 10**18 - 1  # the digits that a number in a body may have
_MOST_REVISION = 2**31 - 1

Word = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Day = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Sheets = Annotated[int, Field(ge=0, le=999)]


class In(BaseModel):
    """What is sent: no other members, and no type is guessed from another."""

    model_config = ConfigDict(extra="forbid", strict=True)


class SeenIn(In):
    """What is sent to change a dossier as the caller saw it."""

    revision: Annotated[int, Field(ge=0, le=_MOST_REVISION)] | None = Field(
        None, description="what the caller saw; the header If-Match may say the same"
    )


class ApplicantIn(In):
    """Who asks, as stated; numbers may be typed with spaces or dots."""

    name: str = ""
    kind: Literal["person", "enterprise"] = "person"
    number: str = Field("", description="personal number, 12 digits")
    tax_code: str = ""
    phone: str = Field("", examples=["0912 345 678"])
    email: str = ""
    address: str = ""


class EvidenceIn(In):
    """One paper handed in: an uploaded file, counted sheets, or both."""

    component: Word = Field(examples=["request"])
    originals: Sheets = 0
    copies: Sheets = 0
    name: Annotated[str, StringConstraints(max_length=200)] = ""
    file_id: Annotated[str, StringConstraints(max_length=600)] | None = Field(
        None, description="what POST /files answered"
    )


class FilingIn(In):
    """A dossier to file."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "procedure": "9.000001",
                    "agency": "H26.12",
                    "applicant": {"name": "Nguyễn Trường Đạt", "phone": "0912345678"},
                    "fields": {"licence": "GP 12", "expires": "2026-12-01"},
                    "evidence": [{"component": "request", "originals": 1}],
                    "channel": "online",
                }
            ]
        }
    )

    procedure: Annotated[str, StringConstraints(min_length=1, max_length=30)]
    agency: Annotated[str, StringConstraints(min_length=1, max_length=35)]
    applicant: ApplicantIn
    fields: Annotated[dict[str, Value], Field(max_length=200)] = {}
    evidence: Annotated[list[EvidenceIn], Field(max_length=100)] = []
    channel: Literal["online", "counter", "office"] = "online"
    take_in: bool = Field(
        default=False,
        description="received at once, for officers alone (channel “counter” or “office”)",
    )


class ComplaintIn(In):
    """A complaint about a dossier: by which procedure, with which answers of its form."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"procedure": "9.000031", "fields": {"about": "late", "content": "Quá hẹn 5 ngày."}}
            ]
        }
    )

    procedure: Annotated[str, StringConstraints(min_length=1, max_length=30)]
    fields: Annotated[dict[str, Value], Field(max_length=200)] = {}
    evidence: Annotated[list[EvidenceIn], Field(max_length=100)] = []


class VersionIn(SeenIn):
    """The version of its procedure to which a dossier is taken."""

    number: Annotated[int, Field(ge=1, le=32_767)] = Field(
        description="of the version", examples=[2]
    )


class MoveIn(SeenIn):
    """A move to make; which members it uses is told by the dossier's `moves`."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"move": "receive", "revision": 1}]})

    move: Word
    reason: Annotated[str, StringConstraints(max_length=4000)] = ""
    officer: Annotated[int, Field(ge=1, le=MOST_ID)] | None = None
    agency: Annotated[str, StringConstraints(min_length=1, max_length=35)] | None = Field(
        None, description="code of the agency that takes over"
    )
    legs: Annotated[list[Word], Field(max_length=20)] = []
    leg: Annotated[int, Field(ge=1, le=32_767)] | None = None
    evidence: Annotated[list[EvidenceIn], Field(max_length=100)] = []
    promised: Day | None = Field(
        None, description="the new day that an apology promises", examples=["2026-12-01"]
    )
