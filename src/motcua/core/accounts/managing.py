"""What a keeper does with accounts: opens, invites, closes and reopens them; and passwords."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Iterable

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from motcua.core.accounts import sessions
from motcua.core.accounts.models import ApiKey, Factor, Invitation, RecoveryCode
from motcua.core.accounts.telling import digest, tell
from motcua.core.ledger.append import instant_text
from motcua.core.people.models import Account, Officer
from motcua.core.sql import act
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

INVITED_FOR = datetime.timedelta(days=7)
_PASSWORD_BYTES = 12
_USERNAME = 64


class UsernameTaken(Refused):
    """Another account has the name, letter case aside."""

    code = "accounts.username_taken"
    vi = "Tên đăng nhập “{username}” đã có người dùng."
    en = "The user name “{username}” is taken."
    status = 409


class UsernameWrong(Refused):
    """A sign-in name begins with a letter, so that no telephone number is one."""

    code = "accounts.username"
    vi = "Tên đăng nhập bắt đầu bằng chữ cái và không có dấu cách."
    en = "A user name begins with a letter and has no spaces."


class NoSuchAccount(Refused):
    """No account has this name."""

    code = "accounts.unknown"
    vi = "Không có tài khoản “{username}”."
    en = "There is no account “{username}”."
    status = 404


class NoSuchOfficer(Refused):
    """No officer has this staff number."""

    code = "accounts.no_such_officer"
    vi = "Không có cán bộ mang số hiệu “{number}”."
    en = "No officer has the staff number “{number}”."
    status = 404


class PasswordWeak(Refused):
    """The password is short, or one of those that everybody uses."""

    code = "accounts.password_weak"
    vi = "Mật khẩu cần ít nhất 10 ký tự và không nằm trong các mật khẩu phổ biến."
    en = "A password has at least 10 characters and is none of the common ones."


class PasswordShared(Refused):
    """A made-up officer's password is printed for everybody who tries the sample."""

    code = "accounts.password_shared"
    vi = "Tài khoản mẫu dùng chung mật khẩu đã công bố nên không đổi được."
    en = "Sample accounts share the published password, so it cannot be changed."
    status = 409


def by_username(username: str) -> Account:
    """Give an officer's account by its name; raises `NoSuchAccount`."""
    rows = Account.objects.filter(username__iexact=username, officer__isnull=False)
    found = rows.select_related("officer").first()
    if found is None:
        raise NoSuchAccount(username=username)
    return found


def open_account(
    *,
    actor: str,
    at: datetime.datetime,
    username: str,
    officer: Officer,
    password: str,
    sample: bool = False,
    invited: bool = False,
) -> Account:
    """Open an officer's account under a password that was hashed (`make_password`) before.

    One that is `invited` may set its first second factor with that password.

    Raises `UsernameWrong` and `UsernameTaken`.
    """
    name = clean(username, limit=_USERNAME)
    if not name[:1].isalpha() or " " in name:
        raise UsernameWrong
    with act() as tx:
        if Account.objects.filter(username__iexact=name).exists():
            raise UsernameTaken(username=name)
        account = Account.objects.create(
            username=name, officer=officer, password=password, sample=sample
        )
        until = _allow_enrolment(account, at) if invited else None
        data = {"officer": officer.pk, "password": password_told(account), "invited": until}
        tell(tx, "open_account", actor=actor, at=at, account=account, data=data)
    return account


def invite(*, actor: str, at: datetime.datetime, account: Account) -> str:
    """Start an account's sign-in over; give the password of the invitation.

    It serves once, within seven days, to set a password and a second factor of one's own. What
    the account signed in with before, its sessions and its keys end at once.
    """
    password = secrets.token_urlsafe(_PASSWORD_BYTES)
    with act() as tx:
        _strip(account, at)
        _set(account, make_password(password))
        data = {"password": password_told(account), "invited": _allow_enrolment(account, at)}
        tell(tx, "invite_account", actor=actor, at=at, account=account, data=data)
    return password


def set_password(
    *,
    actor: str,
    at: datetime.datetime,
    account: Account,
    password: str,
    keep: int | None = None,
) -> None:
    """Take a password of one's own; every session ends, but the one to `keep`.

    The door has made sure who asks. Raises `PasswordShared` and `PasswordWeak`.
    """
    if account.sample:
        raise PasswordShared
    try:
        validate_password(password)
    except ValidationError as weak:
        raise PasswordWeak from weak
    with act() as tx:
        _set(account, make_password(password))
        sessions.end(account_id=account.pk, at=at, by="password", but=keep)
        data = {"password": password_told(account)}
        tell(tx, "set_password", actor=actor, at=at, account=account, data=data)


def close_account(*, actor: str, at: datetime.datetime, account: Account) -> None:
    """Close an account: sessions, keys, factors and invitations end at once."""
    with act() as tx:
        _strip(account, at)
        Account.objects.filter(pk=account.pk).update(is_active=False)
        tell(tx, "close_account", actor=actor, at=at, account=account)


def reopen_account(*, actor: str, at: datetime.datetime, account: Account) -> str:
    """Open a closed account again, by an invitation; give its password."""
    with act() as tx:
        Account.objects.filter(pk=account.pk).update(is_active=True)
        tell(tx, "reopen_account", actor=actor, at=at, account=account)
        return invite(actor=actor, at=at, account=account)


def close_accounts_of(*, actor: str, at: datetime.datetime, officer_id: int) -> None:
    """Close the account of an officer who leaves, where there is one open."""
    for account in Account.objects.filter(officer_id=officer_id, is_active=True):
        close_account(actor=actor, at=at, account=account)


def listed(at: datetime.datetime) -> list[dict[str, object]]:
    """Give every officer's account: whether open, its second factors, its invitation."""
    rows = Account.objects.filter(officer__isnull=False).order_by("username")
    kinds: dict[int, list[str]] = {}
    for owner, kind in Factor.objects.filter(removed_at=None).values_list("account_id", "kind"):
        kinds.setdefault(owner, []).append(kind)
    invited = dict(Invitation.objects.filter(until__gt=at).values_list("account_id", "until"))
    return [
        {
            "username": row.username,
            "open": row.is_active,
            "factors": " ".join(kinds.get(row.pk, [])) or None,
            "invited_until": invited.get(row.pk),
        }
        for row in rows
    ]


def password_told(account: Account) -> str:
    """Give what entries tell of a password: a digest of its slow hash."""
    return digest(account.password.encode())


def recovery_told(hashes: Iterable[bytes]) -> str:
    """Give what entries tell of recovery codes, used or not: a digest of their hashes."""
    return digest(*sorted(hashes))


def _allow_enrolment(account: Account, at: datetime.datetime) -> str:
    """Let an account set its first second factor; give until when, as entries tell it."""
    until = at + INVITED_FOR
    Invitation.objects.update_or_create(account=account, defaults={"until": until})
    return instant_text(until)


def _set(account: Account, hashed: str) -> None:
    account.password = hashed
    account.save(update_fields=["password"])


def _strip(account: Account, at: datetime.datetime) -> None:
    sessions.end(account_id=account.pk, at=at, by="keeper")
    ApiKey.objects.filter(account=account, revoked_at=None).update(revoked_at=at)
    Factor.objects.filter(account=account, removed_at=None).update(removed_at=at)
    RecoveryCode.objects.filter(account=account).delete()
    Invitation.objects.filter(account=account).delete()
