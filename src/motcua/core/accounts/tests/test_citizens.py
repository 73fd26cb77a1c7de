"""Citizens' accounts and their bindings follow from the entries, and end when unused."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.accounts import citizens, sessions
from motcua.core.accounts.models import Binding, Identity
from motcua.core.accounts.reconcile import check_accounts
from motcua.core.accounts.reconcile_citizens import check_citizens
from motcua.core.accounts.tests.doors import account_of
from motcua.core.ledger.models import Entry
from motcua.core.people.models import Account, Officer, Party

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2026, 11, 26, 2, tzinfo=datetime.UTC)
PHONE = "+84912345678"


@pytest.fixture
def party():
    return Party.objects.create(name="Nguyễn Trường Đạt", phone=PHONE)


@pytest.fixture
def account(party):
    found = citizens.arrive(phone=PHONE, at=AT)
    bind(found, party)
    return found


def bind(account, party, at=AT):
    citizens.bind(account_id=account.pk, party_id=party.pk, reason="number", at=at)


def wrong():
    return [finding.code for finding in (*check_citizens(), *check_accounts())]


def entries():
    return list(Entry.objects.order_by("id").values_list("act", flat=True))


def test_an_account_is_made_once_and_bound_once(account, party):
    assert citizens.arrive(phone=PHONE, at=AT) == account
    sessions.begin(account=account, at=AT, by="phone", address="")
    bind(account, party)
    assert Identity.objects.get().assurance == "low"
    assert wrong() == []


def test_the_ledger_holds_no_telephone(account):
    assert not [body for body in Entry.objects.values_list("body", flat=True) if "912345" in body]


def test_what_an_owner_takes_away_is_told(account, party):
    assert citizens.unbind(account_id=account.pk, party_id=party.pk, at=AT)
    assert not citizens.unbind(account_id=account.pk, party_id=party.pk, at=AT)
    assert entries() == ["open_citizen", "bind_party", "unbind_party"]
    assert wrong() == []


@pytest.mark.parametrize(("days", "left"), [(89, 1), (91, 0)])
def test_bindings_end_with_long_disuse(account, party, days, left):
    sessions.begin(account=account, at=AT, by="phone", address="")
    citizens.arrive(phone=PHONE, at=AT + datetime.timedelta(days=days))
    assert len(citizens.bound_parties(account.pk)) == left
    assert wrong() == []


def test_closing_ends_all_and_leaves_the_ledger(account, party):
    token = sessions.begin(account=account, at=AT, by="phone", address="")
    assert citizens.close(account_id=account.pk, at=AT)
    assert sessions.find(token, AT) is None
    assert not Identity.objects.exists()
    assert not Account.objects.filter(username=PHONE).exists()
    assert Party.objects.filter(pk=party.pk, phone=PHONE).exists()
    assert entries() == ["open_citizen", "bind_party", "unbind_party", "close_citizen"]
    assert wrong() == []


def test_closing_twice_is_closing_once(account):
    assert citizens.close(account_id=account.pk, at=AT)
    assert not citizens.close(account_id=account.pk, at=AT)
    assert entries().count("close_citizen") == 1


def test_an_officers_account_is_not_closed_as_a_citizens(account):
    officer = Officer.objects.create(name="Ngô An", staff_number="1")
    theirs = account_of("counter", officer.pk)
    assert not citizens.close(account_id=theirs.pk, at=AT)
    theirs.refresh_from_db()
    assert theirs.is_active


def test_a_closed_account_is_bound_to_nothing(account, party):
    citizens.close(account_id=account.pk, at=AT)
    bind(account, party)
    assert not Binding.objects.exists()


def test_the_telephone_begins_anew_with_nothing_bound(account):
    citizens.close(account_id=account.pk, at=AT)
    fresh = citizens.arrive(phone=PHONE, at=AT)
    assert fresh != account
    assert citizens.bound_parties(fresh.pk) == ()
    assert wrong() == []


@pytest.mark.parametrize("change", [{"is_active": True}, {"username": PHONE}])
def test_a_closed_account_opened_behind_the_acts_is_found(account, change):
    citizens.close(account_id=account.pk, at=AT)
    Account.objects.update(**change)
    assert wrong() == ["state.citizen_differs"]


BEHIND_THE_ACTS = {
    "a binding": lambda one: Binding.objects.create(
        account=one, party=Party.objects.create(name="x"), reason="number", bound_at=AT
    ),
    "a binding taken away": lambda _: Binding.objects.all().delete(),
    "another party": lambda _: Binding.objects.update(party=Party.objects.create(name="x")),
    "another reason": lambda _: Binding.objects.update(reason="filed"),
    "another telephone": lambda _: Identity.objects.update(subject="+84987654321"),
    "another name": lambda _: Account.objects.update(username="+84987654321"),
    "a higher assurance": lambda _: Identity.objects.update(assurance="high"),
    "a closed account": lambda _: Account.objects.update(is_active=False),
    "an account of nobody's making": lambda _: Account.objects.create(username="+84900000000"),
}


@pytest.mark.parametrize("change", BEHIND_THE_ACTS)
def test_what_was_changed_behind_the_acts_is_found(account, change):
    BEHIND_THE_ACTS[change](account)
    assert wrong() == ["state.citizen_differs"]
