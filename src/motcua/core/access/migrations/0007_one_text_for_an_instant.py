"""On SQLite an instant is one text: the web process wrote some with “+00:00” behind them.

A list joins the rights of a reader by their text, so it showed a dossier twice whose rights were
written by two processes.
"""

from __future__ import annotations

from django.db import migrations

_ONE_TEXT = (
    "UPDATE access_scoperow SET {name} = substr({name}, 1, length({name}) - 6)"
    " WHERE {name} LIKE '%+00:00'"
)
_NAMES = ("from_at", "until_at", "due_at")


def _one_text(_apps: object, editor: object) -> None:
    if editor.connection.vendor == "sqlite":  # type: ignore[attr-defined]
        for name in _NAMES:
            editor.execute(_ONE_TEXT.format(name=name), None)  # type: ignore[attr-defined]


class Migration(migrations.Migration):
    """Take the suffix away."""

    dependencies = [("access", "0006_scope_rows_by_key")]
    operations = [migrations.RunPython(_one_text, migrations.RunPython.noop)]
