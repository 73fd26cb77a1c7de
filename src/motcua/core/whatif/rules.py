"""What would have happened: a past period replayed against changed assumptions, purely.

An *office* is a post of an agency, its people one team. What is assumed:

* An office finishes its turns in the order in which it did. Each turn takes the working time that
  lay between the moment it could begin (the dossier had come, the turn before was done, the last
  opinion asked for in it was there) and its end. With fewer people it takes longer in proportion.
* Applicants answer after as long as they took. Waiting for them is nobody's work.
* What lies before reception and after the result is ready stays as it was.
* A limit holds from reception on; whoever holds a dossier when its limit ends is charged with it.
* Of a dossier without a result only what lies before the cut-off is known. The turn that was open
  then holds up no other, for nobody knows its end; over its limit by the cut-off, it is late.

So assumptions that change nothing give what was recorded, to the second.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from motcua.kernel.calendar import Calendar, Clock, Limit, Segment

Office = tuple[int, str]
"""A post of an agency: the id of the agency, and the post."""

_BREAKS_AT = 5
"""So many of a hundred turns may run out of time in an office before it breaks."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch in which an office had a dossier in hand; one of an opinion lies beside others.

    One that is `open` was not over at the cut-off, which is its `ended`.
    """

    office: Office
    began: dt.datetime
    ended: dt.datetime
    opinion: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """What was recorded of a dossier: its clock, its turns, and when it was ready.

    One that is `open` has no result; `finished` is the cut-off up to which it is known.
    """

    id: int
    procedure: str
    clock: Clock
    finished: dt.datetime
    turns: tuple[Turn, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What is changed: limits by procedure; of an office how many people it had, and now has."""

    limits: Mapping[str, Limit] = field(default_factory=dict)
    staff: Mapping[Office, tuple[int, int]] = field(default_factory=dict)  # before, after


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one dossier comes out: ready when, due when, and in whose hands the limit ended.

    Of an open one `finished` is the cut-off.
    """

    id: int
    procedure: str
    finished: dt.datetime
    due: dt.datetime | None
    charged: Office | None

    @property
    def late(self) -> bool:
        """Tell whether it is ready, or still open, after its due instant."""
        return self.due is not None and self.finished > self.due


@dataclass(frozen=True, slots=True)
class Load:
    """What an office went through: its turns, how long it had each, the late ones charged to it."""

    turns: int
    minutes: int  # working minutes from coming in to going on, of all turns together
    late: int
    longest: int  # most turns in hand at one time


@dataclass(frozen=True, slots=True)
class Replay:
    """All dossiers of a period under some assumptions."""

    outcomes: tuple[Outcome, ...]
    loads: Mapping[Office, Load]

    @property
    def late(self) -> int:
        """How many are late."""
        return sum(one.late for one in self.outcomes)


def breaks(before: Load, after: Load) -> bool:
    """Tell whether an office breaks: late ones charged to it grow, beyond what it can excuse."""
    return after.late > before.late and after.late * 100 > after.turns * _BREAKS_AT


def replay(
    cases: Iterable[Case],
    assumptions: Assumptions,
    calendars: Mapping[int, Calendar],
    named: Mapping[str, Calendar],
) -> Replay:
    """Replay the cases; `calendars` are those of the agencies, `named` those of the clocks."""
    told = list(cases)
    way = _Way(assumptions, calendars)
    for case, turn in _in_order(told):
        way.take(case.id, turn)
    outcomes = tuple(_outcome(case, way, assumptions, named) for case in told)
    return Replay(outcomes, _loads(told, way, outcomes, calendars))


class _Way:
    """Where the replay is: until when each office is busy, and how far each dossier has moved."""

    def __init__(self, assumptions: Assumptions, calendars: Mapping[int, Calendar]) -> None:
        self._assumptions, self._calendars = assumptions, calendars
        self._busy: dict[Office, tuple[dt.datetime, dt.datetime]] = {}  # as recorded, as replayed
        self._moved: dict[int, _Moved] = {}
        self._opinions: dict[int, dt.datetime] = {}

    def take(self, case_id: int, turn: Turn) -> None:
        """Give a turn its end, from what it waits for."""
        moved = self._moved.setdefault(case_id, _Moved())
        ready, then = self._begin(case_id, turn, moved)
        busy, busy_then = self._busy.get(turn.office, (ready, then))
        begin, begin_then = max(ready, busy), max(then, busy_then)
        calendar = self._calendars[turn.office[0]]
        minutes = calendar.used(begin, turn.ended)
        recorded = calendar.due(begin, minutes)
        replayed = calendar.due(begin_then, self._stretched(turn.office, minutes))
        end = _end(turn.ended, recorded, replayed)
        self._busy[turn.office] = turn.ended, end
        if turn.opinion:
            self._opinions[case_id] = turn.ended
        moved.note(turn.ended, end)

    def moved(self, case_id: int) -> _Moved:
        """Give how a dossier has moved."""
        return self._moved.get(case_id) or _Moved()

    def _begin(self, case_id: int, turn: Turn, moved: _Moved) -> tuple[dt.datetime, dt.datetime]:
        """Give when a turn could begin, as recorded and as replayed: an opinion is awaited."""
        ready = turn.began
        opinion = self._opinions.get(case_id)
        if not turn.opinion and opinion is not None and ready < opinion <= turn.ended:
            ready = opinion
        return ready, moved.to(ready)

    def _stretched(self, office: Office, minutes: int) -> int:
        before, after = self._assumptions.staff.get(office, (1, 1))
        return -(-minutes * before // after)


def _end(ended: dt.datetime, recorded: dt.datetime, replayed: dt.datetime) -> dt.datetime:
    """Give the end of a turn: what was let go out of hours is not earlier for being slower."""
    if replayed < recorded:
        return replayed
    return ended if replayed == recorded else max(ended, replayed)


class _Moved:
    """The instants of a dossier that were replayed; others keep their distance from the last."""

    def __init__(self) -> None:
        self._recorded: list[dt.datetime] = []
        self._replayed: list[dt.datetime] = []

    def note(self, recorded: dt.datetime, replayed: dt.datetime) -> None:
        """Note where an instant has moved; of several acts at one instant the last counts."""
        if self._recorded and self._recorded[-1] == recorded:
            self._replayed[-1] = max(self._replayed[-1], replayed)
            return
        self._recorded.append(recorded)
        self._replayed.append(max(replayed, self._replayed[-1]) if self._replayed else replayed)

    def to(self, at: dt.datetime) -> dt.datetime:
        """Give where an instant has moved."""
        index = bisect_right(self._recorded, at) - 1
        return at if index < 0 else self._replayed[index] + (at - self._recorded[index])


def _in_order(cases: Sequence[Case]) -> list[tuple[Case, Turn]]:
    """Give every turn that is over in the order in which they ended: none hangs on a later one."""
    turns = [(case, turn) for case in cases for turn in case.turns if not turn.open]
    return sorted(
        turns, key=lambda one: (one[1].ended, one[0].id, not one[1].opinion, one[1].began)
    )


def _outcome(
    case: Case, way: _Way, assumptions: Assumptions, named: Mapping[str, Calendar]
) -> Outcome:
    moved = way.moved(case.id)
    limit = assumptions.limits.get(case.procedure, case.clock.limit)
    clock = Clock(limit, tuple(_shifted(one, moved) for one in case.clock.segments))
    due = clock.due(named)
    finished = case.finished if case.open else moved.to(case.finished)
    late = due is not None and finished > due
    return Outcome(
        case.id, case.procedure, finished, due, _holder(case, moved, due) if late else None
    )


def _shifted(segment: Segment, moved: _Moved) -> Segment:
    ended = None if segment.ended is None else moved.to(segment.ended)
    return replace(segment, began=moved.to(segment.began), ended=ended)


def _holder(case: Case, moved: _Moved, due: dt.datetime | None) -> Office | None:
    """Give who had the dossier in hand when its limit ended: opinions do not hold it."""
    held = [turn for turn in case.turns if not turn.opinion]
    ended = (turn for turn in held if due is not None and (turn.open or moved.to(turn.ended) > due))
    return next((turn.office for turn in ended), held[-1].office if held else None)


def _loads(
    cases: Sequence[Case],
    way: _Way,
    outcomes: Iterable[Outcome],
    calendars: Mapping[int, Calendar],
) -> dict[Office, Load]:
    held: dict[Office, list[tuple[dt.datetime, dt.datetime]]] = {}
    for case in cases:
        moved = way.moved(case.id)
        for turn in case.turns:
            held.setdefault(turn.office, []).append(_stretch(case, turn, moved))
    late: dict[Office, int] = {}
    for one in outcomes:
        if one.charged is not None:
            late[one.charged] = late.get(one.charged, 0) + 1
    return {
        office: Load(
            turns=len(stretches),
            minutes=sum(calendars[office[0]].used(*stretch) for stretch in stretches),
            late=late.get(office, 0),
            longest=_longest(stretches),
        )
        for office, stretches in held.items()
    }


def _stretch(case: Case, turn: Turn, moved: _Moved) -> tuple[dt.datetime, dt.datetime]:
    """Give from when until when a turn is in hand: of an open dossier until the cut-off at most."""
    ended = turn.ended if turn.open else moved.to(turn.ended)
    if case.open:
        ended = min(ended, case.finished)
    return min(moved.to(turn.began), ended), ended


def _longest(stretches: Iterable[tuple[dt.datetime, dt.datetime]]) -> int:
    """Give how many were in hand at most: who goes on at an instant is gone as another comes."""
    changes = [change for begin, end in stretches for change in ((begin, 1), (end, -1))]
    most = now = 0
    for _at, change in sorted(changes):
        now += change
        most = max(most, now)
    return most
