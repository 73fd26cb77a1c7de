"""Several counters take money at once: receipt numbers have no gap and twins are one receipt."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import partial

import pytest

from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests import world as made_up
from motcua.core.dossiers.tests.sharing import shared_world, together
from motcua.core.dossiers.tests.world import MONDAY, declaration, publish
from motcua.core.fees.models import Method, Receipt
from motcua.core.fees.rules import Wish
from motcua.core.procedures.declaration import FeeRule
from motcua.core.till.actions import take
from motcua.core.till.reconcile import check_till

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db, tmp_path):
    with shared_world(tmp_path) as shared:
        fee = FeeRule("fee", made_up._text("Phí"), 5000, None, None, None)
        publish(replace(declaration("9.000008"), fees=(fee,)))
        yield shared
        assert [*check_state(), *check_till()] == []


def paying(world, dossier_id: int, key: str):
    return partial(
        take,
        actor=world.officers["counter"],
        at=MONDAY + datetime.timedelta(hours=1),
        dossier_id=dossier_id,
        wishes=[Wish("fee")],
        method=Method.CASH,
        key=key,
    )


def test_numbers_have_no_gap_and_none_is_given_twice(world):
    filed = [world.take_in(procedure="9.000008").dossier_id for _ in range(4)]
    together(*(paying(world, one, f"k{one}") for one in filed))
    numbers = Receipt.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]


def test_twins_are_one_receipt(world):
    dossier = world.take_in(procedure="9.000008").dossier_id
    answers = together(*[paying(world, dossier, "k")] * 4)
    assert sorted(answer.repeated for answer in answers) == [False, True, True, True]
    assert Receipt.objects.get().number == 1


def test_rivals_for_one_fee_leave_one_receipt_and_no_gap(world):
    dossier = world.take_in(procedure="9.000008").dossier_id
    answers = together(*(paying(world, dossier, f"k{number}") for number in range(3)))
    refused = [one for one in answers if isinstance(one, Exception)]
    assert {one.code for one in refused} == {"fees.paid_already"}
    assert list(Receipt.objects.values_list("number", flat=True)) == [1]
