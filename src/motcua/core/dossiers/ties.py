"""Liên quan: a dossier that hangs on another one, a complaint about it or a part of it.

The tie is written by the act that files the dossier and told by its first entry, with the officers
who are recused. It never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.core.access.actors import Actor
from motcua.core.access.rows import visible
from motcua.core.access.scopes import party_scope
from motcua.core.dossiers.models import Dossier, Tie
from motcua.core.dossiers.situation import Snapshot, read
from motcua.core.procedures.declaration import Declaration, PartRule
from motcua.core.sql import Sql, Tx
from motcua.kernel.errors import Refused

COMPLAINT, PART = Tie.Kind.COMPLAINT.value, Tie.Kind.PART.value


class AlreadyOpen(Refused):
    """A complaint of the same kind about the same dossier has not been answered yet."""

    code = "dossiers.complaint_open"
    vi = "Đã có một đơn cùng loại về hồ sơ này đang được giải quyết; hãy theo dõi đơn đó."
    en = "A complaint of this kind about this dossier is being handled; follow that one."
    status = 409


class PartThere(Refused):
    """The part was opened before."""

    code = "dossiers.part_there"
    vi = "Phần liên thông “{part}” của hồ sơ này đã được mở."
    en = "The part “{part}” of this dossier has been opened already."
    status = 409


@dataclass(frozen=True, slots=True)
class Hanging:
    """What a new dossier hangs on: `of`, as what, and who has no hand in it.

    `post` is the one in which an officer files it for somebody.
    """

    of: int
    kind: str
    key: str = ""
    recused: tuple[int, ...] = ()
    post: str | None = None

    def told(self) -> tuple[tuple[str, object], ...]:
        """Give what the first entry tells."""
        return (("of", [self.of, self.kind, self.key]), ("recused", list(self.recused)))


class PartsPending(Refused):
    """A move waits for the results of linked procedures."""

    code = "dossiers.parts_pending"
    vi = "Chưa làm được: còn chờ kết quả liên thông: {parts}."
    en = "Not yet: the results of linked procedures are awaited: {parts}."
    status = 409


@dataclass(frozen=True, slots=True)
class Part:
    """A part that was opened, and how far it is."""

    dossier_id: int
    finished: bool
    closed: bool
    outcome: str

    @property
    def failed(self) -> bool:
        """Tell whether it ended without the result that others wait for."""
        return self.closed and self.outcome != GRANTED


GRANTED = "granted"
_PARTS = Sql(
    "SELECT t.key, d.id, d.finished_at IS NOT NULL, d.closed, d.outcome FROM dossiers_tie t"
    " JOIN dossiers_dossier d ON d.id = t.dossier_id WHERE t.of_id = %s AND t.kind = 'part'"
)


def parts_of(tx: Tx, dossier_id: int) -> dict[str, Part]:
    """Give the parts that a dossier has opened, by their keys."""
    rows = tx.all(_PARTS, dossier_id)
    return {key: Part(int(one), bool(done), bool(over), end) for key, one, done, over, end in rows}


def falls_away(declaration: Declaration, rule: PartRule, parts: Mapping[str, Part]) -> bool:
    """Tell whether a part will never be opened: what it follows ended without a result."""
    if rule.key in parts or not rule.after:
        return False
    earlier = declaration.part(rule.after)
    if earlier is None or falls_away(declaration, earlier, parts):
        return True
    return rule.after in parts and parts[rule.after].failed


def awaited(tx: Tx, dossier_id: int, declaration: Declaration, move: str) -> PartsPending | None:
    """Give why a move waits, None where it waits for nothing; reads only where it may wait."""
    rules = [rule for rule in declaration.parts if rule.before == move]
    if not rules:
        return None
    parts = parts_of(tx, dossier_id)
    open_ = [
        rule.name.vi
        for rule in rules
        if not (rule.key in parts and parts[rule.key].finished)
        and not falls_away(declaration, rule, parts)
    ]
    return PartsPending(parts=", ".join(open_)) if open_ else None


# Whoever hangs something on a dossier waits for whoever does so at the same time.
_LOCK = Sql("UPDATE dossiers_dossier SET seq = seq WHERE id = %s")
_OPEN = Sql(
    "SELECT 1 FROM dossiers_tie t JOIN dossiers_dossier d ON d.id = t.dossier_id"
    " WHERE t.of_id = %s AND t.kind = 'complaint' AND d.procedure_id = %s AND NOT d.closed"
)
_PART = Sql("SELECT 1 FROM dossiers_tie WHERE of_id = %s AND kind = 'part' AND key = %s")
_OF = Sql("SELECT of_id FROM dossiers_tie WHERE dossier_id = %s")
_TIE = Sql("INSERT INTO dossiers_tie (dossier_id, of_id, kind, key) VALUES (%s, %s, %s, %s)")
_RECUSE = Sql("INSERT INTO people_recusal (officer_id, party_id) VALUES (%s, %s)")


def check_free(tx: Tx, hanging: Hanging, procedure_id: int) -> None:
    """Refuse what hangs there already; the place is kept until the act commits."""
    tx.run(_LOCK, hanging.of)
    if hanging.kind == PART and tx.one(_PART, hanging.of, hanging.key) is not None:
        raise PartThere(part=hanging.key)
    if hanging.kind == COMPLAINT and tx.one(_OPEN, hanging.of, procedure_id) is not None:
        raise AlreadyOpen


def write(tx: Tx, hanging: Hanging, *, dossier_id: int, party_id: int) -> None:
    """Write the tie, and keep the recused officers from the party of the new dossier."""
    tx.run(_TIE, dossier_id, hanging.of, hanging.kind, hanging.key)
    for officer_id in hanging.recused:
        tx.run(_RECUSE, officer_id, party_id)


def explained(bodies: Iterable[dict[str, Any]]) -> tuple[list[object] | None, list[int]]:
    """Give the tie and the recused officers that the entries of a dossier tell."""
    data = next(iter(bodies))["data"]
    return data.get("of"), sorted(data.get("recused", ()))


def whole_of(tx: Tx, dossier_id: int) -> Snapshot | None:
    """Give the dossier on which one hangs, for those who decide about rights."""
    row = tx.one(_OF, dossier_id)
    return None if row is None else read(tx, int(row[0]))


def hanging_on(actor: Actor, snapshot: Snapshot) -> list[Dossier]:
    """Give what hangs on a dossier, the first one first, as far as the actor may read it.

    Its applicant reads it all: whatever hangs on a dossier is of the same applicant.
    """
    rows = Dossier.objects.filter(tie__of_id=snapshot.id).select_related(
        "tie", "version__procedure", "holding_agency"
    )
    reader = actor
    if actor.party_id is not None and actor.party_id == snapshot.applicant_id:
        parties = rows.values_list("applicant_id", flat=True)
        scopes = tuple(party_scope(one) for one in parties if one is not None)
        reader = Actor(key=actor.key, party_id=actor.party_id, scopes=scopes)
    found = visible(rows.defer("version__source", "version__body"), reader)
    return list(found.order_by("pk"))


def hangs_on(actor: Actor, snapshot: Snapshot) -> Dossier | None:
    """Give the dossier on which this one hangs, if the actor may read it."""
    rows = Dossier.objects.filter(ties__dossier_id=snapshot.id).select_related("version__procedure")
    return visible(rows.defer("version__source", "version__body"), actor).first()
