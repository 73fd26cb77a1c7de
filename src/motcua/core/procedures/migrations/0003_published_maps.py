"""Maps between the versions of a procedure."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the table of published maps."""

    dependencies = [("procedures", "0002_published_versions_are_frozen")]
    operations = [
        migrations.CreateModel(
            name="PublishedMap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="maps_from",
                        to="procedures.version",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="maps_to",
                        to="procedures.version",
                    ),
                ),
                ("text", models.TextField(verbose_name="tệp nguồn")),
                ("published_at", models.DateTimeField()),
                ("published_by", models.CharField(max_length=60)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["source", "target"], name="one_map_between_versions"
                    )
                ]
            },
        )
    ]
