"""Accounts older than the entries of accounts are noted once, by the migration, as found."""

from __future__ import annotations

import datetime
import json
from importlib import import_module

import pytest
from django.apps import apps

from motcua.core.accounts import factors, managing
from motcua.core.accounts.models import Factor
from motcua.core.accounts.noting import note_unopened
from motcua.core.accounts.reconcile import check_accounts
from motcua.core.accounts.tests.doors import KEEPER, account_of, key_for
from motcua.core.ledger.models import Entry
from motcua.core.people.models import Account, Officer

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2026, 11, 26, 2, tzinfo=datetime.UTC)
ACT = {"actor": KEEPER, "at": AT}


@pytest.fixture
def old():
    """An account of part 1: a row, and nothing in the ledger."""
    officer = Officer.objects.create(name="Ngô An", staff_number="1")
    return Account.objects.create(username="counter", officer=officer, password="x")


def wrong() -> list[str]:
    return [finding.code for finding in check_accounts()]


def told() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("act", flat=True))


def test_an_old_account_is_noted_once(old):
    assert wrong() == ["state.account_differs"]
    assert (note_unopened(at=AT), note_unopened(at=AT)) == (1, 0)
    assert (wrong(), told()) == ([], ["note_account"])


def test_what_it_signed_in_with_already_is_noted_with_it(old):
    factors.add_totp(**ACT, account=old, name="một", secret=factors.new_secret())
    factors.renew_recovery_codes(**ACT, account=old)
    key_for(old)
    note_unopened(at=AT)
    assert wrong() == []


def test_a_closed_one_is_noted_as_closed(old):
    Account.objects.update(is_active=False)
    note_unopened(at=AT)
    assert wrong() == []


def test_it_lives_on_by_acts_and_a_change_behind_them_shows(old):
    note_unopened(at=AT)
    factors.add_totp(**ACT, account=old, name="một", secret=factors.new_secret())
    managing.close_account(**ACT, account=old)
    managing.reopen_account(**ACT, account=old)
    assert wrong() == []
    Factor.objects.create(account=old, kind="totp", name="x", secret=b"mine", added_at=AT)
    assert wrong() == ["state.account_differs"]


def test_the_note_holds_nothing_that_helps_to_sign_in(old):
    Account.objects.update(password="pbkdf2$bí-mật")
    note_unopened(at=AT)
    assert "bí-mật" not in json.dumps(json.loads(Entry.objects.get().body), ensure_ascii=False)


def test_the_migration_notes_and_leaves_new_houses_alone(old):
    account_of("leader", Officer.objects.create(name="Lê Bình", staff_number="2").pk)
    migration = import_module("motcua.core.accounts.migrations.0004_note_unopened")
    migration.note(apps, None)
    assert told() == ["open_account", "note_account"]
    Account.objects.filter(pk=old.pk).delete()
    migration.note(apps, None)
    assert told() == ["open_account", "note_account"]
