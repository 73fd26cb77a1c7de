"""`motcua worker`: run the background jobs until told to stop."""

from __future__ import annotations

import argparse

from motcua.site.cli.django import ready


def add(parser: argparse.ArgumentParser) -> None:
    """Take no options."""


def run(_options: argparse.Namespace) -> int:
    """Register handlers and schedules, then work."""
    ready()
    from motcua.core.jobs import Worker



    Worker().run()
    return 0
