"""Phí, lệ phí: what a dossier owes, taking it at the counter, voiding and paying back."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpResponse
from django.utils.timezone import localtime
from ninja import Path, Query, Router, Status
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from motcua.core.agencies.queries import agency, agency_by_code
from motcua.core.dossiers.queries import declaration_of, find_one
from motcua.core.dossiers.situation import Snapshot
from motcua.core.fees.models import Method
from motcua.core.fees.rows import Held
from motcua.core.fees.rules import MOST_EACH, MOST_TIMES, Due, Wish, shown_exemptions
from motcua.core.places import LAST, place
from motcua.core.till.actions import repay, take, till_post, void
from motcua.core.till.queries import Account, Taking, account_of, takings, tills
from motcua.core.till.rules import NotTheTill
from motcua.faces.api import schemas
from motcua.faces.api.answers import answers, heads
from motcua.faces.api.auth import Call, officers
from motcua.faces.api.filing import Code, Key, day_of, head
from motcua.faces.api.refs import acted, agency_ref, only
from motcua.faces.api.schemas import Acted, Instant, Name, Out, named, written
from motcua.faces.api.sent import Day as DayText
from motcua.faces.api.sent import In, Word

router = Router(tags=["fees"])

Way = Annotated[Literal["cash", "transfer"], Field(description="how the money changed hands")]
Why = Annotated[str, StringConstraints(max_length=4000)]
Number = Annotated[
    int, Path(ge=1, le=LAST, description="number of the receipt's entry in its dossier")
]


class ExemptionOut(Out):
    """A reason for which the counter, shown a paper, takes nothing."""

    key: str
    name: Name


class DueOut(Out):
    """A fee that the dossier owes; what is null is stated by the counter."""

    fee: str
    name: Name
    each: int | None = Field(description="đồng for one")
    times: int | None = Field(description="how many")
    amount: int | None = Field(description="đồng")
    settled: bool = Field(description="whether a receipt for it stands")
    exemptions: list[ExemptionOut]


class ReceiptLine(Out):
    """One line of a receipt; with `exempt` nothing was paid."""

    fee: str
    each: int
    times: int
    exempt: str


class ReceiptOut(Out):
    """A receipt; only those that stand settle what they name."""

    receipt: int = Field(description="number of its entry in the dossier: it is voided by this")
    number: str = Field(description="as it is printed; empty where nothing was paid")
    method: Literal["cash", "transfer"]
    lines: list[ReceiptLine]
    total: int = Field(description="đồng")
    taken_at: Instant
    state: Literal["stands", "voided", "repaid"]


class FeesOut(Out):
    """The fees of a dossier."""

    owed: list[DueOut]
    receipts: list[ReceiptOut] = Field(description="oldest first")
    paid: int = Field(description="what was paid and not given back, đồng")
    collects: bool = Field(description="whether the caller takes money for it")


class WishIn(In):
    """One fee to take; amount and number only where the procedure leaves them open."""

    fee: Word
    each: Annotated[int, Field(ge=1, le=MOST_EACH)] | None = None
    times: Annotated[int, Field(ge=1, le=MOST_TIMES)] | None = None
    exempt: Annotated[str, StringConstraints(max_length=40)] = ""


class TakeIn(In):
    """The fees of one receipt."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"fees": [{"fee": "permit"}], "method": "cash"}]}
    )

    fees: Annotated[list[WishIn], Field(max_length=50)]
    method: Way


class VoidIn(In):
    """Why a receipt is voided."""

    reason: Why = Field(examples=["Thu nhầm"])


class RepayIn(In):
    """Why a receipt is paid back, and how."""

    reason: Why = Field(examples=["Trả lại người nộp"])
    method: Way = Field(examples=["cash"])


class Day(BaseModel):
    """Which counter, on which day."""

    agency: Annotated[str, StringConstraints(max_length=35)] = Field(
        "", description="code of the agency; else the first one whose takings the caller may see"
    )
    on: DayText | None = Field(None, description="the day; else today")


class TakingOut(Out):
    """A receipt, or a repayment (below 0); a voided receipt counts nothing."""

    at: Instant
    number: str
    code: str = Field(description="of the dossier; empty where the caller may not read it")
    method: Literal["cash", "transfer"]
    amount: int = Field(description="đồng")
    voided: bool


class TakingsOut(Out):
    """A day of a counter; the sums are those of the rows."""

    agency: schemas.AgencyRef
    on: Annotated[str, Field(json_schema_extra={"format": "date"})]
    items: list[TakingOut]
    total: int
    cash: int
    transfer: int


@router.get(
    "/dossiers/{code}/fees",
    operation_id="readFees",
    summary="Read what a dossier owes and the receipts it holds",
    auth=officers("read"),
    response=answers({200: FeesOut}, 401, 403, 404, 429),
)
def read_fees(request: Call, code: Code) -> FeesOut:
    """What is owed follows from the procedure and the answers of the form."""
    only(request)
    actor = request.auth.actor
    snapshot = find_one(actor, code)
    account = account_of(actor, snapshot)
    system = declaration_of(snapshot).system
    return FeesOut(
        owed=[_due(account, one) for one in account.owed],
        receipts=[_receipt(one) for one in account.receipts],
        paid=account.paid,
        collects=till_post(actor, system, snapshot.desk_agency_id) is not None,
    )


