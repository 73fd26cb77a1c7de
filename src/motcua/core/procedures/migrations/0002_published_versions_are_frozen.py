"""A trigger keeps published versions as they are, whoever writes.

On SQLite a later migration that rebuilds the table drops the trigger: it must lay it down again
with `lay_down`.
"""

from __future__ import annotations

from django.db import migrations

_KEPT = (
    "id",
    "procedure_id",
    "number",
    "source",
    "body",
    "digest",
    "drafted_at",
    "published_at",
    "published_by",
)
_DIFFERS = {"sqlite": "NEW.{0} IS NOT OLD.{0}", "postgresql": "NEW.{0} IS DISTINCT FROM OLD.{0}"}
_WORDS = "a published procedure version never changes"


def _broken(vendor: str) -> str:
    differs = _DIFFERS[vendor]
    changed = " OR ".join(differs.format(column) for column in _KEPT)
    retired = " OR ".join(differs.format(column) for column in ("state", "retired_at", "retired_by"))
    return (
        f"OLD.state <> 'draft' AND ({changed} OR NEW.state = 'draft'"
        f" OR (OLD.state = 'retired' AND ({retired})))"
    )


def lay_down(apps, schema_editor):
    broken = _broken(schema_editor.connection.vendor)
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "CREATE TRIGGER procedures_version_frozen BEFORE UPDATE ON procedures_version"
            f" WHEN {broken} BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
        )
        return
    schema_editor.execute(
        "CREATE FUNCTION procedures_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN IF {broken} THEN RAISE EXCEPTION '{_WORDS}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )
    schema_editor.execute(
        "CREATE TRIGGER procedures_version_frozen BEFORE UPDATE ON procedures_version"
        " FOR EACH ROW EXECUTE FUNCTION procedures_version_frozen()"
    )


def take_up(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER procedures_version_frozen")
        return
    schema_editor.execute("DROP TRIGGER procedures_version_frozen ON procedures_version")
    schema_editor.execute("DROP FUNCTION procedures_version_frozen()")


class Migration(migrations.Migration):
    """Lays the trigger down on both databases."""

    dependencies = [("procedures", "0001_initial")]
    operations = [migrations.RunPython(lay_down, take_up)]
