"""Requests that a program signs: HMAC-SHA-256 with a secret that belongs to its key.

A key that was given a secret is good for signed requests alone from then on. What is signed tells
the second, the method, the address and every byte of the body: what was overheard serves nobody
after a few minutes, and nothing of it can be changed (`docs/howto/sign-requests.md`). While a
secret is exchanged for another one, both are good for some hours.
"""

from __future__ import annotations

import datetime
import hmac
import re
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db.models import Q, QuerySet

from motcua.core.accounts.keys import NoSuchKey
from motcua.core.accounts.models import ApiKey, KeySecret
from motcua.core.accounts.telling import digest, tell
from motcua.core.accounts.tokens import new_token
from motcua.core.ledger.append import instant_text
from motcua.core.people.models import Account
from motcua.core.secrets import key
from motcua.core.sql import act
from motcua.kernel.errors import Refused

WINDOW = datetime.timedelta(minutes=5)
"""So far a request's second may lie from ours, before or after."""
LONGEST_OVERLAP = datetime.timedelta(days=30)
VERSION = "v1"
_NONCE = 12
_SECOND = re.compile(r"[0-9]{10}", re.ASCII)
_SIGNATURE = re.compile(rf"{VERSION}=([0-9a-f]{{64}})", re.ASCII)


class OverlapTooLong(Refused):
    """The secret before would be good for longer than anybody needs to exchange it."""

    code = "accounts.overlap_too_long"
    vi = "Bí mật trước chỉ được dùng song song tối đa {hours} giờ."
    en = "The secret before is good for at most {hours} hours more."


class SecretsTwo(Refused):
    """Two secrets of a key are good already: which of them leaves is not ours to say."""

    code = "accounts.secrets_two"
    vi = "Khóa đang có hai bí mật cùng hiệu lực; hãy kết thúc bí mật trước rồi mới đổi tiếp."
    en = "Two secrets of this key are good already; end the former before you make another."
    status = 409


class NoSuchSecret(Refused):
    """The key has no such secret, or it has ended."""

    code = "accounts.no_such_secret"
    vi = "Khóa không có bí mật số {secret}, hoặc bí mật đã hết hiệu lực."
    en = "The key has no secret {secret}, or it has ended."
    status = 404


class LastSecret(Refused):
    """Without its last secret a key would be good for nothing; it is revoked instead."""

    code = "accounts.last_secret"
    vi = "Đây là bí mật duy nhất của khóa. Hãy tạo bí mật mới trước, hoặc thu hồi khóa."
    en = "This is the only secret of the key. Make another one first, or revoke the key."
    status = 409


class SignatureMissing(Refused):
    """The key has a secret, and the request bears no signature or no second."""

    code = "accounts.signature_missing"
    vi = "Khóa này chỉ nhận yêu cầu có ký: gửi kèm Motcua-Timestamp và Motcua-Signature."
    en = "This key takes signed requests alone: send Motcua-Timestamp and Motcua-Signature."
    status = 401


class SignatureWrong(Refused):
    """The signature is not that of this second, method, address and body by a secret of the key."""

    code = "accounts.signature_wrong"
    vi = "Chữ ký không khớp với thời điểm, phương thức, địa chỉ và nội dung của yêu cầu."
    en = "The signature does not fit second, method, address and body of the request."
    status = 401


class SignatureOld(Refused):
    """The request was signed too long ago, or a clock is wrong."""

    code = "accounts.signature_old"
    vi = "Yêu cầu được ký lệch quá {minutes} phút so với đồng hồ ở đây; kiểm tra giờ rồi ký lại."
    en = "The request was signed over {minutes} minutes from our clock; check yours, sign again."
    status = 401


