"""PostgreSQL: put new words into the index itself, not on a list that every search has to read."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def at_once(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER INDEX search_terms_gin SET (fastupdate = off)")
        editor.execute("SELECT gin_clean_pending_list('search_terms_gin')")


def listed(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER INDEX search_terms_gin RESET (fastupdate)")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(at_once, listed)]
