"""Telling a story to the real acts."""

from __future__ import annotations

import datetime

from motcua.core.access import actors
from motcua.core.access.actors import Actor
from motcua.core.dossiers.filing import file
from motcua.core.dossiers.moving import move
from motcua.core.dossiers.orders import Done, Filing, MoveOrder
from motcua.core.exchange.delivery import LEASE
from motcua.core.sql import Sql, Tx
from motcua.site.seeding.stories import Story

PROCEDURE = "9.000001"

# What `deliver_due` leaves of a message that reached its receiver at the first try.
_DELIVERED = Sql(
    "UPDATE exchange_message SET state = 'sent', tries = 1, next_try = %s, sent_at = %s"
    " WHERE state = 'waiting'"
)


def play(story: Story) -> int:
    """Carry a story out, act by act, and give the dossier's id."""
    done = _file(story)
    if story.shape.acts > 1:
        order = MoveOrder(move="assign", officer_id=story.shape.specialist)
        done = _move(done, story.place.head, story.times[1], order)
    if story.shape.bucket:
        done = _move(done, story.shape.specialist, story.times[2], MoveOrder(move="resolve"))
    return done.dossier_id


def deliver(tx: Tx, at: datetime.datetime) -> None:
    """Leave the outbox as it is once everything was delivered at an instant."""
    tx.run(_DELIVERED, at + LEASE, at)


def _file(story: Story) -> Done:
    at = story.times[0]
    filing = Filing(
        procedure=PROCEDURE,
        agency_id=story.place.agency_id,
        applicant=story.applicant,
        fields={"content": story.content},
        channel="counter",
    )
    actor = _officer(story.place.counter, at)
    return file(actor=actor, at=at, filing=filing, key=None, take_in=True, origin="sample")


def _move(done: Done, officer: int, at: datetime.datetime, order: MoveOrder) -> Done:
    actor = _officer(officer, at)
    return move(actor=actor, at=at, dossier_id=done.dossier_id, order=order, key=None)


def _officer(number: int, at: datetime.datetime) -> Actor:
    return actors.officer(number, "", on=at.date())
