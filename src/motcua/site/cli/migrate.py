"""`motcua migrate`: bring the database to this version; does nothing when it is there."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass

from motcua.site.cli.django import ready


@dataclass(frozen=True, slots=True)
class Brought:
    """What was missing: whether migrations ran, and which procedures were published."""

    migrated: bool
    published: tuple[str, ...]


def add(parser: argparse.ArgumentParser) -> None:
    """Take no options."""


def run(_options: argparse.Namespace) -> int:
    """Run the missing migrations, the calendars and the procedures that ship with the systems."""
    ready()
    brought = bring_up()
    for code in brought.published:
        print(f"Đã công bố thủ tục {code} / published the procedure {code}")
    return 0


def bring_up() -> Brought:
    """Migrate and load what every instance needs; tell what was missing."""
    from motcua.core.backups.placing import refuse_unfinished
    from motcua.site.setup import ensure_areas

    refuse_unfinished()
    brought = brought_up()
    ensure_areas()  # not into a database that a restore fills, which has its own
    return brought


def brought_up() -> Brought:
    """Do the same for a database that a restore is still filling."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from motcua.site.setup import ensure

    executor = MigrationExecutor(connection)
    missing = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        print(
            "Đang đưa cơ sở dữ liệu lên phiên bản này … / bringing the database to this version …",
            file=sys.stderr,
            flush=True,
        )
        call_command("migrate", verbosity=0, interactive=False)
    return Brought(missing, ensure())
