"""What is owed follows from the declaration and the answers; what is taken, from what is owed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.fees.rules import (
    AmountFixed,
    AmountMissing,
    Line,
    NotExempt,
    NotOwed,
    PaidAlready,
    Wish,
    dues,
    line_for,
    unsettled,
)
from motcua.core.procedures.declaration import Condition, Exemption, FeeRule, Text

NAME = Text("Lệ phí", "Charge")


def fee(key: str = "f", amount: int | None = 8000, **more) -> FeeRule:
    return (
        FeeRule(key, NAME, amount, None, None, None, **more)
        if "per" not in more
        else FeeRule(key, NAME, amount, more["per"], None, None)
    )


LATE = Condition("late", ("true",))
POOR = Exemption("poor", NAME, Condition("household", ("poor", "merit")), None)
SHOWN = Exemption("shown", NAME, None, None)


def amounts(rule: FeeRule, **answers: object) -> list[int | None]:
    return [due.amount for due in dues([rule], answers)]


def test_a_fee_is_owed_once_unless_a_field_counts():
    assert amounts(fee()) == [8000]
    assert amounts(fee(count="copies"), copies=3) == [24000]


def test_what_is_free_is_not_owed():
    assert amounts(fee(amount=0)) == []


@pytest.mark.parametrize(("late", "owed"), [(True, [8000]), (False, []), (None, [])])
def test_a_condition_decides_whether_it_is_owed(late, owed):
    assert amounts(fee(when=LATE), late=late) == owed


@pytest.mark.parametrize(("household", "owed"), [("poor", []), ("none", [8000]), (None, [8000])])
def test_an_answer_exempts(household, owed):
    assert amounts(fee(exempt=(POOR,)), household=household) == owed


def test_an_amount_that_nobody_states_is_for_the_counter():
    assert amounts(fee(amount=None)) == [None]
    assert amounts(fee(per=NAME)) == [None]
    owed = dues([fee(amount=None)], {})
    assert line_for(Wish("f", each=15000), owed, ()).amount == 15000


@pytest.mark.parametrize("each", [None, 0, -1, 10_000_000_001])
def test_an_amount_out_of_reach_is_refused(each):
    with pytest.raises(AmountMissing):
        line_for(Wish("f", each=each), dues([fee(amount=None)], {}), ())


@pytest.mark.parametrize("wish", [Wish("f", each=7999), Wish("f", times=2)])
def test_a_stated_amount_is_not_bargained_over(wish):
    with pytest.raises(AmountFixed):
        line_for(wish, dues([fee()], {}), ())


def test_a_fee_is_settled_once():
    owed = dues([fee()], {})
    assert unsettled(owed, [Line("f", 8000, 1)]) == ()
    with pytest.raises(PaidAlready):
        line_for(Wish("f"), owed, {"f"})


def test_what_is_not_owed_is_not_taken():
    with pytest.raises(NotOwed):
        line_for(Wish("other"), dues([fee()], {}), ())


def test_a_paper_exempts_where_the_procedure_says_so():
    line = line_for(Wish("f", exempt="shown"), dues([fee(exempt=(SHOWN,))], {}), ())
    assert (line.amount, line.exempt) == (0, "shown")


@pytest.mark.parametrize("reason", ["poor", "none"])
def test_no_other_reason_exempts(reason):
    with pytest.raises(NotExempt):
        line_for(Wish("f", exempt=reason), dues([fee(exempt=(POOR, SHOWN))], {}), ())


@given(st.integers(1, 10**9), st.integers(1, 10**5))
def test_a_line_costs_what_was_owed(each, times):
    rule = fee(amount=each, count="n")
    owed = dues([rule], {"n": times})
    line = line_for(Wish("f"), owed, ())
    assert line.amount == owed[0].amount == each * times
    assert unsettled(owed, [line]) == ()
