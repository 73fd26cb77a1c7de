"""The tree of agencies as this process knows it, and what an officer holds on a day."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from motcua.core.agencies.models import Agency, Appointment, Competence
from motcua.core.sql import Sql, reading
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import name_key, sort_key

# A tree older than this is read again; an agency that is not in it makes it be read at once.
_FRESH_SECONDS = 5.0
_MOST_ANSWERS = 1000

Answer = TypeVar("Answer")


class UnknownAgency(Refused):
    """No agency goes by this id or code."""

    code = "agencies.unknown"
    vi = "Không có cơ quan {agency}."
    en = "There is no agency {agency}."
    status = 404


class NoSuperior(Refused):
    """The agency stands at the top: nobody is above it."""

    code = "agencies.no_superior"
    vi = "{agency} không có cơ quan cấp trên."
    en = "{agency} has no superior agency."


@dataclass(frozen=True, slots=True)
class Node:
    """An agency as the acts need it."""

    id: int
    code: str
    tier: str
    name_vi: str
    name_en: str
    short_name: str
    parent_id: int | None
    calendar: str
    address: str
    phone: str
    valid_from: datetime.date | None
    valid_to: datetime.date | None

    def lives(self, on: datetime.date) -> bool:
        """Tell whether the agency exists on a day (an unknown beginning was long ago)."""
        return (self.valid_from or on) <= on and (self.valid_to is None or on < self.valid_to)

    def name(self, language: str) -> str:
        """Give the name in a language."""
        return self.name_en if language == "en" else self.name_vi

    def short(self, language: str) -> str:
        """Give the name for a narrow column; short ones are Vietnamese abbreviations."""
        return self.name_en if language == "en" else self.short_name


@dataclass(frozen=True)
class Tree:
    """All agencies of all times, by id."""

    nodes: dict[int, Node]

    @cached_property
    def by_code(self) -> dict[str, Node]:
        """Agencies without an end, by code; on a given day ask `living`."""
        return {node.code: node for node in self.nodes.values() if node.valid_to is None}

    def living(self, on: datetime.date) -> list[Node]:
        """Give the agencies of a day: those of today whose end is announced, none yet to come."""
        return [node for node in self.nodes.values() if node.lives(on)]

    def chain(self, agency_id: int) -> tuple[int, ...]:
        """Give the agency and all above it, nearest first."""
        chain, node = [], self.nodes.get(agency_id)
        while node is not None:
            chain.append(node.id)
            node = self.nodes.get(node.parent_id) if node.parent_id is not None else None
        return tuple(chain)

    @cached_property
    def _sizes(self) -> dict[int, int]:
        sizes: dict[int, int] = {}
        for one in self.nodes:
            top = self.chain(one)[-1]
            sizes[top] = sizes.get(top, 0) + 1
        return sizes

    def head(self, on: datetime.date) -> Node | None:
        """Give the agency of a day that most agencies are under: the city's or province's own."""
        tops = [self.nodes[top] for top in self._sizes if self.nodes[top].lives(on)]
        return max(tops, key=lambda one: (self._sizes[one.id], -one.id), default=None)

    def stands_alone(self, agency_id: int) -> bool:
        """Tell whether nobody is above or below it: of another administration, and serving here."""
        return self._sizes.get(agency_id) == 1

    def superior(self, agency_id: int) -> Node:
        """Give the agency above."""
        node = self.nodes[agency_id]
        if node.parent_id is None:
            raise NoSuperior(agency=node.name_vi)
        return self.nodes[node.parent_id]


_tree: tuple[float, Tree] = (0.0, Tree({}))


def tree() -> Tree:
    """Give the tree, at most a few seconds old."""
    global _tree  # noqa: PLW0603 - a per-process cache
    if time.monotonic() - _tree[0] > _FRESH_SECONDS:
        _tree = (time.monotonic(), _read())
    return _tree[1]


def forget_tree() -> None:
    """Read the tree anew next time (after a change of agencies)."""
    global _tree  # noqa: PLW0603 - a per-process cache
    _tree = (0.0, Tree({}))
    _answers.clear()


def _read() -> Tree:
    names = list(Node.__slots__)
    rows = Agency.objects.order_by("id").values_list(*names)
    return Tree({row[0]: Node(*row) for row in rows})


def agency(agency_id: int) -> Node:
    """Give an agency by id, or refuse."""
    found = tree().nodes.get(agency_id)
    if found is None:
        forget_tree()
        found = tree().nodes.get(agency_id)
    if found is None:
        raise UnknownAgency(agency=agency_id)
    return found


def agency_by_code(code: str, *, on: datetime.date | None = None) -> Node:
    """Give the agency of this code on a day (without a day: the one that has no end), or refuse."""
    found = _coded(code, on)
    if found is None:
        forget_tree()
        found = _coded(code, on)
    if found is None:
        raise UnknownAgency(agency=code)
    return found


def _coded(code: str, on: datetime.date | None) -> Node | None:
    if on is None:
        return tree().by_code.get(code)
    return next((node for node in tree().living(on) if node.code == code), None)


def in_force(on: datetime.date) -> models.QuerySet[Appointment]:
    """Appointments in force on a day."""
    return Appointment.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a post from one day until another; `person` is id and name."""

    person: tuple[int, str]
    valid_from: datetime.date
    valid_to: datetime.date | None

    def holds(self, on: datetime.date) -> bool:
        """Tell whether the post is held on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


def holders_of(agency_id: int, post: str) -> tuple[Holder, ...]:
    """Give who ever held a post in an agency, holds it or will, by name."""
    rows = Appointment.objects.filter(agency_id=agency_id, post=post)
    columns = ("officer_id", "officer__name", "valid_from", "valid_to")
    found = [Holder(row[:2], *row[2:]) for row in rows.values_list(*columns)]
    return tuple(sorted(found, key=lambda one: name_key(one.person[1])))


def officers_of(agency_id: int, post: str, on: datetime.date) -> tuple[tuple[int, str], ...]:
    """Give id and name of those who hold a post in an agency on a day, by name."""
    return on_day(holders_of(agency_id, post), on)


def on_day(holders: Iterable[Holder], on: datetime.date) -> tuple[tuple[int, str], ...]:
    """Give id and name of those who hold a post on a day, each once."""
    return tuple(dict.fromkeys(one.person for one in holders if one.holds(on)))


LARGEST_ID = 2**63 - 1  # a larger number names nobody, and no database takes it
_HOLDS = Sql(
    "SELECT 1 FROM agencies_appointment WHERE officer_id = %s AND agency_id = %s AND post = %s"
    " AND valid_from <= %s AND (valid_to IS NULL OR valid_to > %s)"
)


def holds_post(officer_id: int, agency_id: int, post: str, on: datetime.date) -> bool:
    """Tell whether an officer holds a post in an agency on a day."""
    if officer_id > LARGEST_ID:
        return False
    return reading().one(_HOLDS, officer_id, agency_id, post, on, on) is not None


def staffed(post: str, on: datetime.date) -> frozenset[int]:
    """Give the agencies where somebody holds a post on a day (at most a few seconds old)."""
    return kept(("staffed", post, on), lambda: _staffed(post, on))


def competences(on: datetime.date) -> dict[str, frozenset[int]]:
    """Give which agencies receive which procedure on a day, where that is laid down."""
    return kept(("competences", on), lambda: _competences(on))


_answers: dict[Hashable, tuple[float, Any]] = {}


def kept(question: Hashable, read: Callable[[], Answer]) -> Answer:
    """Answer a question from what this process read a few seconds ago, as the tree does."""
    known = _answers.get(question)
    if known is None or time.monotonic() - known[0] > _FRESH_SECONDS:
        if len(_answers) > _MOST_ANSWERS:
            _answers.clear()
        known = _answers[question] = (time.monotonic(), read())
    answer: Answer = known[1]
    return answer


def _staffed(post: str, on: datetime.date) -> frozenset[int]:
    rows = in_force(on).filter(post=post).values_list("agency_id", flat=True)
    return frozenset(rows.distinct())


def _competences(on: datetime.date) -> dict[str, frozenset[int]]:
    rows = Competence.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on
    ).values_list("procedure", "agency_id")
    found: dict[str, set[int]] = {}
    for procedure, agency_id in rows:
        found.setdefault(procedure, set()).add(agency_id)
    return {procedure: frozenset(ids) for procedure, ids in found.items()}


def receivers(
    procedure: str, *, tiers: Collection[str], post: str, on: datetime.date
) -> tuple[Node, ...]:
    """Give the living agencies that receive a procedure on a day, in Vietnamese order.

    Those that a competence names, else all of the fitting tiers; either way only where somebody
    holds the reception post, so that nothing is ever filed to nobody.
    """
    named, there = competences(on).get(procedure), staffed(post, on)
    fitting = [
        node
        for node in tree().living(on)
        if node.id in there
        and (not tiers or node.tier in tiers)
        and (named is None or node.id in named)
    ]
    return tuple(sorted(fitting, key=lambda node: sort_key(node.name_vi)))
