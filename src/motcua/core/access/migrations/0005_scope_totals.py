"""Keep how many dossiers each whole agency reads, counted from the rows there are."""

from __future__ import annotations

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_COUNT = (
    "INSERT INTO access_scopetotal (scope, open, closed)"
    " SELECT scope, SUM(CASE WHEN is_open THEN 1 ELSE 0 END),"
    " SUM(CASE WHEN is_open THEN 0 ELSE 1 END)"
    " FROM access_scoperow WHERE until_at IS NULL AND (scope & 7) = 1 GROUP BY scope"
)


def count(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(_COUNT)


class Migration(migrations.Migration):
    dependencies = [("access", "0004_lists_in_order")]
    operations = [
        migrations.CreateModel(
            name="ScopeChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope", models.BigIntegerField(db_index=True)),
                ("is_open", models.BooleanField()),
                ("change", models.SmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="ScopeTotal",
            fields=[
                ("scope", models.BigIntegerField(primary_key=True, serialize=False)),
                ("open", models.BigIntegerField(default=0)),
                ("closed", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
