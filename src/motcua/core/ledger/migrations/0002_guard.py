"""Triggers that let the ledger grow and nothing else."""

from __future__ import annotations

from django.db import migrations

from motcua.core.ledger import guard


def install(apps, schema_editor):
    guard.install(schema_editor.connection)


def lift(apps, schema_editor):
    guard.lift(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(install, lift)]
