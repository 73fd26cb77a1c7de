"""Who acts and reads: an account, a verified applicant, the public, or the house itself."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from motcua.core.access.scopes import agency_scope, officer_scope, party_scope, post_scope
from motcua.core.agencies.queries import Held, posts_of

_HOUSE = "system:"


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor as rules, filters and the ledger know it.

    `key` is stable and holds no personal data (`officer:12`, `party:3`, `public`,
    `system:papers`); `scopes` decide reading, `posts` decide moves.
    """

    key: str
    name: str = ""
    officer_id: int | None = None
    party_id: int | None = None
    posts: tuple[Held, ...] = ()
    scopes: tuple[int, ...] = ()

    @property
    def is_house(self) -> bool:
        """Tell whether a job of the house acts, and no person."""
        return self.key.startswith(_HOUSE)

    def holds(self, agency_id: int, post: str) -> bool:
        """Tell whether the actor holds this post in this agency."""
        return any(held.agency_id == agency_id and held.post == post for held in self.posts)

    def agencies(self) -> tuple[int, ...]:
        """Give the agencies where the actor holds a post, first appointed first."""
        return tuple(dict.fromkeys(held.agency_id for held in self.posts))


PUBLIC = Actor(key="public")


def house(job: str) -> Actor:
    """Give the actor under which a job of the house writes."""
    return Actor(key=f"{_HOUSE}{job}")


def officer(officer_id: int, name: str, on: datetime.date) -> Actor:
    """Give an officer as actor, with the posts held on a day."""
    posts = posts_of(officer_id, on)
    offered = [post_scope(held.agency_id, held.post) for held in posts]
    read = [agency_scope(held.agency_id) for held in posts if held.reads_agency]
    return Actor(
        key=f"officer:{officer_id}",
        name=name,
        officer_id=officer_id,
        posts=posts,
        scopes=tuple(dict.fromkeys([officer_scope(officer_id), *read, *offered])),
    )


def applicant(party_id: int, name: str) -> Actor:
    """Give an applicant, known by an account or by look-up number and phone, as actor."""
    return Actor(
        key=f"party:{party_id}", name=name, party_id=party_id, scopes=(party_scope(party_id),)
    )
