"""Rights that were written with “+00:00” behind their instants are written like the others."""

from __future__ import annotations

import datetime
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection

from motcua.core.access.rows import grant
from motcua.core.sql import act

migration = import_module("motcua.core.access.migrations.0007_one_text_for_an_instant")
AT = datetime.datetime(2026, 11, 2, 1, 30, tzinfo=datetime.UTC)
_TEXTS = "SELECT DISTINCT due_at || '' FROM access_scoperow WHERE dossier_id = 7"
_LONGER = (
    "UPDATE access_scoperow SET due_at = due_at || '+00:00' WHERE dossier_id = 7 AND scope = 9"
)


@pytest.mark.django_db
def test_the_same_instant_is_the_same_text_again():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps instants, not texts")
    rights = [(9, "holder"), (17, "holder")]
    with act() as tx:
        grant(tx, dossier_id=7, scopes=rights, at=AT, is_open=True, due_at=AT)
    with connection.cursor() as cursor:
        cursor.execute(_LONGER)
        assert len(cursor.execute(_TEXTS).fetchall()) == 2
        migration._one_text(None, SimpleNamespace(connection=connection, execute=cursor.execute))
        assert cursor.execute(_TEXTS).fetchall() == [("2026-11-02 01:30:00",)]
