"""Who holds how much in the agencies that a head reads."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from motcua.core.access.actors import Actor
from motcua.core.agencies.models import Absence
from motcua.core.agencies.queries import Node, agency, in_force
from motcua.core.clock.calendars import calendars
from motcua.core.staff.people import Load, loads
from motcua.kernel.vietnamese import name_key


@dataclass(frozen=True, slots=True)
class Member:
    """An officer of an agency: posts held, work open there, and whether they are away today."""

    id: int
    name: str
    posts: tuple[str, ...]
    load: Load
    is_away: bool = False
    stand_in: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    """An agency: its officers by name, and the work that names nobody, or somebody else.

    `others` is work in the name of officers who hold no post there today.
    """

    agency: Node
    members: list[Member]
    unnamed: Load
    others: Load


def teams(actor: Actor, at: datetime.datetime) -> list[Team]:
    """Give the agencies that the actor holds a reading post in, with everybody's open work."""
    mine = dict.fromkeys(held.agency_id for held in actor.posts if held.reads_agency)
    return [_team(actor, at, agency(number)) for number in mine]


def _team(actor: Actor, at: datetime.datetime, node: Node) -> Team:
    held = loads(actor, at, agency_id=node.id)
    on = calendars[node.calendar].local(at).date()
    names: dict[int, str] = {}
    posts: dict[int, list[str]] = {}
    rows = in_force(on).filter(agency_id=node.id).select_related("officer").order_by("id")
    for row in rows:
        names[row.officer_id] = row.officer.name
        posts.setdefault(row.officer_id, []).append(row.post)
    away = _away(names, on)
    members = [
        Member(
            id=number,
            name=name,
            posts=tuple(dict.fromkeys(posts[number])),
            load=held.get(number, Load()),
            is_away=number in away,
            stand_in=away.get(number, ""),
        )
        for number, name in names.items()
    ]
    members.sort(key=lambda member: name_key(member.name))
    others = sum((held[one] for one in held if one is not None and one not in names), Load())
    return Team(node, members, held.get(None, Load()), others)


def _away(officers: Iterable[int], on: datetime.date) -> dict[int, str]:
    """Give who is away on a day, with the name of who stands in, empty where nobody does."""
    rows = Absence.objects.filter(officer__in=officers, valid_from__lte=on, valid_to__gt=on)
    found = rows.values_list("officer", "stand_in__name")
    return {officer: name or "" for officer, name in found}
