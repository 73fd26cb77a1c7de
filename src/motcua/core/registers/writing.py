"""Writing records: their rows, versions, index, links and entries, for one act or for thousands."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain

from motcua.core.access.actors import Actor
from motcua.core.dossiers.answers import written_fields
from motcua.core.ledger.append import NewEntry, Origin, append, head
from motcua.core.ledger.commitments import commitment
from motcua.core.ledger.hashing import genesis
from motcua.core.places import RECORDS, place
from motcua.core.procedures.fields import indexed_of
from motcua.core.registers.declaration import RegisterDeclaration
from motcua.core.registers.models import Record, RecordIndex, RecordLink, RecordVersion
from motcua.core.registers.preparing import Kept, Prepared
from motcua.core.registers.references import NamesNothing
from motcua.core.registers.rights import day_of
from motcua.core.registers.standing import ERASE
from motcua.core.sql import Sql, Tx, grid, hot_act
from motcua.kernel.geometry import Shape

_SALT_BYTES = 16
_AT_ONCE = 500
_NEWS = (
    "agency",
    "natural",
    "title",
    "number",
    "values",
    "geometry",
    "metres",
    "west",
    "south",
    "east",
    "north",
    "search",
    "hidden",
    "since",
    "retired",
    "erased",
    "recorded_at",
    "confirmed_on",
    "asked",
    "filled",
    "broken",
    "measured",
)


@dataclass(frozen=True, slots=True)
class Change:
    """What one act makes of one record; `record` without a number is a new one.

    With an heir it goes on with that agency, and nobody has confirmed it. `told` is what its entry
    tells besides.
    """

    record: Record
    act: str
    prepared: Prepared
    since: datetime.date
    retired: bool = False
    reason: str = ""
    heir_id: int | None = None
    told: Mapping[str, object] = field(default_factory=dict)


def stream_of(record_id: int) -> int:
    """Give the ledger's stream of a record."""
    return RECORDS + record_id


def write(
    tx: Tx,
    declaration: RegisterDeclaration,
    changes: Sequence[Change],
    *,
    actor: Actor,
    at: datetime.datetime,
    origin: Origin = "live",
) -> None:
    """Write changes of records that the caller has taken, each with its entry.

    Raises `NamesNothing` where a record that is named was retired meanwhile, and Django's
    `IntegrityError` where the natural key of a new record is taken.
    """
    _hold_targets(changes)
    for change in changes:
        _apply(declaration, change, at)
    new = [one for one in changes if one.record.pk is None]
    Record.objects.bulk_create([one.record for one in new], batch_size=_AT_ONCE)
    known = {id(one) for one in new}
    old = [one for one in changes if id(one) not in known]
    for change in old:
        change.record.save(update_fields=_NEWS)
    _index(declaration, changes, again=[one.record.pk for one in old])
    salts = [secrets.token_bytes(_SALT_BYTES) for _ in changes]
    versions = [_version(one, salt, actor, at) for one, salt in zip(changes, salts, strict=True)]
    RecordVersion.objects.bulk_create(versions, batch_size=_AT_ONCE)
    with hot_act() as tx:  # the entries of thousands of records are sent together
        for change, salt in zip(changes, salts, strict=True):
            _tell(tx, declaration, change, salt, actor=actor, at=at, origin=origin)


def _apply(declaration: RegisterDeclaration, change: Change, at: datetime.datetime) -> None:
    row, told = change.record, change.prepared
    row.register = declaration.key
    row.natural, row.title = told.natural, told.title
    row.number = 1 if row.pk is None else row.number + 1
    row.values = written_fields(declaration.fields, told.values)
    row.geometry, row.search, row.hidden = told.geometry, told.search, told.hidden
    row.metres = metres_of(told.shape)
    row.west, row.south, row.east, row.north = bounds_of(told.shape)
    row.since, row.retired, row.recorded_at = change.since, change.retired, at
    row.erased = change.act == ERASE or (row.erased and change.retired)
    row.measured = declaration.digest
    if change.heir_id is None:
        row.confirmed_on = day_of(at)
    else:
        row.agency_id = change.heir_id
    row.asked, row.filled = told.measured.asked, told.measured.filled
    row.broken = told.measured.broken_text()


