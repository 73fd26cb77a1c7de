"""Who holds how much in the agencies that a head reads."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import Node, agency, in_force
from motcua.core.clock.calendars import calendars
from motcua.core.staff.people import Load, loads
from motcua.kernel.vietnamese import name_key


@dataclass(frozen=True, slots=True)
class Member:
    """An officer of an agency with the posts held and the work open there."""

    id: int
    name: str
    posts: tuple[str, ...]
    load: Load


@dataclass(frozen=True, slots=True)
class Team:
    """An agency: its officers by name, and the work that names nobody."""

    agency: Node
    members: list[Member]
    unnamed: Load


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
    members = [
        Member(number, name, tuple(dict.fromkeys(posts[number])), held.get(number, Load()))
        for number, name in names.items()
    ]
    members.sort(key=lambda member: name_key(member.name))
    return Team(node, members, held.get(None, Load()))
