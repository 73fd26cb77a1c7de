"""Entries and seals."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import motcua.core.places


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "number",
                    models.BigIntegerField(
                        primary_key=True, serialize=False, verbose_name="số niêm phong"
                    ),
                ),
                ("size", models.IntegerField(verbose_name="số bút toán")),
                ("root", models.BinaryField(max_length=32, verbose_name="gốc cây băm")),
                (
                    "previous_hash",
                    models.BinaryField(max_length=32, verbose_name="mã băm niêm phong trước"),
                ),
                ("hash", models.BinaryField(max_length=32, verbose_name="mã băm")),
                ("signature", models.BinaryField(max_length=64, verbose_name="chữ ký")),
                ("public_key", models.BinaryField(max_length=32, verbose_name="khóa công khai")),
                ("sealed_at", models.DateTimeField(verbose_name="niêm phong lúc")),
                ("statement", models.TextField(verbose_name="nội dung được ký")),
            ],
            options={
                "verbose_name": "niêm phong",
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", motcua.core.places.PlaceField(primary_key=True, serialize=False)),
                ("stream", models.BigIntegerField(verbose_name="dòng")),
                ("seq", models.IntegerField(verbose_name="thứ tự trong dòng")),
                ("act", models.CharField(max_length=64, verbose_name="hành vi")),
                ("at", models.DateTimeField(verbose_name="xảy ra lúc")),
                ("recorded_at", models.DateTimeField(verbose_name="ghi lúc")),
                ("body", models.TextField(verbose_name="nội dung được băm")),
                ("previous", models.BinaryField(max_length=32, verbose_name="mã băm trước")),
                ("hash", models.BinaryField(max_length=32, verbose_name="mã băm")),
                ("leaf", models.IntegerField(null=True, verbose_name="vị trí trong niêm phong")),
                (
                    "seal",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="ledger.seal",
                    ),
                ),
            ],
            options={
                "verbose_name": "bút toán",
                "indexes": [
                    models.Index(
                        condition=models.Q(("seal__isnull", True)),
                        fields=["id"],
                        name="ledger_entry_unsealed",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("seal__isnull", False)),
                        fields=("seal", "leaf"),
                        name="ledger_entry_leaf",
                    ),
                ],
            },
        ),
    ]
