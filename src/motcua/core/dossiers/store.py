"""Carrying out a plan: the named statements of the hot acts, inside the act's transaction.

Every statement is one line of work; an ordinary step is eleven of them. The update of the dossier
is conditional on the revision that was read: whoever comes second touches no row and starts anew.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import cache

from motcua.core.access import rows as scope_rows
from motcua.core.access import totals
from motcua.core.access.scopes import (
    ScopeKind,
    agency_scope,
    kind_of,
    officer_scope,
    party_scope,
    post_scope,
)
from motcua.core.agencies.queries import agency, tree
from motcua.core.clock import segments
from motcua.core.dossiers.notices import notice
from motcua.core.dossiers.plan import Plan
from motcua.core.dossiers.situation import SITUATION_COLUMNS, Item, main_of, marking_text
from motcua.core.exchange.outbox import put
from motcua.core.facts.turns import Stretch, turn
from motcua.core.jobs.queue import enqueue
from motcua.core.ledger.hashing import genesis
from motcua.core.places import place
from motcua.core.sql import Sql, Tx, marks
from motcua.kernel.codes import DossierCode
from motcua.kernel.flow.definition import Marking

ADVANCE = "linked.advance"
"""The job that opens parts, or takes them back, after an act that may call for it."""
ITEMS_AN_ACT = 16  # a step and at most fifteen legs are opened by one act
_COLUMNS = tuple(column.strip() for column in SITUATION_COLUMNS.split(","))
_INSERT = Sql(
    f"INSERT INTO dossiers_dossier ({SITUATION_COLUMNS}, lookup, version_id, procedure_id, system,"
    " receiving_agency_id, area, channel, applicant_id, subject, fields, salt, filed_at, origin,"
    " external_source, external_code, priority, confidentiality, seq, revision, head)"
    f" VALUES ({marks(len(_COLUMNS) + 15)}, 0, 'normal', 0, 0, %s)"
    " ON CONFLICT (lookup) DO NOTHING RETURNING id"
)
_CLOSE = Sql(
    "UPDATE dossiers_workitem SET ended_at = %s, ended_recorded = %s, result = %s,"
    " ended_by_id = %s WHERE id = %s"
)
_HELD = (
    "id, dossier_id, step, leg, agency_id, post, officer_id, began_at, began_recorded, due_at,"
    " calendar_revision"
)
_OPEN = Sql(f"INSERT INTO dossiers_workitem ({_HELD}, result) VALUES ({marks(11)}, '')")
_PASS = Sql(
    f"INSERT INTO dossiers_workitem ({_HELD}, result, ended_at, ended_recorded, ended_by_id)"
    f" VALUES ({marks(11)}, 'done', %s, %s, %s)"
)
_REDATE = Sql("UPDATE dossiers_workitem SET due_at = %s, calendar_revision = %s WHERE id = %s")
_NEXT_NUMBER = Sql(
    "INSERT INTO dossiers_codecounter (id, last) VALUES (%s, 1)"
    " ON CONFLICT (id) DO UPDATE SET last = dossiers_codecounter.last + 1"
    " RETURNING last"
)
_REMARK = Sql(
    "INSERT INTO dossiers_remark (dossier_id, seq, kind, text, salt) VALUES (%s, %s, %s, %s, %s)"
)
_PAPER = Sql(
    "INSERT INTO dossiers_paper (dossier_id, seq, letter, asked_at) VALUES (%s, %s, %s, %s)"
)


def give_code(tx: Tx, plan: Plan, day: datetime.date) -> str:
    """Take the next number of the day where it is received; a refused act gives it back.

    Where the agency it was filed with has ended, its heir receives it: an ended one gives no code,
    also since its heir may bear the same.
    """
    desk = agency(plan.snapshot.desk_agency_id)
    row = tx.one(_NEXT_NUMBER, place(desk.id, day.toordinal()))
    assert row is not None
    return str(DossierCode(desk.code, day, int(row[0])))


def genesis_or_head(plan: Plan, dossier_id: int) -> bytes:
    """Give the hash that the act's entry follows."""
    return plan.snapshot.head if plan.snapshot.seq else genesis(dossier_id)


