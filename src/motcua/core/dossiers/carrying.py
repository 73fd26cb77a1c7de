"""The one transaction of an act on a dossier: request key, rows, entry, facts, outbox."""

from __future__ import annotations

import datetime
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from motcua.core.access.actors import Actor
from motcua.core.access.masks import search_texts
from motcua.core.access.rows import sees
from motcua.core.access.scopes import ScopeKind, agency_scope, kind_of, party_scope
from motcua.core.agencies.heirs import heir_of
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers import store
from motcua.core.dossiers.evidence import attach
from motcua.core.dossiers.expected import told_clock
from motcua.core.dossiers.orders import Done, Handed
from motcua.core.dossiers.plan import Plan
from motcua.core.dossiers.situation import NotFound
from motcua.core.idempotency import keys
from motcua.core.ledger.append import NewEntry, StreamMoved, append
from motcua.core.ledger.commitments import commitment
from motcua.core.places import place
from motcua.core.search.words import Personal
from motcua.core.search.words import put as put_words
from motcua.core.sql import Sql, Tx, hot_act, reading
from motcua.kernel.errors import Refused

# Rights that change with every step are left out of the search row; who has only those finds the
# dossier among those of the agency (see `queries.narrowed`).
_SEARCHED_SCOPES = frozenset({ScopeKind.AGENCY, ScopeKind.PARTY})

SALT_BYTES = 16
TRIES = 8

_SEARCHED = Sql(
    "SELECT d.subject, d.external_code, d.holding_agency_id, d.receiving_agency_id,"
    " d.applicant_id, p.kind, p.name, d.procedure_id, d.area FROM dossiers_dossier d"
    " LEFT JOIN people_party p ON p.id = d.applicant_id WHERE d.id = %s"
)
_ANSWERED = Sql(
    "SELECT d.lookup, e.body, e.hash FROM dossiers_dossier d, ledger_entry e"
    " WHERE d.id = %s AND e.id = %s"
)
_SCOPES = Sql("SELECT scope FROM access_scoperow WHERE dossier_id = %s AND until_at IS NULL")


class Overtaken(Exception):
    """Somebody else's act came first: read again and start anew."""


class Crowded(Refused):
    """Too many people act on one dossier at once."""

    code = "dossiers.crowded"
    vi = "Nhiều người đang xử lý hồ sơ này cùng lúc. Hãy thử lại sau giây lát."
    en = "Too many are acting on this dossier at once. Try again in a moment."
    status = 503
    retry = True


class _Searched(NamedTuple):
    """What a dossier is found by, as `_SEARCHED` gives it."""

    subject: str
    external_code: str
    holding: int
    receiving: int
    party_id: int | None
    kind: str | None
    name: str | None
    procedure: int
    area: str


@dataclass(slots=True, kw_only=True)
class Act:
    """What an act says of itself beyond its plan."""

    name: str
    actor: Actor
    recorded: datetime.datetime
    post: str | None = None
    remark: str = ""
    evidence: tuple[Handed, ...] = ()
    binds: tuple[tuple[str, str], ...] = ()  # what is committed to, and the commitment
    data: tuple[tuple[str, object], ...] = ()
    files: tuple[str, ...] = ()
    by_people: bool = True
    also: Callable[[Tx, Plan], bool] | None = None  # False: it was done before, write nothing
    applicant: tuple[str, str] | None = None  # kind and name, of a dossier that is filed by it


def attempts(once: Callable[[], Done]) -> Done:
    """Try an act until it is not overtaken.

    Each try reads anew: a page that somebody's act made stale is told so then, while an act of the
    house (a paper was made) changes nothing for it.
    """
    for _ in range(TRIES):
        try:
            return once()
        except Overtaken:
            continue
    raise Crowded


def carry_out(
    plan: Plan,
    what: Act,
    asked: keys.Request | None,
    *,
    create: Callable[[Tx, Plan], int] | None = None,
) -> Done:
    """Write an act in one transaction, or give what an equal request was answered before."""
    try:
        with hot_act() as tx:
            done = _write(tx, plan, what, create)
            if asked is not None:
                seq = plan.snapshot.seq + 1
                keys.take(tx, asked, stream=done.dossier_id, seq=seq, at=what.recorded)
    except StreamMoved as moved:
        raise Overtaken from moved
    except keys.Repeated:
        first = repeated(asked)
        if first is None:  # the twin was rolled back after all
            raise Overtaken from None
        return first
    return done


def attempts_beside_twins(
    once: Callable[[], Done], actor: Actor, asked: keys.Request | None, dossier_id: int
) -> Done:
    """Try as `attempts`; where that is refused since a twin of the request was first, as it was."""
    try:
        return attempts(once)
    except Refused:
        first = answered(actor, asked, dossier_id)
        if first is None:
            raise
        return first


def repeated(asked: keys.Request | None) -> Done | None:
    """Give the answer of an equal request that was carried out before, from its entry."""
    tx = reading()
    found = keys.earlier(tx, asked) if asked is not None else None
    if found is None:
        return None
    row = tx.one(_ANSWERED, found[0], place(*found))
    assert row is not None
    after = json.loads(row[1])["data"]["after"]
    return Done(
        dossier_id=found[0],
        lookup=row[0],
        code=after["code"],
        state=after["state"],
        step=after["step"],
        revision=after["revision"],
        due_at=_instant(after["due"]),
        promised_at=_instant(after["promised"]),
        entry=bytes(row[2]).hex(),
        repeated=True,
    )


def answered(actor: Actor, asked: keys.Request | None, dossier_id: int) -> Done | None:
    """Give the answer of an equal request, to who may still see the dossier; the house sees all.

    Raises `NotFound` for an actor who lost sight of it since.
    """
    first = repeated(asked)
    if first is not None and not (actor.is_house or sees(reading(), actor, dossier_id)):
        raise NotFound
    return first


