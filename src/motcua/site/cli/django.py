"""Bringing Django up for a command that needs the database."""

from __future__ import annotations


def ready() -> None:
    """Load settings and apps once."""
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
