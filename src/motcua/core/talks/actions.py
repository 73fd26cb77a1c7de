"""The act of saying something: a note, a question to the applicant, or the applicant's answer.

It appends to the dossier's chain and leaves its situation and its clock alone, so no page of it
grows stale and no day is counted otherwise. What has to be answered with papers is a move.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.timezone import localtime

from motcua.core.access import actors
from motcua.core.access.actors import Actor
from motcua.core.access.heads import heads
from motcua.core.access.rows import sees
from motcua.core.dossiers import carrying
from motcua.core.dossiers.erased import refuse_erased
from motcua.core.dossiers.orders import MAX_TEXT, Done
from motcua.core.dossiers.plan import Plan
from motcua.core.dossiers.rules import holds
from motcua.core.dossiers.situation import NotFound, Snapshot, read
from motcua.core.dossiers.talked import ANSWER, NOTE, QUESTION, TALK
from motcua.core.exchange.outbox import put
from motcua.core.idempotency import keys
from motcua.core.ledger.models import Entry
from motcua.core.people.models import Officer
from motcua.core.procedures.queries import declared
from motcua.core.sql import Sql, Tx, reading
from motcua.core.talks import rules
from motcua.core.talks.notices import notice
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

_NAME = Sql(
    "INSERT INTO talks_mention (dossier_id, seq, officer_id, at) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT DO NOTHING"
)
_SEEN = Sql(
    "UPDATE talks_mention SET seen_at = %s"
    " WHERE officer_id = %s AND dossier_id = %s AND seen_at IS NULL"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is to be said: its kind (one of `TALK`), the words, and which officers it names."""

    kind: str
    text: str
    named: tuple[int, ...] = ()


def say(
    *, actor: Actor, at: datetime.datetime, dossier_id: int, words: Words, key: str | None
) -> Done:
    """Say something in a dossier; a repeat under the same key gives the first answer.

    A question goes to the applicant, an answer to who asked and who holds the dossier now, a note
    to whom it names. Raises the refusals of `rules`, `NotFound` and those of `clean`.
    """
    asked = None
    if key is not None:
        body = [dossier_id, words.kind, words.text, list(words.named)]
        asked = keys.request(actor=actor.key, operation="talk", key=key, body=body)
        first = carrying.answered(actor, asked, dossier_id)
        if first is not None:
            return first
    if words.kind not in TALK:
        raise rules.KindUnknown
    text = clean(words.text, multiline=True, limit=MAX_TEXT)
    if not text:
        raise rules.NothingSaid
    named = tuple(dict.fromkeys(words.named))

    def once() -> Done:
        snapshot = read(reading(), dossier_id)
        if not sees(reading(), actor, dossier_id):
            raise NotFound
        refuse_erased(snapshot)
        _may(actor, snapshot, words.kind)
        to = _named(actor, at, snapshot, words.kind, named)
        return _carry_out(actor, at, snapshot, words.kind, text, to, asked)

    return carrying.attempts_beside_twins(once, actor, asked, dossier_id)


def seen(actor: Actor, dossier_id: int, at: datetime.datetime) -> None:
    """Note that an officer has opened a dossier: nothing of it waits for them any more."""
    if actor.officer_id is not None:
        reading().run(_SEEN, at, actor.officer_id, dossier_id)


def why_not(actor: Actor, snapshot: Snapshot, kind: str) -> Refused | None:
    """Tell why an actor who sees a dossier cannot say this in it now; None where they can."""
    try:
        refuse_erased(snapshot)
        _may(actor, snapshot, kind)
    except Refused as refusal:
        return refusal
    return None


def _may(actor: Actor, snapshot: Snapshot, kind: str) -> None:
    if kind == NOTE:
        if actor.officer_id is None:
            raise rules.NotAnOfficer
        return
    if kind == QUESTION:
        _may_ask(actor, snapshot)
    elif actor.party_id is None or actor.party_id != snapshot.applicant_id:
        raise rules.NotTheApplicant
    if snapshot.now.closed:
        raise rules.TalkOver
    if kind == ANSWER and not 0 <= _since_asked(snapshot.id) < rules.MOST_AT_ONCE:
        raise rules.NothingAsked


