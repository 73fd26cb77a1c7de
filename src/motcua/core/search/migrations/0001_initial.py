"""The search table of each database; no model, since neither is a plain table."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_MAKE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_fts USING fts5 "
        "(words, scopes, detail=column, columnsize=0, "
        "tokenize='unicode61 remove_diacritics 0')",
    ),
    "postgresql": (
        "CREATE TABLE search_terms (dossier_id bigint PRIMARY KEY, terms tsvector NOT NULL)",
        "CREATE INDEX search_terms_gin ON search_terms USING gin (terms)",
    ),
}
_DROP = {"sqlite": "DROP TABLE search_fts", "postgresql": "DROP TABLE search_terms"}


def make(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _MAKE[editor.connection.vendor]:
        editor.execute(statement)


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(_DROP[editor.connection.vendor])


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunPython(make, drop)]
