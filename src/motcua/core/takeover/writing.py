"""Writing one case in one transaction: dossier, entries, events, facts, scopes, search, work."""

from __future__ import annotations

import datetime
import json
import secrets
from dataclasses import dataclass

from motcua.core.access.actors import Actor
from motcua.core.access.scopes import agency_scope
from motcua.core.agencies.queries import agency_by_code, tree
from motcua.core.dossiers import store
from motcua.core.dossiers.expected import identity
from motcua.core.dossiers.plan import Plan
from motcua.core.dossiers.situation import NORMAL, Item, Situation, Snapshot
from motcua.core.facts.turns import Stretch, turn
from motcua.core.ledger.append import NewEntry, append
from motcua.core.ledger.commitments import commitment
from motcua.core.ledger.hashing import genesis
from motcua.core.places import place
from motcua.core.procedures.queries import Current
from motcua.core.search.words import put as put_words
from motcua.core.sql import Sql, Tx
from motcua.core.takeover.cases import TakenCase, TakenEvent
from motcua.core.takeover.procedure import FINISHED, PROCESSING
from motcua.kernel.codes import make_lookup
from motcua.kernel.flow.definition import Marking

CASE_ACT, EVENT_ACT = "imported", "imported_event"
SALT_BYTES = 16

_CASE = Sql("INSERT INTO takeover_case (dossier_id, source_id, digest) VALUES (%s, %s, %s)")
_EVENT = Sql(
    "INSERT INTO takeover_event (id, dossier_id, source_id, code, at, cells, salt)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
_HEAD = Sql("UPDATE dossiers_dossier SET seq = %s, revision = %s, head = %s WHERE id = %s")


@dataclass(frozen=True, slots=True)
class Ground:
    """What every case of one run stands on."""

    source_id: int
    source: str
    version: Current
    actor: Actor
    at: datetime.datetime  # when it is recorded here


def write_case(tx: Tx, ground: Ground, case: TakenCase) -> int:
    """Write a case and give its dossier's id."""
    plan = _plan(ground, case)
    dossier_id = store.insert(tx, plan, _fixed(ground, plan.snapshot, case))
    while dossier_id is None:  # the number that was drawn is another's
        plan = _plan(ground, case)
        dossier_id = store.insert(tx, plan, _fixed(ground, plan.snapshot, case))
    store.write_work(tx, plan, dossier_id, recorded=ground.at, officer_id=None)
    store.write_scopes(tx, plan, dossier_id)
    stretches = _write_facts(tx, ground, plan, dossier_id, case)
    head = _write_entries(tx, ground, plan, dossier_id, case, revision=stretches)
    tx.run(_HEAD, len(case.events) + 1, stretches, head, dossier_id)
    tx.run(_CASE, dossier_id, ground.source_id, case.digest)
    chain = tree().chain(plan.now.holding_agency_id)
    texts = [plan.snapshot.lookup, case.code, plan.snapshot.subject]
    put_words(tx, dossier_id=dossier_id, texts=texts, scopes=[agency_scope(one) for one in chain])
    return dossier_id


def _plan(ground: Ground, case: TakenCase) -> Plan:
    """The spine's own plan of a new dossier, so that its rows are written by the spine's hand."""
    holder = agency_by_code(case.agency)
    flow = ground.version.declaration.flow
    now = _situation(ground, case, holder.id)
    snapshot = Snapshot(
        id=0,
        lookup=make_lookup(secrets.token_bytes(16)),
        version_id=ground.version.version_id,
        procedure_id=ground.version.procedure_id,
        receiving_agency_id=holder.id,
        channel=case.channel,
        applicant_id=None,
        filed_at=case.start,
        origin="imported",
        subject=ground.version.declaration.short.vi,
        salt=secrets.token_bytes(SALT_BYTES),
        revision=0,
        seq=0,
        head=b"",
        grade=NORMAL,
        area="",
        now=now,
        items=(),
    )
    plan = Plan(
        at=case.start,
        snapshot=snapshot,
        declaration=ground.version.declaration,
    )
    if case.end is None:
        post = flow.step[PROCESSING].post
        plan.opens.append(
            Item(0, PROCESSING, None, holder.id, post, None, case.start, case.deadline)
        )
    return plan


def _situation(ground: Ground, case: TakenCase, holder_id: int) -> Situation:
    flow = ground.version.declaration.flow
    done = case.end is not None
    place_ = FINISHED if done else PROCESSING
    return Situation(
        state=flow.end[FINISHED].state if done else flow.step[PROCESSING].state,
        step=place_,
        marking=Marking(place_),
        holding_agency_id=holder_id,
        outcome=flow.end[FINISHED].outcome if done else "",
        bucket=case.bucket,
        received_at=case.start,
        due_at=case.deadline,
        promised_at=case.planned,
        finished_at=case.end,
        closed=done,
    )


def _fixed(ground: Ground, snapshot: Snapshot, case: TakenCase) -> tuple[object, ...]:
    return (
        snapshot.lookup,
        snapshot.version_id,
        snapshot.procedure_id,
        ground.version.declaration.system,
        snapshot.receiving_agency_id,
        "",
        snapshot.channel,
        None,
        snapshot.subject,
        json.dumps(case.attributes, ensure_ascii=False),
        snapshot.salt,
        snapshot.filed_at,
        snapshot.origin,
        ground.source,
        case.code,
    )


def _write_facts(tx: Tx, ground: Ground, plan: Plan, dossier_id: int, case: TakenCase) -> int:
    """Write what was true when; give the number of stretches.

    A case that ended before it started has no stretch of work: only its end is known to be true.
    """
    step = plan.flow.step[PROCESSING]
    running = (step.state, PROCESSING, "", case.start)
    ended = (plan.now.state, plan.now.step, plan.now.outcome, case.end)
    told = [running] if case.end is None else [ended] if case.is_backwards else [running, ended]
    left: tuple[int, str] | None = None
    for number, (state, at_step, outcome, began_at) in enumerate(told, start=1):
        assert began_at is not None
        stretch = Stretch(
            dossier_id=dossier_id,
            number=number,
            procedure_id=plan.snapshot.procedure_id,
            state=state,
            step=at_step,
            agency_id=plan.now.holding_agency_id,
            receiving_agency_id=plan.snapshot.receiving_agency_id,
            officer_id=None,
            channel=plan.snapshot.channel,
            outcome=outcome,
            due_at=plan.now.due_at,
            began_at=began_at,
            recorded_at=ground.at,
            origin=plan.snapshot.origin,
        )
        turn(tx, stretch, left=left)
        left = (plan.now.holding_agency_id, state)
    return len(told)


def _write_entries(
    tx: Tx, ground: Ground, plan: Plan, dossier_id: int, case: TakenCase, *, revision: int
) -> bytes:
    """Chain one entry for the case and one for each event; the last tells what is now true."""
    after = plan.now.told()
    after["work"] = store.told_work(plan.opens)
    after["revision"] = revision
    about: dict[str, object] = {
        "source": ground.source,
        "case": case.code,
        "channel": plan.snapshot.channel,
        "receiving": plan.snapshot.receiving_agency_id,
        "binds": ["fields", "identity"],
    }
    salt = plan.snapshot.salt
    bound = [commitment(salt, case.attributes), commitment(salt, _identity(ground, plan, case))]
    first = _entry(ground, dossier_id, 1, CASE_ACT, case.start, about, bound, plan.now.step)
    head = append(tx, first, genesis(dossier_id))
    for seq, event in enumerate(case.events, start=2):
        salt = secrets.token_bytes(SALT_BYTES)
        said = _said(ground, event, commitment(salt, event.cells))
        if seq == len(case.events) + 1:
            said["after"] = after
        head = append(tx, _entry(ground, dossier_id, seq, EVENT_ACT, event.at, said), head)
        cells = json.dumps(event.cells, ensure_ascii=False)
        row_id = place(dossier_id, seq)
        tx.run(_EVENT, row_id, dossier_id, ground.source_id, event.code, event.at, cells, salt)
    return head


def _identity(ground: Ground, plan: Plan, case: TakenCase) -> list[object]:
    fixed = _fixed(ground, plan.snapshot, case)
    *before, _applicant, subject, _fields, _salt, filed_at, origin, source, code = fixed
    return identity((*before, subject, filed_at, origin, source, code, 0, "normal"))


def _said(ground: Ground, event: TakenEvent, cells: str) -> dict[str, object]:
    return {
        "source": ground.source,
        "event": event.code,
        "name": event.name,
        "transition": event.transition,
        "cells": cells,
    }


def _entry(
    ground: Ground,
    dossier_id: int,
    seq: int,
    act: str,
    at: datetime.datetime,
    data: dict[str, object],
    commitments: list[str] | None = None,
    to_step: str | None = None,
) -> NewEntry:
    return NewEntry(
        stream=dossier_id,
        seq=seq,
        act=act,
        at=at,
        recorded=ground.at,
        actor=ground.actor.key,
        version=ground.version.version_id,
        to_step=to_step,
        commitments=commitments or (),
        data=data,
        origin="imported",
    )
