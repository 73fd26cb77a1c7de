"""Erasing a complaint lets go of those who were kept from it, and what remains still agrees."""

from __future__ import annotations

import datetime
from dataclasses import replace

from motcua.core.access.actors import house
from motcua.core.complaints.tests.conftest import CODE, FLOW, complains
from motcua.core.dossiers.models import Tie
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.world import MONDAY, declaration, publish
from motcua.core.erasure.actions import erase
from motcua.core.people.models import Recusal


def test_an_erased_complaint_keeps_its_tie_and_nobody_away(world):
    told = declaration(CODE, FLOW)
    publish(replace(told, channels=("dossier",), complaint=True, evidence=(), messages={}))
    complaint = complains(world, world.to("assign"))
    world.move(complaint, world.applicant(complaint), "withdraw", hours=9)
    later = MONDAY + datetime.timedelta(days=1)
    by = {"document": "12/QĐ-UBND", "key": "k"}
    erase(actor=house("retention"), at=later, dossier_id=complaint.dossier_id, **by)
    assert not Recusal.objects.exists()
    assert Tie.objects.filter(dossier=complaint.dossier_id).exists()
    assert list(check_state()) == []
