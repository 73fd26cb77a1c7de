"""A look at the letters of a move before it is made: the move itself, made and taken back.

The act runs in a transaction that is always undone, so a preview shows exactly what would go out,
and is refused for exactly what the move would be refused for. Nothing is recorded or sent.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from django.db import transaction

from motcua.core.access.actors import Actor
from motcua.core.documents.context import context_of
from motcua.core.dossiers.models import Paper
from motcua.core.dossiers.moving import move
from motcua.core.dossiers.orders import MoveOrder
from motcua.core.letters.editions import in_force
from motcua.core.letters.setting import render
from motcua.kernel.errors import Refused


class NoLetter(Refused):
    """The move sends nothing on paper."""

    code = "documents.no_letter"
    vi = "Thao tác này không phát hành văn bản nào."
    en = "This move sends no letter."


@dataclass(frozen=True, slots=True)
class _Letter:
    system: str
    key: str
    data: dict[str, object]


def preview(
    *, actor: Actor, at: datetime.datetime, dossier_id: int, order: MoveOrder, revision: int
) -> bytes:
    """Give the first letter of a move as PDF, marked as a preview on every page.

    Raises what the move would raise, a missing proof aside, and `NoLetter`.
    """
    with transaction.atomic():
        letters = _letters(actor, at, dossier_id, order, revision)
        transaction.set_rollback(True)
    if not letters:
        raise NoLetter
    first = letters[0]
    sources = in_force(first.system, first.key, at=at)
    return render(sources, {**first.data, "preview": True}, at=at)


def _letters(
    actor: Actor, at: datetime.datetime, dossier_id: int, order: MoveOrder, revision: int
) -> list[_Letter]:
    papers = Paper.objects.filter(dossier_id=dossier_id)
    before = set(papers.values_list("pk", flat=True))
    move(
        actor=replace(actor, proven=True),  # nobody signs by looking
        at=at,
        dossier_id=dossier_id,
        order=order,
        key=None,
        revision=revision,
        together=True,  # nothing stays of it
    )
    added = papers.exclude(pk__in=before).select_related("dossier").order_by("pk")
    return [_Letter(one.dossier.system, one.letter, context_of(one)) for one in added]
