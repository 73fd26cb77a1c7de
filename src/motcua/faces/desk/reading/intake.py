"""What the counter can take in, and what was filed online and waits for it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from motcua.core.access.actors import Actor
from motcua.core.access.rows import visible
from motcua.core.agencies.queries import Node, agency, competences
from motcua.core.dossiers.filing import reception
from motcua.core.dossiers.models import Dossier
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.queries import current, published

WAITING = ("submitted", "supplement_before")
QUEUE = 100
"""So many are shown at once; the list of dossiers has the rest."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A procedure that an officer can take in, and the agencies where they may."""

    declaration: Declaration
    agencies: tuple[Node, ...]


def counters(
    actor: Actor, declaration: Declaration, named: Mapping[str, frozenset[int]]
) -> tuple[Node, ...]:
    """Give the agencies where the actor may take in dossiers of a procedure.

    `named` says which agencies receive it (`agencies.queries.competences`).

    The act decides the same again; here it decides what is offered.
    """
    if not declaration.taken_in_through:
        return ()
    post = declaration.flow.step[declaration.flow.start].post
    held = [agency(one) for one in _sits(actor, declaration, post)]
    only = named.get(declaration.code)
    fitting = [
        one
        for one in held
        if (not declaration.tiers or one.tier in declaration.tiers)
        and (only is None or one.id in only)
    ]
    return tuple(dict.fromkeys(fitting))


def _sits(actor: Actor, declaration: Declaration, post: str) -> Iterator[int]:
    """Give the agencies in whose reception post the actor is, or stands in."""
    yield from (one.agency_id for one in actor.posts if one.post == post)
    for lent in actor.lent:
        number, move = current(declaration.code).procedure_id, reception(declaration)
        if lent.post == post and lent.covers(number, move.key):
            yield lent.agency_id


def offered(actor: Actor, on: datetime.date, words: str = "") -> list[Offered]:
    """Give the published procedures that the actor can take in, by name."""
    found = (one.declaration for one in published(words))
    named = competences(on)
    told = (Offered(one, counters(actor, one, named)) for one in found)
    return [one for one in told if one.agencies]


def waiting(actor: Actor) -> tuple[list[Dossier], int]:
    """Give the dossiers that wait for reception at the actor's agencies, longest wait first.

    Beside those that are shown, how many there are in all.
    """
    at = {*actor.agencies(), *(lent.agency_id for lent in actor.lent)}
    rows = Dossier.objects.filter(state__in=WAITING, closed=False, holding_agency_id__in=at)
    lean = visible(rows, actor).select_related("applicant").order_by("filed_at", "id")
    shown = list(lean[: QUEUE + 1])
    return shown[:QUEUE], len(shown) if len(shown) <= QUEUE else lean.count()
