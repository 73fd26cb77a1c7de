"""Lịch làm việc: days off and worked days, changes of them, and what a change would move."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from ninja import Path, Query, Router
from pydantic import ConfigDict, Field, StringConstraints

from motcua.core.clock.models import CalendarChange, WorkCalendar
from motcua.core.redating import deciding
from motcua.core.redating.faults import NoCalendar
from motcua.core.redating.reading import read_change
from motcua.core.redating.rules import OFF, Order, days_of
from motcua.core.redating.showing import entered_by, readable, readable_one, seen, special_days
from motcua.faces.api.answers import answers
from motcua.faces.api.auth import Call, officers
from motcua.faces.api.filing import Key, day_of
from motcua.faces.api.officers import TOLD
from motcua.faces.api.refs import only
from motcua.faces.api.schemas import Instant, Out, utc
from motcua.faces.api.sent import MOST_ID, Day, In
from motcua.kernel.vietnamese import clean

router = Router(tags=["calendars"])

SCOPE = "calendar"
Number = Annotated[int, Path(ge=1, le=MOST_ID, description="number of a change")]
Named = Annotated[str, Path(min_length=1, max_length=30, description="key of a calendar")]
Kind = Literal["off", "work"]
State = Literal["proposed", "undone", "decided", "in_force", "done"]
_Date = Annotated[str, Field(json_schema_extra={"format": "date"})]
_Key = Annotated[str, StringConstraints(min_length=1, max_length=30)]
_Words = Annotated[str, StringConstraints(max_length=100)]
_MOST = 366


class ChangeIn(In):
    """A change to propose; as many worked days as days off are told as swapped in pairs."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "calendar": "national",
                    "date": "2027-06-10",
                    "document": "15/TB-UBND",
                    "off": ["2027-06-16"],
                    "name_vi": "Nghỉ bù",
                    "name_en": "Day in lieu",
                }
            ]
        }
    )

    calendar: _Key
    date: Day = Field(description="the day from which due dates are counted anew")
    document: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    off: Annotated[list[Day], Field(max_length=_MOST)] = []
    work: Annotated[list[Day], Field(max_length=_MOST)] = []
    name_vi: _Words = ""
    name_en: _Words = ""


class DayOut(Out):
    """A day that differs from its week."""

    day: _Date
    kind: Kind
    vi: str
    en: str


class SourcedDayOut(DayOut):
    """A day of a calendar in force, and the document it comes from."""

    source: str


class CalendarOut(Out):
    """A calendar and whether the caller may enter changes of it."""

    calendar: str
    first_year: int
    last_year: int
    revision: int = Field(description="how many changes have come into force")
    enters: bool
    decides: bool


class Calendars(Out):
    """The calendars of this house, by key."""

    items: list[CalendarOut]


class Days(Out):
    """The days of a year that differ, by date."""

    items: list[SourcedDayOut]


class ChangeLine(Out):
    """A change and how far it has come."""

    change: int
    calendar: str
    state: State
    date: _Date
    document: str
    proposed_at: Instant
    decided_at: Instant | None
    in_force_at: Instant | None
    ended_at: Instant | None


class Changes(Out):
    """The changes that the caller may look at, the latest first."""

    items: list[ChangeLine]


class MovedDayOut(Out):
    """How many due dates go from one day to another; null where there is none."""

    from_day: _Date | None
    to_day: _Date | None
    dossiers: int


class MovedLineOut(Out):
    """What moves at one agency of one procedure."""

    procedure: str
    agency: str
    dossiers: int
    legs: int
    begins_late: int
    ends_late: int


class MovedDossierOut(Out):
    """One of the first dossiers that move, as far as the caller reads it."""

    code: str
    agency: str
    due_before: Instant | None
    due_after: Instant | None
    promised: Instant | None


class MovedOut(Out):
    """What the change would move, as of an instant."""

    at: Instant
    looked: int
    dossiers: int
    work: int
    legs: int
    windows: int
    begins_late: int
    ends_late: int
    beyond_promise: int
    days: list[MovedDayOut]
    lines: list[MovedLineOut]
    first: list[MovedDossierOut]


class ChangeOut(ChangeLine):
    """A change with its days; `preview` is null until the house has worked it out."""

    days: list[DayOut]
    is_fresh: bool = Field(description="whether the preview was made by the calendar of now")
    preview: MovedOut | None


@router.get(
    "/calendars",
    operation_id="listCalendars",
    summary="List the working calendars",
    auth=officers("read"),
    response=answers({200: Calendars}, 401, 403),
)
def list_calendars(request: Call) -> Calendars:
    """Every officer may read them; who stands above all that use one may enter changes."""
    only(request)
    actor = request.auth.actor
    entered = {*entered_by(actor)}
    items = [
        CalendarOut(
            calendar=row.key,
            first_year=row.first_year,
            last_year=row.last_year,
            revision=row.revision,
            enters=row.key in entered,
            decides=deciding.decides(actor, row.key),
        )
        for row in WorkCalendar.objects.order_by("key")
    ]
    return Calendars(items=items)


@router.get(
    "/calendars/{calendar}/days",
    operation_id="listSpecialDays",
    summary="List the days of a year that differ from their week",
    auth=officers("read"),
    response=answers({200: Days}, 401, 403, 404),
)
def list_days(
    request: Call,
    calendar: Named,
    year: Annotated[int, Query(ge=1900, le=2999, description="the year")],
) -> Days:
    """By date: days off and worked days, each with its document."""
    only(request, "year")
    if not WorkCalendar.objects.filter(key=calendar).exists():
        raise NoCalendar(calendar=calendar)
    return Days(items=[SourcedDayOut.model_validate(one) for one in special_days(calendar, year)])


