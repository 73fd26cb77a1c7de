"""Seal the secret answers that lie in clear, and write search rows without personal words in clear.

Goes dossier by dossier in one transaction: whoever is stopped half-way begins anew.
"""

from __future__ import annotations

import json

from django.db import migrations

from motcua.core.dossiers import answers
from motcua.core.dossiers.carrying import write_words
from motcua.core.procedures.declaration import Grade
from motcua.core.procedures.encoding import declaration_of
from motcua.core.sql import reading


def seal(apps, schema_editor):
    dossiers = apps.get_model("dossiers", "Dossier").objects.order_by("id")
    secret = _with_secrets(apps)
    for row in dossiers.filter(version_id__in=secret).only("id", "version_id", "fields").iterator():
        told = answers.written(secret[row.version_id], answers.read(row.fields))
        dossiers.filter(pk=row.pk).update(fields=told)
    tx = reading()
    for dossier_id in dossiers.filter(applicant__isnull=False).values_list("id", flat=True):
        write_words(tx, dossier_id)


def open_again(apps, schema_editor):
    dossiers = apps.get_model("dossiers", "Dossier").objects.order_by("id")
    kept = dossiers.filter(version_id__in=_with_secrets(apps)).only("id", "fields")
    for row in kept.iterator():
        told = json.dumps(answers.read(row.fields), ensure_ascii=False)
        dossiers.filter(pk=row.pk).update(fields=told)


def _with_secrets(apps):
    """Give the declarations that ask for a secret answer, by version."""
    rows = apps.get_model("procedures", "Version").objects.values_list("id", "body")
    told = {version_id: declaration_of(body) for version_id, body in rows}
    return {
        version_id: one
        for version_id, one in told.items()
        if any(rule.grade is Grade.SECRET for rule in one.fields)
    }


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("dossiers", "0002_answer_windows"),
        ("people", "0001_initial"),
        ("procedures", "0001_initial"),
        ("search", "0001_initial"),
    ]
    operations = [migrations.RunPython(seal, open_again)]