def metres_of(shape: Shape | None) -> float | None:
    """Give the length of a line in metres; None of what is no line."""
    return shape.length() if shape is not None and shape.kind == "line" else None


def bounds_of(shape: Shape | None) -> tuple[int, int, int, int] | tuple[None, None, None, None]:
    """Give west, south, east and north of a shape as their columns keep them."""
    return shape.bounds() if shape is not None else (None, None, None, None)


def _hold_targets(changes: Iterable[Change]) -> None:
    """Keep what is newly named from being retired before this act is done."""
    named = {pk for one in changes if not one.retired for pk in one.prepared.targets.values()}
    named -= _named_before(changes)
    for some in _parts(sorted(named)):
        rows = Record.objects.select_for_update().filter(pk__in=some, retired=False)
        found = set(rows.order_by("pk").values_list("pk", flat=True))
        gone = set(some) - found
        if gone:
            raise NamesNothing(text=f"#{min(gone)}")


def _named_before(changes: Iterable[Change]) -> set[int]:
    known = [one.record.pk for one in changes if one.record.pk is not None]
    found: set[int] = set()
    for some in _parts(known):
        rows = RecordLink.objects.filter(record__in=some, record__retired=False)
        found.update(rows.values_list("target_id", flat=True))
    return found


def _index(
    declaration: RegisterDeclaration, changes: Sequence[Change], *, again: Sequence[int]
) -> None:
    for some in _parts(again):
        RecordIndex.objects.filter(record__in=some).delete()
        RecordLink.objects.filter(record__in=some).delete()
    with hot_act() as tx:
        for one in changes:
            _index_one(tx, declaration, one)
    links = [
        RecordLink(record=one.record, key=key, target_id=target)
        for one in changes
        for key, target in one.prepared.targets.items()
    ]
    RecordLink.objects.bulk_create(links, batch_size=_AT_ONCE)


def _index_one(tx: Tx, declaration: RegisterDeclaration, change: Change) -> None:
    found = indexed_of(declaration.fields, change.prepared.values)
    of = (change.record.pk, declaration.key)
    told = [(*of, one.key, one.text, one.number, one.day) for one in found]
    if told:
        tx.send(_add(len(told)), *chain.from_iterable(told))


@cache
def _add(count: int) -> Sql:
    """Give the statement that writes so many values of a record."""
    return Sql(
        "INSERT INTO registers_recordindex (record_id, register, key, text, number, day)"
        f" VALUES {grid(count, 6)}"
    )


def _version(change: Change, salt: bytes, actor: Actor, at: datetime.datetime) -> RecordVersion:
    row = change.record
    return RecordVersion(
        id=place(row.pk, row.number),
        act=change.act,
        actor=actor.key,
        since=change.since,
        recorded_at=at,
        agency_id=row.agency_id,
        values=row.values,
        geometry=row.geometry,
        retired=change.retired,
        reason=change.reason,
        salt=salt,
    )


def _tell(
    tx: Tx,
    declaration: RegisterDeclaration,
    change: Change,
    salt: bytes,
    *,
    actor: Actor,
    at: datetime.datetime,
    origin: Origin,
) -> None:
    row = change.record
    stream = stream_of(row.pk)
    # One change, one entry: before the first there is none, and thousands need not ask.
    seq, previous = head(tx, stream) if row.number > 1 else (0, genesis(stream))
    entry = NewEntry(
        stream=stream,
        seq=seq + 1,
        act=f"record_{change.act}",
        at=at,
        recorded=at,
        actor=actor.key,
        commitments=(said_of(salt, change.prepared.values, row.geometry, change.reason),),
        data={
            "register": declaration.key,
            "number": row.number,
            "agency": row.agency_id,
            "since": change.since.isoformat(),
            "retired": change.retired,
            **change.told,
        },
        origin=origin,
    )
    append(tx, entry, previous)


def said_of(salt: bytes, values: Kept, geometry: str, reason: str) -> str:
    """Give the commitment that binds an entry to what a version holds."""
    return commitment(salt, {"values": values, "geometry": geometry, "reason": reason})


def _parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Cut a list into pieces that a statement takes."""
    return (numbers[start : start + _AT_ONCE] for start in range(0, len(numbers), _AT_ONCE))