@router.get(
    "/calendar-changes",
    operation_id="listCalendarChanges",
    summary="List changes of calendars",
    auth=officers("read"),
    response=answers({200: Changes}, 401, 403),
)
def list_changes(request: Call) -> Changes:
    """Those of calendars whose changes the caller may enter; none for everybody else."""
    only(request)
    return Changes(items=[ChangeLine(**_line(row)) for row in readable(request.auth.actor)])


@router.get(
    "/calendar-changes/{change}",
    operation_id="getCalendarChange",
    summary="Read a change and what it would move",
    auth=officers("read"),
    response=answers({200: ChangeOut}, 401, 403, 404),
)
def get_change(request: Call, change: Number) -> ChangeOut:
    """A change that the caller may not look at is not there."""
    only(request)
    return _whole(request, readable_one(request.auth.actor, change))


@router.post(
    "/calendar-changes",
    operation_id="proposeCalendarChange",
    summary="Propose a change of a calendar",
    auth=officers(SCOPE),
    response=answers({200: ChangeOut}, *TOLD, 422),
)
def propose_change(request: Call, key: Key, sent: ChangeIn) -> ChangeOut:
    """By an officer of an agency above all that use it; a job then works out what it would move."""
    off = [day_of(one, "off") for one in sent.off]
    work = [day_of(one, "work") for one in sent.work]
    days = days_of(off, work, vi=clean(sent.name_vi), en=clean(sent.name_en))
    order = Order(sent.calendar, day_of(sent.date, "date"), clean(sent.document), days)
    actor, at = request.auth.actor, request.auth.at
    return _whole(request, deciding.propose(actor=actor, at=at, order=order, key=key))


@router.post(
    "/calendar-changes/{change}/preview",
    operation_id="previewCalendarChange",
    summary="Have the preview of a change worked out again",
    auth=officers(SCOPE),
    response=answers({200: ChangeOut}, *TOLD),
)
def preview_change(request: Call, change: Number, key: Key) -> ChangeOut:  # noqa: ARG001
    """By a job; read the change again to see it. Sent twice, it is only worked out twice."""
    row = readable_one(request.auth.actor, change)
    deciding.look_again(actor=request.auth.actor, at=request.auth.at, change_id=row.pk)
    return _whole(request, row)


@router.post(
    "/calendar-changes/{change}/decide",
    operation_id="decideCalendarChange",
    summary="Decide a change",
    auth=officers(SCOPE),
    response=answers({200: ChangeOut}, *TOLD, 422),
)
def decide_change(request: Call, change: Number, key: Key) -> ChangeOut:
    """By a head above all that use the calendar, once its preview was made by the one of now."""
    actor, at = request.auth.actor, request.auth.at
    row = readable_one(actor, change)
    return _whole(request, deciding.decide(actor=actor, at=at, change_id=row.pk, key=key))


@router.post(
    "/calendar-changes/{change}/undo",
    operation_id="undoCalendarChange",
    summary="Take a change back before its day",
    auth=officers(SCOPE),
    response=answers({200: ChangeOut}, *TOLD),
)
def undo_change(request: Call, change: Number, key: Key) -> ChangeOut:
    """What is proposed by who may enter it, what is decided by a head."""
    actor, at = request.auth.actor, request.auth.at
    row = readable_one(actor, change)
    return _whole(request, deciding.undo(actor=actor, at=at, change_id=row.pk, key=key))


def _line(row: CalendarChange) -> dict[str, Any]:
    return {
        "change": row.pk,
        "calendar": row.calendar.key,
        "state": str(row.state),
        "date": row.on.isoformat(),
        "document": row.document,
        "proposed_at": utc(row.proposed_at),
        "decided_at": utc(row.decided_at),
        "in_force_at": utc(row.in_force_at),
        "ended_at": utc(row.ended_at),
    }


def _whole(request: Call, row: CalendarChange) -> ChangeOut:
    order, found = read_change(row.text), seen(request.auth.actor, row)
    return ChangeOut(
        **_line(row),
        days=[
            DayOut(
                day=one.day.isoformat(),
                kind="off" if one.kind == OFF else "work",
                vi=one.vi,
                en=one.en,
            )
            for one in order.days
        ],
        is_fresh=deciding.is_fresh(row),
        preview=_moved(found) if found else None,
    )


def _moved(found: dict[str, Any]) -> MovedOut:
    counts = {
        name: found[name] for name in MovedOut.model_fields if isinstance(found.get(name), int)
    }
    return MovedOut(
        **counts,
        at=_instant(found["at"]),
        days=[
            MovedDayOut(
                from_day=one["from"] or None, to_day=one["to"] or None, dossiers=one["dossiers"]
            )
            for one in found["days"]
        ],
        lines=[
            MovedLineOut(**{name: one[name] for name in MovedLineOut.model_fields})
            for one in found["lines"]
        ],
        first=[
            MovedDossierOut(
                code=one["code"],
                agency=one["agency"],
                due_before=_instant(one["from"]),
                due_after=_instant(one["to"]),
                promised=_instant(one["promised"]),
            )
            for one in found["rows"]
        ],
    )


def _instant(text: str | None) -> Any:  # noqa: ANN401 - as `utc` gives it
    return utc(datetime.datetime.fromisoformat(text)) if text else None
