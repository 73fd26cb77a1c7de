"""What the API answers. Instants are ISO 8601 in UTC with Z."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from motcua.core.procedures.declaration import Text
from motcua.faces.api.body import MAX_DIGITS
from motcua.kernel.flow.definition import Kind

_BOUND = 10**MAX_DIGITS - 1


def scalar(value: object) -> object:
    """Let the value of a form's field pass if it is text, true or false, a whole number or null."""
    if value is None or isinstance(value, str | int):
        return value
    raise PydanticCustomError("scalar_type", "text, true or false, a whole number or null")


State = Literal[
    "submitted",
    "supplement_before",
    "refused_reception",
    "received",
    "processing",
    "liaison",
    "supplement",
    "fee_wait",
    "withdrawn",
    "stopped",
    "resolved",
    "returned",
]
Instant = Annotated[
    str,
    Field(json_schema_extra={"format": "date-time"}, examples=["2026-11-23T02:00:00Z"]),
]
Value = Annotated[
    object,
    AfterValidator(scalar),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {"type": "boolean"},
                {"type": "integer", "minimum": -_BOUND, "maximum": _BOUND},
                {"type": "null"},
            ]
        }
    ),
]


class Out(BaseModel):
    """What is answered."""

    model_config = ConfigDict(extra="forbid")


class Name(Out):
    """The same words in both languages; the Vietnamese ones are the legal ones."""

    vi: str
    en: str


class FieldError(Out):
    """What is wrong with one value."""

    code: str
    vi: str
    en: str


class ErrorBody(Out):
    """A refusal: `code` is stable, the sentences say what to do, `details` holds their values,
    `fields` the faults by value, `retry` whether the very same request may succeed later.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "code": "dossiers.stale",
                    "vi": "Hồ sơ đã có người xử lý sau khi bạn mở trang.",
                    "en": "Somebody acted on this dossier since you opened it.",
                    "details": {},
                    "fields": {},
                    "retry": False,
                }
            ]
        }
    )

    code: str
    vi: str
    en: str
    details: dict[str, object]
    fields: dict[str, FieldError]
    retry: bool


class Error(Out):
    """The one shape of every answer that is not a success."""

    error: ErrorBody


class Acted(Out):
    """What an act answers; a repeat under its key answers exactly this again."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "lookup": "BCFGH-JKMNP",
                    "code": "H26.12-261123-0001",
                    "state": "processing",
                    "step": "assign",
                    "revision": 2,
                    "due_at": "2026-12-08T02:00:00Z",
                    "promised_at": "2026-12-08T02:00:00Z",
                    "entry": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                    "link": "https://motcua.example/ho-so/BCFGH-JKMNP",
                }
            ]
        }
    )

    lookup: str = Field(description="look-up number, XXXXX-XXXXX")
    code: str | None = Field(description="dossier code, given at reception")
    state: State
    step: str
    revision: int
    due_at: Instant | None
    promised_at: Instant | None
    entry: str = Field(description="hash of the ledger entry, hex")
    link: str = Field(description="the applicant's tracking page")


class FileOut(Out):
    """A stored file; `file_id` attaches it and only its uploader may use it, for thirty days."""

    file_id: str
    sha256: str
    size: int
    media_type: str


class AgencyRef(Out):
    """An agency, briefly."""

    id: int
    code: str
    name: Name


class OfficerRef(Out):
    """An officer, briefly."""

    id: int
    name: str


class ProcedureRef(Out):
    """A procedure, briefly."""

    code: str
    name: Name


class Row(Out):
    """A dossier in a list."""

    lookup: str
    code: str | None
    state: State
    step: str
    procedure: ProcedureRef
    applicant_name: str
    channel: str
    receiving_agency: AgencyRef
    holding_agency: AgencyRef
    filed_at: Instant
    received_at: Instant | None
    due_at: Instant | None
    promised_at: Instant | None
    finished_at: Instant | None
    bucket: Literal["", "early", "on_time", "late"] = Field(
        description="empty while there is no result"
    )
    late: bool = Field(description="past its due date without a result, at this instant")
    closed: bool
    revision: int


