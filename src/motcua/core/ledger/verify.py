"""The whole check of the ledger, and how wide the window is that it can't speak for.

Nothing is repaired and nothing is written. What is found is listed up to a bound and counted
beyond, so a wholly rewritten ledger can't fill the memory either.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain

from django.db import DatabaseError, connection

from motcua.core.ledger import seals
from motcua.core.ledger.append import instant_text
from motcua.core.ledger.book import LEDGER, Book
from motcua.core.ledger.chains import Tally
from motcua.core.ledger.findings import Finding, finding
from motcua.core.ledger.witness import Witness, witnesses
from motcua.core.sql import Tx, instant
from motcua.kernel.errors import Refused

LATE_SECONDS = 600
"""A seal reaches its witness within a minute; without one for so long, nobody vouches for it."""

LISTED = 1_000
"""Most findings that a report lists; `found` counts all."""

_INDIGESTIBLE = (ValueError, LookupError, TypeError, AttributeError, AssertionError)

StateCheck = Callable[[], Iterable[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a check found.

    Everything up to seal number `witnessed` is vouched for from outside (None: no seal has a
    witness yet). Beyond stand `unwitnessed` seals, the oldest `unwitnessed_seconds` old, and
    `unsealed` entries, the oldest of which was recorded `unsealed_seconds` ago: the window in which
    a change by the owner of the database may stay unseen. `lost` are the seals, from first to last,
    that went with a restore from a backup, as the house's own stream tells.
    """

    ok: bool
    at: str
    findings: tuple[Finding, ...]
    found: int
    streams: int
    entries: int
    seals: int
    witnessed: int | None
    unwitnessed: int
    unwitnessed_seconds: int
    unsealed: int
    unsealed_seconds: int
    lost: tuple[tuple[int, int], ...]

    def as_json(self) -> dict[str, object]:
        """Give plain values for `json.dumps`."""
        return asdict(self)


def verify(
    *,
    tx: Tx,
    at: dt.datetime,
    state_checks: Iterable[StateCheck] = (),
    to: Iterable[Witness] | None = None,
    book: Book = LEDGER,
) -> Report:
    """Check every row, every seal and every witnessed seal of a book, then the checks of others.

    `state_checks` compare current state with the last entries (`data["after"]`); they live in the
    apps that own the state.
    """
    outside = witnesses(book) if to is None else tuple(to)
    rows, sealed = Tally(), seals.Tally()
    listed, found = _collect(
        chain(
            _to_the_end(book.check(tx, rows)),
            _to_the_end(seals.check_seals(tx, outside, sealed, book)),
            _late(sealed, at),
            *(_to_the_end(check()) for check in state_checks),
        )
    )
    unsealed, seconds = _window(tx, book, at)
    return Report(
        ok=not found,
        at=instant_text(at),
        findings=tuple(listed),
        found=found,
        streams=rows.streams,
        entries=rows.entries,
        seals=sealed.seals,
        witnessed=sealed.witnessed or None,
        unwitnessed=sealed.unwitnessed,
        unwitnessed_seconds=_seconds(sealed.unwitnessed_since, at),
        unsealed=unsealed,
        unsealed_seconds=seconds,
        lost=sealed.lost,
    )


def _late(sealed: seals.Tally, at: dt.datetime) -> Iterator[Finding]:
    """A witness that was emptied, or that nothing reaches any more, leaves the ledger alone."""
    seconds = _seconds(sealed.unwitnessed_since, at)
    if seconds > LATE_SECONDS:
        yield finding("ledger.witness_late", count=sealed.unwitnessed, seconds=seconds)


def _to_the_end(check: Iterable[Finding]) -> Iterator[Finding]:
    """Turn what no reader can digest (a torn file, text in a column of bytes) into a finding."""
    try:
        with connection.wrap_database_errors:
            yield from check
    except (DatabaseError, Refused, *_INDIGESTIBLE) as error:
        yield finding("ledger.unreadable", reason=error)


def _collect(findings: Iterator[Finding]) -> tuple[list[Finding], int]:
    listed: list[Finding] = []
    found = 0
    for one in findings:
        found += 1
        if found <= LISTED:
            listed.append(one)
    return listed, found


def _window(tx: Tx, book: Book, at: dt.datetime) -> tuple[int, int]:
    unsealed, first = tx.one(book.sql.window) or (0, None)
    return unsealed, _seconds(instant(first), at)


def _seconds(since: dt.datetime | None, at: dt.datetime) -> int:
    return max(0, int((at - since).total_seconds())) if since else 0
