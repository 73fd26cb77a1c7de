"""Do accounts, factors and keys agree with the house's own entries?

Whoever puts a factor, a key or a password into the tables behind the acts' back could sign as
somebody else, so what opens a door is compared with what the entries told of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from motcua.core.accounts.factors import factor_told
from motcua.core.accounts.keys import key_told
from motcua.core.accounts.managing import password_told, recovery_told
from motcua.core.accounts.models import ApiKey, Factor, Invitation, KeySecret, RecoveryCode
from motcua.core.accounts.signing import secret_told
from motcua.core.ledger.append import HOUSE, instant_text
from motcua.core.ledger.findings import Finding
from motcua.core.ledger.models import Entry
from motcua.core.people.models import Account
from motcua.core.sql import still

NOTE = "note_account"
"""The act of an entry that tells of an account as it was found (`noting`)."""


@dataclass(slots=True)
class Opens:
    """What lets somebody in as one account."""

    officer: int | None
    password: str
    open: bool = True
    invited: str | None = None
    recovery: str | None = None
    factors: dict[int, dict[str, Any]] = field(default_factory=dict)
    keys: dict[int, dict[str, Any]] = field(default_factory=dict)
    secrets: dict[int, dict[str, Any]] = field(default_factory=dict)

    def strip(self) -> None:
        """Start over: nothing but the password is left."""
        self.invited = self.recovery = None
        self.factors.clear()
        self.keys.clear()
        self.secrets.clear()


def check_accounts() -> Iterator[Finding]:
    """Give every account whose rows differ from what the entries say of it."""
    with still():
        told, kept = told_of_accounts(), kept_of_accounts()
    for account in sorted(told.keys() | kept.keys()):
        if told.get(account) != kept.get(account):
            yield Finding(
                "state.account_differs",
                f"Tài khoản số {account} (mật khẩu, yếu tố xác thực, khóa) khác với sổ cái.",
                f"Account {account} (password, factors, keys) differs from the ledger.",
                HOUSE,
            )


def told_of_accounts() -> dict[int, Opens]:
    """Give what lets into each account by the entries."""
    told: dict[int, Opens] = {}
    for body in Entry.objects.of(HOUSE).filter(act__in=_ACTS).values_list("body", flat=True):
        entry = json.loads(body)
        data = entry["data"]
        if entry["act"] == "open_account":
            told[data["account"]] = Opens(data["officer"], data["password"])
        elif entry["act"] == NOTE:
            told[data["account"]] = _noted(data)
        if data["account"] in told:
            _ACTS[entry["act"]](told[data["account"]], data)
    return told


def _noted(data: dict[str, Any]) -> Opens:
    return Opens(
        officer=data["officer"],
        password=data["password"],
        open=data["open"],
        invited=data["invited"],
        recovery=data["recovery"],
        factors={one["factor"]: one for one in data["factors"]},
        keys={one["key"]: one for one in data["keys"]},
    )


def _open(one: Opens, data: dict[str, Any]) -> None:
    one.invited = data["invited"]


def _nothing_more(_one: Opens, _data: dict[str, Any]) -> None:
    """Change nothing: the note said all there was."""


def _invite(one: Opens, data: dict[str, Any]) -> None:
    one.strip()
    one.password, one.invited = data["password"], data["invited"]


def _close(one: Opens, _data: dict[str, Any]) -> None:
    one.strip()
    one.open = False


def _reopen(one: Opens, _data: dict[str, Any]) -> None:
    one.open = True


def _set_password(one: Opens, data: dict[str, Any]) -> None:
    one.password = data["password"]


def _add_factor(one: Opens, data: dict[str, Any]) -> None:
    one.factors[data["factor"]] = _without_account(data)
    one.invited = None


def _remove_factor(one: Opens, data: dict[str, Any]) -> None:
    one.factors.pop(data["factor"], None)


def _renew(one: Opens, data: dict[str, Any]) -> None:
    one.recovery = data["digest"]


def _make_key(one: Opens, data: dict[str, Any]) -> None:
    one.keys[data["key"]] = _without_account(data)


def _revoke_key(one: Opens, data: dict[str, Any]) -> None:
    one.keys.pop(data["key"], None)
    one.secrets = {pk: kept for pk, kept in one.secrets.items() if kept["key"] != data["key"]}


def _give_key_secret(one: Opens, data: dict[str, Any]) -> None:
    told = {name: data[name] for name in ("key", "secret", "digest")}
    one.secrets[data["secret"]] = {**told, "until": None}
    for former in data["former"]:
        one.secrets[former]["until"] = data["ends"]


def _end_key_secret(one: Opens, data: dict[str, Any]) -> None:
    one.secrets[data["secret"]]["until"] = data["ends"]


def _without_account(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "account"}


_ACTS: dict[str, Callable[[Opens, dict[str, Any]], None]] = {
    "open_account": _open,
    NOTE: _nothing_more,
    "invite_account": _invite,
    "close_account": _close,
    "reopen_account": _reopen,
    "set_password": _set_password,
    "add_factor": _add_factor,
    "remove_factor": _remove_factor,
    "renew_recovery_codes": _renew,
    "make_key": _make_key,
    "revoke_key": _revoke_key,
    "give_key_secret": _give_key_secret,
    "end_key_secret": _end_key_secret,
}


def kept_of_accounts(*, secrets: bool = True) -> dict[int, Opens]:
    """Give what lets into each officer's account by the rows, `secrets` of keys too."""
    kept = {
        row.pk: Opens(row.officer_id, password_told(row), row.is_active)
        for row in Account.objects.filter(officer__isnull=False)
    }
    for row in Factor.objects.filter(removed_at=None):
        kept[row.account_id].factors[row.pk] = factor_told(row)
    for key in ApiKey.objects.filter(revoked_at=None):
        kept[key.account_id].keys[key.pk] = key_told(key)
    rows = KeySecret.objects.filter(key__revoked_at=None).select_related("key")
    for secret in rows if secrets else ():
        until = instant_text(secret.until) if secret.until else None
        kept[secret.key.account_id].secrets[secret.pk] = {**secret_told(secret), "until": until}
    for invitation in Invitation.objects.all():
        kept[invitation.account_id].invited = instant_text(invitation.until)
    hashes: dict[int, list[bytes]] = {}
    for owner, held in RecoveryCode.objects.values_list("account_id", "code_hash"):
        hashes.setdefault(owner, []).append(bytes(held))
    for owner, those in hashes.items():
        kept[owner].recovery = recovery_told(those)
    return kept
