"""Fixtures for tests of the whole platform; the root `conftest.py` serves every test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Give the installed Chromium, for tests marked `browser` (Debian's package `chromium`)."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return Path(found)
    pytest.fail("Chromium is not installed here; on Debian: apt-get install chromium")
