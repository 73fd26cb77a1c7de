"""Sealing: one signed root over the rows of a book that no seal holds yet.

Rows are taken because they are **unsealed**, never by a range of ids: ids commit out of order, and
a range would leave the late ones out for ever. Inside a seal the order is by id.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from motcua.core.ledger.book import LEDGER, Book
from motcua.core.ledger.hashing import seal_hash
from motcua.core.ledger.models import SealColumns
from motcua.core.ledger.statement import sign
from motcua.core.ledger.windows import lost_windows, past
from motcua.core.ledger.witness import Witness, WitnessDisagrees, hand_over, witnesses
from motcua.core.sql import Row, reading
from motcua.kernel import merkle
from motcua.kernel.errors import Refused

BATCH = 20_000
"""Most entries in one seal: on SQLite writers wait about 0.13 s for it; the rest comes next."""


class SealRaced(Refused):
    """Another sealer took the same entries; nothing of this one was kept."""

    code = "ledger.seal_raced"
    vi = "Một tiến trình khác vừa niêm phong; hãy chạy lại."
    en = "Another process has just sealed; run it again."
    status = 409
    retry = True


def seal(
    *,
    at: dt.datetime,
    to: Iterable[Witness] | None = None,
    batch: int = BATCH,
    book: Book = LEDGER,
) -> SealColumns | None:
    """Seal up to `batch` unsealed rows and hand the seal to the witnesses; None if none waits.

    Never inside another transaction. Seals of an earlier run that a crash kept from a witness are
    sent too. Raises `WitnessDisagrees` **before** sealing when a witness is ahead of this ledger
    (a copy must not fork, unless its restore told of what was lost: see `windows`), `SealRaced`,
    and, with the seal already standing, `WitnessUnreachable`.
    """
    outside = witnesses(book) if to is None else tuple(to)
    _refuse_fork(book, outside)
    made = _seal_batch(book, at, batch) if reading().one(book.sql.waiting) else None
    hand_over(outside, book)
    return made


def _refuse_fork(book: Book, outside: Iterable[Witness]) -> None:
    following = past(_last_number(book) + 1, lost_windows(book))
    for witness in outside:
        ahead = witness.get(following) is not None
        # A seal reaches a witness only after its commit, so a second look tells a fork from
        # another sealer who has just been here.
        if ahead and _last_number(book) < following:
            raise WitnessDisagrees(witness=witness.name, number=following)


def _last_number(book: Book) -> int:
    last = book.all_seals().order_by("-number").values_list("number", flat=True).first()
    return last or 0


def _seal_batch(book: Book, at: dt.datetime, batch: int) -> SealColumns | None:
    try:
        with transaction.atomic(durable=True):
            tx = reading()
            if tx.is_postgres:
                tx.one(book.sql.queue)
            last = book.all_seals().order_by("-number").first()
            number = past(last.number + 1 if last else 1, lost_windows(book))
            leaves = _in_order(tx.all(book.sql.take, number, batch))
            previous = bytes(last.hash) if last else book.beginning()
            return _write(book, at, number, leaves, previous) if leaves else None
    except IntegrityError as error:
        raise SealRaced from error


def _in_order(taken: list[Row]) -> list[bytes]:
    taken.sort(key=lambda row: int(row[0]))
    if [row[0] for row in taken] != list(range(len(taken))):
        raise SealRaced
    return [bytes(row[1]) for row in taken]


def _write(
    book: Book, at: dt.datetime, number: int, leaves: list[bytes], previous: bytes
) -> SealColumns:
    root = merkle.root(leaves)
    signed = sign(
        number=number,
        size=len(leaves),
        root=root,
        previous=previous,
        sealed_at=at,
        form=book.form,
    )
    return book.all_seals().create(
        number=number,
        size=len(leaves),
        root=root,
        previous_hash=previous,
        hash=seal_hash(signed.statement),
        signature=signed.signature,
        public_key=signed.public_key,
        sealed_at=at,
        statement=signed.statement,
    )
