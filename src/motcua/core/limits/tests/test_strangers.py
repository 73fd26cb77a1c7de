"""Strangers ask, file and send so much and no more; reading costs a write only now and then."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.core.limits import strangers
from motcua.core.limits.models import Usage
from motcua.core.limits.strangers import ASKED, FILED, FILES
from motcua.core.limits.usage import TooMany

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2026, 11, 2, 1, tzinfo=datetime.UTC)
HERE = "192.0.2.1"


def test_asking_stops_at_the_rate_and_others_go_on():
    for _ in range(ASKED.most):
        strangers.asks(HERE, at=AT)
    with pytest.raises(TooMany):
        strangers.asks(HERE, at=AT)
    strangers.asks("192.0.2.2", at=AT)


def test_another_process_takes_from_the_same_rate():
    for _ in range(ASKED.most // 20):
        strangers.asks(HERE, at=AT)
        strangers.forget()  # a process of its own knows nothing of what another took ahead
    with pytest.raises(TooMany):
        strangers.asks(HERE, at=AT)


def test_most_requests_write_nothing():
    strangers.asks(HERE, at=AT)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        for _ in range(19):
            strangers.asks(HERE, at=AT)
    assert (len(seen), Usage.objects.count()) == (0, 1)


def test_what_was_taken_ahead_ends_with_its_minute():
    strangers.asks(HERE, at=AT)
    strangers.asks(HERE, at=AT + datetime.timedelta(seconds=60))
    assert len(strangers._left) == 1


def test_filing_stops_at_the_rate():
    for _ in range(FILED.most):
        strangers.files_dossier(HERE, at=AT)
    with pytest.raises(TooMany):
        strangers.files_dossier(HERE, at=AT)


def test_files_are_bounded_by_number_by_bytes_and_by_the_bytes_of_all(settings):
    settings.MOTCUA_STRANGER_BYTES_PER_HOUR = 100
    settings.MOTCUA_STRANGERS_BYTES_PER_DAY = 250
    strangers.sends_files(HERE, 100, at=AT)
    with pytest.raises(TooMany):
        strangers.sends_files(HERE, 1, at=AT)
    strangers.sends_files("192.0.2.2", 100, at=AT)
    with pytest.raises(TooMany):
        strangers.sends_files("192.0.2.3", 51, at=AT)
    strangers.sends_files("192.0.2.3", 50, at=AT)
    for _ in range(FILES.most):
        strangers.sends_files("192.0.2.4", 0, at=AT)
    with pytest.raises(TooMany):
        strangers.sends_files("192.0.2.4", 0, at=AT)
