"""Sắp xếp tổ chức: plans of reforms, what each would move where, and the acts on them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from ninja import Path, Query, Router
from pydantic import ConfigDict, Field, StringConstraints

from motcua.core.dossiers.house import digest_of
from motcua.core.reform.drafting import decide, draw
from motcua.core.reform.drawing import draft
from motcua.core.reform.faults import NoReform, part_of
from motcua.core.reform.models import Reform
from motcua.core.reform.planning import readable, undo
from motcua.core.reform.preview import Preview, preview
from motcua.core.reform.reading import read_plan
from motcua.core.reform.rules import Founding, Order, Seat, Succession
from motcua.faces.api.answers import answers
from motcua.faces.api.auth import Call, officers
from motcua.faces.api.filing import Key, day_of
from motcua.faces.api.officers import TOLD
from motcua.faces.api.refs import only
from motcua.faces.api.schemas import Instant, Out, utc
from motcua.faces.api.sent import MOST_ID, Day, In
from motcua.kernel.errors import Refused

router = Router(tags=["reforms"])

SCOPE = "reform"
Number = Annotated[int, Path(ge=1, le=MOST_ID, description="number of a plan")]
Kind = Literal["renamed", "merged", "split", "dissolved"]
State = Literal["draft", "planned", "undone", "in_force", "done"]
_Code = Annotated[str, StringConstraints(min_length=1, max_length=35)]
_Key = Annotated[str, StringConstraints(min_length=1, max_length=30)]
_Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
_Document = Annotated[str, StringConstraints(min_length=1, max_length=300)]
_Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
_Date = Annotated[str, Field(json_schema_extra={"format": "date"})]
_MOST = 2000


class HeirIn(In):
    """Who takes over from an agency that ends: the procedures and areas named, or all the rest."""

    ending: _Code
    heir: _Code
    kind: Kind = "merged"
    procedures: Annotated[list[_Key], Field(max_length=500)] = []
    areas: Annotated[list[_Key], Field(max_length=500)] = []
    share: Annotated[int, Field(ge=0, le=100)] = Field(
        0, description="percent of it, where the document says so"
    )


class SeatIn(In):
    """Where an officer goes who does not go with the agency; without `heir` the post ends."""

    number: Annotated[str, StringConstraints(min_length=1, max_length=30)]
    heir: Annotated[str, StringConstraints(max_length=35)] = ""
    ending: Annotated[str, StringConstraints(max_length=35)] = ""
    post: Annotated[str, StringConstraints(max_length=30)] = ""
    new: Annotated[str, StringConstraints(max_length=30)] = ""


class FoundIn(In):
    """An agency that begins with the reform."""

    code: _Code
    parent: _Code
    tier: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    name_vi: _Name
    name_en: _Name
    short_name: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    calendar: _Key = "national"
    area: Annotated[str, StringConstraints(max_length=30)] = ""
    address: Annotated[str, StringConstraints(max_length=200)] = ""
    phone: Annotated[str, StringConstraints(max_length=20)] = ""


class PlanIn(In):
    """A plan to draw up."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "date": "2027-07-01",
                    "document": "12/NQ-HĐND",
                    "heirs": [{"ending": "H26.12", "heir": "H26.15", "kind": "merged"}],
                }
            ]
        }
    )

    date: Day
    document: _Document
    heirs: Annotated[list[HeirIn], Field(min_length=1, max_length=_MOST)]
    officers: Annotated[list[SeatIn], Field(max_length=_MOST)] = []
    founds: Annotated[list[FoundIn], Field(max_length=_MOST)] = []


class DecideIn(In):
    """The draft that is decided, as the caller saw it."""

    digest: _Digest = Field(description="what `getReform` told", examples=["0" * 64])


class PlannedHeirOut(Out):
    """Who takes over what."""

    ending: str
    heir: str
    kind: Kind
    procedures: list[str]
    areas: list[str]
    share: int


class SeatOut(Out):
    """Where an officer goes."""

    number: str
    heir: str
    ending: str
    post: str
    new: str


class FoundOut(Out):
    """An agency that begins."""

    code: str
    code_102: str
    parent: str
    tier: str
    name_vi: str
    name_en: str
    short_name: str
    calendar: str
    area: str
    address: str
    phone: str


class PlanOut(Out):
    """What a plan says."""

    date: _Date
    document: str
    heirs: list[PlannedHeirOut]
    officers: list[SeatOut]
    founds: list[FoundOut]


class FaultOut(Out):
    """What forbids a plan, or somebody should see to, and the part of the plan it is about."""

    code: str
    vi: str
    en: str
    part: Literal["", "from", "heir", "found", "officer"]
    of: str = Field(description="code of the agency, or staff number of the officer")


class PassingOut(Out):
    """What one heir takes over from one agency that ends."""

    ending: str
    heir: str
    dossiers: int
    opinions: int
    records: int
    posts: int


class PreviewOut(Out):
    """What the plan would move where as of now."""

    dossiers: int
    opinions: int
    records: int
    posts: int
    delegations: int
    competences: int
    lines: list[PassingOut]
    faults: list[FaultOut]
    warnings: list[FaultOut]


class ReformLine(Out):
    """A plan and how far it has come."""

    reform: int
    state: State
    date: _Date
    document: str
    planned_at: Instant | None
    in_force_at: Instant | None
    ended_at: Instant | None
    moved: int = Field(description="dossiers passed on")
    records: int = Field(description="records of registers passed on")
    left: int = Field(description="what could not be passed on when the last run ended")


class Reforms(Out):
    """The plans that the caller may look at, the latest first."""

    items: list[ReformLine]


