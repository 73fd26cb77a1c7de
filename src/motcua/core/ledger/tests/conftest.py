"""Each test has a witness folder and keys of its own, and leaves an empty ledger."""

from __future__ import annotations

import pytest

from motcua.core import secrets
from motcua.core.ledger.sealing import seal
from motcua.core.ledger.tests.tools import empty_ledger, later, unguarded, write


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MOTCUA_WITNESS = tmp_path / "witness"
    settings.MOTCUA_KEYS = tmp_path / "keys"
    secrets.key.cache_clear()
    yield
    secrets.key.cache_clear()


@pytest.fixture(autouse=True)
def emptied(request):
    """Empty the ledger before the flush of a transactional test, which the guard refuses."""
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    empty_ledger()


@pytest.fixture
def ledger(db):
    """Two streams, the house, two witnessed seals, and one entry that is not sealed yet."""
    write(0, 2)
    write(5, 3)
    seal(at=later(9))
    write(5, 2)
    write(6, 2)
    seal(at=later(10))
    write(6)
    with unguarded():
        yield
