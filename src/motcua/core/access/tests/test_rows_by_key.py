"""The rows of rights stand in their key's own tree on SQLite, and no index more than lists need."""

from __future__ import annotations

import datetime
from importlib import import_module

import pytest
from django.db import connection

from motcua.core.access.models import ScopeRow

MONDAY = datetime.datetime(2026, 11, 2, 1, tzinfo=datetime.UTC)

by_key = import_module("motcua.core.access.migrations.0006_scope_rows_by_key")


@pytest.mark.django_db
def test_the_table_is_its_keys_own_tree():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'access_scoperow'")
            assert cursor.fetchone()[0].endswith("WITHOUT ROWID")
        found = connection.introspection.get_constraints(cursor, "access_scoperow")
    keys = [one["columns"] for one in found.values() if one["primary_key"]]
    indexes = [name for name, one in found.items() if one["index"] and not one["primary_key"]]
    assert keys == [["dossier_id", "scope"]]
    assert indexes == ["scope_listed"]


@pytest.mark.django_db(transaction=True)
def test_what_is_known_survives_the_way_back_and_there():
    rows = ScopeRow.objects.order_by("dossier_id", "scope")
    ScopeRow.objects.create(dossier_id=7, scope=10, reason="post", from_at=MONDAY, until_at=MONDAY)
    ScopeRow.objects.create(dossier_id=7, scope=9, reason="holder", from_at=MONDAY, due_at=MONDAY)
    before = list(rows.values())
    for way in (by_key.backwards, by_key.forwards):
        with connection.schema_editor() as editor:
            way(None, editor)
    assert list(rows.values()) == before
    test_the_table_is_its_keys_own_tree()
