"""Two workers look after the same dossier at once: each part is opened once."""

from __future__ import annotations

from functools import partial

import pytest

from motcua.core.dossiers.models import Tie
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.sharing import shared_world, together
from motcua.core.linked.advancing import advance
from motcua.core.linked.tests.conftest import WHOLE, at, publish_both

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db, tmp_path):
    with shared_world(tmp_path) as shared:
        yield publish_both(shared)
        assert list(check_state()) == []


def test_a_part_is_opened_once(world):
    done = world.take_in(procedure=WHOLE)
    opens = partial(advance, dossier_id=done.dossier_id, at=at(1))
    assert sorted(together(opens, opens)) == [0, 1]
    assert Tie.objects.filter(of=done.dossier_id).count() == 1
