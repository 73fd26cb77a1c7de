"""Every test begins with a page in Vietnamese and no tries counted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _fresh(settings) -> Iterator[None]:
    settings.ROOT_URLCONF = "motcua.faces.portal.tests.urls"
    with translation.override("vi"):
        yield
