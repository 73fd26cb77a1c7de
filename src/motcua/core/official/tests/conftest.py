"""A department that writes documents, and the service that signs for it."""

from __future__ import annotations

import pytest

from motcua.core.dossiers.tests.sharing import shared_world
from motcua.core.official import signing
from motcua.core.official.tests.authority import Authority
from motcua.core.official.tests.office import Office, make_office


@pytest.fixture(scope="session")
def _authority() -> Authority:
    return Authority()


@pytest.fixture
def authority(_authority, monkeypatch) -> Authority:
    monkeypatch.setattr(signing, "_service", [_authority])
    monkeypatch.setattr(_authority, "refused", set())
    return _authority


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MOTCUA_FILES = tmp_path / "files"


@pytest.fixture
def office(db, authority) -> Office:
    return make_office()


@pytest.fixture
def shared(transactional_db, tmp_path, authority):
    with shared_world(tmp_path) as world:
        yield make_office(world)
