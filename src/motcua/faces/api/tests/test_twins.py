"""Twins of one request, sent at the same time: one is carried out, all get its answer."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import partial

import pytest
from django.test import Client

from motcua.core.accounts.tests.doors import account_of, bearer, key_for
from motcua.core.agencies.models import Absence
from motcua.core.dossiers.models import WorkItem
from motcua.core.dossiers.tests import world as made_up
from motcua.core.dossiers.tests.sharing import shared_world, together
from motcua.core.dossiers.tests.world import MONDAY, declaration, publish
from motcua.core.fees.models import Receipt
from motcua.core.ledger.models import Entry
from motcua.core.procedures.declaration import FeeRule
from motcua.core.ratings.criteria import criteria
from motcua.core.ratings.models import Rating
from motcua.faces.api import auth

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db, tmp_path, settings, monkeypatch):
    settings.ROOT_URLCONF = "motcua.faces.api.tests.addresses"
    monkeypatch.setattr(auth, "now", lambda: MONDAY + datetime.timedelta(hours=9))
    with shared_world(tmp_path) as shared:
        fee = FeeRule("fee", made_up._text("Phí"), 5000, None, None, None)
        publish(replace(declaration("9.000008"), fees=(fee,)))
        yield shared


def twins(world, who: str, address: str, body) -> list:
    """Send a request three times at once, and see that all get one answer."""
    token = key_for(account_of(who, world.officer_id(who)))
    sent = {"headers": {"Idempotency-Key": "twin", **bearer(token)}}
    address = f"/api/v1{address}"
    send = partial(Client().post, address, body, "application/json", **sent)
    answers = together(send, send, send)
    assert {one.status_code for one in answers} <= {200, 201}, [one.content for one in answers]
    assert len({one.content for one in answers}) == 1
    return answers


def test_one_receipt(world):
    done = world.take_in(procedure="9.000008")
    body = {"fees": [{"fee": "fee"}], "method": "cash"}
    answers = twins(world, "counter", f"/dossiers/{done.code}/receipts", body)
    assert sorted(one.status_code for one in answers) == [200, 200, 201]
    assert Receipt.objects.get().number == 1


def test_one_absence(world):
    number = world.officer_id("specialist")
    body = {"first_day": "2026-11-03", "last_day": "2026-11-05"}
    twins(world, "specialist", f"/officers/{number}/absences", body)
    assert Absence.objects.count() == 1


def test_one_reassignment(world):
    done = world.to("appraise")
    second = world.officer_id("second")
    body = {"officer": second, "reason": "Nghỉ"}
    twins(world, "unit_head", f"/dossiers/{done.code}/reassignment", body)
    assert WorkItem.objects.get(ended_at=None).officer_id == second


def test_one_rating(world):
    done = world.to("returned")
    marks = {one.key: 2 for one in criteria().criteria if not one.of_agency}
    twins(world, "counter", f"/dossiers/{done.code}/rating", {"marks": marks})
    assert Rating.objects.count() == 1


def test_one_change_of_grade(world):
    done = world.to("appraise")
    body = {"grade": "restricted", "reason": "Đời tư"}
    twins(world, "specialist", f"/dossiers/{done.code}/grade", body)
    assert Entry.objects.filter(body__contains='"act":"regrade"').count() == 1
