"""A trigger keeps editions that papers may be set with as they are, whoever writes.

On SQLite a later migration that rebuilds the table drops the trigger: it must lay it down again
with `lay_down`.
"""

from __future__ import annotations

from django.db import migrations

_TABLE = "letters_letteredition"
_WORDS = "a published letter template never changes"


def lay_down(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for act in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER {_TABLE}_no_{act.lower()} BEFORE {act} ON {_TABLE}"
                f" WHEN OLD.state <> 'draft' BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
            )
        return
    schema_editor.execute(
        f"CREATE FUNCTION {_TABLE}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN IF OLD.state <> 'draft' THEN RAISE EXCEPTION '{_WORDS}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    schema_editor.execute(
        f"CREATE TRIGGER {_TABLE}_frozen BEFORE UPDATE OR DELETE ON {_TABLE}"
        f" FOR EACH ROW EXECUTE FUNCTION {_TABLE}_frozen()"
    )


def take_up(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for act in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {_TABLE}_no_{act}")
        return
    schema_editor.execute(f"DROP TRIGGER {_TABLE}_frozen ON {_TABLE}")
    schema_editor.execute(f"DROP FUNCTION {_TABLE}_frozen()")


class Migration(migrations.Migration):
    """Lays the trigger down on both databases."""

    dependencies = [("letters", "0001_initial")]
    operations = [migrations.RunPython(lay_down, take_up)]
