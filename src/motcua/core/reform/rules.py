"""What a plan of a reform says, and what can be seen to be wrong with it without asking anybody."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

KINDS = ("renamed", "merged", "split", "dissolved")


@dataclass(frozen=True, slots=True)
class Succession:
    """Who takes over from an ending agency: the procedures and areas named, or all others.

    `share` is how much of it goes there, in percent, where the document says so; 0: it does not.
    """

    ending: str
    heir: str
    kind: str = "merged"
    procedures: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    share: int = 0

    @property
    def is_general(self) -> bool:
        """Whether it takes over what no other succession names."""
        return not self.procedures and not self.areas

    def things(self) -> Iterator[tuple[str, str, str]]:
        """Give ending agency, procedure and area, one by one; empty: any."""
        for procedure in self.procedures or ("",):
            for area in self.areas or ("",):
                yield self.ending, procedure, area


@dataclass(frozen=True, slots=True)
class Seat:
    """Where an officer of an ending agency goes who does not go to its general heir.

    Without `heir` the post ends. `post` and `ending` say which of several posts is meant; `new` is
    the post held from now on, where it is another one.
    """

    number: str
    heir: str = ""
    ending: str = ""
    post: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Founding:
    """An agency that begins with the reform."""

    code: str
    parent: str
    tier: str
    name_vi: str
    name_en: str
    short_name: str
    code_102: str = ""
    calendar: str = "national"
    area: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """A plan of a reform: what becomes of which agencies on which day, by which document."""

    on: datetime.date
    document: str
    successions: tuple[Succession, ...]
    seats: tuple[Seat, ...] = ()
    founds: tuple[Founding, ...] = ()

    @property
    def ending(self) -> tuple[str, ...]:
        """The codes of the agencies that end, in the order of the plan."""
        return tuple(dict.fromkeys(one.ending for one in self.successions))

    @property
    def heirs(self) -> tuple[str, ...]:
        """The codes of those who take over anything or anybody."""
        seats = (one.heir for one in self.seats if one.heir)
        return tuple(dict.fromkeys([*(one.heir for one in self.successions), *seats]))

    def general(self) -> dict[str, str]:
        """Give who takes over what no other succession names, by the agency that ends."""
        return {one.ending: one.heir for one in self.successions if one.is_general}

    def shared(self) -> dict[str, int]:
        """Give how many percent of each ending agency the plan shares out."""
        found: Counter[str] = Counter()
        for one in self.successions:
            found[one.ending] += one.share
        return dict(found)

    def twice(self) -> list[tuple[str, str, str]]:
        """Give the things that two successions claim."""
        counted = Counter(thing for one in self.successions for thing in one.things())
        return sorted(thing for thing, times in counted.items() if times > 1)


def seat_for(
    seats: Iterable[Seat], general: str | None, number: str, ending: str, post: str
) -> tuple[str, str] | None:
    """Give where an officer goes and the post held there; no agency where the post ends.

    Who is not named goes to the `general` heir of the agency; None where there is none.
    """
    for one in seats:
        meant = one.number == number and one.ending in {"", ending} and one.post in {"", post}
        if meant:
            return one.heir, one.new or post
    return (general, post) if general is not None else None
