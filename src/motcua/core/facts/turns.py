"""Writing facts: an act ends the current stretch of a dossier and begins the next."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from motcua.core.places import place
from motcua.core.sql import Sql, Tx

_END = Sql("UPDATE facts_fact SET ended_at = %s, ended_recorded = %s WHERE id = %s")
_BEGIN = Sql(
    "INSERT INTO facts_fact (id, dossier_id, procedure_id, state, step, agency_id,"
    " receiving_agency_id, officer_id, channel, outcome, due_at, began_at, began_recorded, origin)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
_DELTA = Sql(
    "INSERT INTO facts_delta (left_agency_id, left_state, agency_id, state, procedure_id)"
    " VALUES (%s, %s, %s, %s, %s)"
)


@dataclass(slots=True)
class Stretch:
    """The situation that begins with an act; `number` counts those of the dossier from 1."""

    dossier_id: int
    number: int
    procedure_id: int
    state: str
    step: str
    agency_id: int
    receiving_agency_id: int
    officer_id: int | None
    channel: str
    outcome: str
    due_at: datetime.datetime | None
    began_at: datetime.datetime
    recorded_at: datetime.datetime
    origin: str


def turn(tx: Tx, stretch: Stretch, *, left: tuple[int, str] | None) -> None:
    """Begin a stretch; `left` is the agency and state the dossier had before, None for a new one.

    A delta is written only where a count changes.
    """
    if left is not None:
        before = place(stretch.dossier_id, stretch.number - 1)
        tx.send(_END, stretch.began_at, stretch.recorded_at, before)
    tx.send(
        _BEGIN,
        place(stretch.dossier_id, stretch.number),
        stretch.dossier_id,
        stretch.procedure_id,
        stretch.state,
        stretch.step,
        stretch.agency_id,
        stretch.receiving_agency_id,
        stretch.officer_id,
        stretch.channel,
        stretch.outcome,
        stretch.due_at,
        stretch.began_at,
        stretch.recorded_at,
        stretch.origin,
    )
    if left != (stretch.agency_id, stretch.state):
        agency, state = left or (None, "")
        tx.send(_DELTA, agency, state, stretch.agency_id, stretch.state, stretch.procedure_id)
