"""Sổ theo dõi hồ sơ: the book of dossiers of an agency, page by page."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from django.utils.timezone import localtime
from ninja import Query, Router
from pydantic import BaseModel, Field, StringConstraints

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import agency_by_code
from motcua.core.daybook.noting import Noted, noted
from motcua.core.daybook.numbering import Numbering
from motcua.core.daybook.reading import PAGE, Extract, extract, opened
from motcua.core.sql import reading
from motcua.faces.api import schemas
from motcua.faces.api.answers import answers
from motcua.faces.api.auth import Call, officers
from motcua.faces.api.filing import day_of
from motcua.faces.api.refs import agency_ref, only, procedure_ref
from motcua.faces.api.schemas import Instant, Name, Out, utc
from motcua.faces.api.sent import Day
from motcua.faces.ui import reads

router = Router(tags=["dossiers"])


class Period(BaseModel):
    """The days of reception."""

    since: Day | None = Field(
        None, description="first day of reception; else the first of the month of `until`"
    )
    until: Day | None = Field(None, description="last day of reception; else today")


class WantedLines(Period):
    """Which part of which book, and its page."""

    agency: Annotated[str, StringConstraints(max_length=35)] = Field(
        "", description="code of the agency that received; else the caller's"
    )
    procedure: Annotated[str, StringConstraints(max_length=30)] = Field("", description="code")
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


class HangsOn(Out):
    """The dossier on which one hangs; `code` is empty where the caller may not read that one."""

    kind: Literal["complaint", "part"]
    code: str


class BookLine(Out):
    """A line of the book (form06); personal values are masked as in lists."""

    number: int = Field(description="in the book of the year, from 1")
    volume: int
    year: int
    code: str
    procedure: schemas.ProcedureRef
    sets: int = Field(description="sets of papers, 0 where the procedure states none")
    applicant_name: str
    address: str
    phone: str
    lead: schemas.AgencyRef | None = Field(description="the agency that decides, or decided last")
    received_at: Instant | None
    promised_at: Instant | None
    passed_at: Instant | None = Field(description="when it went to those who decide")
    result_at: Instant | None = Field(description="when its result came to the one-stop")
    returned_at: Instant | None = Field(description="when its result was handed out")
    way: Literal["", "counter", "online", "linked"] = Field(description="how it was handed out")
    handed_by: str = Field(description="the officer who recorded that")
    hangs_on: HangsOn | None
    remarks: list[Name]


class BookPage(schemas.Page):
    """A page of a book, in the order of its numbers."""

    items: list[BookLine]


@router.get(
    "/daybook",
    operation_id="readDaybook",
    summary="Read the book of dossiers of an agency",
    auth=officers("read"),
    response=answers({200: BookPage}, 401, 403, 404, 429),
)
def read_daybook(request: Call, wanted: Query[WantedLines]) -> BookPage:
    """What the agency received in the period, twenty a page, with the exact total.

    Numbers are those that receipts (form01) state; those of dossiers that the caller may not read
    are missing. As a file: `askForExport` with `daybook`.
    """
    only(request, *WantedLines.model_fields)
    caller = request.auth
    chosen = extract_of(caller.actor, caller.at, wanted, wanted.agency, wanted.procedure)
    found = opened(caller.actor, chosen, page=wanted.page)
    lines = noted(caller.actor, found.rows, Numbering(reading()))
    reads.listed(request, caller.actor, caller.at, "daybook", [row.pk for row in found.rows])
    return BookPage(
        items=[_told(one) for one in lines],
        total=found.total,
        page=found.page,
        pages=found.pages,
        page_size=PAGE,
    )


def extract_of(
    actor: Actor, at: datetime.datetime, period: Period, agency: str, procedure: str
) -> Extract:
    """Give the part of a book that a request names; an agency that is none is refused."""
    on = localtime(at).date()
    return extract(
        actor,
        on,
        agency_id=agency_by_code(agency, on=on).id if agency else None,
        first=day_of(period.since, "since") if period.since else None,
        last=day_of(period.until, "until") if period.until else None,
        procedure=procedure,
    )


def _told(one: Noted) -> BookLine:
    line, tied = one.line, one.tied
    return BookLine.model_validate(
        {
            "number": one.place.number,
            "volume": one.place.volume,
            "year": one.place.year,
            "code": line.code,
            "procedure": procedure_ref(line.version_id),
            "sets": one.sets,
            "applicant_name": one.name,
            "address": one.address,
            "phone": one.phone,
            "lead": agency_ref(one.lead) if one.lead else None,
            "received_at": utc(line.received_at),
            "promised_at": utc(line.promised_at),
            "passed_at": utc(one.passed_at),
            "result_at": utc(one.result_at),
            "returned_at": utc(one.returned_at),
            "way": one.way,
            "handed_by": one.handed_by,
            "hangs_on": {"kind": tied.kind, "code": tied.code} if tied else None,
            "remarks": [{"vi": remark.vi, "en": remark.en} for remark in one.remarks],
        }
    )
