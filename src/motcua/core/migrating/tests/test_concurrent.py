"""Two heads, or a head and the job, take the same dossier over at once: it goes over once."""

from __future__ import annotations

from functools import partial

import pytest

from motcua.core.dossiers.orders import Done
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.sharing import shared_world, together
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.ledger.models import Entry
from motcua.core.migrating.acts import migrate
from motcua.core.migrating.tests.conftest import Versions

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db, tmp_path):
    with shared_world(tmp_path) as shared:
        yield shared
        assert list(check_state()) == []


def test_it_goes_over_once(world):
    done, by = world.to("appraise"), Versions(world).renew()
    works = [
        partial(
            migrate,
            actor=world.officers[who],
            at=MONDAY.replace(day=3),
            dossier_id=done.dossier_id,
            by=by,
            key=None,
        )
        for who in ("unit_head", "leader")
    ]
    answers = together(*works)
    assert sum(isinstance(one, Done) for one in answers) == 1
    assert [one.code for one in answers if not isinstance(one, Done)] == ["migrating.other_version"]
    assert Entry.objects.filter(act="migrate").count() == 1
