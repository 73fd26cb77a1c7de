"""What opens a door follows from the house's entries, or `verify --state` says so."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.accounts import factors, keys, managing
from motcua.core.accounts.models import ApiKey, Factor, Invitation, RecoveryCode
from motcua.core.accounts.reconcile import check_accounts
from motcua.core.accounts.tests.doors import KEEPER, account_of, key_for
from motcua.core.people.models import Account, Officer

pytestmark = pytest.mark.django_db
MONDAY = datetime.datetime(2026, 11, 2, 2, tzinfo=datetime.UTC)
ACT = {"actor": KEEPER, "at": MONDAY}


@pytest.fixture
def account():
    officer = Officer.objects.create(name="Ngô An", staff_number="1")
    found = account_of("counter", officer.pk)
    factors.add_totp(**ACT, account=found, name="một", secret=factors.new_secret())
    factors.renew_recovery_codes(**ACT, account=found)
    key_for(found)
    return found


def wrong() -> list[str]:
    return [finding.code for finding in check_accounts()]


def test_a_life_of_an_account_is_explained(account):
    assert wrong() == []
    second = factors.add_totp(**ACT, account=account, name="hai", secret=factors.new_secret())
    factors.remove_factor(**ACT, account=account, factor_id=second.pk)
    managing.set_password(**ACT, account=account, password="một mật khẩu khác")
    keys.revoke_key(**ACT, account=account, key_id=ApiKey.objects.get().pk)
    assert wrong() == []
    managing.close_account(**ACT, account=account)
    assert wrong() == []
    managing.reopen_account(**ACT, account=account)
    assert wrong() == []
    factors.add_totp(**ACT, account=account, name="ba", secret=factors.new_secret())
    assert wrong() == []


LATER = MONDAY + datetime.timedelta(days=300)
BEHIND_THE_ACTS = {
    "a password": lambda _: Account.objects.update(password="md5$x$y"),
    "another officer": lambda _: Account.objects.update(
        officer=Officer.objects.create(name="Không Ai", staff_number="0")
    ),
    "a closed account": lambda _: Account.objects.update(is_active=False),
    "an account of nobody's making": lambda _: Account.objects.create(
        username="khong.ai", officer=Officer.objects.create(name="Không Ai", staff_number="0")
    ),
    "a secret": lambda _: Factor.objects.update(secret=b"mine"),
    "a factor removed": lambda _: Factor.objects.update(removed_at=MONDAY),
    "a factor added": lambda one: Factor.objects.create(
        account=one, kind="totp", name="x", secret=b"mine", added_at=MONDAY
    ),
    "a scope": lambda _: ApiKey.objects.update(scopes="read"),
    "a longer life": lambda _: ApiKey.objects.update(expires_at=LATER),
    "another token": lambda _: ApiKey.objects.update(token_hash=b"x" * 32),
    "a key revoked": lambda _: ApiKey.objects.update(revoked_at=MONDAY),
    "an invitation": lambda one: Invitation.objects.create(account=one, until=LATER),
    "a recovery code": lambda one: RecoveryCode.objects.create(account=one, code_hash=b"x" * 32),
}


@pytest.mark.parametrize("change", BEHIND_THE_ACTS)
def test_what_was_changed_behind_the_acts_is_found(account, change):
    BEHIND_THE_ACTS[change](account)
    assert wrong() == ["state.account_differs"]


def test_the_last_factor_stays(account):
    with pytest.raises(factors.LastFactor):
        factors.remove_factor(**ACT, account=account, factor_id=Factor.objects.get().pk)
