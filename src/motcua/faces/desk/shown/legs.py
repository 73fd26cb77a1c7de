"""Consultations of a dossier: who was asked, by when, and what they answered."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motcua.core.agencies.queries import agency
from motcua.core.dossiers.models import Remark, WorkItem
from motcua.core.procedures.declaration import Declaration
from motcua.faces.desk.reading.history import Told
from motcua.faces.desk.shown.deadlines import Chip, of_work
from motcua.faces.desk.words import RESULTS, holder_name, leg_name, moment


@dataclass(frozen=True, slots=True)
class ShownLeg:
    """A consultation with its own clock and, once answered, its words."""

    name: str
    holder: str
    asked: str
    due: str
    chip: Chip
    ended: str
    words: str


def shown_legs(
    declaration: Declaration,
    work: Sequence[WorkItem],
    told: Sequence[Told],
    remarks: Mapping[int, Remark],
    at: datetime.datetime,
) -> list[ShownLeg]:
    """Give the consultations in the order in which they were opened."""
    replies = {one.data["leg"]: one.seq for one in told if isinstance(one.data.get("leg"), int)}
    return [
        _leg(declaration, item, remarks.get(replies.get(item.leg, 0)), at)
        for item in work
        if item.leg is not None
    ]


def _leg(
    declaration: Declaration, item: WorkItem, remark: Remark | None, at: datetime.datetime
) -> ShownLeg:
    who = item.officer or item.ended_by
    chip = of_work(item, at, due=item.due_at, paused=None)
    if item.ended_at is not None:
        result = str(RESULTS.get(item.result, item.result))
        chip = Chip("ok" if item.result == "replied" else "over", result, result)
    return ShownLeg(
        name=leg_name(declaration, item.step),
        holder=holder_name(
            declaration, agency(item.agency_id), item.post, who.name if who else None
        ),
        asked=moment(item.began_at),
        due=moment(item.due_at),
        chip=chip,
        ended=moment(item.ended_at),
        words=remark.text if remark else "",
    )
