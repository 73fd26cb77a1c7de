"""A trigger keeps published editions as they are, whoever writes.

On SQLite a later migration that rebuilds the table drops the trigger: it must lay it down again
with `lay_down`.
"""

from __future__ import annotations

from django.db import migrations

_KEPT = (
    "id",
    "listing_id",
    "number",
    "form",
    "body",
    "digest",
    "drafted_at",
    "published_at",
    "published_by",
    "document",
)
_DIFFERS = {"sqlite": "NEW.{0} IS NOT OLD.{0}", "postgresql": "NEW.{0} IS DISTINCT FROM OLD.{0}"}
_WORDS = "a published edition never changes"


def _broken(vendor: str) -> str:
    differs = _DIFFERS[vendor]
    changed = " OR ".join(differs.format(column) for column in _KEPT)
    retired = " OR ".join(differs.format(column) for column in ("state", "retired_at"))
    return (
        f"OLD.state <> 'draft' AND ({changed} OR NEW.state = 'draft'"
        f" OR (OLD.state = 'retired' AND ({retired})))"
    )


def lay_down(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for act, broken in (("UPDATE", _broken("sqlite")), ("DELETE", "OLD.state <> 'draft'")):
            schema_editor.execute(
                f"CREATE TRIGGER catalogue_edition_no_{act.lower()} BEFORE {act}"
                f" ON catalogue_edition WHEN {broken} BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
            )
        return
    schema_editor.execute(
        "CREATE FUNCTION catalogue_edition_frozen() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN IF TG_OP = 'DELETE' THEN"
        f"  IF OLD.state <> 'draft' THEN RAISE EXCEPTION '{_WORDS}'"
        "   USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END IF;"
        f" IF {_broken('postgresql')} THEN RAISE EXCEPTION '{_WORDS}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )
    schema_editor.execute(
        "CREATE TRIGGER catalogue_edition_frozen BEFORE UPDATE OR DELETE ON catalogue_edition"
        " FOR EACH ROW EXECUTE FUNCTION catalogue_edition_frozen()"
    )


def take_up(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for act in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER catalogue_edition_no_{act}")
        return
    schema_editor.execute("DROP TRIGGER catalogue_edition_frozen ON catalogue_edition")
    schema_editor.execute("DROP FUNCTION catalogue_edition_frozen()")


class Migration(migrations.Migration):
    """Lays the trigger down on both databases."""

    dependencies = [("catalogue", "0001_initial")]
    operations = [migrations.RunPython(lay_down, take_up)]
