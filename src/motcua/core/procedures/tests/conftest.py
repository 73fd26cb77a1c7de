"""The small system of these tests, and a process that remembers nothing of the test before."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.procedures import queries
from motcua.core.procedures.reading import read
from motcua.core.procedures.systems import load

TINY = "motcua.core.procedures.tests.tiny"


@pytest.fixture(autouse=True)
def _tiny(settings):
    settings.MOTCUA_SYSTEMS = (TINY,)
    queries.clear()
    yield
    queries.clear()


@pytest.fixture
def at():
    return datetime.datetime(2026, 11, 23, 9, tzinfo=datetime.UTC)


@pytest.fixture
def text():
    return load(TINY).procedures["1.000001.toml"]


@pytest.fixture
def declaration(text):
    return read(text, system="tiny")
