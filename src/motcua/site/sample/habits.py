"""What made-up officers and applicants tend to do, and how long they take over it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from random import Random

from motcua.core.agencies.queries import agency
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.orders import MoveOrder
from motcua.core.dossiers.situation import Item, Snapshot
from motcua.core.procedures.declaration import Declaration
from motcua.kernel.calendar import Calendar
from motcua.kernel.flow.definition import Definition, Kind, Marking, Move
from motcua.kernel.flow.engine import free_legs
from motcua.kernel.flow.options import options

_WEIGHTS = {
    Kind.FORWARD: 80.0,
    Kind.BACK: 6.0,
    Kind.SUPPLEMENT: 14.0,
    Kind.CONSULT: 35.0,
    Kind.REFUSE: 4.0,
    Kind.STOP: 3.0,
    Kind.WITHDRAW: 0.6,
    Kind.ASSIGN: 2.0,
    Kind.REPLY: 100.0,
    Kind.ANSWER: 100.0,
    Kind.APOLOGISE: 0.0,  # where it is owed, see `_apology`; reopening is told in `stories.toml`
    Kind.REOPEN: 0.0,
    Kind.HAND_OVER: 0.0,  # needs an agency that is competent: nothing chance should decide
}
# While opinions are awaited the holder mostly waits; a late one is gone without at times.
_WHILE_LEGS_OPEN = {Kind.REPLY: 100.0, Kind.FORWARD: 40.0, Kind.WITHDRAW: 1.0}
# Shares of the time a step is given: mostly well within it, one in eight beyond.
_SHARES = ((0.05, 0.4), (0.4, 0.85), (0.85, 1.0), (1.1, 2.6))
_SHARE_WEIGHTS = (42, 36, 10, 12)
_NO_LIMIT_MINUTES = 20
_UNANSWERED = 0.25
_SORRY = 0.7
_NEAR = datetime.timedelta(days=3)
_DAY = 8 * 60


def next_move(
    declaration: Declaration, snapshot: Snapshot, at: datetime.datetime, chance: Random
) -> MoveOrder | None:
    """Draw a move of the current step by weight; None where none can be made now."""
    marking = snapshot.now.marking
    open_now = options(declaration.flow, marking, late_legs=_late(snapshot, at))
    open_to_people = (one for one in open_now if "house" not in one.move.by)
    found = [option.move for option in open_to_people if option.why_not is None]
    needed = _needed(declaration.flow, marking)
    owed = _apology(found, snapshot, at)
    if owed is not None and chance.random() < _SORRY:
        return MoveOrder(move=owed.key)
    plain = any(one.kind is Kind.FORWARD and not one.reason for one in found)
    weights = [_weight(one, marking, needed, plain=plain) for one in found]
    if not any(weights):
        return None
    chosen = chance.choices(found, weights)[0]
    return MoveOrder(
        move=chosen.key,
        leg=_leg(chosen, snapshot, chance),
        legs=_legs(chosen, marking, needed, chance),
    )


def pause(
    snapshot: Snapshot,
    declaration: Declaration,
    at: datetime.datetime,
    chance: Random,
    *,
    slow: float = 1.0,
) -> datetime.datetime | None:
    """Give when somebody acts again, at least a working minute later; None for never.

    Officers take `slow` times as long as they mostly do.
    """
    if snapshot.now.closed or snapshot.main is None:
        return None
    if snapshot.now.marking.waiting:
        if chance.random() < _UNANSWERED:
            return snapshot.now.wake_at  # the house acts; where no window was given, nobody does
        return _later(snapshot.main, at, chance.randint(_DAY // 2, 6 * _DAY))
    legs = [item for item in snapshot.items if item.leg is not None]
    item = chance.choice(legs) if legs else snapshot.main
    minutes = _minutes(item, declaration)
    share = chance.uniform(*chance.choices(_SHARES, _SHARE_WEIGHTS)[0])
    return _later(item, at, max(1, round(minutes * share * slow)))


def _apology(found: Sequence[Move], snapshot: Snapshot, at: datetime.datetime) -> Move | None:
    """Give the move that apologises, where the due date is near or gone by."""
    due = snapshot.now.due_at
    if due is None or at < due - _NEAR:
        return None
    return next((move for move in found if move.kind is Kind.APOLOGISE), None)


def _needed(flow: Definition, marking: Marking) -> set[str]:
    """Give the opinions without which the dossier cannot go on from here."""
    forward = [move for move in flow.moves if move.kind is Kind.FORWARD]
    legs = {leg for move in forward if marking.at in move.sources for leg in move.legs}
    return legs - {*marking.settled, *(leg.key for leg in marking.legs)}


def _weight(move: Move, marking: Marking, needed: set[str], *, plain: bool) -> float:
    if any(not leg.replied for leg in marking.legs):
        return _WHILE_LEGS_OPEN.get(move.kind, 0.0)
    if move.kind is Kind.CONSULT and marking.legs and not needed:
        return 0.0
    # A forward move that asks for a reason is the exception beside a plain one.
    rare = plain and move.kind is Kind.FORWARD and move.reason
    return 0.5 if rare else _WEIGHTS[move.kind]


def _late(snapshot: Snapshot, at: datetime.datetime) -> frozenset[int]:
    return frozenset(
        item.leg
        for item in snapshot.items
        if item.leg is not None and item.due_at is not None and item.due_at < at
    )


def _leg(move: Move, snapshot: Snapshot, chance: Random) -> int | None:
    if move.kind is not Kind.REPLY:
        return None
    return chance.choice([item.leg for item in snapshot.items if item.leg is not None])


def _legs(move: Move, marking: Marking, needed: set[str], chance: Random) -> tuple[str, ...]:
    if move.kind is not Kind.CONSULT:
        return ()
    free = free_legs(move, marking)
    some = needed or chance.sample(free, chance.randint(1, len(free)))
    return tuple(key for key in free if key in some)


def _minutes(item: Item, declaration: Declaration) -> int:
    flow = declaration.flow
    rule = flow.step[item.step] if item.leg is None else flow.leg[item.step]
    return rule.minutes or _NO_LIMIT_MINUTES


def _later(item: Item, at: datetime.datetime, minutes: int) -> datetime.datetime:
    return _calendar(item).due(at, minutes)


def _calendar(item: Item) -> Calendar:
    return calendars[agency(item.agency_id).calendar]
