"""The acts of a till: take fees, void a receipt of the day, pay a receipt back.

Each appends to the dossier's chain and leaves its situation alone, so no page of it grows stale.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from motcua.core.access.actors import Actor
from motcua.core.access.rows import sees
from motcua.core.agencies.queries import agency
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers import carrying
from motcua.core.dossiers.orders import MAX_TEXT, Done
from motcua.core.dossiers.plan import Plan
from motcua.core.dossiers.plan import Wish as Nobody
from motcua.core.dossiers.situation import NotFound, Snapshot, read
from motcua.core.fees import rows
from motcua.core.fees.models import Method
from motcua.core.fees.rows import Held
from motcua.core.fees.rules import Line, Wish, dues, line_for
from motcua.core.idempotency import keys
from motcua.core.jobs.queue import enqueue
from motcua.core.places import place
from motcua.core.procedures.queries import declared
from motcua.core.procedures.systems import system_of
from motcua.core.sql import Sql, Tx, reading
from motcua.core.till.rules import (
    NothingTaken,
    NotTheDay,
    NotTheTill,
    OverNow,
    ReasonMissing,
    ReceiptGone,
    ReceiptUnknown,
    TwiceOnOneReceipt,
)
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

TAKEN, VOIDED, REPAID = "fee_taken", "fee_voided", "fee_repaid"
ACTS = (TAKEN, VOIDED, REPAID)

_ANSWERS = Sql("SELECT fields, system FROM dossiers_dossier WHERE id = %s")
_PAPER = Sql(
    "INSERT INTO dossiers_paper (dossier_id, seq, letter, asked_at) VALUES (%s, %s, %s, %s)"
)


@dataclass(frozen=True, slots=True)
class _Case:
    """Who stands at the till, for which dossier, when, and under which request."""

    actor: Actor
    at: datetime.datetime
    snapshot: Snapshot
    post: str
    answers: dict[str, object]
    asked: keys.Request | None

    @property
    def seq(self) -> int:
        """The number of the entry to come."""
        return self.snapshot.seq + 1

    @property
    def officer_id(self) -> int:
        """The officer at the till."""
        assert self.actor.officer_id is not None
        return self.actor.officer_id

    def day(self, at: datetime.datetime) -> datetime.date:
        """Give the day of an instant at the till."""
        calendar = agency(self.snapshot.receiving_agency_id).calendar
        return calendars[calendar].local(at).date()


def take(
    *,
    actor: Actor,
    at: datetime.datetime,
    dossier_id: int,
    wishes: Sequence[Wish],
    method: Method,
    key: str | None,
) -> Done:
    """Take the fees chosen, give the next receipt number and ask for the printed receipt.

    What is wholly exempt is recorded without a number and a paper. Raises `NotTheTill`, `OverNow`,
    `NothingTaken`, `TwiceOnOneReceipt` and the refusals of `fees.rules`.
    """
    told = [wish.told() for wish in wishes]
    body = {"dossier": dossier_id, "wishes": told, "method": method.value}

    def once(case: _Case) -> Done:
        lines = _lines(case, wishes)
        return _carry_out(case, TAKEN, lambda tx: _write(tx, case, lines, method))

    return _act(actor, at, dossier_id, once, "take_fee", key, body)


def void(
    *,
    actor: Actor,
    at: datetime.datetime,
    dossier_id: int,
    receipt_id: int,
    reason: str,
    key: str | None,
) -> Done:
    """Void a receipt on the day it was made; its number is never given again.

    Raises `NotTheTill`, `ReceiptUnknown`, `ReceiptGone`, `NotTheDay`, `ReasonMissing`.
    """
    words = _reason(reason)
    body = {"dossier": dossier_id, "receipt": receipt_id, "reason": words}

    def once(case: _Case) -> Done:
        receipt = _standing(dossier_id, receipt_id)
        if case.day(receipt.taken_at) != case.day(at):
            raise NotTheDay

        def write(tx: Tx) -> dict[str, object]:
            _first(rows.mark_void(tx, receipt.id, case.seq))
            return {"receipt": receipt.seq}

        return _carry_out(case, VOIDED, write, words)

    return _act(actor, at, dossier_id, once, "void_fee", key, body)


def repay(
    *,
    actor: Actor,
    at: datetime.datetime,
    dossier_id: int,
    receipt_id: int,
    method: Method,
    reason: str,
    key: str | None,
) -> Done:
    """Pay the whole of a receipt back; also after the dossier has ended.

    Raises `NotTheTill`, `ReceiptUnknown`, `ReceiptGone`, `ReasonMissing`.
    """
    words = _reason(reason)
    body = {"dossier": dossier_id, "receipt": receipt_id, "method": method.value, "reason": words}

    def once(case: _Case) -> Done:
        receipt = _standing(dossier_id, receipt_id)
        if receipt.total == 0:
            raise ReceiptGone

        def write(tx: Tx) -> dict[str, object]:
            row_id = place(dossier_id, case.seq)
            _first(rows.repay(tx, row_id, receipt, case.officer_id, method, at))
            return {"receipt": receipt.seq, "amount": receipt.total, "method": method.value}

        return _carry_out(case, REPAID, write, words)

    return _act(actor, at, dossier_id, once, "repay_fee", key, body)


def _act(
    actor: Actor,
    at: datetime.datetime,
    dossier_id: int,
    once: Callable[[_Case], Done],
    operation: str,
    key: str | None,
    body: dict[str, object],
) -> Done:
    asked = None
    if key is not None:
        asked = keys.request(actor=actor.key, operation=operation, key=key, body=body)
    try:
        return carrying.attempts(lambda: once(_case(actor, at, dossier_id, asked)))
    except Refused:
        first = carrying.repeated(asked)
        if first is None or not sees(reading(), actor, dossier_id):
            raise
        return first


def _case(
    actor: Actor, at: datetime.datetime, dossier_id: int, asked: keys.Request | None
) -> _Case:
    tx = reading()
    snapshot = read(tx, dossier_id)
    if not sees(tx, actor, dossier_id):
        raise NotFound
    row = tx.one(_ANSWERS, dossier_id)
    assert row is not None
    post = till_post(actor, row[1], snapshot.desk_agency_id)
    if post is None:
        raise NotTheTill
    return _Case(actor, at, snapshot, post, json.loads(row[0]), asked)


def till_post(actor: Actor, system: str, agency_id: int) -> str | None:
    """Give the post in which an actor takes money for an agency; None where they may not."""
    posts = (held.post for held in actor.posts if held.agency_id == agency_id)
    return next((post for post in posts if post in system_of(system).collectors), None)


def _lines(case: _Case, wishes: Sequence[Wish]) -> tuple[Line, ...]:
    now = case.snapshot.now
    if now.code is None or now.closed:
        raise OverNow
    if not wishes:
        raise NothingTaken
    if len({wish.fee for wish in wishes}) < len(wishes):
        raise TwiceOnOneReceipt
    declaration = declared(case.snapshot.version_id)
    held = rows.standing_lines(rows.receipts_of(reading(), case.snapshot.id))
    owed, settled = dues(declaration.fees, case.answers), {line.fee for line in held}
    return tuple(line_for(wish, owed, settled) for wish in wishes)


def _write(tx: Tx, case: _Case, lines: tuple[Line, ...], method: Method) -> dict[str, object]:
    """Write the receipt and ask for its paper; give what the entry tells of it."""
    snapshot, total = case.snapshot, sum(line.amount for line in lines)
    holder, year = snapshot.desk_agency_id, case.day(case.at).year
    number = rows.next_number(tx, holder, year) if total else None
    receipt = Held(
        id=place(snapshot.id, case.seq),
        agency_id=holder,
        year=year,
        number=number,
        method=method.value,
        lines=lines,
        total=total,
        taken_at=case.at,
        voided=False,
        repaid=None,
    )
    _first(rows.add(tx, receipt, case.officer_id))
    if number is not None:
        tx.run(_PAPER, snapshot.id, case.seq, rows.BILL, case.at)
        wanted = {"dossier": snapshot.id, "seq": case.seq, "letter": rows.BILL}
        enqueue(tx, "documents.make", wanted, at=case.at)
    return told_of(receipt)


def _first(written: bool) -> None:  # noqa: FBT001 - what a statement says
    """Start anew where another act on the dossier came first."""
    if not written:
        raise carrying.Overtaken


def told_of(receipt: Held) -> dict[str, object]:
    """Give what the ledger keeps of a receipt."""
    return {
        "agency": receipt.agency_id,
        "year": receipt.year,
        "number": receipt.number,
        "method": receipt.method,
        "lines": [line.told() for line in receipt.lines],
        "total": receipt.total,
    }


def _carry_out(
    case: _Case, name: str, write: Callable[[Tx], dict[str, object]], words: str = ""
) -> Done:
    plan = Plan(
        at=case.at,
        snapshot=case.snapshot,
        declaration=declared(case.snapshot.version_id),
        wish=Nobody(),
    )
    what = carrying.Act(
        name=name,
        actor=case.actor,
        recorded=case.at,
        post=case.post,
        remark=words,
        by_people=False,
    )

    def also(tx: Tx, _plan: Plan) -> bool:
        what.data = (("fee", write(tx)),)
        return True

    what.also = also
    return carrying.carry_out(plan, what, case.asked)


def _standing(dossier_id: int, receipt_id: int) -> Held:
    found = (one for one in rows.receipts_of(reading(), dossier_id) if one.id == receipt_id)
    receipt = next(found, None)
    if receipt is None:
        raise ReceiptUnknown
    if not receipt.stands:
        raise ReceiptGone
    return receipt


def _reason(text: str) -> str:
    words = clean(text, multiline=True, limit=MAX_TEXT)
    if not words.strip():
        raise ReasonMissing
    return words
