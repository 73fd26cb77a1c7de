"""Triggers that let the access log grow, be sealed and forget, and nothing else."""

from __future__ import annotations

from django.db import migrations

from motcua.core.access.book import GUARDED
from motcua.core.ledger import guard


def install(apps, schema_editor):
    guard.install(schema_editor.connection, GUARDED)


def lift(apps, schema_editor):
    guard.lift(schema_editor.connection, GUARDED)


class Migration(migrations.Migration):
    dependencies = [("access", "0002_access_log")]
    operations = [migrations.RunPython(install, lift)]
