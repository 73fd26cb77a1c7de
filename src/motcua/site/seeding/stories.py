"""What happened to each seeded dossier: who asked, where, when each act was, how it ended.

Everything follows from the seed, the number of dossiers and the end of the stretch, so a story can
be told again to the real acts, and workers need to hand each other nothing but numbers.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from random import Random

from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.plan import bucket_of
from motcua.kernel.calendar import Calendar, Clock, Limit
from motcua.site.sample import people

CHUNK = 1000
"""Stories that share one source of chance."""

TELEPHONES = 10_000
"""Numbers that made-up applicants share: reading one takes longer than all else of a story."""

YEARS = 3
_ACTS = 3  # filed, assigned, resolved
DAY_MINUTES = 8 * 60
_ENTERPRISES = 0.12
_UNASSIGNED = 0.004  # lie about for ever
_UNRESOLVED = 0.006
_SHARES = ((0.3, 0.85), (0.9, 1.0), (1.02, 1.9))  # of the legal limit
_SHARE_WEIGHTS = (62, 26, 12)
_CONTENTS = (
    "Xác nhận tình trạng cư trú", "Đăng ký lịch dùng nhà văn hóa", "Cấp lại biển số nhà",
    "Xin ý kiến về vỉa hè", "Đề nghị sửa đèn chiếu sáng", "Xác nhận hộ kinh doanh",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A receiving agency with those who do its work: ids of officers."""

    agency_id: int
    code: str
    counter: int
    head: int
    specialists: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """What stories have in common whose rows differ in nothing but values."""

    place: int
    specialist: int
    kind: str
    acts: int
    bucket: str


@dataclass(frozen=True, slots=True)
class Story:
    """One dossier: `times` are those of its acts, `number` the one of its code."""

    shape: Shape
    place: Place
    applicant: Mapping[str, object]
    content: str
    number: int
    times: tuple[datetime.datetime, ...]