class ReformOut(ReformLine):
    """A plan with what it says; before its day also with what it would do."""

    digest: str
    plan: PlanOut
    preview: PreviewOut | None


@router.get(
    "/reforms",
    operation_id="listReforms",
    summary="List plans of reforms",
    auth=officers("read"),
    response=answers({200: Reforms}, 401, 403),
)
def list_reforms(request: Call) -> Reforms:
    """Those for agencies above which the caller organises or heads; none for everybody else."""
    only(request)
    return Reforms(items=[ReformLine(**_line(row)) for row in readable(request.auth.actor)])


@router.get(
    "/reforms/proposal",
    operation_id="proposeReform",
    summary="Propose a plan from what becomes of areas on a day",
    auth=officers("read"),
    response=answers({200: PlanOut}, 401, 403),
)
def propose(
    request: Call,
    date: Annotated[Day, Query(description="the day")],
) -> PlanOut:
    """To be corrected, given its document, and sent to `drawReform`; nothing is kept."""
    only(request, "date")
    return _plan(draft(on=day_of(date, "date"), document="–"))


@router.get(
    "/reforms/{reform}",
    operation_id="getReform",
    summary="Read a plan and what it would do",
    auth=officers("read"),
    response=answers({200: ReformOut}, 401, 403, 404),
)
def get_reform(request: Call, reform: Number) -> ReformOut:
    """A plan that the caller may not look at is not there."""
    only(request)
    return _whole(_known(request, reform))


@router.post(
    "/reforms",
    operation_id="drawReform",
    summary="Draw up a plan",
    auth=officers(SCOPE),
    response=answers({200: ReformOut}, *TOLD),
)
def draw_reform(request: Call, key: Key, sent: PlanIn) -> ReformOut:
    """By who organises, or heads, an agency above all that it touches.

    It is a draft, whatever its faults, which are told; nothing of it waits for its day until a
    head decides it.
    """
    order = Order(
        day_of(sent.date, "date"),
        sent.document,
        tuple(_heir(one) for one in sent.heirs),
        tuple(Seat(**one.model_dump()) for one in sent.officers),
        tuple(Founding(**one.model_dump()) for one in sent.founds),
    )
    row = draw(actor=request.auth.actor, at=request.auth.at, order=order, key=key)
    return _whole(row)


@router.post(
    "/reforms/{reform}/decide",
    operation_id="decideReform",
    summary="Decide a draft",
    auth=officers(SCOPE),
    response=answers({200: ReformOut}, *TOLD),
)
def decide_reform(request: Call, reform: Number, key: Key, sent: DecideIn) -> ReformOut:
    """By a head above all that it touches; on its day the house carries it out."""
    _known(request, reform)
    actor, at = request.auth.actor, request.auth.at
    return _whole(decide(actor=actor, at=at, reform_id=reform, seen=sent.digest, key=key))


@router.post(
    "/reforms/{reform}/undo",
    operation_id="undoReform",
    summary="Drop a draft, or undo a plan before its day",
    auth=officers(SCOPE),
    response=answers({200: ReformOut}, *TOLD),
)
def undo_reform(request: Call, reform: Number, key: Key) -> ReformOut:
    """A draft by who may draw it, a plan by a head; what is in force is not undone."""
    _known(request, reform)
    actor, at = request.auth.actor, request.auth.at
    return _whole(undo(actor=actor, at=at, reform_id=reform, key=key))


def _known(request: Call, number: int) -> Reform:
    row = next((one for one in readable(request.auth.actor) if one.pk == number), None)
    if row is None:
        raise NoReform
    return row


def _heir(one: HeirIn) -> Succession:
    told = one.model_dump() | {"procedures": (*one.procedures,), "areas": (*one.areas,)}
    return Succession(**told)


def _line(row: Reform) -> dict[str, Any]:
    return {
        "reform": row.pk,
        "state": str(row.state),
        "date": row.on.isoformat(),
        "document": row.document,
        "planned_at": utc(row.planned_at),
        "in_force_at": utc(row.in_force_at),
        "ended_at": utc(row.ended_at),
        "moved": row.moved,
        "records": row.records,
        "left": row.left,
    }


def _whole(row: Reform) -> ReformOut:
    order = read_plan(row.text)
    waits = row.state in {Reform.State.DRAFT, Reform.State.PLANNED}
    return ReformOut(
        **_line(row),
        digest=digest_of(row.text),
        plan=_plan(order),
        preview=_preview(preview(order, of=row.pk)) if waits else None,
    )


def _plan(order: Order) -> PlanOut:
    return PlanOut(
        date=order.on.isoformat(),
        document=order.document,
        heirs=[PlannedHeirOut.model_validate(asdict(one)) for one in order.successions],
        officers=[SeatOut.model_validate(asdict(one)) for one in order.seats],
        founds=[FoundOut.model_validate(asdict(one)) for one in order.founds],
    )


def _preview(found: Preview) -> PreviewOut:
    return PreviewOut(
        dossiers=found.dossiers,
        opinions=found.legs,
        records=found.records,
        posts=len(found.people),
        delegations=found.delegations,
        competences=found.competences,
        lines=[
            PassingOut(
                ending=one.ending,
                heir=one.heir,
                dossiers=one.total,
                opinions=one.legs,
                records=one.records,
                posts=one.posts,
            )
            for one in found.lines
        ],
        faults=[_fault(one) for one in found.faults],
        warnings=[_fault(one) for one in found.warnings],
    )


def _fault(one: Refused) -> FaultOut:
    part, of = part_of(one)
    told = {"code": one.code, "vi": one.text("vi"), "en": one.text("en")}
    return FaultOut.model_validate({**told, "part": part, "of": of})
