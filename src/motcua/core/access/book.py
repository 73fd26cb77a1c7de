"""The access log as a sealed book: its check, what it allows, and how it forgets.

Two things may be taken from a row, and nothing else: its words (query, purpose, address), whose
salt goes with them; and, once its seal is older than the log is kept, everything but its hash.
Either way the seals over it still hold.
"""

from __future__ import annotations

from collections.abc import Iterator

from motcua.core.access.forgetting import forgotten_to
from motcua.core.access.log import Told, committed
from motcua.core.access.models import AccessSeal
from motcua.core.ledger.book import Book, Statements
from motcua.core.ledger.chains import Tally
from motcua.core.ledger.findings import Finding
from motcua.core.ledger.guard import Guarded
from motcua.core.sql import Row, Sql, Tx, instant

FORM = "motcua.access-seal.1"
_PAGE = 2_000
_COLUMNS = "kind, actor, agency_id, post, dossier_id, what, count, dossiers"

_COMMAS = _COLUMNS.replace(" ", "")
_WORDS_GO = (
    f"{{same[id,at,{_COMMAS},committed,hash,seal_id,leaf]}}"
    " AND NEW.said = '' AND length(NEW.salt) = 0"
)
_ALL_GOES = (
    "OLD.seal_id IS NOT NULL AND {same[id,at,count,hash,seal_id,leaf]}"
    " AND NEW.kind = '' AND NEW.actor = '' AND NEW.agency_id IS NULL AND NEW.post = ''"
    " AND NEW.dossier_id IS NULL AND NEW.what = '' AND NEW.dossiers = '' AND NEW.said = ''"
    " AND length(NEW.salt) = 0 AND length(NEW.committed) = 0"
)

GUARDED = Guarded(
    rows="access_read",
    seals="access_accessseal",
    fixed=("id", "at", *_COMMAS.split(","), "said", "salt", "committed", "hash"),
    message="the access log only grows",
    allows=(_WORDS_GO, _ALL_GOES),
)

_SELECT = f"""SELECT id, {{at}}, {_COLUMNS}, said, salt, committed, hash, seal_id
    FROM access_read WHERE id > %s ORDER BY id LIMIT %s"""
# As text on SQLite, so that a date torn by hand is a finding instead of a failure of the driver.
_ROWS = Sql(_SELECT.format(at="CAST(at AS text)"), postgres=_SELECT.format(at="at"))

_SAID = {
    "access.row_changed": (
        "Lượt xem số {row} không khớp mã băm của nó.",
        "Row {row} of the access log does not match its hash.",
    ),
    "access.words_changed": (
        "Lời kèm theo lượt xem số {row} không khớp cam kết.",
        "The words of row {row} of the access log do not match their commitment.",
    ),
    "access.forgotten_early": (
        "Lượt xem số {row} bị xóa nội dung trước khi hết thời gian lưu.",
        "Row {row} of the access log was emptied before its time was over.",
    ),
}
_KIND, _SAID_AT, _SEAL = 2, 10, 14


def check_reads(tx: Tx, tally: Tally) -> Iterator[Finding]:
    """Give what is wrong with the rows of the access log, counting into `tally`."""
    after, forgotten = -(2**63), forgotten_to(tx)
    while page := tx.all(_ROWS, after, _PAGE):
        for row in page:
            tally.entries += 1
            yield from _check(row, forgotten)
        after = page[-1][0]


def _check(row: Row, forgotten: int) -> Iterator[Finding]:
    if row[_KIND] == "":
        if row[_SEAL] is None or row[_SEAL] > forgotten:
            yield _finding("access.forgotten_early", row[0])
        return
    said, salt, bound, digest = (row[_SAID_AT], *map(bytes, row[_SAID_AT + 1 : _SEAL]))
    if _told(row, bound).digest() != digest:
        yield _finding("access.row_changed", row[0])
    if (said, salt) != ("", b"") and committed(salt, said) != bound:
        yield _finding("access.words_changed", row[0])


def _told(row: Row, bound: bytes) -> Told:
    at = instant(row[1])
    assert at is not None
    return Told(
        at=at,
        kind=row[2],
        actor=row[3],
        agency_id=row[4],
        post=row[5],
        dossier_id=row[6],
        what=row[7],
        count=row[8],
        dossiers=row[9],
        committed=bound,
    )


def _finding(code: str, row_id: int) -> Finding:
    vi, en = _SAID[code]
    return Finding(code, vi.format(row=row_id), en.format(row=row_id), None, row_id)


ACCESS = Book(
    name="access",
    form=FORM,
    folder="access",
    seals=AccessSeal,
    sql=Statements(rows="access_read", seals="access_accessseal", recorded="at", lock=2),
    check=check_reads,
    place_of=lambda row_id: (None, row_id),
)