def update(
    tx: Tx,
    plan: Plan,
    dossier_id: int,
    *,
    head: bytes,
    by_people: bool,
    clash: type[Exception],
) -> None:
    """Write what changed of the situation; `clash` is raised when somebody was first."""
    snapshot = plan.snapshot
    pairs = zip(_COLUMNS, snapshot.now.values(), plan.now.values(), strict=True)
    told = [(name, new) for name, old, new in pairs if old is not new and old != new]
    values = [marking_text(new) if isinstance(new, Marking) else new for _, new in told]
    statement = _update(tuple([name for name, _ in told]))
    read = (snapshot.seq, snapshot.redated)
    tx.send(statement, *values, int(by_people), head, dossier_id, *read, clash=clash)


@cache
def _update(columns: tuple[str, ...]) -> Sql:
    """Name only the columns that changed: every other index then stays untouched."""
    changes = "".join(f"{column} = %s, " for column in columns)
    return Sql(
        f"UPDATE dossiers_dossier SET {changes}seq = seq + 1, revision = revision + %s, head = %s"
        " WHERE id = %s AND seq = %s AND COALESCE(redated, 0) = %s",
        touches=True,
    )


def insert(tx: Tx, plan: Plan, fixed: tuple[object, ...]) -> int | None:
    """Write a new dossier before its first entry and give its id (the chain begins with it).

    None where its look-up number is another's: one in some two million draws among a million.
    """
    marking = marking_text(plan.now.marking)
    values = (marking if value is plan.now.marking else value for value in plan.now.values())
    row = tx.one(_INSERT, *values, *fixed, b"")
    return None if row is None else int(row[0])


def write_work(
    tx: Tx, plan: Plan, dossier_id: int, *, recorded: datetime.datetime, officer_id: int | None
) -> None:
    """Close and open work items, and write what the clock did."""
    for item, result in plan.closes:
        tx.send(_CLOSE, plan.at, recorded, result, officer_id, item.id)
    first = place(dossier_id, (plan.snapshot.seq + 1) * ITEMS_AN_ACT)
    for row_id, item in enumerate(plan.passed, first):
        over = (plan.at, recorded, officer_id)
        tx.send(_PASS, row_id, dossier_id, *_held(item, recorded), *over)
    for row_id, item in enumerate(plan.opens, first + len(plan.passed)):
        tx.send(_OPEN, row_id, dossier_id, *_held(item, recorded))
    for item in plan.redated:
        tx.send(_REDATE, item.due_at, item.calendar_revision, item.id)
    if plan.clock_after is not plan.clock:
        segments.write(tx, dossier_id, plan.clock, plan.clock_after)


def _held(item: Item, recorded: datetime.datetime) -> tuple[object, ...]:
    return (
        item.step,
        item.leg,
        item.agency_id,
        item.post,
        item.officer_id,
        item.began_at,
        recorded,
        item.due_at,
        item.calendar_revision,
    )


def write_scopes(tx: Tx, plan: Plan, dossier_id: int) -> tuple[bool, list[int]]:
    """Write who may read; tell whether the set of agencies changed, and what was given."""
    before, now = plan.snapshot.now, plan.now
    new = plan.snapshot.seq == 0
    moved = new or before.holding_agency_id != now.holding_agency_id
    rights = _rights(plan, holder=moved, owner=new)
    ended = before.closed != now.closed
    counts = ended or any(kind_of(one) is ScopeKind.AGENCY for one in rights)
    if counts and not new:
        totals.leaving(tx, dossier_id)
    if moved and not new:
        scope_rows.retire_holder(tx, dossier_id=dossier_id)
    pressing_at = now.pressing_at
    if rights:
        scope_rows.grant(
            tx,
            dossier_id=dossier_id,
            scopes=rights.items(),
            at=plan.at,
            is_open=not now.closed,
            due_at=pressing_at,
            restricted=plan.restricted,
        )
    if not new and (ended or before.pressing_at != pressing_at):
        scope_rows.turn(tx, dossier_id=dossier_id, is_open=not now.closed, due_at=pressing_at)
    if counts:
        totals.entering(tx, dossier_id)
    regrouped = moved or plan.serves is not None or any(item.leg is not None for item in plan.opens)
    return regrouped or plan.restricted or plan.regrades is not None, list(rights)


