"""How many dossiers an agency reads: noted by acts, folded, and found wrong if somebody wrote."""

from __future__ import annotations

import pytest

from motcua.core.access import totals
from motcua.core.access.models import ScopeChange, ScopeTotal
from motcua.core.access.rows import grant, restrict, turn, unrestrict
from motcua.core.access.scopes import agency_scope, officer_scope
from motcua.core.access.tests.tools import T0
from motcua.core.sql import Sql, act, reading

pytestmark = pytest.mark.django_db

CITY, WARD = agency_scope(1), agency_scope(2)
RIGHTS = ((CITY, "receiver"), (WARD, "holder"), (officer_scope(3), "officer"))


def receive(*numbers: int, restricted: bool = False) -> None:
    with act() as tx:
        for number in numbers:
            grant(
                tx,
                dossier_id=number,
                scopes=RIGHTS,
                at=T0,
                is_open=True,
                due_at=None,
                restricted=restricted,
            )
            totals.entering(tx, number)


def change(number: int, write) -> None:
    with act() as tx:
        totals.leaving(tx, number)
        write(tx)
        totals.entering(tx, number)


def close(number: int) -> None:
    change(number, lambda tx: turn(tx, dossier_id=number, is_open=False, due_at=None))


def total(scope: int) -> tuple[int, int]:
    """Give how many there are, and how many of them are open."""
    (every,) = reading().one(Sql(totals.TOTAL), scope, scope)
    (open_,) = reading().one(Sql(totals.TOTAL_OPEN), scope, scope)
    return int(every), int(open_)


def test_agencies_are_counted_and_nobody_else():
    receive(1, 2, 3)
    close(2)
    assert (total(CITY), total(WARD), total(officer_scope(3))) == ((3, 2), (3, 2), (0, 0))
    assert totals.reconcile() == {}


def test_a_restricted_dossier_is_counted_for_no_agency_until_it_is_no_more():
    receive(1, restricted=True)
    assert total(CITY) == (0, 0)
    change(1, lambda tx: unrestrict(tx, dossier_id=1))
    assert total(CITY) == (1, 1)
    change(1, lambda tx: restrict(tx, dossier_id=1, at=T0))
    assert (total(CITY), totals.reconcile()) == ((0, 0), {})


def test_folding_in_small_steps_changes_no_total():
    receive(1, 2, 3)
    close(3)
    while totals.fold(batch=2):
        assert (total(CITY), totals.reconcile()) == ((3, 2), {})
    assert not ScopeChange.objects.exists()
    assert ScopeTotal.objects.get(scope=CITY).closed == 1


def test_a_total_that_somebody_changed_is_found_and_made_anew():
    receive(1, 2)
    totals.fold(batch=100)
    ScopeTotal.objects.filter(scope=WARD).update(open=7)
    assert totals.reconcile() == {(WARD, True): (7, 2)}
    assert [(one.code, one.stream) for one in totals.check_totals()] == [
        ("state.count_differs", None)
    ]
    totals.rebuild()
    assert (totals.reconcile(), total(WARD)) == ({}, (2, 2))
