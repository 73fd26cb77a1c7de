"""The access log: who read whose personal data, when, and from where.

Every page, operation, file and export that shows personal data calls one function of this module
**before** it answers: a read that cannot be written is refused, so none is ever lost. A row is one
INSERT outside any transaction of an act. Rows are sealed as the ledger's are, in a book of their
own (`book`), so that none can be changed or taken out unseen.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from motcua.core.access.actors import Actor
from motcua.core.agencies.powers import Held, Lent
from motcua.core.ledger.append import instant_text
from motcua.core.sql import Sql, Tx, reading
from motcua.kernel import canonical
from motcua.kernel.errors import Refused

SALT_BYTES = 16
_PREFIX = b"motcua.access.read.1\x00"
_WORDS = b"motcua.access.said.1\x00"
_LONGEST = 300  # characters of a query, a purpose or an address that are kept


class Kind(StrEnum):
    """How personal data was read."""

    LISTED = "listed"  # stood in a list, masked where the reader has no clearance
    OPENED = "opened"  # the dossier itself was shown
    REVEALED = "revealed"  # a masked value was asked for, with a purpose
    DOWNLOADED = "downloaded"  # a file or a paper was handed out
    EXPORTED = "exported"  # went out in bulk


class LogUnwritable(Refused):
    """The read could not be written down, so nothing is shown."""

    code = "access.log_unwritable"
    vi = "Chưa ghi được lượt xem vào nhật ký truy cập nên chưa hiển thị. Hãy thử lại sau giây lát."
    en = "This read could not be written to the access log, so nothing is shown. Try again soon."
    status = 503
    retry = True


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, the instant at which everything is told, and the address they read from."""

    actor: Actor
    at: datetime.datetime
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a row states; `said` may hold personal words and stands behind a commitment."""

    at: datetime.datetime
    kind: str
    actor: str
    agency_id: int | None
    post: str
    dossier_id: int | None
    what: str
    count: int
    dossiers: str
    committed: bytes

    def digest(self) -> bytes:
        """Hash the row: SHA-256 of a prefix and its canonical JSON."""
        body = {
            "at": instant_text(self.at),
            "kind": self.kind,
            "actor": self.actor,
            "agency": self.agency_id,
            "post": self.post,
            "dossier": self.dossier_id,
            "what": self.what,
            "count": self.count,
            "dossiers": self.dossiers,
            "said": self.committed.hex(),
        }
        return hashlib.sha256(_PREFIX + canonical.encode(body, trusted=True)).digest()


def committed(salt: bytes, said: str) -> bytes:
    """Bind the words of a row without holding them."""
    return hashlib.sha256(_WORDS + salt + said.encode()).digest()


def listed(reader: Reader, *, what: str, dossiers: Iterable[int], query: str = "") -> None:
    """Write that a list was shown: one row with its query and the dossiers that stood in it."""
    _write(reader, Kind.LISTED, what=what, dossiers=tuple(dossiers), query=query)


def opened(
    reader: Reader, dossier_id: int, *, agencies: Sequence[int] = (), what: str = "dossier"
) -> None:
    """Write that one dossier was shown; `agencies` are those that hold and received it."""
    _write(reader, Kind.OPENED, what=what, dossier_id=dossier_id, agencies=agencies)


def revealed(
    reader: Reader, dossier_id: int, *, field: str, purpose: str, agencies: Sequence[int] = ()
) -> None:
    """Write that one masked value was shown, and what for."""
    _write(
        reader,
        Kind.REVEALED,
        what=field,
        dossier_id=dossier_id,
        purpose=purpose,
        agencies=agencies,
    )


def downloaded(
    reader: Reader, dossier_id: int, *, what: str, purpose: str = "", agencies: Sequence[int] = ()
) -> None:
    """Write that a file or a paper of a dossier was handed out."""
    _write(
        reader,
        Kind.DOWNLOADED,
        what=what,
        dossier_id=dossier_id,
        purpose=purpose,
        agencies=agencies,
    )


def exported(
    reader: Reader, *, what: str, dossiers: Iterable[int], query: str = "", purpose: str = ""
) -> None:
    """Write that dossiers go out in bulk; a long export calls this for each batch before it."""
    _write(reader, Kind.EXPORTED, what=what, dossiers=tuple(dossiers), query=query, purpose=purpose)


def exported_whole(reader: Reader, *, what: str, count: int) -> None:
    """Write that the whole house, or a whole source, goes out: how many, not each by its number."""
    _write(reader, Kind.EXPORTED, what=what, count=count)


def of_records(
    reader: Reader,
    kind: Kind,
    *,
    what: str,
    count: int = 1,
    agencies: Sequence[int] = (),
    query: str = "",
    purpose: str = "",
) -> None:
    """Write that records of a register were shown or given out: which one, or how many.

    `what` is `register.KEY`, of one record `register.KEY.NUMBER`, of a value that was revealed with
    its name after that: no number here is a dossier's.
    """
    _write(reader, kind, what=what, count=count, agencies=agencies, query=query, purpose=purpose)


_INSERT = Sql(
    "INSERT INTO access_read (at, kind, actor, agency_id, post, dossier_id, what, count, dossiers,"
    " said, salt, committed, hash)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


def _write(
    reader: Reader,
    kind: Kind,
    *,
    what: str,
    dossier_id: int | None = None,
    dossiers: tuple[int, ...] = (),
    count: int | None = None,
    agencies: Sequence[int] = (),
    **words: str,
) -> None:
    capacity = _capacity(reader.actor, agencies)
    said = _said(reader, words)
    salt = secrets.token_bytes(SALT_BYTES)
    told = Told(
        at=reader.at,
        kind=kind,
        actor=reader.actor.key,
        agency_id=capacity.agency_id if capacity else None,
        post=capacity.post if capacity else "",
        dossier_id=dossier_id,
        what=what[:80],
        count=count if count is not None else len(dossiers) if dossier_id is None else 1,
        dossiers=f",{','.join(map(str, dossiers))}," if dossiers else "",
        committed=committed(salt, said),
    )
    try:
        _insert(reading(), told, said, salt)
    except Exception as error:  # whatever the driver says: what is not written is not shown
        raise LogUnwritable from error


def _insert(tx: Tx, told: Told, said: str, salt: bytes) -> None:
    tx.run(
        _INSERT,
        told.at,
        told.kind,
        told.actor,
        told.agency_id,
        told.post,
        told.dossier_id,
        told.what,
        told.count,
        told.dossiers,
        said,
        salt,
        told.committed,
        told.digest(),
    )


def _capacity(actor: Actor, agencies: Sequence[int]) -> Held | Lent | None:
    """Give the post under which an officer reads: one where the dossier lies, else the first.

    A post of their own comes before one that was lent to them.
    """
    posts: list[Held | Lent] = [*actor.posts, *actor.lent]
    there = (held for held in posts if held.agency_id in agencies)
    return next(there, posts[0] if posts else None)


def _said(reader: Reader, words: dict[str, str]) -> str:
    told = {name: text[:_LONGEST] for name, text in {**words, "address": reader.address}.items()}
    return canonical.encode({name: text for name, text in told.items() if text}).decode()