def _may_ask(actor: Actor, snapshot: Snapshot) -> None:
    held = any(holds(actor, item) for item in snapshot.items)
    if actor.officer_id is None or not (held or heads(actor, snapshot.now.holding_agency_id)):
        raise rules.NotYoursToAsk
    if snapshot.applicant_id is None:
        raise rules.NobodyToAsk


def _since_asked(dossier_id: int) -> int:
    """Count the answers since the last question; -1 where nothing was ever asked."""
    rows = Entry.objects.filter(stream=dossier_id, act__in=(QUESTION, ANSWER)).order_by("-seq")
    acts = list(rows.values_list("act", flat=True)[: rules.MOST_AT_ONCE + 1])
    if QUESTION in acts:
        return acts.index(QUESTION)
    return rules.MOST_AT_ONCE if acts else -1


def _named(
    actor: Actor, at: datetime.datetime, snapshot: Snapshot, kind: str, named: Iterable[int]
) -> tuple[int, ...]:
    """Give the officers whom the words reach; refuses one who may not read the dossier."""
    if kind == ANSWER:
        return _awaited(at, snapshot)
    wished = [number for number in named if number != actor.officer_id]
    if len(wished) > rules.MOST_NAMED:
        raise rules.TooManyNamed(most=rules.MOST_NAMED)
    for number in wished:
        if not _reads(number, snapshot, at):
            raise rules.CannotRead
    return tuple(wished)


def _awaited(at: datetime.datetime, snapshot: Snapshot) -> tuple[int, ...]:
    """Give who asked last and who holds the dossier by name, as far as they still read it."""
    last = Entry.objects.filter(stream=snapshot.id, act=QUESTION).order_by("-seq").first()
    asker = _officer(last) if last is not None else None
    held = (item.officer_id for item in snapshot.items if item.leg is None)
    found = dict.fromkeys(number for number in (asker, *held) if number is not None)
    return tuple(number for number in found if _reads(number, snapshot, at))


def _officer(entry: Entry) -> int | None:
    kind, _, number = str(json.loads(entry.body)["actor"]).partition(":")
    return int(number) if kind == "officer" else None


def _reads(officer_id: int, snapshot: Snapshot, at: datetime.datetime) -> bool:
    name = Officer.objects.filter(pk=officer_id).values_list("name", flat=True).first()
    if name is None:
        return False
    who = actors.officer(officer_id, name, on=localtime(at).date())
    return sees(reading(), who, snapshot.id)


def _carry_out(
    actor: Actor,
    at: datetime.datetime,
    snapshot: Snapshot,
    kind: str,
    text: str,
    to: tuple[int, ...],
    asked: keys.Request | None,
) -> Done:
    plan = Plan(
        at=at,
        snapshot=snapshot,
        declaration=declared(snapshot.version_id),
    )

    def also(tx: Tx, plan: Plan) -> bool:
        _reach(tx, plan, kind, to)
        return True

    what = carrying.Act(
        name=kind,
        actor=actor,
        recorded=at,
        post=actor.posts[0].post if actor.posts else None,
        remark=text,
        data=(("named", sorted(to)),),
        by_people=False,
        also=also,
    )
    return carrying.carry_out(plan, what, asked)


def _reach(tx: Tx, plan: Plan, kind: str, to: tuple[int, ...]) -> None:
    """Remind whom the words name, and let the applicant know that they are asked."""
    snapshot = plan.snapshot
    for officer_id in to:
        tx.run(_NAME, snapshot.id, snapshot.seq + 1, officer_id, plan.at)
    receivers = [f"officer:{number}" for number in to]
    if kind == QUESTION:
        receivers.append(f"party:{snapshot.applicant_id}")
    for receiver in receivers:
        put(
            tx,
            receiver=receiver,
            channel="notice",
            topic=kind,
            payload=notice(snapshot, plan.declaration, kind, to_officer=receiver[0] == "o"),
            dossier=snapshot.id,
            at=plan.at,
        )
