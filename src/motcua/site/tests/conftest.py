"""An instance as `motcua migrate` leaves it, and the sample city on it."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.agencies.queries import forget_tree
from motcua.core.clock.calendars import calendars
from motcua.core.procedures import queries as procedures
from motcua.site.sample.loading import load_city
from motcua.site.setup import ensure

AT = datetime.datetime(2026, 11, 20, 4, 0, tzinfo=datetime.UTC)  # Friday, 11:00 in Hanoi


def forget() -> None:
    """Drop what this process remembers of rows that a test took back."""
    forget_tree()
    calendars.forget()
    procedures.clear()


@pytest.fixture
def instance(db):
    forget()
    ensure(AT)
    yield
    forget()


@pytest.fixture
def sample_city(instance):
    return load_city(AT)
