"""Second factors: added, used and removed; and the recovery codes that stand in for them."""

from __future__ import annotations

import base64
import datetime
import hashlib
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db.models import QuerySet

from motcua.core.accounts.managing import recovery_told
from motcua.core.accounts.models import Factor, Invitation, RecoveryCode
from motcua.core.accounts.rules import DIGITS, accepted_step
from motcua.core.accounts.telling import digest, tell
from motcua.core.people.models import Account
from motcua.core.secrets import key
from motcua.core.sql import act
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

RECOVERY_CODES = 10
_SECRET_BYTES = 20
_RECOVERY_BYTES = 10  # 80 random bits: a plain fast hash is enough
_NONCE = 12
_NAME = 60


class CodeWrong(Refused):
    """The code is wrong, too old, or was used before."""

    code = "accounts.code_wrong"
    vi = "Mã xác thực chưa đúng, đã hết hạn hoặc đã dùng rồi. Đợi mã mới rồi nhập lại."
    en = "The code is wrong, has ended, or was used. Wait for the next one and try again."


class NoSuchFactor(Refused):
    """The account has no such second factor."""

    code = "accounts.no_such_factor"
    vi = "Tài khoản không có yếu tố xác thực này."
    en = "The account has no such second factor."
    status = 404


class LastFactor(Refused):
    """An account keeps at least one second factor."""

    code = "accounts.last_factor"
    vi = "Đây là yếu tố xác thực duy nhất. Thêm cái mới trước khi gỡ cái này."
    en = "This is the only second factor. Add another before you remove it."
    status = 409


def new_secret() -> str:
    """Give a fresh TOTP secret in base 32."""
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def factors_of(account_id: int) -> QuerySet[Factor]:
    """Give the second factors of an account, oldest first."""
    return Factor.objects.filter(account_id=account_id, removed_at=None).order_by("id")


def prove_new(secret: str, code: str, *, at: datetime.datetime) -> int:
    """Give the step of the first code of a new authenticator; raises `CodeWrong`."""
    step = accepted_step(secret, code.strip().replace(" ", ""), at=at, last=0)
    if step is None:
        raise CodeWrong
    return step


def add_totp(
    *, actor: str, at: datetime.datetime, account: Account, name: str, secret: str, step: int = 0
) -> Factor:
    """Add an authenticator whose first code was proven (`step`: spent); ends an invitation."""
    with act() as tx:
        factor = Factor.objects.create(
            account=account,
            kind=Factor.Kind.TOTP,
            name=clean(name, limit=_NAME),
            secret=_seal(secret, account.pk),
            counter=step,
            added_at=at,
        )
        Invitation.objects.filter(account=account).delete()
        tell(tx, "add_factor", actor=actor, at=at, account=account, data=factor_told(factor))
    return factor


def remove_factor(*, actor: str, at: datetime.datetime, account: Account, factor_id: int) -> None:
    """Remove a second factor; raises `NoSuchFactor` and `LastFactor`."""
    with act() as tx:
        mine = list(factors_of(account.pk).select_for_update())
        if factor_id not in {one.pk for one in mine}:
            raise NoSuchFactor
        if len(mine) == 1:
            raise LastFactor
        Factor.objects.filter(pk=factor_id).update(removed_at=at)
        tell(tx, "remove_factor", actor=actor, at=at, account=account, data={"factor": factor_id})


def renew_recovery_codes(*, actor: str, at: datetime.datetime, account: Account) -> list[str]:
    """Replace the recovery codes of an account; they are told here and never again."""
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    hashes = [_recovery_hash(one) for one in codes]
    with act() as tx:
        RecoveryCode.objects.filter(account=account).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(account=account, code_hash=one) for one in hashes
        )
        data = {"digest": recovery_told(hashes)}
        tell(tx, "renew_recovery_codes", actor=actor, at=at, account=account, data=data)
    return codes


def use_code(*, at: datetime.datetime, account_id: int, code: str) -> str:
    """Use up a code of an authenticator, or a recovery code; give by which it was proven.

    Each serves once, also when sent twice at the same moment. Raises `CodeWrong`.
    """
    given = "".join(code.split()).replace("-", "")
    if len(given) == DIGITS:
        if _use_totp(account_id, given, at):
            return "totp"
    elif _use_recovery(account_id, given, at):
        return "recovery"
    raise CodeWrong


def factor_told(factor: Factor) -> dict[str, object]:
    """Give what the entry tells of a factor, and what the row must still say."""
    held = bytes(factor.secret) + bytes(factor.credential or b"")
    return {"factor": factor.pk, "kind": str(factor.kind), "digest": digest(held)}


def _use_totp(account_id: int, code: str, at: datetime.datetime) -> bool:
    for factor in factors_of(account_id).filter(kind=Factor.Kind.TOTP):
        secret = _open(bytes(factor.secret), account_id)
        step = accepted_step(secret, code, at=at, last=factor.counter)
        unused = Factor.objects.filter(pk=factor.pk, removed_at=None, counter__lt=step or 0)
        if step is not None and unused.update(counter=step, used_at=at):
            return True
    return False


def _use_recovery(account_id: int, code: str, at: datetime.datetime) -> bool:
    mine = RecoveryCode.objects.filter(account_id=account_id, used_at=None)
    return bool(mine.filter(code_hash=_recovery_hash(code)).update(used_at=at))


def _recovery_code() -> str:
    text = base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode().lower()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def _recovery_hash(code: str) -> bytes:
    return hashlib.sha256(code.replace("-", "").lower().encode("utf-8", "replace")).digest()


def _seal(secret: str, account_id: int) -> bytes:
    """Encrypt a secret under the factors' key; it opens for its own account alone."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key("factors")).encrypt(nonce, secret.encode(), b"%d" % account_id)


def _open(sealed: bytes, account_id: int) -> str:
    nonce, cipher = sealed[:_NONCE], sealed[_NONCE:]
    return AESGCM(key("factors")).decrypt(nonce, cipher, b"%d" % account_id).decode()
