"""A made-up stretch of a city's work: chance decides what comes in, the real acts do it.

Everything hangs on the seed and the end of the stretch: each dossier has a source of chance of its
own, so its way doesn't depend on what happens to the others. Acts are carried out in the order of
their instants, as they would have come.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from random import Random

from motcua.core.access.actors import PUBLIC
from motcua.core.agencies.queries import Node, officers_of, tree
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.filing import file
from motcua.core.dossiers.situation import Snapshot, read
from motcua.core.dossiers.windows import wake
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.queries import declared, published
from motcua.core.sql import reading
from motcua.kernel.errors import Refused
from motcua.site.sample import habits
from motcua.site.sample.acting import NobodyThere, day_at, one_of, take_step
from motcua.site.sample.city import receives
from motcua.site.sample.forms import filing

WORKING_DAYS = 25
DAY_MINUTES = 8 * 60
_ONLINE = 0.6


class NothingToFile(Refused):
    """No published procedure has an agency whose posts are all held."""

    code = "sample.nothing_to_file"
    vi = "Chưa có thủ tục nào đủ cơ quan và cán bộ để mô phỏng. Hãy chạy “motcua load sample”."
    en = "No procedure has the agencies and officers to simulate. Run “motcua load sample”."


@dataclass(slots=True)
class _Made:
    """One dossier on its way: its chance, and what it is once it is filed."""

    chance: Random
    declaration: Declaration
    agency_id: int
    channel: str
    dossier_id: int = 0


@dataclass(slots=True)
class Run:
    """What a simulation did: ids in order of arrival, and how often each move was made."""

    begins: datetime.datetime
    until: datetime.datetime
    ids: list[int] = field(default_factory=list)
    acts: Counter[str] = field(default_factory=Counter)


def simulate(
    *,
    dossiers: int,
    seed: int,
    until: datetime.datetime,
    tell: Callable[[int], None] = lambda _: None,
) -> Run:
    """File dossiers over the `WORKING_DAYS` before `until` and move them as far as they get.

    `tell` is called with the number of acts so far after each one. Raises `NothingToFile`.
    """
    places = _places(until)
    if not places:
        raise NothingToFile
    calendar = calendars["national"]
    run = Run(calendar.latest_start(until, WORKING_DAYS * DAY_MINUTES), until)
    made = [_draw(Random(f"{seed}:{number}"), places) for number in range(dossiers)]  # noqa: S311
    coming = [(_arrival(one, run), number) for number, one in enumerate(made)]
    heapify(coming)
    while coming:
        at, number = heappop(coming)
        one = made[number]
        after = _act(run, one, at)
        tell(run.acts.total())
        if after is not None and after <= until:
            heappush(coming, (after, number))
    return run


def _places(at: datetime.datetime) -> list[tuple[Declaration, int]]:
    """Give where which procedure can be filed: the tier fits and every post of its way is held."""
    return [
        (version.declaration, node.id)
        for version in published()
        for node in tree().nodes.values()
        if receives(node.code, version.declaration.code) and _works(version.declaration, node, at)
    ]


def _works(declaration: Declaration, node: Node, at: datetime.datetime) -> bool:
    if node.valid_to is not None or (declaration.tiers and node.tier not in declaration.tiers):
        return False
    if any(rule.pattern and rule.required for rule in declaration.fields):
        return False  # chance can't write what a pattern asks for
    on = day_at(node.id, at)
    steps = [step for step in declaration.flow.steps if step.agency in {"receiving", "same"}]
    return all(officers_of(node.id, step.post, on) for step in steps)


def _draw(chance: Random, places: list[tuple[Declaration, int]]) -> _Made:
    declaration, agency_id = chance.choice(places)
    online = "public" in declaration.channels
    if "counter" in declaration.channels and chance.random() > _ONLINE:
        online = False
    return _Made(chance, declaration, agency_id, "online" if online else "counter")


def _arrival(one: _Made, run: Run) -> datetime.datetime:
    """Online at any hour, at the counter while it is open."""
    if one.channel == "online":
        at = run.begins + (run.until - run.begins) * one.chance.random()
        return at.replace(microsecond=0)
    minutes = one.chance.randint(1, WORKING_DAYS * DAY_MINUTES)
    return calendars["national"].due(run.begins, minutes)


def _act(run: Run, one: _Made, at: datetime.datetime) -> datetime.datetime | None:
    """Do the next thing with a dossier; give when the one after is due, None for never."""
    if one.dossier_id:
        return _move_on(run, one, at)
    done = _file(one, at)
    one.dossier_id = done
    run.ids.append(done)
    run.acts["take_in" if one.channel == "counter" else "file"] += 1
    return habits.pause(read(reading(), done), one.declaration, at, one.chance)


def _file(one: _Made, at: datetime.datetime) -> int:
    counter = one.channel == "counter"
    actor = PUBLIC
    if counter:
        first = one.declaration.flow.step[one.declaration.flow.start]
        found = one_of(one.agency_id, first.post, at, one.chance)
        if found is None:
            raise NobodyThere(agency=one.agency_id, post=first.post, move="file")
        actor = found
    asked = filing(
        one.declaration,
        one.agency_id,
        one.chance,
        on=day_at(one.agency_id, at),
        channel=one.channel,
    )
    done = file(actor=actor, at=at, filing=asked, key=None, take_in=counter, origin="sample")
    return done.dossier_id


def _move_on(run: Run, one: _Made, at: datetime.datetime) -> datetime.datetime | None:
    snapshot = read(reading(), one.dossier_id)
    declaration = declared(snapshot.version_id)
    if snapshot.now.wake_at is not None and snapshot.now.wake_at <= at:
        wake(at=at, dossier_id=one.dossier_id)
        run.acts["wake"] += 1
        return read(reading(), one.dossier_id).now.wake_at
    order = habits.next_move(declaration, snapshot, at, one.chance)
    if order is not None:
        take_step(declaration, snapshot, order, at=at, chance=one.chance)
        run.acts[order.move] += 1
        snapshot = read(reading(), one.dossier_id)
    return habits.pause(snapshot, declaration, at, one.chance)


def results(run: Run) -> dict[str, dict[str, int]]:
    """Count the dossiers of a run by state and by bucket at its end.

    Open ones are `open_in_time`, `open_late`, or `waiting` while their clock rests or has not
    begun; finished ones are `early`, `on_time`, `late`, or `ended` without a clock.
    """
    states: Counter[str] = Counter()
    buckets: Counter[str] = Counter()
    for dossier_id in run.ids:
        snapshot = read(reading(), dossier_id)
        states[snapshot.now.state] += 1
        buckets[_bucket(snapshot, run.until)] += 1
    return {"states": dict(sorted(states.items())), "buckets": dict(sorted(buckets.items()))}


def _bucket(snapshot: Snapshot, at: datetime.datetime) -> str:
    now = snapshot.now
    if now.finished_at is not None:
        return now.bucket or "ended"
    if now.due_at is None or now.paused_since is not None:
        return "waiting"
    return "open_in_time" if at <= now.due_at else "open_late"
