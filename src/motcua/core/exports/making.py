"""Making a file that was asked for, batch by batch, and removing what has had its time.

A draft of a name of its own becomes the file when it is whole and on the disk; whoever is killed
before leaves a draft that the sweep removes, and the job is done again from its beginning.
"""

from __future__ import annotations

import datetime
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from motcua.core.access import log
from motcua.core.access.actors import officer
from motcua.core.daybook import reading as daybook
from motcua.core.dossiers.listing import Line
from motcua.core.dossiers.walking import walk
from motcua.core.exports import house, rights
from motcua.core.exports.asking import KEPT, folder, path_of, wish_of
from motcua.core.exports.book import write_book
from motcua.core.exports.giving import Format, writer
from motcua.core.exports.listed import BATCH, Wish, logged, whole_list, write_table
from motcua.core.exports.models import Export
from motcua.core.people.models import Officer
from motcua.core.sql import reading
from motcua.kernel.errors import Refused

_EVERY = 10  # batches after which it is told how far it is
_ROWS_KEPT = datetime.timedelta(days=30)
_DRAFT = ".part"

_MAKING, _READY = Export.State.MAKING, Export.State.READY


Tell = Callable[[int], None]
"""Tells after each batch how many rows are in the file."""

Write = Callable[[Export, log.Reader, BinaryIO, Tell], None]
"""Writes the rows that an export asks for, as its officer may read them."""


def make(
    export_id: int, *, at: datetime.datetime, on: datetime.date, write: Write | None = None
) -> None:
    """Make one file; done, given up or expired meanwhile, nothing is left to do.

    `write` is for what is no list of dossiers.
    """
    row = Export.objects.filter(pk=export_id, state=_MAKING, until_at__gt=at).first()
    if row is None:
        return
    try:
        _write(row, _reader(row, at, on), write or _write_dossiers)
    except Refused as refusal:
        if refusal.retry:  # a full disk, a log that takes nothing now
            raise
        Export.objects.filter(pk=row.pk, state=_MAKING).update(
            state=Export.State.FAILED, why=refusal.code
        )


def _reader(row: Export, at: datetime.datetime, on: datetime.date) -> log.Reader:
    name = Officer.objects.values_list("name", flat=True).get(pk=row.officer_id)
    actor = rights.both(row.rights, officer(row.officer_id, name, on))
    return log.Reader(actor, at, row.address)


def _write(row: Export, reader: log.Reader, write: Write) -> None:
    draft = folder() / f"{row.code}.{secrets.token_hex(8)}{_DRAFT}"
    draft.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        with os.fdopen(handle, "w+b") as out:
            write(row, reader, out, _teller(row))
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path_of(row.code))
    finally:
        draft.unlink(missing_ok=True)
    size = path_of(row.code).stat().st_size
    done = Export.objects.filter(pk=row.pk, state=_MAKING).update(
        state=_READY,
        form=row.form,
        size=size,
        written=row.written,
        made_at=reader.at,
        until_at=reader.at + KEPT,
        rights=rights.told(reader.actor),
    )
    if not done and not Export.objects.filter(pk=row.pk, state=_READY).exists():
        path_of(row.code).unlink(missing_ok=True)  # given up while it was made


def _teller(row: Export) -> Tell:
    """Count what is in the file, and let the page know of it now and then."""
    row.written, batches = 0, 0

    def tell(count: int) -> None:
        nonlocal batches
        row.written += count
        batches += 1
        if batches % _EVERY == 0:
            Export.objects.filter(pk=row.pk, state=_MAKING).update(written=row.written)

    return tell


def _write_dossiers(row: Export, reader: log.Reader, out: BinaryIO, tell: Tell) -> None:
    wish = wish_of(row, reader)
    batches = _batches(wish, tell)
    if wish.form is Format.XES:
        table = house.events_of(reading(), _logged(wish, batches), wish.zone)
        writer(wish.form)(table, out)
    elif wish.book is not None:
        row.form = write_book(out, wish, _logged(wish, batches))
    else:
        write_table(out, wish, batches)


def _batches(wish: Wish, tell: Tell) -> Iterator[list[Line]]:
    """Give the rows in batches, and tell how far it is."""
    for batch in _walk(wish):
        yield batch
        tell(len(batch))


def _walk(wish: Wish) -> Iterator[list[Line]]:
    if wish.book is not None:
        return daybook.walk(wish.reader.actor, wish.book, size=BATCH)
    return _in_order(wish) or walk(wish.reader.actor, wish.wanted, size=BATCH)


def _in_order(wish: Wish) -> Iterator[list[Line]] | None:
    """Give a list as it stands on the page; one too long to be held goes by its numbers."""
    found = whole_list(wish)
    if found is None:
        return None
    return (found[start : start + BATCH] for start in range(0, len(found), BATCH))


def _logged(wish: Wish, batches: Iterator[list[Line]]) -> Iterator[list[Line]]:
    return (logged(wish, batch) for batch in batches)


def sweep(*, at: datetime.datetime) -> None:
    """Remove files that have had their time or were given up, broken drafts, and old rows."""
    Export.objects.filter(state__in=(_MAKING, _READY), until_at__lte=at).update(
        state=Export.State.GONE
    )
    Export.objects.filter(asked_at__lt=at - _ROWS_KEPT).delete()
    remove_gone(at=at)


def remove_gone(*, at: datetime.datetime) -> None:
    """Remove the bytes of files that no row says are ready or being made."""
    live = set(Export.objects.filter(state__in=(_MAKING, _READY)).values_list("code", flat=True))
    for path in folder().glob("*"):
        code = path.name.partition(".")[0]
        if code not in live or (path.name.endswith(_DRAFT) and _old(path, at)):
            path.unlink(missing_ok=True)


def _old(draft: Path, at: datetime.datetime) -> bool:
    with suppress(FileNotFoundError):
        return draft.stat().st_mtime < (at - KEPT).timestamp()
    return False
