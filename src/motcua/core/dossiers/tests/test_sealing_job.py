"""The recurring seal: on time whatever happens to the witness."""

from __future__ import annotations

import datetime
import logging

import pytest

from motcua.core import secrets
from motcua.core.dossiers.jobs import seal_ledger
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.ledger.models import Entry
from motcua.core.ledger.tests.tools import write
from motcua.core.ledger.witness import WitnessDisagrees

pytestmark = pytest.mark.django_db
LATER = MONDAY + datetime.timedelta(seconds=30)


@pytest.fixture(autouse=True)
def witness(settings, tmp_path):
    settings.MOTCUA_WITNESS = tmp_path / "witness"
    settings.MOTCUA_KEYS = tmp_path / "keys"
    secrets.key.cache_clear()
    yield settings.MOTCUA_WITNESS
    secrets.key.cache_clear()


def test_a_witness_that_was_away_is_served_in_the_next_turn(witness, caplog):
    write(5, 2)
    witness.write_text("a file where the folder was")
    with caplog.at_level(logging.WARNING):
        seal_ledger({}, at=MONDAY)  # no failure, or the next try would be put off
    assert str(witness) in caplog.text
    witness.unlink()
    seal_ledger({}, at=LATER)
    assert not Entry.objects.filter(seal=None).exists()
    assert [file.name for file in witness.iterdir()] == ["1.json"]


def test_a_witness_that_disagrees_is_a_failure(witness):
    witness.mkdir()
    (witness / "1.json").write_text("{}")
    write(5)
    with pytest.raises(WitnessDisagrees):
        seal_ledger({}, at=MONDAY)
