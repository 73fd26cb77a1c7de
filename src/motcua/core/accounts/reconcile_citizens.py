"""Do citizens' accounts and what they are bound to agree with the house's own entries?

Whoever binds a party to an account behind the acts' back could read a stranger's dossiers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from motcua.core.accounts.citizens import PHONE, closed_name, identity_told
from motcua.core.accounts.models import Binding, Identity
from motcua.core.ledger.append import HOUSE
from motcua.core.ledger.findings import Finding
from motcua.core.ledger.models import Entry
from motcua.core.people.models import Account
from motcua.core.sql import still

_ACTS = ("open_citizen", "bind_party", "unbind_party", "close_citizen")


@dataclass(slots=True)
class Citizen:
    """What a citizen's account proves itself by, and the parties it may act as, each with why.

    `named`: the account signs in by the telephone that its identity states, a closed one by none.
    """

    identities: list[dict[str, Any]] = field(default_factory=list)
    parties: dict[int, str] = field(default_factory=dict)
    active: bool = True
    named: bool = True


def check_citizens() -> Iterator[Finding]:
    """Give every citizen's account whose rows differ from what the entries say of it."""
    with still():
        told, kept = _told(), _kept()
    for account in sorted(told.keys() | kept.keys()):
        if told.get(account) != kept.get(account):
            yield Finding(
                "state.citizen_differs",
                f"Tài khoản công dân số {account} (danh tính, hồ sơ gắn kèm) khác với sổ cái.",
                f"Citizen's account {account} (identity, bound parties) differs from the ledger.",
                HOUSE,
            )


def _told() -> dict[int, Citizen]:
    told: dict[int, Citizen] = {}
    for body in Entry.objects.of(HOUSE).filter(act__in=_ACTS).values_list("body", flat=True):
        entry = json.loads(body)
        data = entry["data"]
        one = told.setdefault(data.pop("account"), Citizen())
        if entry["act"] == "open_citizen":
            one.identities.append(data)
        elif entry["act"] == "bind_party":
            one.parties[data["party"]] = data["reason"]
        elif entry["act"] == "unbind_party":
            one.parties.pop(data["party"], None)
        else:
            one.identities, one.active = [], False
    return told


def _kept() -> dict[int, Citizen]:
    rows = Account.objects.filter(officer=None).values_list("pk", "is_active", "username")
    kept = {
        pk: Citizen(active=active, named=active or name == closed_name(pk))
        for pk, active, name in rows
    }
    for identity in Identity.objects.select_related("account").order_by("id"):
        owner = kept.setdefault(identity.account_id, Citizen())
        if identity.scheme == PHONE and identity.account.username != identity.subject:
            owner.named = False
        owner.identities.append(identity_told(identity))
    for binding in Binding.objects.all():
        owner = kept.setdefault(binding.account_id, Citizen())
        owner.parties[binding.party_id] = binding.reason
    return kept
