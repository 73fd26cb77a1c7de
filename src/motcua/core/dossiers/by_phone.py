"""Finding dossiers by the telephone of who applied, for those who see it in clear."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.core.access.actors import Actor
from motcua.core.access.masks import clear_agencies
from motcua.core.access.rows import condition
from motcua.core.access.scopes import party_scope
from motcua.core.dossiers.listing import not_theirs
from motcua.core.sql import Tx, marks
from motcua.kernel.codes import Phone
from motcua.kernel.errors import Refused

_FEWEST = 9  # digits: a year, a licence and a part of a number are words


@dataclass(frozen=True, slots=True)
class FoundByPhone:
    """A search for a telephone as part of a statement: gives `id`s, newest first."""

    phone: str
    actor: Actor
    limit: int

    def sql(self, _tx: Tx) -> str:
        """Give the text; `values` are its values."""
        right, _scopes = condition(self.actor)
        clear = marks(len(clear_agencies(self.actor)))
        return (
            "SELECT id FROM (SELECT d.id AS id FROM people_party p"
            " JOIN dossiers_dossier d ON d.applicant_id = p.id"
            f" WHERE p.phone = %s AND (d.holding_agency_id IN ({clear})"
            f" OR d.receiving_agency_id IN ({clear}))"
            f" AND {right.format(id='d.id')}{not_theirs('d.id', len(self.actor.barred))}"
            " ORDER BY d.id DESC LIMIT %s) hits"
        )

    @property
    def values(self) -> tuple[object, ...]:
        """The values that the text takes."""
        clear = clear_agencies(self.actor)
        _right, scopes = condition(self.actor)
        parties = map(party_scope, sorted(self.actor.barred))
        return (self.phone, *clear, *clear, *scopes, *parties, self.limit)


def by_phone(actor: Actor, words: str, limit: int) -> tuple[FoundByPhone, ...]:
    """Give the search for a telephone (0…, 84… or +84…), none where the words are no such."""
    if sum(one.isdigit() for one in words) < _FEWEST or not actor.scopes:
        return ()
    try:
        phone = Phone.parse(words).number
    except Refused:
        return ()
    return (FoundByPhone(phone, actor, limit),) if clear_agencies(actor) else ()
