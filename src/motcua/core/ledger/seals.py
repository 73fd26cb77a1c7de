"""The check of every seal of a book: rows, root, signature, chain and witnesses.

Whoever holds the database and a key can write a ledger that is sound in itself. Another's key is
told from the house's own; with that one too, only what a witness holds tells it from the true one.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from motcua.core.ledger.append import instant_text
from motcua.core.ledger.book import LEDGER, Book
from motcua.core.ledger.findings import Finding, finding
from motcua.core.ledger.hashing import seal_hash, signed_bytes
from motcua.core.ledger.models import SealColumns
from motcua.core.ledger.statement import own_keys
from motcua.core.ledger.windows import Window, lost_windows, past, within
from motcua.core.ledger.witness import Witness, WitnessUnreachable, witnessed_text
from motcua.core.sql import Tx
from motcua.kernel.merkle import Frontier

_PAGE = 5_000


@dataclass(slots=True)
class Tally:
    """What went past while the seals were checked."""

    seals: int = 0
    witnessed: int = 0
    unwitnessed: int = 0
    unwitnessed_since: dt.datetime | None = None
    lost: tuple[Window, ...] = ()


def check_seals(
    tx: Tx, witnesses: Sequence[Witness], tally: Tally, book: Book = LEDGER
) -> Iterator[Finding]:
    """Give what is wrong with the seals of a book, counting into `tally`."""
    after, head, keys = 0, book.beginning(), own_keys()
    tally.lost = lost_windows(book)
    for seal in book.all_seals().order_by("number").iterator(chunk_size=500):
        tally.seals += 1
        if seal.number != past(after + 1, tally.lost):
            yield finding("ledger.seal_missing", after=after, found=seal.number)
        yield from _check_statement(book, seal, head)
        if bytes(seal.public_key) not in keys:
            yield finding("ledger.seal_key", number=seal.number)
        yield from _check_entries(tx, book, seal)
        after, head = seal.number, bytes(seal.hash)
    for row_id, number in tx.all(book.sql.unknown):
        stream, seq = book.place_of(row_id)
        yield finding("ledger.seal_unknown", stream=stream, seq=seq, number=number)
    for witness in witnesses:
        try:
            yield from _check_witness(book, witness, after, tally)
        except WitnessUnreachable as error:
            reason = error.details["reason"]
            yield finding("ledger.witness_unreachable", witness=witness.name, reason=reason)


def _check_statement(book: Book, seal: SealColumns, head: bytes) -> Iterator[Finding]:
    try:
        stated = json.loads(seal.statement)
        told = [(name, stated[name]) for name in ("format", *_columns(seal))]
    except (ValueError, LookupError, TypeError, AttributeError):
        yield finding("ledger.seal_changed", number=seal.number, part="statement")
        return
    columns = {"format": book.form, **_columns(seal)}
    for name, value in told:
        if value != columns[name]:
            yield finding("ledger.seal_changed", number=seal.number, part=name)
    if seal_hash(seal.statement) != bytes(seal.hash):
        yield finding("ledger.seal_changed", number=seal.number, part="hash")
    if bytes(seal.previous_hash) != head:
        yield finding("ledger.seal_link", number=seal.number)
    if not _signed(seal):
        yield finding("ledger.seal_signature", number=seal.number)


def _columns(seal: SealColumns) -> dict[str, object]:
    return {
        "number": seal.number,
        "size": seal.size,
        "root": bytes(seal.root).hex(),
        "previous": bytes(seal.previous_hash).hex(),
        "sealed_at": instant_text(seal.sealed_at),
        "key": bytes(seal.public_key).hex(),
    }


def _signed(seal: SealColumns) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes(seal.public_key))
        key.verify(bytes(seal.signature), signed_bytes(seal.statement))
    except (InvalidSignature, ValueError):
        return False
    return True


def _check_entries(tx: Tx, book: Book, seal: SealColumns) -> Iterator[Finding]:
    tree, found = Frontier(), 0
    for leaf, hash_ in _leaves(tx, book, seal.number):
        found += leaf == tree.size
        tree.append(hash_)
    (named,) = tx.one(book.sql.named, seal.number) or (0,)
    if not found == named == tree.size == seal.size:
        yield finding("ledger.seal_entries", number=seal.number, size=seal.size, found=found)
    elif tree.root() != bytes(seal.root):
        yield finding("ledger.seal_root", number=seal.number)


def _leaves(tx: Tx, book: Book, number: int) -> Iterator[tuple[int, bytes]]:
    after = -(2**31)
    while page := tx.all(book.sql.leaves, number, after, _PAGE):
        for leaf, hash_ in page:
            yield int(leaf), bytes(hash_)
        after = page[-1][0]


def _check_witness(book: Book, witness: Witness, last: int, tally: Tally) -> Iterator[Finding]:
    """Compare every seal up to `last` and look for ones the ledger no longer has.

    Missing at the end is only late (a crash before hand-over); missing before that is a gap.
    """
    late: list[SealColumns] = []
    newest = 0
    seals = book.all_seals()
    for seal in seals.filter(number__lte=last).order_by("-number").iterator(chunk_size=500):
        held = witness.get(seal.number)
        if held is None and not newest:
            late.append(seal)
        elif held is None:
            yield finding("ledger.witness_gap", witness=witness.name, number=seal.number)
        elif held != witnessed_text(seal):
            newest = newest or seal.number
            yield finding("ledger.witness_differs", witness=witness.name, number=seal.number)
        else:
            newest = newest or seal.number
    tally.witnessed = max(tally.witnessed, newest)
    if len(late) > tally.unwitnessed:
        tally.unwitnessed, tally.unwitnessed_since = len(late), late[-1].sealed_at
    seals = book.all_seals()
    for number in _ahead(witness, last, tally.lost):
        # Sealing goes on while this runs: a number above `last` may have come since.
        if not seals.filter(number=number).exists():
            yield finding("ledger.witness_ahead", witness=witness.name, number=number)


def _ahead(witness: Witness, last: int, lost: Sequence[Window]) -> Iterator[int]:
    """Give the numbers a witness holds beyond the last seal, those aside that a restore lost."""
    return (one for one in witness.numbers() if one > last and not within(one, lost))
