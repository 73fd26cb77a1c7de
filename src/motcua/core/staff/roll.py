"""Danh sách cán bộ: the officers whom somebody answers for, or whose accounts they keep."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from motcua.core.access.actors import Actor
from motcua.core.access.heads import draws
from motcua.core.agencies.models import Appointment
from motcua.core.agencies.queries import Node, agency, in_force, tree
from motcua.core.people.models import Account
from motcua.core.staff.letting_in import keeps_accounts
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import fold, name_key

PAGE = 50


class NoRoll(Refused):
    """The reader answers for nobody."""

    code = "staff.no_roll"
    vi = "Danh sách cán bộ dành cho người đứng đầu, người tổ chức bộ máy và người quản trị."
    en = "The list of officers is for heads, organisation officers and system keepers."
    status = 403


@dataclass(frozen=True, slots=True)
class Listed:
    """An officer of the list: posts as pairs of key and agency, and how their account stands."""

    id: int
    name: str
    staff_number: str
    posts: tuple[tuple[str, Node], ...]
    username: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Roll:
    """A page of the list."""

    rows: list[Listed]
    total: int
    page: int
    pages: int


def reach(actor: Actor, on: datetime.date) -> list[Node]:
    """Give the agencies of a day whose officers an actor may list; raises `NoRoll` for none."""
    living = tree().living(on)
    if keeps_accounts(actor):
        return living
    found = [node for node in living if draws(actor, node.id)]
    if not found:
        raise NoRoll
    return found


def roll(
    actor: Actor,
    on: datetime.date,
    *,
    words: str = "",
    agency_id: int | None = None,
    page: int = 1,
) -> Roll:
    """Give a page of the officers who serve on a day, by name; words find names and numbers."""
    reached = {node.id for node in reach(actor, on)}
    wanted = reached if agency_id is None else reached & {agency_id}
    held: dict[int, list[Appointment]] = {}
    rows = in_force(on).filter(agency__in=wanted).select_related("officer").order_by("pk")
    for row in rows:
        held.setdefault(row.officer_id, []).append(row)
    sought = fold(words)
    people = [those for those in held.values() if _named(those[0], sought)]
    people.sort(key=lambda those: name_key(those[0].officer.name))
    pages = max(1, -(-len(people) // PAGE))
    page = min(max(page, 1), pages)
    shown = people[(page - 1) * PAGE : page * PAGE]
    accounts = _accounts([those[0].officer_id for those in shown])
    return Roll([_listed(those, accounts) for those in shown], len(people), page, pages)


def _named(row: Appointment, sought: str) -> bool:
    return not sought or sought in fold(f"{row.officer.name} {row.officer.staff_number}")


def _accounts(officers: list[int]) -> dict[int, tuple[str, bool]]:
    rows = Account.objects.filter(officer__in=officers).order_by("-pk")
    return {
        owner: (name, is_open)
        for owner, name, is_open in rows.values_list("officer_id", "username", "is_active")
        if owner is not None
    }


def _listed(those: list[Appointment], accounts: dict[int, tuple[str, bool]]) -> Listed:
    officer = those[0].officer
    username, is_open = accounts.get(officer.pk, ("", False))
    return Listed(
        id=officer.pk,
        name=officer.name,
        staff_number=officer.staff_number,
        posts=tuple((one.post, agency(one.agency_id)) for one in those),
        username=username,
        is_open=is_open,
    )
