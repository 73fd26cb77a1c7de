"""A citizen's account is closed from several windows at once, or while something is bound to it."""

from __future__ import annotations

import datetime
from functools import partial

import pytest

from motcua.core.accounts import citizens
from motcua.core.accounts.models import Binding
from motcua.core.accounts.reconcile_citizens import check_citizens
from motcua.core.dossiers.tests.sharing import shared_world, together
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.ledger.models import Entry
from motcua.core.people.models import Account, Party

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "+84912345678"
AT = MONDAY + datetime.timedelta(hours=2)


@pytest.fixture
def account(transactional_db, tmp_path):
    with shared_world(tmp_path):
        yield citizens.arrive(phone=PHONE, at=AT).pk
        assert list(check_citizens()) == []


def test_closing_in_several_windows_closes_once(account):
    answers = together(*[partial(citizens.close, account_id=account, at=AT)] * 4)
    assert sorted(answers) == [False, False, False, True]
    assert Entry.objects.filter(act="close_citizen").count() == 1


def test_what_is_bound_at_that_moment_is_not_left_bound(account):
    party = Party.objects.create(name="Nguyễn Trường Đạt", phone=PHONE).pk
    bind = partial(citizens.bind, account_id=account, party_id=party, reason="number", at=AT)
    together(bind, partial(citizens.close, account_id=account, at=AT), bind)
    assert not Binding.objects.exists()


def test_who_signs_in_at_that_moment_has_one_open_account_at_most(account):
    arrive = partial(citizens.arrive, phone=PHONE, at=AT)
    together(arrive, partial(citizens.close, account_id=account, at=AT), arrive)
    assert Account.objects.filter(username=PHONE, is_active=True).count() <= 1
    assert not Account.objects.filter(pk=account, is_active=True).exists()
