"""Several sealers and writers at once, on a database that several connections really share."""

from __future__ import annotations

import pytest

from motcua.core.ledger.append import append_to_house
from motcua.core.ledger.models import Entry
from motcua.core.ledger.sealing import seal
from motcua.core.ledger.tests.tools import later, write
from motcua.core.ledger.verify import verify
from motcua.core.sql import act, reading
from tests.shared import raised, shared_file

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shared(transactional_db, tmp_path):
    with shared_file(tmp_path / "shared.sqlite3"):
        yield


def test_sealers_and_writers_at_once_lose_and_double_nothing(shared):
    def sealer():
        for _ in range(8):
            seal(at=later(99), batch=7)

    def writer(stream):
        return lambda: write(stream, 20)

    write(1, 30)
    assert raised(sealer, sealer, sealer, writer(2), writer(3)) == []
    while seal(at=later(100)):
        pass
    report = verify(tx=reading(), at=later(100))
    assert (report.findings, report.entries, report.unsealed) == ((), 70, 0)
    assert report.witnessed == report.seals > 9


def test_acts_of_the_house_at_once_queue(shared):
    def appoint():
        for _ in range(10):
            with act() as tx:
                append_to_house(tx, act="appoint", at=later(0), actor="officer:1")

    assert raised(appoint, appoint, appoint) == []
    places = Entry.objects.filter(stream=0).order_by("seq").values_list("seq", flat=True)
    assert list(places) == list(range(1, 31))
