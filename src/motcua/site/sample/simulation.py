"""A made-up stretch of a city's work: chance decides what comes in, the real acts do it.

Everything hangs on the seed and the stretch. Each choice has a source of chance of its own, named
after the dossier and its revision, so a dossier's way doesn't depend on what happens to the others,
and a run that was broken off goes on from what its acts have written: no state is kept beside them.
Acts are carried out in the order of their instants, as they would have come.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from heapq import heappop, heappush
from random import Random

from motcua.core.agencies.queries import agency
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.moving import last_act
from motcua.core.dossiers.situation import Snapshot, read
from motcua.core.dossiers.windows import wake
from motcua.core.procedures.queries import declared
from motcua.core.sql import act, reading
from motcua.kernel.errors import Refused
from motcua.site.sample import afterwards, habits, staffing
from motcua.site.sample.acting import NobodyThere, People, day_at, take_step
from motcua.site.sample.coming import (
    Coming,
    Stretch,
    agencies,
    coming,
    find_again,
    take_in,
)
from motcua.site.sample.events import Event
from motcua.site.sample.lending import papers
from motcua.site.sample.places import places
from motcua.site.sample.season import Season

BATCH = 2000
"""Acts of one transaction: a run that is broken off loses no more, and does them again."""

_TEMPO = (0.8, 1.2)
_TRIES = 10
_ROWS = 500


class NothingToFile(Refused):
    """No published procedure has an agency whose posts are all held."""

    code = "sample.nothing_to_file"
    vi = "Chưa có thủ tục nào đủ cơ quan và cán bộ để mô phỏng. Hãy chạy “motcua load sample”."
    en = "No procedure has the agencies and officers to simulate. Run “motcua load sample”."


@dataclass(slots=True)
class Run:
    """What a simulation did: ids in order of arrival, and how often each move was made."""

    begins: datetime.datetime
    until: datetime.datetime
    ids: list[int] = field(default_factory=list)
    acts: Counter[str] = field(default_factory=Counter)


def simulate(
    stretch: Stretch,
    *,
    events: Iterable[Event] = (),
    tell: Callable[[int], None] = lambda _: None,
    drawn: Callable[[], None] = lambda: None,
) -> Run:
    """File the dossiers of a stretch and move them as far as they get by its end.

    A run of the same seed, days and dossiers goes on where an earlier one ended or broke off.
    `drawn` is called once all that will come is drawn, `tell` with the number of acts so far.
    Raises `NothingToFile`.
    """
    city = _City(stretch, events, tell)
    drawn()
    return city.live()


class _City:
    """The city while it is simulated: what comes next, and who is there to do it.

    What comes at one instant is done in the order of its names, so that a run that goes on gives
    out the same numbers.
    """

    def __init__(
        self, stretch: Stretch, events: Iterable[Event], tell: Callable[[int], None]
    ) -> None:
        found = places(stretch)
        if not found:
            raise NothingToFile
        calendar = calendars["national"]
        self.stretch, self.tell, self.people = stretch, tell, People()
        self.season = Season(calendar, stretch.first, stretch.days)
        begins = datetime.datetime.combine(stretch.first, datetime.time(), calendar.tzinfo)
        self.run = Run(begins.astimezone(datetime.UTC), stretch.until)
        self._tempo: dict[int, float] = {}
        self._ours = agencies(stretch, found)
        self._seen: dict[int, Snapshot] = {}  # as their last act left those that go on
        self._open: dict[int, Coming] = {}
        self.next: list[tuple[datetime.datetime, str, Callable[[datetime.datetime], None]]] = []
        for number, event in enumerate((*events, *self._staff())):
            self._plan(event.at, f"!{number:06}", partial(self._happens, event))
        drawn = coming(stretch, found, self.season)
        find_again(stretch, drawn)
        for one in drawn:
            if one.dossier_id:
                self._go_on(one)
            else:
                self._plan(one.at, one.name, partial(self._files, one))

    def live(self) -> Run:
        """Do everything up to the end of the stretch.

        Some acts go to a transaction; where other processes write as well each has its own, for
        two that hold many rows would wait for each other.
        """
        alone = self.stretch.parts == 1
        while self.next:
            with act() if alone else nullcontext():
                self._some(BATCH if alone else 1)
        return self.run

    def _some(self, count: int) -> None:
        for _ in range(min(count, len(self.next))):
            at, _name, do = heappop(self.next)
            do(at)
            self.tell(self.run.acts.total())

    def _plan(
        self, at: datetime.datetime | None, name: str, do: Callable[[datetime.datetime], None]
    ) -> None:
        if at is not None and at <= self.stretch.until:
            heappush(self.next, (at, name, do))

    def _staff(self) -> Iterator[Event]:
        """Give what becomes of the officers: leaves, powers lent, interests declared."""
        stretch = self.stretch
        teams = staffing.teams(stretch, self._ours)
        away = staffing.leaves(stretch, teams)
        yield from (Event(leave.told, partial(staffing.record, leave)) for leave in away)
        yield from papers(stretch, teams, away)

    def _happens(self, event: Event, at: datetime.datetime) -> None:
        event.happen(at)
        self.people.changed()
        self._seen.clear()
        if event.moves_dossiers:
            self._plan_anew()

    def _plan_anew(self) -> None:
        """Go on with what others have acted on from there, as a later run would find it."""
        for one in list(self._open.values()):
            snapshot = read(reading(), one.dossier_id)
            if snapshot.revision != one.revision:
                one.tries = 0
                self._then(one, snapshot, last_act(reading(), snapshot))

    def _files(self, one: Coming, at: datetime.datetime) -> None:
        one.dossier_id = take_in(self.stretch, one, self.people)
        self.run.ids.append(one.dossier_id)
        self.run.acts["take_in" if one.channel == "counter" else "file"] += 1
        self._then(one, read(reading(), one.dossier_id), at)

    def _go_on(self, one: Coming) -> None:
        """Take up a dossier where an earlier run left it."""
        self.run.ids.append(one.dossier_id)
        snapshot = read(reading(), one.dossier_id)
        self._then(one, snapshot, last_act(reading(), snapshot))

    def _moves(self, one: Coming, revision: int, at: datetime.datetime) -> None:
        """Do the next thing with a dossier, and plan the one after, unless others came before."""
        if one.revision != revision:
            return
        snapshot = self._seen.pop(one.dossier_id, None) or read(reading(), one.dossier_id)
        if snapshot.now.wake_at is not None and snapshot.now.wake_at <= at:
            wake(at=at, dossier_id=one.dossier_id)
            self.run.acts["wake"] += 1
        else:
            self._act(one, snapshot, at)
        after = read(reading(), one.dossier_id)
        one.tries = one.tries + 1 if after.revision == snapshot.revision else 0
        self._then(one, after, at)

    def _act(self, one: Coming, snapshot: Snapshot, at: datetime.datetime) -> None:
        """Draw a move and make it; none is made where nobody is left who may."""
        declaration = declared(snapshot.version_id)
        chance = self._chance(one, snapshot, "act")
        order = habits.next_move(declaration, snapshot, at, chance)
        if order is None:
            return
        try:
            take_step(declaration, snapshot, order, at=at, chance=chance, people=self.people)
        except NobodyThere:
            return
        self.run.acts[order.move] += 1

    def _then(self, one: Coming, snapshot: Snapshot, at: datetime.datetime) -> None:
        """Plan what comes after an act: the next one, and what the applicant does at the end."""
        one.revision = snapshot.revision
        if snapshot.now.closed:
            self._open.pop(one.dossier_id, None)
        else:
            self._open[one.dossier_id] = one
        if snapshot.now.finished_at is not None and not one.followed:
            one.followed = True
            self._follow(one, snapshot)
        if one.tries > _TRIES:
            return
        chance = self._chance(one, snapshot, "pause")
        slow = self._slowness(snapshot, at)
        declaration = declared(snapshot.version_id)
        after = habits.pause(snapshot, declaration, at, chance, slow=slow)
        if after is not None:
            self._seen[one.dossier_id] = snapshot
            self._plan(after, one.name, partial(self._moves, one, snapshot.revision))

    def _follow(self, one: Coming, snapshot: Snapshot) -> None:
        for kind, at in afterwards.plans(snapshot, self.stretch.chance(f"{one.name}:after")):
            do = self._rates if kind == afterwards.RATES else self._complains
            self._plan(at, f"{one.name}:{kind}", partial(do, one))

    def _rates(self, one: Coming, at: datetime.datetime) -> None:
        chance = self.stretch.chance(f"{one.name}:rate")
        self.run.acts["rate"] += afterwards.rated(one.dossier_id, at, chance)

    def _complains(self, one: Coming, at: datetime.datetime) -> None:
        chance = self.stretch.chance(f"{one.name}:complaint")
        made = afterwards.complained(one, at, chance)
        if made is None:
            return
        self.people.changed()
        complaint, is_new = made
        self.run.acts["complain"] += is_new
        self._go_on(complaint)

    def _chance(self, one: Coming, snapshot: Snapshot, what: str) -> Random:
        return self.stretch.chance(f"{one.name}:{snapshot.revision}:{one.tries}:{what}")

    def _slowness(self, snapshot: Snapshot, at: datetime.datetime) -> float:
        """Tell by how much work takes longer: the season, and the tempo of the office."""
        where = snapshot.now.holding_agency_id
        tempo = self._tempo.get(where)
        if tempo is None:
            chance = self.stretch.chance(f"tempo:{agency(where).code}")
            tempo = self._tempo[where] = chance.uniform(*_TEMPO)
        return tempo * self.season.pressure(day_at(where, at))


def results(run: Run) -> dict[str, dict[str, int]]:
    """Count the dossiers of a run by state and by bucket at its end.

    Open ones are `open_in_time`, `open_late`, or `waiting` while their clock rests or has not
    begun; finished ones are `early`, `on_time`, `late`, or `ended` without a clock.
    """
    states: Counter[str] = Counter()
    buckets: Counter[str] = Counter()
    for first in range(0, len(run.ids), _ROWS):
        rows = Dossier.objects.filter(pk__in=run.ids[first : first + _ROWS])
        for row in rows.only("state", "bucket", "finished_at", "due_at", "paused_since"):
            states[row.state] += 1
            buckets[_bucket(row, run.until)] += 1
    return {"states": dict(sorted(states.items())), "buckets": dict(sorted(buckets.items()))}


def _bucket(row: Dossier, at: datetime.datetime) -> str:
    if row.finished_at is not None:
        return row.bucket or "ended"
    if row.due_at is None or row.paused_since is not None:
        return "waiting"
    return "open_in_time" if at <= row.due_at else "open_late"
