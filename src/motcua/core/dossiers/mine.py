"""A citizen's own dossiers: those bound to the account, and those its telephone only hints at."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.core.access.actors import Actor
from motcua.core.access.rows import visible
from motcua.core.access.scopes import party_scope
from motcua.core.accounts.citizens import actor_key, bound_parties
from motcua.core.accounts.sessions import SignedIn
from motcua.core.dossiers.models import Dossier
from motcua.core.people.models import Party

MOST = 100
"""So many of each kind are listed, the latest first; a telephone rarely filed more."""


@dataclass(frozen=True, slots=True)
class Mine:
    """What an account lists: `bound` dossiers open with a click, `hinted` ones need their number.

    Of the hinted ones a page shows the procedure, the agency, the day and a masked name, nothing
    by which they could be looked up. `reader` is who the access log is told of.
    """

    reader: Actor
    bound: list[Dossier]
    hinted: list[Dossier]


def mine(citizen: SignedIn) -> Mine:
    """Give the dossiers of a citizen who signed in by telephone."""
    parties = bound_parties(citizen.account_id)[:MOST]
    known = Party.objects.filter(phone=citizen.username).exclude(pk__in=parties)
    others = tuple(known.order_by("-id").values_list("pk", flat=True)[:MOST])
    reader = account_actor(citizen, parties)
    return Mine(reader, _of(reader), _of(account_actor(citizen, others)))


def account_actor(citizen: SignedIn, parties: tuple[int, ...]) -> Actor:
    """Give an account as reader of lists, with the scopes of these parties."""
    scopes = tuple(party_scope(one) for one in parties)
    return Actor(key=actor_key(citizen.account_id), scopes=scopes)


def _of(reader: Actor) -> list[Dossier]:
    rows = visible(Dossier.objects.all(), reader)
    found = (
        rows.select_related("receiving_agency", "applicant", "version__procedure")
        .defer("version__source")
        .order_by("-id")
    )
    return list(found[:MOST])