def _instant(text: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(text) if text else None


def _write(tx: Tx, plan: Plan, what: Act, create: Callable[[Tx, Plan], int] | None) -> Done:
    if what.also is not None and not what.also(tx, plan):
        return _done(plan, plan.snapshot.id, plan.snapshot.head, by_people=False)
    if plan.gives_code and plan.now.code is None:
        day = calendars[plan.calendar].local(plan.at).date()
        plan.now.code = store.give_code(tx, plan, day)
    dossier_id = create(tx, plan) if create else plan.snapshot.id
    head = _tell(tx, plan, what, dossier_id)
    by_people = what.by_people
    store.update(tx, plan, dossier_id, head=head, by_people=by_people, clash=Overtaken)
    if what.by_people:
        _spread(tx, plan, what, dossier_id)
    return _done(plan, dossier_id, head, by_people=what.by_people)


def _tell(tx: Tx, plan: Plan, what: Act, dossier_id: int) -> bytes:
    """Append the act's entry; its words stay beside the ledger, committed to it."""
    seq = plan.snapshot.seq + 1
    binds = [*what.binds]
    if what.remark:
        salt = secrets.token_bytes(SALT_BYTES)
        store.write_remark(tx, dossier_id, seq, what.name, what.remark, salt)
        binds.append(("remark", commitment(salt, what.remark)))
    before = store.genesis_or_head(plan, dossier_id)
    return append(tx, _entry(plan, what, dossier_id, binds), before, trusted=True)


def _spread(tx: Tx, plan: Plan, what: Act, dossier_id: int) -> None:
    """Write everything that hangs on the situation."""
    seq = plan.snapshot.seq + 1
    if what.evidence:
        attach(tx, dossier_id, seq, what.evidence, at=plan.at)
    store.write_work(tx, plan, dossier_id, recorded=what.recorded, officer_id=what.actor.officer_id)
    regrouped, given = store.write_scopes(tx, plan, dossier_id)
    store.write_fact(tx, plan, dossier_id, recorded=what.recorded)
    if what.applicant is not None and not plan.restricted:
        _write_words(tx, dossier_id, _searched(plan, *what.applicant), given)
    elif regrouped:
        write_words(tx, dossier_id)
    store.send_out(tx, plan, dossier_id, seq)


def _entry(plan: Plan, what: Act, dossier_id: int, binds: Sequence[tuple[str, str]]) -> NewEntry:
    after = plan.now.told()
    after["work"] = store.told_work(plan.items_after())
    after["revision"] = plan.snapshot.revision + int(what.by_people)
    data: dict[str, object] = {"after": after, **dict(what.data)}
    if binds:
        data["binds"] = [name for name, _ in binds]
    if plan.clock_after is not plan.clock:
        data["clock"] = told_clock(plan.clock_after)
    if plan.letters:
        data["letters"] = plan.letters
    if what.evidence:
        data["evidence"] = [[one.component, one.originals, one.copies] for one in what.evidence]
    return NewEntry(
        stream=dossier_id,
        seq=plan.snapshot.seq + 1,
        act=what.name,
        at=plan.at,
        recorded=what.recorded,
        actor=what.actor.key,
        post=what.post,
        version=plan.snapshot.version_id,
        from_step=plan.snapshot.now.step if plan.snapshot.seq else None,
        to_step=plan.now.step,
        files=[*what.files, *(one.file.sha256 for one in what.evidence if one.file)],
        commitments=[commit for _, commit in binds],
        data=data,
        origin=plan.snapshot.origin,
    )


def write_words(tx: Tx, dossier_id: int) -> None:
    """Write the search row of a dossier from its rows."""
    row = tx.one(_SEARCHED, dossier_id)
    assert row is not None
    rights = [int(scope) for (scope,) in tx.all(_SCOPES, dossier_id)]
    _write_words(tx, dossier_id, _Searched(*row), rights)


def _searched(plan: Plan, kind: str, name: str) -> _Searched:
    """Give of a new dossier what its rows will tell."""
    snapshot = plan.snapshot
    return _Searched(
        subject=snapshot.subject,
        external_code="",
        holding=plan.now.holding_agency_id,
        receiving=snapshot.receiving_agency_id,
        party_id=snapshot.applicant_id,
        kind=kind,
        name=name,
        procedure=snapshot.procedure_id,
        area=snapshot.area,
    )


def _write_words(tx: Tx, dossier_id: int, of: _Searched, rights: Sequence[int]) -> None:
    of_agencies = any(kind_of(one) is ScopeKind.AGENCY for one in rights)
    # Where no agency reads it as a whole, those who are named find it by their own rights.
    scopes = [one for one in rights if not of_agencies or kind_of(one) in _SEARCHED_SCOPES]
    texts, personal = search_texts(of.kind, of.name)
    desk = heir_of(of.receiving, of.procedure, of.area)
    clear = [agency_scope(one) for one in (of.holding, of.receiving, desk)]
    if of.party_id is not None:
        clear.append(party_scope(of.party_id))
    put_words(
        tx,
        dossier_id=dossier_id,
        texts=[of.subject, of.external_code, *texts],
        scopes=scopes,
        personal=Personal(personal, tuple(clear)),
    )


def _done(plan: Plan, dossier_id: int, head: bytes, *, by_people: bool) -> Done:
    return Done(
        dossier_id=dossier_id,
        lookup=plan.snapshot.lookup,
        code=plan.now.code,
        state=plan.now.state,
        step=plan.now.step,
        revision=plan.snapshot.revision + int(by_people),
        due_at=plan.now.due_at,
        promised_at=plan.now.promised_at,
        entry=head.hex(),
    )
