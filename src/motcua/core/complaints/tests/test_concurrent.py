"""An applicant sends the same complaint from two windows: there is one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from motcua.core.complaints.tests.conftest import CODE, FLOW, appoint, complains
from motcua.core.dossiers.models import Tie
from motcua.core.dossiers.orders import Done
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.sharing import shared_world, together
from motcua.core.dossiers.tests.world import declaration, publish

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db, tmp_path):
    with shared_world(tmp_path) as shared:
        told = declaration(CODE, FLOW)
        publish(replace(told, channels=("dossier",), complaint=True, evidence=(), messages={}))
        appoint("chief", shared.department, "leader")
        yield shared
        assert list(check_state()) == []


def test_two_at_once_are_one(world):
    done = world.to("assign")
    actor = world.applicant(done)
    answers = together(*(partial(complains, world, done, actor, key=key) for key in ("a", "b")))
    assert sum(isinstance(one, Done) for one in answers) == 1
    refused = [one.code for one in answers if not isinstance(one, Done)]
    assert refused == ["dossiers.complaint_open"]
    assert Tie.objects.count() == 1
