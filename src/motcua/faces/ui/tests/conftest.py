"""Every test begins with a page in Vietnamese and no tries counted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import translation


@pytest.fixture(autouse=True)
def _fresh(settings) -> Iterator[None]:
    settings.ROOT_URLCONF = "motcua.faces.portal.tests.urls"
    cache.clear()
    with translation.override("vi"):
        yield
