"""An instance as `motcua migrate` leaves it, and the sample city on it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.utils import translation

from motcua.core.agencies.queries import forget_tree
from motcua.core.clock.calendars import calendars
from motcua.core.procedures import queries as procedures
from motcua.site.cli.main import main
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


@contextmanager
def undone() -> Iterator[None]:
    """Undo at the end what is written within: for rows that all tests of a module start from."""
    whole = transaction.atomic()
    whole._from_testcase = True  # as Django's own: jobs may open what is durable in it
    with whole:
        yield
        transaction.set_rollback(True)


@contextmanager
def instance_for_all(django_db_blocker) -> Iterator[None]:
    """An instance that a fixture of a module adds to; every test of it must bear what is added."""
    forget()
    with django_db_blocker.unblock(), undone(), translation.override("vi"):
        ensure(AT)
        yield


@pytest.fixture(scope="module")
def _loaded_once(django_db_setup, django_db_blocker) -> Iterator[None]:
    with instance_for_all(django_db_blocker):
        assert main(["load", "sample", "--quiet"]) == 0
        yield


@pytest.fixture
def lively_city(_loaded_once, db, capsys) -> Iterator[None]:
    """The sample city with its dossiers, for modules whose every test bears it being there."""
    forget()
    capsys.readouterr()
    yield
    forget()
