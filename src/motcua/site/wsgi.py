"""The web door for a WSGI server."""

from __future__ import annotations

import os
import time
from pathlib import Path

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from motcua.site.tuning import settle

_LOOK_EVERY = 0.02


def _wait_at_the_gate() -> None:
    """Serve nobody while whoever started us still prepares the database (see `cli.up`)."""
    gate = os.environ.get("MOTCUA_GATE")
    while gate and Path(gate).exists():
        time.sleep(_LOOK_EVERY)


def _look_around() -> None:
    """Let the looks of the page of upkeep be taken; they need the apps to be there."""
    from motcua.site.watching import connect  # noqa: PLC0415 - not before the apps are loaded

    connect()


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
application = get_wsgi_application()
_ = get_resolver().url_patterns  # every door is loaded now, not by the first visitor
_look_around()
settle()
_wait_at_the_gate()