@dataclass(frozen=True)
class Stretch:
    """The stretch of time that is filled, and with how much."""

    dossiers: int
    seed: int
    until: datetime.datetime
    places: tuple[Place, ...]
    limit: Limit

    @cached_property
    def days(self) -> tuple[datetime.datetime, ...]:
        """Give the beginnings of the working days, the last one that of `until`."""
        last = _calendar().local(self.until)
        day = last.replace(hour=0, minute=0, second=0, microsecond=0)
        earlier = (day - datetime.timedelta(days=back) for back in range(YEARS * 365, -1, -1))
        found = [one.astimezone(datetime.UTC) for one in earlier if _works(one)]
        return tuple(found[-self.dossiers :])

    @property
    def chunks(self) -> int:
        """Give how many chunks of stories there are."""
        return -(-self.dossiers // CHUNK)

    def arrived(self, day: int) -> int:
        """Give how many dossiers came in before a day."""
        return -(-day * self.dossiers // len(self.days))

    def counts(self) -> Iterator[tuple[datetime.date, Place, int]]:
        """Give for each day and place the last number that a code has."""
        for day, begins in enumerate(self.days):
            arrived = self.arrived(day + 1) - self.arrived(day)
            on = _calendar().local(begins).date()
            for index, place in enumerate(self.places):
                turn = (index - day) % len(self.places)  # every day begins with another place
                last = -(-(arrived - turn) // len(self.places))
                if last > 0:
                    yield on, place, last

    def chunk(self, number: int) -> Iterator[Story]:
        """Tell the stories of a chunk."""
        chance = Random((self.seed << 32) + number)  # noqa: S311 - made-up people
        first = number * CHUNK
        for one in range(first, min(first + CHUNK, self.dossiers)):
            yield self._story(one, chance)

    def shapes(self) -> set[Shape]:
        """Give every shape that a story can have."""
        ends = [(1, ""), (2, ""), (3, "early"), (3, "on_time"), (3, "late")]
        return {
            Shape(index, specialist if acts > 1 else 0, kind, acts, bucket)
            for index, place in enumerate(self.places)
            for specialist in place.specialists
            for kind in ("person", "enterprise")
            for acts, bucket in ends
        }

    def _story(self, one: int, chance: Random) -> Story:
        day = one * len(self.days) // self.dossiers
        first = self.arrived(day)
        index = (one - first + day) % len(self.places)
        number = (one - first) // len(self.places) + 1
        arrived = self.arrived(day + 1) - first
        minute = 1 + int((one - first + chance.random()) * (DAY_MINUTES - 1) / arrived)
        place = self.places[index]
        filed = self._filed(self.days[day], minute)
        times = self._times(filed, chance)
        specialist = chance.choice(place.specialists) if len(times) > 1 else 0
        enterprise = chance.random() < _ENTERPRISES
        shape = Shape(
            index,
            specialist,
            "enterprise" if enterprise else "person",
            len(times),
            self.bucket(times),
        )
        applicant = people.enterprise(chance) if enterprise else people.person(chance)
        applicant["phone"] = people.phone(chance, of=TELEPHONES)
        return Story(shape, place, applicant, chance.choice(_CONTENTS), number, times)

    def _filed(self, day: datetime.datetime, minute: int) -> datetime.datetime:
        """Give the working minute of a day; nothing has come in after `until`."""
        return min(_later(day, minute), self.until)

    def _times(self, filed: datetime.datetime, chance: Random) -> tuple[datetime.datetime, ...]:
        fate = chance.random()
        share = chance.uniform(*chance.choices(_SHARES, _SHARE_WEIGHTS)[0])
        assigned = _later(filed, chance.randint(5, DAY_MINUTES // 2))
        resolved = _later(filed, max(DAY_MINUTES, round(self.limit.minutes * share)))
        if fate < _UNASSIGNED or assigned > self.until:
            return (filed,)
        if fate < _UNASSIGNED + _UNRESOLVED or resolved > self.until:
            return (filed, assigned)
        return (filed, assigned, resolved)

    def bucket(self, times: tuple[datetime.datetime, ...]) -> str:
        """Say how a story ended, as the acts will say it."""
        if len(times) < _ACTS:
            return ""
        return _bucket(times[-1], due(times[0], self.limit))


def example(shape: Shape, stretch: Stretch, number: int) -> Story:
    """Give a story of a shape whose every value is unlike every other one; 0 and 1 differ."""
    chance = Random(number)  # noqa: S311 - made-up people
    begins = stretch.days[-1] - datetime.timedelta(days=60 + 11 * number)
    filed = _later(begins, 83 + 40 * number)
    whole = stretch.limit.minutes
    ends = {"early": whole // 2 + 37, "on_time": whole - 7, "late": whole + 61, "": whole}
    times = (filed, _later(filed, 29), _later(filed, ends[shape.bucket]))[: shape.acts]
    applicant = people.enterprise(chance) if shape.kind == "enterprise" else people.person(chance)
    content = f"Nội dung làm khuôn số {number}"
    return Story(shape, stretch.places[shape.place], applicant, content, 1, times)


@lru_cache(maxsize=20_000)
def due(start: datetime.datetime, limit: Limit) -> datetime.datetime:
    """Give when a dossier received at an instant is due."""
    found = Clock(limit).start(start, "national").due(calendars)
    assert found is not None
    return found


@lru_cache(maxsize=50_000)
def _later(at: datetime.datetime, minutes: int) -> datetime.datetime:
    return _calendar().due(at, minutes)


@lru_cache(maxsize=50_000)
def local(at: datetime.datetime) -> datetime.datetime:
    """Give an instant in the time of the city."""
    return _calendar().local(at)


@lru_cache(maxsize=50_000)
def _bucket(at: datetime.datetime, ends: datetime.datetime) -> str:
    return bucket_of(at, ends, _calendar())


def _works(day: datetime.datetime) -> bool:
    return _calendar().is_working_day(day.date())


def _calendar() -> Calendar:
    return calendars["national"]
