import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_standing_in"),
    ]

    operations = [
        migrations.CreateModel(
            name="Heir",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("procedure", models.CharField(blank=True, max_length=40)),
                ("area", models.CharField(blank=True, max_length=30)),
                ("since", models.DateField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="heirs",
                        to="agencies.agency",
                    ),
                ),
                (
                    "heir",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inherited",
                        to="agencies.agency",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "procedure", "area"), name="one_heir_for_each_thing"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("agency", models.F("heir")), _negated=True),
                        name="nobody_is_their_own_heir",
                    ),
                ],
            },
        ),
    ]
