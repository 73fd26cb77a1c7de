"""`motcua worker`: run the background jobs until told to stop."""

from __future__ import annotations

import argparse

from motcua.site.cli.django import ready


def add(parser: argparse.ArgumentParser) -> None:
    """Take no options."""


def run(_options: argparse.Namespace) -> int:
    """Register handlers and schedules, then work."""
    ready()
    from motcua.core.jobs.worker import Worker
    from motcua.links.messages.connect import connect
    from motcua.links.signing.connect import connect as connect_signing
    from motcua.site.drilling import connect as connect_drills
    from motcua.site.setup import connect_addresses

    connect()
    connect_addresses()
    connect_drills()
    connect_signing()
    Worker().run()
    return 0
