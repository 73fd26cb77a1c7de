"""The scope rows of a dossier, and the row filter that every list, count and search passes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet

from motcua.core.access.actors import Actor
from motcua.core.access.models import ScopeRow
from motcua.core.sql import Sql, Tx

M = TypeVar("M", bound=Model)

_GRANT = Sql(
    "INSERT INTO access_scoperow (dossier_id, scope, reason, from_at, is_open, due_at)"
    " VALUES (%s, %s, %s, %s, %s, %s)"
    " ON CONFLICT (dossier_id, scope) DO UPDATE SET reason = excluded.reason, until_at = NULL"
)
_TURN = Sql("UPDATE access_scoperow SET is_open = %s, due_at = %s WHERE dossier_id = %s")
_FORMER = Sql(
    "UPDATE access_scoperow SET reason = 'former' WHERE dossier_id = %s AND reason = 'holder'"
)
_SEES = Sql(
    "SELECT 1 FROM access_scoperow WHERE dossier_id = %s AND scope = %s AND until_at IS NULL"
)


def grant(
    tx: Tx,
    *,
    dossier_id: int,
    scopes: Iterable[tuple[int, str]],
    at: datetime.datetime,
    is_open: bool,
    due_at: datetime.datetime | None,
) -> None:
    """Give rights to read: pairs of scope and reason; a right that was closed opens again."""
    for scope, reason in scopes:
        tx.run(_GRANT, dossier_id, scope, reason, at, is_open, due_at)


def retire_holder(tx: Tx, *, dossier_id: int) -> None:
    """The holder changes: those who held it keep reading, as former holders."""
    tx.run(_FORMER, dossier_id)


def turn(tx: Tx, *, dossier_id: int, is_open: bool, due_at: datetime.datetime | None) -> None:
    """Carry the dossier's ordering columns over to its rows."""
    tx.run(_TURN, is_open, due_at, dossier_id)


def sees(tx: Tx, actor: Actor, dossier_id: int) -> bool:
    """Tell whether an actor may read a dossier."""
    return any(tx.one(_SEES, dossier_id, scope) for scope in actor.scopes)


def visible(rows: QuerySet[M], actor: Actor, *, by: str = "pk") -> QuerySet[M]:
    """Keep the rows whose dossier (named by the column `by`) the actor may read: one semi-join."""
    right = ScopeRow.objects.filter(dossier_id=OuterRef(by), scope__in=actor.scopes, until_at=None)
    return rows.filter(Exists(right))