def _rights(plan: Plan, *, holder: bool, owner: bool) -> dict[int, str]:
    rights = _work_rights(plan)
    if holder:
        chain = tree().chain(plan.now.holding_agency_id)
        rights.update({agency_scope(one): "holder" for one in chain})
    if plan.serves is not None:
        for one in tree().chain(plan.serves):
            rights.setdefault(agency_scope(one), "receiver")
    if owner:
        for one in tree().chain(plan.snapshot.receiving_agency_id):
            rights.setdefault(agency_scope(one), "receiver")
        if plan.snapshot.applicant_id is not None:
            rights[party_scope(plan.snapshot.applicant_id)] = "owner"
    return rights


def _work_rights(plan: Plan) -> dict[int, str]:
    """Whoever is given work reads it: the officer by name, else those who hold the post."""
    rights: dict[int, str] = {}
    offered = {(item.agency_id, item.post) for item, _ in plan.closes if item.officer_id is None}
    for item in (*plan.passed, *plan.opens):
        if item.officer_id is not None:
            rights[officer_scope(item.officer_id)] = "officer"
        elif (item.agency_id, item.post) not in offered:  # else they have it from the step before
            rights[post_scope(item.agency_id, item.post)] = "post"
        if item.leg is not None:
            rights[agency_scope(item.agency_id)] = "consulted"
    return rights


def write_fact(tx: Tx, plan: Plan, dossier_id: int, *, recorded: datetime.datetime) -> None:
    """Begin the stretch of the situation after the act."""
    snapshot, now = plan.snapshot, plan.now
    main = main_of(plan.items_after())
    stretch = Stretch(
        dossier_id=dossier_id,
        number=snapshot.revision + snapshot.redated + 1,
        procedure_id=snapshot.procedure_id,
        state=now.state,
        step=now.step,
        agency_id=now.holding_agency_id,
        receiving_agency_id=snapshot.receiving_agency_id,
        officer_id=main.officer_id if main else None,
        channel=snapshot.channel,
        outcome=now.outcome,
        due_at=now.due_at,
        began_at=plan.at,
        recorded_at=recorded,
        origin=snapshot.origin,
    )
    before = snapshot.now
    left = (before.holding_agency_id, before.state) if snapshot.seq else None
    turn(tx, stretch, left=left)


def write_remark(tx: Tx, dossier_id: int, seq: int, kind: str, text: str, salt: bytes) -> None:
    """Keep the words of an act beside the ledger."""
    tx.send(_REMARK, dossier_id, seq, kind, text, salt)


def send_out(tx: Tx, plan: Plan, dossier_id: int, seq: int) -> None:
    """Put the act's letters and messages in their tables; nothing leaves before the commit."""
    for letter in plan.letters:
        tx.send(_PAPER, dossier_id, seq, letter, plan.at)
        enqueue(
            tx,
            "documents.make",
            {"dossier": dossier_id, "seq": seq, "letter": letter},
            at=plan.at,
        )
    if _moves_others(plan):
        enqueue(tx, ADVANCE, {"dossier": dossier_id}, at=plan.at)
    for receiver, topic in plan.messages:
        put(
            tx,
            receiver=receiver,
            channel="notice",
            topic=topic,
            payload=notice(plan, topic),
            dossier=dossier_id,
            at=plan.at,
        )


def _moves_others(plan: Plan) -> bool:
    """Tell whether dossiers that hang on this one, or on which it hangs, may have to go on."""
    before, now = plan.snapshot.now, plan.now
    over = (before.finished_at, before.closed) != (now.finished_at, now.closed)
    if plan.declaration.parts:
        return plan.gives_code or over
    return over and plan.snapshot.channel == "dossier"


def told_work(items: Iterable[Item]) -> list[list[object]]:
    """Give what the ledger keeps of the open work, in one order."""
    rows = [item.told() for item in items]
    if len(rows) > 1:
        rows.sort(key=lambda row: (row[1] or 0, str(row[0])))
    return rows
