"""What is read of a dossier that is opened, beside its situation: one statement for each part.

After lists, opening one is what is read most often; the ORM needs longer to word these questions
than the database to answer them (DESIGN §14). Whoever asks has been let in by `queries.find_one`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from motcua.core.dossiers.listing import LINE, Line, line_of, lines_from
from motcua.core.people.models import Party
from motcua.core.places import places
from motcua.core.sql import Sql, Tx, instant

_PARTY = (
    "id", "kind", "name", "number_cipher", "number_hash", "tax_code", "phone", "phone_as_given",
    "email", "address",
)  # fmt: skip
_OPENED = Sql(f"{lines_from('d.fields', *(f'p.{name}' for name in _PARTY))} WHERE d.id = %s")
_HANDED_IN = Sql(
    "SELECT e.seq, e.component, e.name, e.originals, e.copies, f.sha256, f.size, f.media_type"
    " FROM files_evidence e LEFT JOIN files_storedfile f ON f.id = e.file_id"
    " WHERE e.dossier_id = %s ORDER BY e.id"
)
_HAPPENED = Sql(
    "SELECT seq, act, at, recorded_at, body, hash, seal_id FROM ledger_entry"
    " WHERE id BETWEEN %s AND %s ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A dossier as a list shows it, the answers of its form as kept, and who asks."""

    line: Line
    fields: str
    applicant: Party | None


@dataclass(frozen=True, slots=True)
class File:
    """A file as it lies in the store."""

    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A paper handed in; `seq` is the entry with which it came."""

    seq: int
    component: str
    name: str
    originals: int
    copies: int
    file: File | None


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry of the dossier, as the ledger has it; `seal` is the number of its seal."""

    seq: int
    act: str
    at: datetime.datetime
    recorded_at: datetime.datetime
    body: str
    hash: bytes
    seal: int | None


def opened(tx: Tx, dossier_id: int) -> Opened:
    """Read a dossier that is there."""
    row = tx.one(_OPENED, dossier_id)
    assert row is not None  # `find_one` has found it
    fields, *party = row[LINE:]
    applicant = None if party[0] is None else Party.from_db(None, _PARTY, party)
    return Opened(line_of(row), fields, applicant)


def handed_in(tx: Tx, dossier_id: int) -> list[HandedIn]:
    """Give its papers in the order in which they came."""
    return [
        HandedIn(seq, component, name, originals, copies, File(*file) if file[0] else None)
        for seq, component, name, originals, copies, *file in tx.all(_HANDED_IN, dossier_id)
    ]


def happened(tx: Tx, dossier_id: int) -> list[Happened]:
    """Give its entries in their order."""
    return [
        Happened(seq, act, _there(instant(at)), _there(instant(recorded)), body, bytes(hash_), seal)
        for seq, act, at, recorded, body, hash_, seal in tx.all(_HAPPENED, *places(dossier_id))
    ]


def _there(at: datetime.datetime | None) -> datetime.datetime:
    assert at is not None  # the column takes no NULL
    return at