class Page(Out):
    """Where a page of a list stands; the total is exact."""

    total: int
    page: int
    pages: int
    page_size: int


class DossierPage(Page):
    """A page of dossiers, earliest due first."""

    more: bool = Field(
        default=False, description="words hit more than are counted: `total` is a least"
    )
    items: list[Row]


class Applicant(Out):
    """Who asks; what is named in `masked` shows its mask, the personal number always does."""

    kind: Literal["person", "enterprise"]
    name: str
    number_masked: str
    tax_code: str
    phone: str
    email: str
    address: str


class StoredFile(Out):
    """What is known of a file; its bytes are not served here."""

    sha256: str
    size: int
    media_type: str


class EvidenceOut(Out):
    """One paper handed in, and the entry with which it came in."""

    seq: int
    component: str
    component_name: Name
    name: str
    originals: int
    copies: int
    file: StoredFile | None


class Work(Out):
    """A step or leg that somebody holds now."""

    step: str
    name: Name
    leg: int | None
    agency: AgencyRef
    post: str
    officer: OfficerRef | None
    began_at: Instant
    due_at: Instant | None


class LegOut(Out):
    """A consultation of the current step."""

    number: int
    key: str
    name: Name
    replied: bool


class MoveOut(Out):
    """A move of the current step; `why_not` is null where this caller can make it now."""

    move: str
    name: Name
    kind: Kind
    leg: int | None
    reason: bool = Field(description="whether a reason must be given")
    legs: list[str] = Field(description="consultations that the move may open")
    officers: list[OfficerRef] = Field(
        description="who may be named as `officer`, where the caller can make the move now"
    )
    why_not: FieldError | None


class Happened(Out):
    """One entry of the ledger, without personal data: `actor` says only what kind acted."""

    seq: int
    act: str
    at: Instant
    recorded_at: Instant
    actor: Literal["officer", "party", "public", "system"]
    from_step: str | None
    to_step: str | None
    hash: str
    seal: int | None = Field(description="number of the seal that covers it; null until sealed")


class DossierOut(Row):
    """A dossier with everything on it."""

    outcome: str
    subject: str
    procedure_version: int
    paused_since: Instant | None
    answer_by: Instant | None = Field(
        description="until when the applicant may answer; later the dossier is returned"
    )
    returned_at: Instant | None
    applicant: Applicant | None
    fields: dict[str, Value]
    masked: list[str] = Field(
        description="what the caller may not see in clear: `applicant.…` shows a mask,"
        " `fields.…` is left out of `fields`, `evidence.…` of every row of `evidence`"
    )
    evidence: list[EvidenceOut]
    work: list[Work]
    legs: list[LegOut]
    moves: list[MoveOut]
    history: list[Happened]
    link: str


class WorkRow(Out):
    """A piece of the caller's own work."""

    lookup: str
    code: str | None
    state: State
    procedure: ProcedureRef
    applicant_name: str
    step: str
    leg: int | None
    agency: AgencyRef
    post: str
    officer: OfficerRef | None
    began_at: Instant
    due_at: Instant | None
    dossier_due_at: Instant | None
    late: bool = Field(
        description="past the due date of this work or of its dossier, at this instant;"
        " never while the applicant is awaited"
    )
    revision: int


class WorkPage(Page):
    """A page of work, least time left first."""

    items: list[WorkRow]


class AgencyOut(AgencyRef):
    """An agency in force."""

    short_name: str
    tier: str
    parent: str | None = Field(description="code of the agency above")
    address: str
    phone: str


class Agencies(Out):
    """All agencies in force."""

    items: list[AgencyOut]


def utc(at: datetime.datetime | None) -> str | None:
    """Write an instant as the API does."""
    return at.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z") if at else None


def written(at: datetime.datetime) -> str:
    """Write an instant that is there."""
    return str(utc(at))


def named(text: Text | None, key: str) -> Name:
    """Give declared words, or the key where a version names nothing."""
    return Name(vi=text.vi, en=text.en) if text else Name(vi=key, en=key)