@dataclass(frozen=True, slots=True)
class MadeSecret:
    """A new secret; its text is told here and never again."""

    secret: KeySecret
    text: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A request as it came: what its signature must be of, and what it bears."""

    method: str
    address: str
    body: bytes
    second: str | None
    signature: str | None


def give_secret(
    *,
    actor: str,
    at: datetime.datetime,
    account: Account,
    key_id: int,
    overlap: datetime.timedelta = datetime.timedelta(hours=24),
) -> MadeSecret:
    """Give a key a new secret; the one before is good for `overlap` more.

    Raises `NoSuchKey`, `OverlapTooLong` and `SecretsTwo`.
    """
    if not datetime.timedelta(0) <= overlap <= LONGEST_OVERLAP:
        raise OverlapTooLong(hours=LONGEST_OVERLAP // datetime.timedelta(hours=1))
    text = new_token()
    with act() as tx:
        owner = _taken(account, key_id)
        good = list(good_secrets(owner.pk, at))
        if len(good) > 1:
            raise SecretsTwo
        made = KeySecret.objects.create(key=owner, sealed=_seal(text, owner.pk), made_at=at)
        ends = at + overlap
        KeySecret.objects.filter(pk__in=[one.pk for one in good]).update(until=ends)
        data = {**secret_told(made), "former": [one.pk for one in good], "ends": instant_text(ends)}
        tell(tx, "give_key_secret", actor=actor, at=at, account=account, data=data)
    return MadeSecret(made, text)


def end_secret(
    *, actor: str, at: datetime.datetime, account: Account, key_id: int, secret_id: int
) -> None:
    """End one of two secrets at once. Raises `NoSuchKey`, `NoSuchSecret` and `LastSecret`."""
    with act() as tx:
        owner = _taken(account, key_id)
        good = {one.pk: one for one in good_secrets(owner.pk, at)}
        if secret_id not in good:
            raise NoSuchSecret(secret=secret_id)
        if len(good) == 1 or good[secret_id].until is None:
            raise LastSecret
        KeySecret.objects.filter(pk=secret_id).update(until=at)
        data = {"key": owner.pk, "secret": secret_id, "ends": instant_text(at)}
        tell(tx, "end_key_secret", actor=actor, at=at, account=account, data=data)


def good_secrets(key_id: int, at: datetime.datetime) -> QuerySet[KeySecret]:
    """Give the secrets of a key that are good now, the latest first."""
    rows = KeySecret.objects.filter(Q(until=None) | Q(until__gt=at), key_id=key_id)
    return rows.order_by("-pk")


def must_be_signed(key_id: int, sent: Signed, at: datetime.datetime) -> None:
    """Refuse what no good secret of the key signed just now.

    Raises `SignatureMissing`, `SignatureWrong` and `SignatureOld` (signed rightly, but not now).
    """
    if sent.second is None or sent.signature is None:
        raise SignatureMissing
    found = _SIGNATURE.fullmatch(sent.signature)
    if found is None or not _SECOND.fullmatch(sent.second):
        raise SignatureWrong
    given = found.group(1)
    texts = [_open(bytes(one.sealed), key_id) for one in good_secrets(key_id, at)]
    fitting = [hmac.compare_digest(given, signature_of(text, sent)) for text in texts]
    if not any(fitting):
        raise SignatureWrong
    if abs(int(sent.second) - at.timestamp()) > WINDOW.total_seconds():
        raise SignatureOld(minutes=WINDOW // datetime.timedelta(minutes=1))


def signature_of(secret: str, sent: Signed) -> str:
    """Give the signature of a request, in hexadecimal digits, by a secret."""
    head = f"{VERSION}\n{sent.second}\n{sent.method}\n{sent.address}\n"
    told = head.encode("utf-8", "replace") + sent.body
    return hmac.digest(secret.encode(), told, "sha256").hex()


def secret_told(one: KeySecret) -> dict[str, object]:
    """Give what the entry tells of a secret, and what the row must still say."""
    return {"key": one.key_id, "secret": one.pk, "digest": digest(bytes(one.sealed))}


def _taken(account: Account, key_id: int) -> ApiKey:
    """Lock a key of an account that was not revoked."""
    rows = ApiKey.objects.select_for_update().filter(account=account, revoked_at=None)
    found = rows.filter(pk=key_id).first()
    if found is None:
        raise NoSuchKey(key=key_id)
    return found


def _seal(text: str, key_id: int) -> bytes:
    """Encrypt a secret under the factors' key; it opens for its own key of a program alone."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key("factors")).encrypt(nonce, text.encode(), b"key %d" % key_id)


def _open(sealed: bytes, key_id: int) -> str:
    nonce, cipher = sealed[:_NONCE], sealed[_NONCE:]
    return AESGCM(key("factors")).decrypt(nonce, cipher, b"key %d" % key_id).decode()
