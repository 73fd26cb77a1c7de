"""What the API tells of registers and their records, and what it is sent about them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints

from motcua.core.dossiers.revealing import MAX_PURPOSE
from motcua.faces.api.schemas import Instant, Name, Out, Value
from motcua.faces.api.sent import Day, In

_Revision = Annotated[int, Field(ge=1, le=2**31 - 1)]
_Reason = Annotated[str, StringConstraints(max_length=500)]
_Date = Annotated[str, Field(json_schema_extra={"format": "date"})]


class RegisterPartOut(Out):
    """A part of a record: a field, or a reference to a register, an area or an agency."""

    key: str
    label: Name
    type: str
    required: bool


class RegisterOut(Out):
    """A register and how good what the caller reads of it is, in parts of a thousand."""

    key: str
    system: str
    name: Name
    about: Name
    geometry: str
    natural: list[str]
    cycle_days: int
    parts: list[RegisterPartOut]
    records: int
    complete: int | None
    clean: int | None
    alive: int | None


class Registers(Out):
    """Every register."""

    items: list[RegisterOut]


class RecordOut(Out):
    """A record as the caller may see it: masked values are named in `masked`."""

    id: int
    title: str
    revision: int
    agency: str
    since: _Date
    recorded_at: Instant
    retired: bool
    confirmed_on: _Date
    broken: list[str]
    values: dict[str, str] = Field(description="in words; a blank part is left out")
    masked: list[str]
    geometry: dict[str, Any] | None = Field(description="GeoJSON")


class Records(Out):
    """A page of a register."""

    items: list[RecordOut]
    total: int
    page: int
    pages: int


class RecordVersionOut(Out):
    """What a record was from a day on, as it was recorded."""

    number: int
    act: str
    agency: str = Field(description="who kept it from then on")
    since: _Date
    recorded_at: Instant
    retired: bool
    values: dict[str, str]
    masked: list[str]
    geometry: dict[str, Any] | None


class RecordVersions(Out):
    """Every version of a record, the first one first."""

    items: list[RecordVersionOut]


class RegisterQualityOut(Out):
    """Counts of one agency's records in use."""

    agency: str
    records: int
    asked: int
    filled: int
    complete: int
    clean: int
    alive: int
    rules: dict[str, int] = Field(description="records that break each rule")


class RegisterQualityList(Out):
    """Quality by the agency that keeps the records."""

    items: list[RegisterQualityOut]


class RecordDone(Out):
    """The record that was written, and its revision."""

    id: int
    revision: int


class RecordsAs(In):
    """What the records of a file are narrowed to."""

    model_config = ConfigDict(strict=False)

    q: Annotated[str, StringConstraints(max_length=200)] = ""
    agency: Annotated[str, StringConstraints(max_length=35)] = ""
    failing: Annotated[str, StringConstraints(max_length=40)] = Field(
        "", description="incomplete, broken, stale, or the key of a rule"
    )
    retired: bool = False


class RecordsWanted(RecordsAs):
    """What a list is narrowed to, and which page of it."""

    page: Annotated[int, Field(ge=1, le=10**6)] = 1


class RecordsExported(RecordsWanted):
    """What is exported, and how."""

    format: Literal["csv", "xlsx", "parquet", "geojson"] = "csv"


class RecordIn(In):
    """What is said of a record: every part that it has; what is left out is blank."""

    values: Annotated[dict[str, Value], Field(max_length=100)]
    geometry: Annotated[str, StringConstraints(max_length=200_000)] = Field(
        "", description="WKT, or a point a line: latitude, longitude"
    )
    since: Day | None = Field(None, description="so from this day on; today unless said")
    reason: _Reason = ""


class RecordNewIn(RecordIn):
    """A new record of an agency."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"agency": "H26.12", "values": {"number": "0900070009"}}]}
    )

    agency: Annotated[str, StringConstraints(min_length=1, max_length=35)]


class RecordChangeIn(RecordIn):
    """A record said anew, as the caller saw it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"values": {"number": "0900070001"}}]}
    )

    revision: _Revision | None = Field(None, description="what the caller saw")


class RecordSeenIn(In):
    """The revision that the caller saw."""

    model_config = ConfigDict(json_schema_extra={"examples": [{}]})

    revision: _Revision | None = Field(None, description="what the caller saw")


class RecordReasonIn(RecordSeenIn):
    """Why, and the revision that the caller saw."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "Đã tháo dỡ"}]})

    reason: _Reason = Field(examples=["Đã tháo dỡ"])


class RecordRevealIn(In):
    """Which value of a record, and what it is needed for."""

    field: Annotated[str, StringConstraints(min_length=1, max_length=40)] = Field(
        description="one of the record's `masked`", examples=["owner"]
    )
    purpose: Annotated[str, StringConstraints(max_length=MAX_PURPOSE)] = Field(
        description="kept in the access log", examples=["Gọi điện xác minh"]
    )


class RecordAsOf(In):
    """A day, and an instant of knowledge."""

    model_config = ConfigDict(strict=False)

    on: Day | None = Field(None, description="what was so on this day, as it is known now")
