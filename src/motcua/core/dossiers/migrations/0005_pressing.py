"""Rows of lists keep a due date only as long as a result is owed: take it from those done."""

from __future__ import annotations

from django.db import migrations

_DONE = (
    "UPDATE access_scoperow SET due_at = NULL WHERE due_at IS NOT NULL"
    " AND dossier_id IN (SELECT id FROM dossiers_dossier WHERE finished_at IS NOT NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0004_ties"), ("access", "0005_scope_totals")]
    operations = [migrations.RunSQL(_DONE, migrations.RunSQL.noop)]
