"""The scope rows of a dossier, and the row filter that every list, count and search passes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet

from motcua.core.access.actors import Actor
from motcua.core.access.models import ScopeRow
from motcua.core.access.scopes import KIND_BITS, ScopeKind, kind_of, party_scope
from motcua.core.sql import Sql, Tx, grid, marks

M = TypeVar("M", bound=Model)

_TURN = Sql("UPDATE access_scoperow SET is_open = %s, due_at = %s WHERE dossier_id = %s")
_FORMER = Sql(
    "UPDATE access_scoperow SET reason = 'former' WHERE dossier_id = %s AND reason = 'holder'"
)
_SEES = Sql(
    "SELECT 1 FROM access_scoperow WHERE dossier_id = %s AND scope = %s AND until_at IS NULL"
)

_CLOSE = Sql(
    "UPDATE access_scoperow SET until_at = %s WHERE dossier_id = %s"
    f" AND (scope & {KIND_BITS}) = {ScopeKind.AGENCY.value} AND until_at IS NULL"
)
_OPEN = Sql("UPDATE access_scoperow SET until_at = NULL WHERE dossier_id = %s")
_PARTIES = Sql(
    "SELECT scope FROM access_scoperow WHERE dossier_id = %s"
    f" AND (scope & {KIND_BITS}) = {ScopeKind.PARTY.value}"
)


def grant(
    tx: Tx,
    *,
    dossier_id: int,
    scopes: Iterable[tuple[int, str]],
    at: datetime.datetime,
    is_open: bool,
    due_at: datetime.datetime | None,
    restricted: bool = False,
) -> None:
    """Give rights to read: pairs of scope and reason; a right that was closed opens again.

    Of a `restricted` dossier those of whole agencies are written closed, until it is no more.
    """
    values: list[object] = []
    rights = dict(scopes)
    for scope, reason in rights.items():
        until = at if restricted and kind_of(scope) is ScopeKind.AGENCY else None
        values += [dossier_id, scope, reason, at, until, is_open, due_at]
    if rights:
        tx.send(_grant(len(rights)), *values)


@lru_cache(maxsize=64)
def _grant(count: int) -> Sql:
    """Give the statement that writes so many rights of a dossier, each once."""
    return Sql(
        "INSERT INTO access_scoperow"
        " (dossier_id, scope, reason, from_at, until_at, is_open, due_at)"
        f" VALUES {grid(count, 7)} ON CONFLICT (dossier_id, scope)"
        " DO UPDATE SET reason = excluded.reason, until_at = excluded.until_at"
    )


def restrict(tx: Tx, *, dossier_id: int, at: datetime.datetime) -> None:
    """Close the rights of whole agencies: those who are named keep theirs."""
    tx.send(_CLOSE, at, dossier_id)


def unrestrict(tx: Tx, *, dossier_id: int) -> None:
    """Open again what `restrict` closed, and what was given closed since."""
    tx.send(_OPEN, dossier_id)


def retire_holder(tx: Tx, *, dossier_id: int) -> None:
    """The holder changes: those who held it keep reading, as former holders."""
    tx.send(_FORMER, dossier_id)


def turn(tx: Tx, *, dossier_id: int, is_open: bool, due_at: datetime.datetime | None) -> None:
    """Carry the dossier's ordering columns over to its rows."""
    tx.send(_TURN, is_open, due_at, dossier_id)


def sees(tx: Tx, actor: Actor, dossier_id: int) -> bool:
    """Tell whether an actor may read a dossier: by a right, and not as a party to it."""
    return reads(tx, actor, dossier_id) and not _is_party(tx, actor, dossier_id)


def reads(tx: Tx, actor: Actor, dossier_id: int) -> bool:
    """Tell whether an actor has a right to read a dossier, whoever its parties are.

    For telling an officer why their own dossier is closed to them; for all else ask `sees`.
    """
    return any(tx.one(_SEES, dossier_id, scope) for scope in actor.scopes)


def _is_party(tx: Tx, actor: Actor, dossier_id: int) -> bool:
    if not actor.barred:
        return False
    parties = {scope for (scope,) in tx.all(_PARTIES, dossier_id)}
    return not parties.isdisjoint(map(party_scope, actor.barred))


def condition(actor: Actor) -> tuple[str, tuple[int, ...]]:
    """Give the same filter for a hand-written query about a column `{id}`, and its values."""
    told = (
        "EXISTS (SELECT 1 FROM access_scoperow r WHERE r.dossier_id = {id}"
        f" AND r.scope IN ({marks(len(actor.scopes))}) AND r.until_at IS NULL)"
    )
    return told, actor.scopes


def visible(rows: QuerySet[M], actor: Actor, *, by: str = "pk") -> QuerySet[M]:
    """Keep the rows whose dossier (named by the column `by`) the actor may read: one semi-join.

    An officer reads no dossier in which they are a party, but as its applicant.
    """
    right = ScopeRow.objects.filter(dossier_id=OuterRef(by), scope__in=actor.scopes, until_at=None)
    found = rows.filter(Exists(right))
    if actor.barred:  # few officers ever applied to the city
        parties = [party_scope(one) for one in actor.barred]
        found = found.exclude(
            Exists(ScopeRow.objects.filter(dossier_id=OuterRef(by), scope__in=parties))
        )
    return found
