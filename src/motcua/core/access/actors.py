"""Who acts and reads: an account, a verified applicant, the public, or the house itself."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from motcua.core.access.scopes import agency_scope, officer_scope, party_scope, post_scope
from motcua.core.agencies.powers import Held, Lent, powers_of

_HOUSE = "system:"


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor as rules, filters and the ledger know it.

    `key` is stable and holds no personal data (`officer:12`, `party:3`, `public`,
    `system:papers`); `scopes` decide reading, `posts` decide moves, and so do the powers `lent` to
    an officer today. `barred` are the parties in whose dossiers an officer has no hand: their own.
    `proven` tells whether the door has a fresh proof of who this is: without one no move is made
    that signs.
    """

    key: str
    name: str = ""
    officer_id: int | None = None
    party_id: int | None = None
    posts: tuple[Held, ...] = ()
    scopes: tuple[int, ...] = ()
    lent: tuple[Lent, ...] = ()
    barred: frozenset[int] = frozenset()
    proven: bool = True

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


def officer(officer_id: int, name: str, on: datetime.date, *, proven: bool = True) -> Actor:
    """Give an officer as actor, with what they hold and what is lent to them on a day.

    One who left reads nothing more. Standing in reads what is offered to the post and what names
    the one who is away, not the whole agency. Doors say whether the officer is `proven`; what the
    house does itself needs no proof.
    """
    powers = powers_of(officer_id, on)
    if powers.left:
        return Actor(key=f"officer:{officer_id}", name=name, officer_id=officer_id)
    offered = [
        *(post_scope(one.agency_id, one.post) for one in powers.posts),
        *(post_scope(one.agency_id, one.post) for one in powers.lent),
    ]
    read = [agency_scope(held.agency_id) for held in powers.posts if held.reads_agency]
    names = [officer_scope(one.giver_id) for one in powers.lent]
    return Actor(
        key=f"officer:{officer_id}",
        name=name,
        officer_id=officer_id,
        posts=powers.posts,
        scopes=tuple(dict.fromkeys([officer_scope(officer_id), *read, *offered, *names])),
        lent=powers.lent,
        barred=powers.parties,
        proven=proven,
    )


def applicant(party_id: int, name: str) -> Actor:
    """Give an applicant, known by an account or by look-up number and phone, as actor."""
    return Actor(
        key=f"party:{party_id}", name=name, party_id=party_id, scopes=(party_scope(party_id),)
    )
