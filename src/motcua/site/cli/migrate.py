"""`motcua migrate`: bring the database to this version; does nothing when it is there."""

from __future__ import annotations

import argparse
import logging

from motcua.site.cli.django import ready

_log = logging.getLogger("motcua.migrate")


def add(parser: argparse.ArgumentParser) -> None:
    """Take no options."""


def run(_options: argparse.Namespace) -> int:
    """Run the missing migrations, the calendars and the procedures that ship with the systems."""
    ready()
    bring_up()
    return 0


def bring_up() -> bool:
    """Migrate and load what every instance needs; tell whether anything was missing."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from motcua.site.setup import ensure

    executor = MigrationExecutor(connection)
    missing = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        print("Bringing the database to this version …", flush=True)
        call_command("migrate", verbosity=0, interactive=False)
    ensure()
    return missing
