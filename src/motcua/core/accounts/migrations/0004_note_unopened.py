"""Accounts from before the ledger told of accounts get an entry that says they were found."""

from django.db import migrations

from motcua.core.accounts.noting import note_unopened
from motcua.core.now import now


def note(apps, _schema):
    """Note them; a new house has none, and reads nothing of tables that come later."""
    if apps.get_model("people", "Account").objects.filter(officer__isnull=False).exists():
        note_unopened(at=now())


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_sign_in_agent"),
        ("people", "0002_interests"),
        ("ledger", "0002_guard"),
    ]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
