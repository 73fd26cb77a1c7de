"""What an officer may do on a day: posts held, powers lent by others, and where they are party.

Every request of an officer asks this once, so it is one statement.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, replace

from motcua.core.sql import Row, Sql, reading


@dataclass(frozen=True, slots=True)
class Held:
    """A post an officer holds."""

    agency_id: int
    post: str
    reads_agency: bool


@dataclass(frozen=True, slots=True)
class Lent:
    """The powers of a post that its holder lent to an officer.

    Empty `procedures` and `moves` bound nothing. `barred` are the parties that the giver is: what
    one may not do, one cannot lend.
    """

    id: int
    giver_id: int
    giver: str
    agency_id: int
    post: str
    capacity: str
    procedures: frozenset[int] = frozenset()
    moves: frozenset[str] = frozenset()
    barred: frozenset[int] = frozenset()

    def covers(self, procedure_id: int, move: str) -> bool:
        """Tell whether a move of a procedure is within what was lent."""
        procedures, moves = self.procedures, self.moves
        return (not procedures or procedure_id in procedures) and (not moves or move in moves)


@dataclass(frozen=True, slots=True)
class Powers:
    """What an officer may do on a day; `parties` are those whose dossiers they keep out of.

    They are that party, are close to it, or are recused from it.
    """

    posts: tuple[Held, ...] = ()
    lent: tuple[Lent, ...] = ()
    parties: frozenset[int] = frozenset()
    left: bool = False


_IN_FORCE = "{0}.valid_from <= %s AND ({0}.valid_to IS NULL OR {0}.valid_to > %s)"
# A giver who lost the post has nothing to lend any more.
_LENT = (
    "agencies_delegation d JOIN people_officer g ON g.id = d.giver_id"
    f" WHERE d.taker_id = %s AND {_IN_FORCE.format('d')} AND EXISTS (SELECT 1 FROM"
    " agencies_appointment a WHERE a.officer_id = d.giver_id AND a.agency_id = d.agency_id"
    f" AND a.post = d.post AND {_IN_FORCE.format('a')})"
)
_CONCERNED = (
    "people_interest i WHERE NOT i.ended AND i.officer_id IN (SELECT CAST(%s AS bigint)"
    " UNION SELECT giver_id FROM agencies_delegation WHERE taker_id = %s)"
)
_POWERS = Sql(
    "SELECT 0, a.id, a.agency_id, a.officer_id, a.post, CASE WHEN a.reads_agency THEN '1' ELSE ''"
    " END, '', '', '' FROM agencies_appointment a"
    f" WHERE a.officer_id = %s AND {_IN_FORCE.format('a')}"
    " UNION ALL SELECT 1, d.id, d.agency_id, d.giver_id, d.post, d.capacity, d.procedures, d.moves,"
    f" g.name FROM {_LENT}"
    " UNION ALL SELECT 2, p.id, 0, i.officer_id, '', '', '', '', '' FROM people_party p JOIN"
    f" (SELECT i.officer_id, i.number_hash FROM {_CONCERNED} AND length(i.number_hash) > 0) i"
    " ON p.number_hash = i.number_hash"
    " UNION ALL SELECT 2, p.id, 0, i.officer_id, '', '', '', '', '' FROM people_party p JOIN"
    f" (SELECT i.officer_id, i.tax_code FROM {_CONCERNED} AND i.tax_code <> '') i"
    " ON p.tax_code = i.tax_code"
    " UNION ALL SELECT 2, r.party_id, 0, r.officer_id, '', '', '', '', '' FROM people_recusal r"
    " WHERE r.officer_id IN (SELECT CAST(%s AS bigint)"
    " UNION SELECT giver_id FROM agencies_delegation WHERE taker_id = %s)"
    " UNION ALL SELECT 2, party_id, 0, officer_id, '', '', '', '', '' FROM people_account"
    " WHERE officer_id = %s AND party_id IS NOT NULL"
    " UNION ALL SELECT 3, id, 0, id, '', '', '', '', '' FROM people_officer"
    " WHERE id = %s AND left_on <= %s ORDER BY 1, 2"
)
_POST, _POWER, _PARTY, _GONE = range(4)


def powers_of(officer_id: int, on: datetime.date) -> Powers:
    """Give what an officer holds, was lent and is party to on a day."""
    me = officer_id
    values = (me, on, on, me, on, on, on, on, *(me,) * 8, on)
    rows = reading().all(_POWERS, *values)
    parties: dict[int, set[int]] = {}
    for _, party, _, officer, *_ in (row for row in rows if row[0] == _PARTY):
        parties.setdefault(officer, set()).add(party)
    lent = (_lent(row) for row in rows if row[0] == _POWER)
    return Powers(
        posts=tuple(Held(row[2], row[4], bool(row[5])) for row in rows if row[0] == _POST),
        lent=tuple(replace(one, barred=frozenset(parties.get(one.giver_id, ()))) for one in lent),
        parties=frozenset(parties.get(me, ())),
        left=any(row[0] == _GONE for row in rows),
    )


def _lent(row: Row) -> Lent:
    _, number, agency, giver, post, capacity, procedures, moves, name = row
    bounds = frozenset(json.loads(procedures)), frozenset(json.loads(moves))
    return Lent(number, giver, name, agency, post, capacity, *bounds)
