"""Rules by kind, with their days: what falls due, what is held, what the keeper is shown."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from motcua.core.access.models import ScopeRow
from motcua.core.access.scopes import agency_scope
from motcua.core.accounts.models import Session, SignIn
from motcua.core.accounts.tests.doors import account_of
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.erasure.actions import erase, hold, release
from motcua.core.erasure.keeping import keeping
from motcua.core.erasure.retention import RuleWrong, carry_out, plan, rules_on, set_rule
from motcua.core.erasure.rules import Kind, NotTheKeeper, Rule, in_force
from motcua.core.jobs.models import Job

LATER = MONDAY + datetime.timedelta(days=1)
THEN = LATER.replace(year=LATER.year + 6)
BY = "12/QĐ-UBND"
NOTHING = {"erased": 0, "held": 0, "pending": 0, "records": 0, "sign_ins": 0, "sessions": 0}
DAY = datetime.date(2027, 1, 1)


@pytest.fixture
def ended(world):
    """Give a returned dossier."""
    done = world.to("appraise")
    for hours, (who, name) in enumerate(
        [
            ("specialist", "submit"),
            ("unit_head", "agree"),
            ("leader", "issue"),
            ("counter", "return"),
        ],
        start=5,
    ):
        done = world.move(done, who, name, hours=hours)
    Job.objects.filter(kind="documents.make").update(state="done")
    return done


def tell(world, *args, at=LATER, **changes) -> None:
    set_rule(actor=world.officers["keeper"].key, at=at, rule=Rule(*args, **changes))


def due(at=THEN) -> list[tuple[int, ...]]:
    return [one.dossiers for one in plan(at)]


def test_a_rule_erases_what_ended_long_enough_ago(world, ended):
    young = world.to("appraise")
    tell(world, "*", 5, BY)
    assert due(LATER) == [()]
    assert due() == [(ended.dossier_id,)]
    assert carry_out(at=THEN) == {**NOTHING, "erased": 1}
    assert due() == [()]
    assert Dossier.objects.get(pk=young.dossier_id).applicant is not None
    assert carry_out(at=THEN) == NOTHING


@pytest.mark.parametrize(
    "rule",
    [
        Rule("9.999999", 5, BY),
        Rule("*", 101, BY),
        Rule("*", -1, BY),
        Rule("*", 1, BY, months=12),
        Rule("9.000001", 1, BY, kind=Kind.SIGN_IN),
        Rule("*", 1, BY, since=MONDAY.date()),
    ],
)
def test_a_rule_that_cannot_be_is_refused(world, rule):
    with pytest.raises(RuleWrong):
        set_rule(actor="officer:1", at=LATER, rule=rule)


def test_the_procedure_s_own_rule_goes_before_the_one_for_any(world, ended):
    tell(world, "*", 1, BY)
    tell(world, "9.000001", 10, BY)
    assert sorted(due()) == [(), ()]
    tell(world, "9.000001", 0, BY)
    assert due() == [(ended.dossier_id,)]


def test_a_rule_holds_from_its_day(world, ended):
    tell(world, "*", 10, BY)
    tell(world, "*", 2, "9/NQ-HĐND", since=datetime.date(THEN.year, 1, 1))
    assert [rule.years for rule in rules_on(LATER.date())] == [10]
    assert [rule.years for rule in rules_on(THEN.date())] == [2]
    assert due(LATER.replace(year=LATER.year + 4)) == [()]
    assert due() == [(ended.dossier_id,)]


def test_of_rules_the_latest_day_that_has_come_holds_and_of_one_day_the_last_told():
    told = [
        Rule("*", 1, BY, since=DAY),
        Rule("*", 3, BY, since=DAY + datetime.timedelta(days=30)),
        Rule("*", 2, BY, since=DAY),
    ]
    on = {days: in_force(told, DAY + datetime.timedelta(days=days)) for days in (-1, 0, 30)}
    assert on[-1] == {}
    assert [rule.years for rule in on[0].values()] == [2]
    assert [rule.years for rule in on[30].values()] == [3]


def test_months_end_on_a_day_there_is():
    last = datetime.datetime(2028, 3, 31, tzinfo=datetime.UTC)
    assert Rule("*", 0, BY, months=1).before(last).date() == datetime.date(2028, 2, 29)
    assert Rule("*", 1, BY, months=3).before(last).date() == datetime.date(2026, 12, 31)


def test_a_held_dossier_stays_and_is_counted(world, ended):
    tell(world, "*", 5, BY)
    keeper = world.officers["keeper"]
    hold(actor=keeper, at=LATER, dossier_id=ended.dossier_id, document="3/TA")
    assert carry_out(at=THEN) == {**NOTHING, "held": 1}
    release(actor=keeper, at=LATER, dossier_id=ended.dossier_id, document="9/TA")
    assert carry_out(at=THEN) == {**NOTHING, "erased": 1}


def test_sign_ins_and_ended_sessions_go_by_a_rule_of_their_own(world):
    account = account_of("counter", world.officer_id("counter"))
    for at in (MONDAY, THEN):
        SignIn.objects.create(
            at=at, what="done", by="password", account=account, address="::1", agent="x"
        )
        Session.objects.create(
            account=account,
            token_hash=at.isoformat().encode()[:32],
            began_at=at,
            seen_at=at,
            proved_at=at,
            ended_at=at,
            address="::1",
            agent="x",
        )
    Session.objects.create(
        account=account,
        token_hash=b"open",
        began_at=MONDAY,
        seen_at=MONDAY,
        proved_at=MONDAY,
        address="::1",
        agent="x",
    )
    assert carry_out(at=THEN) == NOTHING  # no rule, no end
    tell(world, "*", 0, BY, kind=Kind.SIGN_IN, months=6)
    tell(world, "*", 1, BY, kind=Kind.SESSION)
    assert [(one.rule.kind, one.rows) for one in plan(THEN)] == [("session", 1), ("sign_in", 1)]
    assert carry_out(at=THEN) == {**NOTHING, "sign_ins": 1, "sessions": 1}
    assert SignIn.objects.count() == 1
    assert Session.objects.count() == 2  # who is signed in stays so


@pytest.fixture
def keeper(world):
    """Give a keeper who reads the dossiers of their agency."""
    actor = world.officers["keeper"]
    scopes = {
        agency_scope(one) for one in Dossier.objects.values_list("receiving_agency", flat=True)
    }
    return replace(actor, scopes=(*actor.scopes, *scopes))


def codes(part) -> list[int]:
    return [one.dossier.pk for one in part.rows]


def test_the_keeper_sees_what_is_due_held_and_erased(world, ended, keeper):
    tell(world, "*", 5, BY)
    found = keeping(keeper, THEN)
    assert codes(found.due) == [ended.dossier_id]
    assert (found.due.rows[0].document, found.due.rows[0].hold) == (BY, "")
    hold(actor=keeper, at=LATER, dossier_id=ended.dossier_id, document="3/TA")
    found = keeping(keeper, THEN)
    assert [one.hold for one in (*found.due.rows, *found.held.rows)] == ["3/TA", "3/TA"]
    release(actor=keeper, at=LATER, dossier_id=ended.dossier_id, document="9/TA")
    erase(actor=keeper, at=THEN, dossier_id=ended.dossier_id, document="15/YC-CD")
    found = keeping(keeper, THEN)
    assert (codes(found.due), codes(found.held)) == ([], [])
    assert [(one.dossier.pk, one.document) for one in found.erased.rows] == [
        (ended.dossier_id, "15/YC-CD")
    ]


def test_what_the_row_filter_hides_is_only_counted(world, ended, keeper):
    tell(world, "*", 5, BY)
    ScopeRow.objects.update(until_at=LATER)
    found = keeping(keeper, THEN).due
    assert (found.rows, found.total, found.hidden) == ([], 1, 1)


def test_nobody_else_is_shown_anything(world):
    for who in ("counter", "leader", "police"):
        with pytest.raises(NotTheKeeper):
            keeping(world.officers[who], LATER)
