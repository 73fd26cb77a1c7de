"""Fixtures for tests of the whole platform; the root `conftest.py` serves every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chromium import ABSENT, installed


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Give the installed Chromium, for tests marked `browser`."""
    found = installed()
    if found is None:
        pytest.fail(ABSENT)
    return found
