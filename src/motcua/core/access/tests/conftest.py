"""Each test has a witness folder and keys of its own."""

from __future__ import annotations

import pytest

from motcua.core import secrets


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MOTCUA_WITNESS = tmp_path / "witness"
    settings.MOTCUA_KEYS = tmp_path / "keys"
    secrets.key.cache_clear()
    yield
    secrets.key.cache_clear()
