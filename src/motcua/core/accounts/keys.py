"""Keys of programs: made, revoked and listed; checked with one statement per request."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.utils.timezone import localtime

from motcua.core.accounts.models import ApiKey
from motcua.core.accounts.scopes import SIGN, checked
from motcua.core.accounts.telling import digest, tell
from motcua.core.accounts.tokens import new_token, token_hash
from motcua.core.ledger.append import instant_text
from motcua.core.people.models import Account
from motcua.core.sql import Sql, act, instant, reading
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

LONGEST = datetime.timedelta(days=366)
LONGEST_SIGNING = datetime.timedelta(hours=24)
_PREFIX = "motcua_"
_HINT = len(_PREFIX) + 5
_NAME = 60
_NOTED_EVERY = datetime.timedelta(minutes=1)


class KeyNameMissing(Refused):
    """A key without a name cannot be told apart when one must be revoked."""

    code = "accounts.key_name_missing"
    vi = "Đặt tên cho khóa, ví dụ tên chương trình sẽ dùng khóa này."
    en = "Give the key a name, such as that of the program that will use it."


class KeyTooLong(Refused):
    """The key would live too long, or not at all."""

    code = "accounts.key_life"
    vi = "Khóa phải hết hạn trong vòng {hours} giờ kể từ bây giờ (khóa có phạm vi ký: 24 giờ)."
    en = "A key ends within {hours} hours from now (one that may sign: 24 hours)."


class NoSuchKey(Refused):
    """The account has no such key, or it was revoked."""

    code = "accounts.no_such_key"
    vi = "Tài khoản không có khóa số {key}, hoặc khóa đã bị thu hồi."
    en = "The account has no key {key}, or it was revoked."
    status = 404


@dataclass(frozen=True, slots=True)
class Made:
    """A new key; the token is told here and never again."""

    key: ApiKey
    token: str


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Whom a key stands for, what it may be used for, and whether its requests are signed."""

    key_id: int
    account_id: int
    officer_id: int
    name: str
    scopes: frozenset[str]
    signs: bool = False


def make_key(
    *,
    actor: str,
    at: datetime.datetime,
    account: Account,
    name: str,
    scopes: Iterable[str],
    expires_at: datetime.datetime,
) -> Made:
    """Make a key for an officer's account and tell the house.

    The door has asked for the second factor just now. Raises `KeyNameMissing`, `KeyTooLong`,
    `ScopeUnknown` and `NoScope`.
    """
    named, wanted = clean(name, limit=_NAME), checked(scopes)
    if not named:
        raise KeyNameMissing
    longest = LONGEST_SIGNING if SIGN in wanted else LONGEST
    if not at < expires_at <= at + longest:
        raise KeyTooLong(hours=longest // datetime.timedelta(hours=1))
    token = new_token(_PREFIX)
    with act() as tx:
        key = ApiKey.objects.create(
            account=account,
            name=named,
            hint=token[:_HINT],
            token_hash=token_hash(token),
            scopes=" ".join(wanted),
            made_at=at,
            expires_at=expires_at,
        )
        tell(tx, "make_key", actor=actor, at=at, account=account, data=key_told(key))
    return Made(key, token)


def revoke_key(*, actor: str, at: datetime.datetime, account: Account, key_id: int) -> None:
    """End a key at once; raises `NoSuchKey`."""
    with act() as tx:
        mine = ApiKey.objects.filter(pk=key_id, account=account, revoked_at=None)
        if not mine.update(revoked_at=at):
            raise NoSuchKey(key=key_id)
        tell(tx, "revoke_key", actor=actor, at=at, account=account, data={"key": key_id})


def keys_of(account_id: int) -> QuerySet[ApiKey]:
    """Give the keys of an account that were not revoked, the latest first."""
    return ApiKey.objects.filter(account_id=account_id, revoked_at=None).order_by("-id")


def key_told(key: ApiKey) -> dict[str, object]:
    """Give what the entry tells of a key, and what the row must still say."""
    return {
        "key": key.pk,
        "scopes": key.scopes.split(),
        "until": instant_text(key.expires_at),
        "digest": digest(bytes(key.token_hash)),
    }


_HOLDER = Sql(
    "SELECT k.id, a.id, o.id, o.name, k.scopes, k.used_at,"
    " EXISTS (SELECT 1 FROM accounts_keysecret s WHERE s.key_id = k.id) FROM accounts_apikey k"
    " JOIN people_account a ON a.id = k.account_id JOIN people_officer o ON o.id = a.officer_id"
    " WHERE k.token_hash = %s AND k.revoked_at IS NULL AND k.expires_at > %s AND a.is_active"
    " AND (%s OR NOT a.sample) AND (o.left_on IS NULL OR o.left_on > %s)"
)
_NOTE = Sql(
    "UPDATE accounts_apikey SET used_at = %s WHERE id = %s AND (used_at IS NULL OR used_at < %s)"
)


def holder_of(token: str, at: datetime.datetime) -> KeyHolder | None:
    """Give whom a key stands for; None for an unknown, ended or revoked one.

    One statement; when the key was last used is noted at most once a minute.
    """
    tx = reading()
    today = localtime(at).date()
    row = tx.one(_HOLDER, token_hash(token), at, settings.MOTCUA_SAMPLE, today)
    if row is None:
        return None
    used = instant(row[5])
    if used is None or used < at - _NOTED_EVERY:
        tx.run(_NOTE, at, row[0], at - _NOTED_EVERY)
    return KeyHolder(row[0], row[1], row[2], row[3], frozenset(row[4].split()), bool(row[6]))
