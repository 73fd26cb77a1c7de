"""What the data keeper sees: what falls due, what is held, what was erased.

A keeper answers for the dossiers that their agencies, or those below, received. They see those of
which the row filter lets them read; of the rest they are told how many there are.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from motcua.core.access.actors import Actor
from motcua.core.access.rows import visible
from motcua.core.agencies.queries import tree
from motcua.core.dossiers.erased import ERASE
from motcua.core.dossiers.models import Dossier
from motcua.core.erasure.retention import ANY, due_by, rules_on, rules_told
from motcua.core.erasure.rules import KEEPER, Kind, NotTheKeeper, Rule, hold_after
from motcua.core.places import BITS
from motcua.core.sql import Sql, instant, reading

PAGE = 20
_HEAVY = ("version__source", "version__body")

# As the index `ledger_entry_kept` says it: another wording would walk the whole ledger.
_KEPT = Sql(
    "SELECT id, act, at, body FROM ledger_entry WHERE act IN ('erase', 'hold', 'release')"
    " ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A dossier on the page: since when, by which document, and what holds it."""

    dossier: Dossier
    at: datetime.datetime | None
    document: str
    hold: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page; `total` counts the hidden ones too."""

    rows: list[Kept]
    total: int
    hidden: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-(self.total - self.hidden) // PAGE))


@dataclass(frozen=True, slots=True)
class Keeping:
    """The rules in force and to come, and what they come to."""

    rules: list[Rule]
    coming: list[Rule]
    due: Part
    held: Part
    erased: Part


def is_keeper(actor: Actor) -> bool:
    """Tell whether somebody keeps data for any agency."""
    return any(held.post == KEEPER for held in actor.posts)


def keeping(actor: Actor, at: datetime.datetime, *, page: int = 1) -> Keeping:
    """Give what a keeper answers for. Raises `NotTheKeeper`."""
    if not is_keeper(actor):
        raise NotTheKeeper
    on, agencies = localtime(at).date(), agencies_kept(actor)
    rules = rules_on(on)
    acts = _acts()
    holds = {key: by for key, told in acts.items() if (by := hold_after(_holding(told)))}
    ends = {key: told[-1] for key, told in acts.items() if told[-1][0] == ERASE}
    mine = Dossier.objects.filter(receiving_agency_id__in=agencies)

    def due(row: Dossier) -> Kept:
        return Kept(row, row.finished_at, _source(row, rules), holds.get(row.pk, ""))

    def held(row: Dossier) -> Kept:
        return Kept(row, row.finished_at, "", holds[row.pk])

    def erased(row: Dossier) -> Kept:
        return Kept(row, *ends[row.pk][1:])

    return Keeping(
        rules=rules,
        coming=[one for one in rules_told() if one.since is not None and one.since > on],
        due=_part(actor, mine.filter(_any_due(rules, at)), due, page),
        held=_part(actor, mine.filter(pk__in=list(holds)), held, page),
        erased=_part(actor, mine.filter(pk__in=list(ends)), erased, page),
    )


def _any_due(rules: list[Rule], at: datetime.datetime) -> Q:
    found = Q(pk=None)
    for rule in rules:
        if rule.kind is Kind.DOSSIER:
            found |= due_by(rule, rules, at)
    return found


def _source(row: Dossier, rules: list[Rule]) -> str:
    """Name the rule by which a dossier falls due: its procedure's own, else the one for any."""
    by = {rule.procedure: rule.source for rule in rules if rule.kind is Kind.DOSSIER}
    return by.get(row.version.procedure.code) or by[ANY]


def _part(
    actor: Actor, rows: QuerySet[Dossier], kept: Callable[[Dossier], Kept], page: int
) -> Part:
    total, seen = rows.count(), visible(rows, actor)
    shown = seen.count()
    start = (min(page, max(1, -(-shown // PAGE))) - 1) * PAGE
    found = (
        seen.select_related("version__procedure")
        .defer(*_HEAVY)
        .order_by("finished_at", "pk")[start : start + PAGE]
    )
    return Part([kept(row) for row in found], total, total - shown, start // PAGE + 1)


Act = tuple[str, datetime.datetime | None, str]


def _acts() -> dict[int, list[Act]]:
    """Give the keeper's acts by dossier: name, instant, document."""
    found: dict[int, list[Act]] = {}
    for row_id, name, at, body in reading().all(_KEPT):
        document = json.loads(body)["data"]["document"]
        found.setdefault(row_id >> BITS, []).append((name, instant(at), document))
    return found


def _holding(told: Iterable[Act]) -> list[tuple[str, str]]:
    return [(name, document) for name, _, document in told if name != ERASE]


def agencies_kept(actor: Actor) -> list[int]:
    """Give the agencies whose data somebody keeps: theirs, and those below."""
    mine = {held.agency_id for held in actor.posts if held.post == KEEPER}
    return [key for key in tree().nodes if mine & set(tree().chain(key))]
