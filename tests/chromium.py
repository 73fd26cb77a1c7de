"""The Chromium that tests and pictures drive: Debian's shell without a window where it is there."""

from __future__ import annotations

import shutil
from pathlib import Path

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first has no tabs, bars or menus to draw, so that a window costs much less to open."""

ABSENT = "Chromium is not installed here; on Debian: apt-get install chromium-headless-shell"


def installed() -> Path | None:
    """Give the first of `NAMES` that is installed."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else None
