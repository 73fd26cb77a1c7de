"""Telling the ledger, once, of accounts that are older than the entries of accounts."""

from __future__ import annotations

import datetime

from motcua.core.accounts.reconcile import NOTE, Opens, kept_of_accounts, told_of_accounts
from motcua.core.accounts.telling import tell
from motcua.core.ledger.append import take_house
from motcua.core.people.models import Account
from motcua.core.sql import act


def note_unopened(*, at: datetime.datetime) -> int:
    """Write what officers' accounts without an opening entry are as found; give how many.

    The entry says no more than that they were there on the day of the upgrade: who opened them,
    and whether rightly, nobody can prove any more. From then on a change behind the acts shows.
    Run by a migration alone: done at any other time it would cover up an account of nobody's
    making.
    """
    with act() as tx:
        take_house(tx)
        told, kept = told_of_accounts(), kept_of_accounts(secrets=False)
        unopened = Account.objects.in_bulk(kept.keys() - told.keys())
        for pk in sorted(unopened):
            data = _as_found(kept[pk])
            tell(tx, NOTE, actor="system:upgrade", at=at, account=unopened[pk], data=data)
    return len(unopened)


def _as_found(one: Opens) -> dict[str, object]:
    return {
        "officer": one.officer,
        "password": one.password,
        "open": one.open,
        "invited": one.invited,
        "recovery": one.recovery,
        "factors": [one.factors[key] for key in sorted(one.factors)],
        "keys": [one.keys[key] for key in sorted(one.keys)],
    }
