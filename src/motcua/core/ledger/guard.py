"""Triggers that keep the ledger growing only, whatever speaks to the database.

They stop mistakes and ordinary accounts. Whoever owns the database can drop them: then `verify`
finds what was done, because the witness holds the roots.

A row may change once: an unsealed entry gets its seal and its leaf. Emptying a table is refused
on PostgreSQL too; SQLite has no such statement.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_FIXED = ("id", "stream", "seq", "act", "at", "recorded_at", "body", "previous", "hash")
_MESSAGE = "the ledger only grows"

_SQLITE_NAMES = (
    "ledger_entry_no_update",
    "ledger_entry_no_delete",
    "ledger_seal_no_update",
    "ledger_seal_no_delete",
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers (a migration does)."""
    _run(connection, _POSTGRES_UP if connection.vendor == "postgresql" else _SQLITE_UP)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers (the migration backwards, and tests that play the attacker)."""
    _run(connection, _POSTGRES_DOWN if connection.vendor == "postgresql" else _SQLITE_DOWN)


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _changed(differs: str) -> str:
    """Give the condition under which an update is anything but the one sealing of an entry."""
    fixed = " OR ".join(f'NEW."{name}" {differs} OLD."{name}"' for name in _FIXED)
    return (
        f"OLD.seal_id IS NOT NULL OR OLD.leaf IS NOT NULL "
        f"OR NEW.seal_id IS NULL OR NEW.leaf IS NULL OR {fixed}"
    )


def _sqlite_trigger(name: str, event: str, table: str, when: str = "1") -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
    )


_SQLITE_UP = (
    _sqlite_trigger("ledger_entry_no_update", "UPDATE", "ledger_entry", _changed("IS NOT")),
    _sqlite_trigger("ledger_entry_no_delete", "DELETE", "ledger_entry"),
    _sqlite_trigger("ledger_seal_no_update", "UPDATE", "ledger_seal"),
    _sqlite_trigger("ledger_seal_no_delete", "DELETE", "ledger_seal"),
)
_SQLITE_DOWN = tuple(f"DROP TRIGGER IF EXISTS {name}" for name in _SQLITE_NAMES)

_POSTGRES_UP = (
    f"""CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$""",
    # A truncation of an empty table removes nothing, and a test database is emptied that way.
    f"""CREATE OR REPLACE FUNCTION ledger_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM ledger_entry) OR EXISTS (SELECT 1 FROM ledger_seal) THEN
        RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'restrict_violation';
      END IF;
      RETURN NULL;
    END $$""",
    f"""CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry FOR EACH ROW
    WHEN ({_changed("IS DISTINCT FROM")}) EXECUTE FUNCTION ledger_refuse()""",
    """CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry FOR EACH ROW
    EXECUTE FUNCTION ledger_refuse()""",
    """CREATE TRIGGER ledger_seal_no_update BEFORE UPDATE OR DELETE ON ledger_seal FOR EACH ROW
    EXECUTE FUNCTION ledger_refuse()""",
    """CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry
    EXECUTE FUNCTION ledger_refuse_truncate()""",
    """CREATE TRIGGER ledger_seal_no_truncate BEFORE TRUNCATE ON ledger_seal
    EXECUTE FUNCTION ledger_refuse_truncate()""",
)
_POSTGRES_DOWN = (
    "DROP TRIGGER IF EXISTS ledger_entry_no_update ON ledger_entry",
    "DROP TRIGGER IF EXISTS ledger_entry_no_delete ON ledger_entry",
    "DROP TRIGGER IF EXISTS ledger_seal_no_update ON ledger_seal",
    "DROP TRIGGER IF EXISTS ledger_entry_no_truncate ON ledger_entry",
    "DROP TRIGGER IF EXISTS ledger_seal_no_truncate ON ledger_seal",
)
