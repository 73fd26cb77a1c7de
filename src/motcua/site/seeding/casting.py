"""Making a mould for every shape, and telling stories to the real acts for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection, transaction

from motcua.core.dossiers.expected import IDENTITY_COLUMNS
from motcua.core.procedures.queries import Current, current
from motcua.core.sql import Sql, instant, reading
from motcua.site.seeding.dialects import Cell, Dialect, dialect, generated, tables
from motcua.site.seeding.moulds import Mould, Unproved, proved
from motcua.site.seeding.playing import PROCEDURE, deliver, play
from motcua.site.seeding.stories import Shape, Stretch, example
from motcua.site.seeding.symbols import Drawn, Ids, Speller, Symbols, applicant_of

DOSSIERS, PARTIES = "dossiers_dossier", "people_party"
COUNTED = frozenset(
    {
        "access_scopechange",
        "access_scopetotal",
        "facts_delta",
        "facts_tally",
        "dossiers_codecounter",
    }
)
"""Tables that sum up what happened: they are made once, after everything is poured."""

_EXAMPLES = (Ids(314_159_265_359, 271_828_182_845), Ids(314_159_271_653, 271_828_190_423))
_IDENTITY = Sql(f"SELECT {IDENTITY_COLUMNS}, salt FROM dossiers_dossier ORDER BY id DESC LIMIT 1")
_CIPHER = Sql("SELECT number_cipher FROM people_party ORDER BY id DESC LIMIT 1")
_NUMBER = {
    "sqlite": "INSERT OR REPLACE INTO sqlite_sequence (rowid, name, seq) VALUES"
    " ((SELECT rowid FROM sqlite_sequence WHERE name = %(table)s), %(table)s, %(last)s)",
    "postgresql": "SELECT setval(pg_get_serial_sequence(%(table)s, 'id'), %(last)s + 1, false)",
}

Snapshot = dict[str, list[tuple[Cell, ...]]]
Before = dict[str, frozenset[tuple[Cell, ...]]]


@dataclass(frozen=True, slots=True)
class Foundry:
    """What casts stories: the moulds by shape, each with what spells its symbols."""

    version: Current
    dialect: Dialect
    columns: dict[str, tuple[str, ...]]
    moulds: dict[Shape, tuple[Mould, Speller]] = field(default_factory=dict)


def foundry(stretch: Stretch, shapes: Iterable[Shape]) -> Foundry:
    """Make and prove a mould for every shape; nothing that is told for it stays.

    Raises `Unproved` where a second story of a shape would have other rows than its mould gives.
    """
    made = Foundry(current(PROCEDURE), dialect(), _columns())
    before = {
        table: frozenset(made.dialect.read(table, columns))
        for table, columns in made.columns.items()
    }
    for shape in shapes:
        first, second = (_tell(made, stretch, shape, number, before) for number in (0, 1))
        mould = Mould(first.rows, made.columns, first.symbols)
        made.moulds[shape] = (
            proved(mould, second.rows, second.symbols, made.dialect),
            first.speller,
        )
    return made


@dataclass(frozen=True, slots=True)
class _Told:
    """A story that the real acts carried out: the rows they wrote, and its symbols."""

    rows: Snapshot
    symbols: Symbols
    speller: Speller


def _columns() -> dict[str, tuple[str, ...]]:
    """Give the columns to fill; an id that nothing refers to is the database's affair."""
    given = generated() - {DOSSIERS, PARTIES}
    return {
        table: tuple(column for column in columns if column != "id" or table not in given)
        for table, columns in tables().items()
        if table not in COUNTED
    }


def _tell(made: Foundry, stretch: Stretch, shape: Shape, number: int, before: Before) -> _Told:
    story, ids = example(shape, stretch, number), _EXAMPLES[number]
    with transaction.atomic():
        count_from(DOSSIERS, ids.dossier)
        count_from(PARTIES, ids.party)
        play(story)
        deliver(reading(), stretch.until)
        rows = _written(made, before)
        fixed, drawn = _drawn()
        transaction.set_rollback(True)
    speller = Speller(made.dialect, made.version.declaration, fixed, str(fixed[7]))
    return _Told(rows, speller.spell(story, applicant_of(story), drawn, ids), speller)


def count_from(table: str, first: int) -> None:
    """Let a table give this id next, as long as the transaction lasts."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBER[connection.vendor], {"table": table, "last": first - 1})


def _written(made: Foundry, before: Before) -> Snapshot:
    """Give the rows that were not there; a story changes none that was."""
    found: Snapshot = {}
    for table, columns in made.columns.items():
        if _count(table) == len(before[table]):
            continue
        now = made.dialect.read(table, columns)
        found[table] = [row for row in now if row not in before[table]]
        if len(found[table]) + len(before[table]) != len(now):
            raise Unproved(table=table)
    return found


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
        return int(cursor.fetchone()[0])


def _drawn() -> tuple[list[object], Drawn]:
    tx = reading()
    row, cipher = tx.one(_IDENTITY), tx.one(_CIPHER)
    assert row is not None
    assert cipher is not None
    fixed = [*row[:8], instant(row[8]), *row[9:-1]]
    return fixed, Drawn(str(row[0]), bytes(row[-1]), bytes(cipher[0]))
