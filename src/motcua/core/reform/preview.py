"""What a plan would move where, before it comes into force; nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from motcua.core.reform.checking import faults_of, warnings_of
from motcua.core.reform.ground import Ground
from motcua.core.reform.rules import Order
from motcua.kernel.errors import Refused


@dataclass(slots=True)
class Line:
    """What one heir takes over from one ending agency."""

    ending: str
    heir: str
    ending_name: str
    heir_name: str
    dossiers: Counter[str] = field(default_factory=Counter)  # by procedure
    legs: int = 0
    posts: int = 0
    records: int = 0

    @property
    def total(self) -> int:
        """All open dossiers."""
        return self.dossiers.total()


@dataclass(frozen=True, slots=True)
class Person:
    """An officer of an ending agency, and the post held from the day on; empty where it ends."""

    name: str
    post: str
    ending: str
    heir: str
    new_post: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan's meaning as of now."""

    lines: list[Line]
    people: list[Person]
    delegations: int
    competences: int
    faults: list[Refused]
    warnings: list[Refused]

    @property
    def dossiers(self) -> int:
        """All open dossiers that go to an heir."""
        return sum(line.total for line in self.lines)

    @property
    def legs(self) -> int:
        """All open opinions that go to an heir."""
        return sum(line.legs for line in self.lines)

    @property
    def records(self) -> int:
        """All records of registers that go to an heir, retired ones too."""
        return sum(line.records for line in self.lines)

    def told(self) -> dict[str, object]:
        """Give the preview as plain values for JSON."""
        return {
            "dossiers": self.dossiers,
            "legs": self.legs,
            "records": self.records,
            "posts": len(self.people),
            "delegations": self.delegations,
            "competences": self.competences,
            "lines": [
                {
                    "from": line.ending,
                    "to": line.heir,
                    "dossiers": line.total,
                    "procedures": dict(sorted(line.dossiers.items())),
                    "legs": line.legs,
                    "posts": line.posts,
                    "records": line.records,
                }
                for line in self.lines
            ],
            "faults": [_said(one) for one in self.faults],
            "warnings": [_said(one) for one in self.warnings],
        }


def preview(order: Order, *, of: int | None = None) -> Preview:
    """Lay a plan over what there is now; `of` is its number where it is kept."""
    ground = Ground(order)
    return Preview(
        lines=_lines(ground),
        people=_people(ground),
        delegations=ground.lent.count(),
        competences=ground.competences.count(),
        faults=faults_of(ground, but=of),
        warnings=warnings_of(ground),
    )


def _lines(ground: Ground) -> list[Line]:
    lines: dict[tuple[str, str], Line] = {}

    def line(ending: str, heir: str) -> Line:
        names = (ground.name(ending), ground.name(heir))
        return lines.setdefault((ending, heir), Line(ending, heir, *names))

    for one in ground.order.successions:
        line(one.ending, one.heir)
    _count_work(ground, line)
    for held in ground.held:
        heir = ground.heir_of_held(held)
        if heir is not None:
            line(ground.codes[held.agency_id], heir).records += held.count
    for post in ground.posts:
        if post.to is not None and post.to[0]:
            line(post.ending, post.to[0]).posts += 1
    return list(lines.values())


def _count_work(ground: Ground, line: Callable[[str, str], Line]) -> None:
    codes = {number: code for code, number in ground.procedures.items()}
    for work in ground.work:
        heir = ground.heir(work.ending, work.procedure_id, work.area)
        if heir is None:
            continue
        found = line(work.ending, heir)
        if work.is_leg:
            found.legs += work.count
        else:
            found.dossiers[codes[work.procedure_id]] += work.count


def _people(ground: Ground) -> list[Person]:
    found = []
    for one in ground.posts:
        heir, new = one.to or ("", "")
        names = (ground.name(one.ending), ground.name(heir) if heir else "")
        row = one.appointment
        found.append(Person(row.officer.name, row.post, *names, new if heir else ""))
    return found


def _said(one: Refused) -> dict[str, str]:
    return {"code": one.code, "vi": one.text("vi"), "en": one.text("en")}
