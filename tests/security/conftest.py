"""One planted house for all walks of a module; each test is undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

from motcua.core.accounts import factors
from motcua.core.limits import strangers
from motcua.core.limits.rules import Rate
from motcua.site.tests.conftest import undone
from tests.security.house import AT, House, make
from tests.security.still import stop


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[House]:
    """Plant a house that is no sample, with a stopped clock and without a rate for strangers."""
    places = override_settings(
        MOTCUA_FILES=tmp_path_factory.mktemp("files"),
        MOTCUA_WITNESS=tmp_path_factory.mktemp("witness"),
        MOTCUA_SAMPLE=False,
    )
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, places:
        patch.setattr(strangers, "ASKED", Rate("strangers.asked", 10**9, 60))
        patch.setattr(factors, "new_secret", lambda: "A" * 32)
        stop(patch, AT)
        with undone():
            yield make()


@pytest.fixture
def house(planted, db) -> House:
    """Give the planted house; what a test writes into it is undone."""
    return planted
