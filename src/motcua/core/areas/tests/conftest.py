"""The shipped facts of Hanoi, loaded once for each test that asks for them."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.areas.importing import folder_of, import_areas

AT = datetime.datetime(2026, 11, 26, 2, 0, tzinfo=datetime.UTC)


def load(folder, **options):
    return import_areas(actor="system:test", at=AT, folder=folder, **options)


@pytest.fixture
def hanoi(db):
    return load(folder_of("hanoi"))


@pytest.fixture
def quang_ninh(db):
    return load(folder_of("quang-ninh"))