_TOLD = (401, 403, 404, 409, 413, 415, 429)


@router.post(
    "/dossiers/{code}/receipts",
    operation_id="takeFees",
    summary="Take fees at the counter",
    auth=officers("till"),
    response=answers({201: Acted, 200: Acted}, *_TOLD),
    openapi_extra=heads((201, 200), "ETag", "Idempotency-Replayed"),
)
def take_fees(
    request: Call, response: HttpResponse, code: Code, key: Key, sent: TakeIn
) -> Status[Acted]:
    """Record what was paid, or why nothing is; the receipt has the next number of its agency.

    For posts that collect, in the agency that received the dossier; a key does what its officer
    may and needs no second factor, as the counter needs none. The dossier's revision stays as it
    is, and a fee is taken once whatever is sent: so there is no If-Match. 201, then 200 for
    repeats. The receipt stands in `readFees`.
    """
    snapshot = _asked(request, code)
    done = take(
        actor=request.auth.actor,
        at=request.auth.at,
        dossier_id=snapshot.id,
        wishes=[Wish(one.fee, one.each, one.times, one.exempt) for one in sent.fees],
        method=Method(sent.method),
        key=key,
    )
    head(response, done)
    return Status(200 if done.repeated else 201, acted(done))


@router.post(
    "/dossiers/{code}/receipts/{receipt}/void",
    operation_id="voidReceipt",
    summary="Void a receipt on the day it was made",
    auth=officers("till"),
    response=answers({200: Acted}, *_TOLD),
    openapi_extra=heads((200,), "ETag", "Idempotency-Replayed"),
)
def void_receipt(
    request: Call, response: HttpResponse, code: Code, receipt: Number, key: Key, sent: VoidIn
) -> Acted:
    """Its number stays and is never given again; the fee is owed once more.

    After that day the money goes back by `repayReceipt`.
    """
    snapshot = _asked(request, code)
    done = void(
        actor=request.auth.actor,
        at=request.auth.at,
        dossier_id=snapshot.id,
        receipt_id=place(snapshot.id, receipt),
        reason=sent.reason,
        key=key,
    )
    head(response, done)
    return acted(done)


@router.post(
    "/dossiers/{code}/receipts/{receipt}/repayment",
    operation_id="repayReceipt",
    summary="Pay the whole of a receipt back",
    auth=officers("till"),
    response=answers({200: Acted}, *_TOLD),
    openapi_extra=heads((200,), "ETag", "Idempotency-Replayed"),
)
def repay_receipt(
    request: Call, response: HttpResponse, code: Code, receipt: Number, key: Key, sent: RepayIn
) -> Acted:
    """Also after the dossier has ended."""
    snapshot = _asked(request, code)
    done = repay(
        actor=request.auth.actor,
        at=request.auth.at,
        dossier_id=snapshot.id,
        receipt_id=place(snapshot.id, receipt),
        method=Method(sent.method),
        reason=sent.reason,
        key=key,
    )
    head(response, done)
    return acted(done)


@router.get(
    "/takings",
    operation_id="readTakings",
    summary="Read a day's takings of a counter",
    auth=officers("read"),
    response=answers({200: TakingsOut}, 401, 403, 404, 429),
)
def read_takings(request: Call, wanted: Query[Day]) -> TakingsOut:
    """For who collects there or reads the agency."""
    only(request, *Day.model_fields)
    actor, today = request.auth.actor, localtime(request.auth.at).date()
    found = tills(actor)
    if not found:
        raise NotTheTill
    there = agency_by_code(wanted.agency, on=today) if wanted.agency else agency(found[0])
    on = day_of(wanted.on, "on") if wanted.on else today
    taken = takings(actor, there.id, on)
    return TakingsOut(
        agency=agency_ref(there),
        on=on.isoformat(),
        items=[_taking(one) for one in taken.rows],
        total=taken.total,
        cash=taken.by(Method.CASH),
        transfer=taken.by(Method.TRANSFER),
    )


def _asked(request: Call, code: str) -> Snapshot:
    """Give the dossier as far as the caller reads it."""
    only(request)
    return find_one(request.auth.actor, code)


def _due(account: Account, one: Due) -> DueOut:
    rule = one.rule
    return DueOut(
        fee=rule.key,
        name=named(rule.name, rule.key),
        each=one.each,
        times=one.times,
        amount=one.amount,
        settled=one not in account.open,
        exemptions=[
            ExemptionOut(key=why.key, name=named(why.name, why.key))
            for why in shown_exemptions(rule)
        ],
    )


def _receipt(one: Held) -> ReceiptOut:
    state = "voided" if one.voided else "stands" if one.repaid is None else "repaid"
    return ReceiptOut.model_validate(
        {
            "receipt": one.seq,
            "number": one.name,
            "method": one.method,
            "lines": [
                {"fee": line.fee, "each": line.each, "times": line.times, "exempt": line.exempt}
                for line in one.lines
            ],
            "total": one.total,
            "taken_at": written(one.taken_at),
            "state": state,
        }
    )


def _taking(one: Taking) -> TakingOut:
    return TakingOut.model_validate(
        {
            "at": written(one.at),
            "number": one.number,
            "code": one.code,
            "method": one.method,
            "amount": one.amount,
            "voided": one.voided,
        }
    )
