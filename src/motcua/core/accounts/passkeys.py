"""Passkeys (WebAuthn, level 2): added to an account, and used in place of password and code.

They are bound to the public address, so a page of any other house gets nothing from them. The
device itself asks who is there (user verification): holding it and knowing its PIN, or being its
owner by finger or face, are the two factors.
"""

from __future__ import annotations

import datetime
import ipaddress
import json
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from django.conf import settings
from django.db import IntegrityError
from django.db.models import QuerySet
from fido2.cose import UnsupportedKey
from fido2.server import Fido2Server, to_descriptor
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from motcua.core.accounts import challenges
from motcua.core.accounts.factors import factor_told, factors_of
from motcua.core.accounts.models import Challenge, Factor
from motcua.core.accounts.telling import tell
from motcua.core.people.models import Account
from motcua.core.sql import act
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

_NAME = 60
_MOST_ANSWER = 16_384  # letters; a browser sends some hundred to two thousand
_LONGEST_CREDENTIAL = 1023
_SURE = UserVerificationRequirement.REQUIRED

# All that the decoders of JSON, CBOR, COSE and keys raise over bytes that are not what they say.
_BROKEN = (
    *(ValueError, TypeError, LookupError, AttributeError, AssertionError, ArithmeticError),
    *(RecursionError, NotImplementedError, struct.error, UnsupportedAlgorithm),
)


class NoPasskeysHere(Refused):
    """The public address has no name, or travels unencrypted: browsers keep no passkeys for it."""

    code = "accounts.no_passkeys_here"
    vi = "Địa chỉ của nơi này chưa dùng được khóa truy cập: cần tên miền và https."
    en = "Passkeys do not work at this address: it needs a name and https."
    status = 503


class PasskeyWrong(Refused):
    """What the browser sent proves nothing: another house, another key, a false signature."""

    code = "accounts.passkey_wrong"
    vi = "Khóa truy cập này không mở được tài khoản. Dùng khóa khác hoặc mật khẩu và mã xác thực."
    en = "This passkey opens nothing here. Use another, or your password and a code."


class PasskeyCopied(Refused):
    """The count of signatures did not go on: somewhere there is a copy of the key."""

    code = "accounts.passkey_copied"
    vi = "Khóa truy cập có dấu hiệu bị sao chép nên không được nhận. Hãy gỡ khóa và báo quản trị."
    en = "This passkey seems to have been copied and is refused. Remove it and tell your keeper."


class PasskeyTaken(Refused):
    """A passkey belongs to one account, once."""

    code = "accounts.passkey_taken"
    vi = "Khóa truy cập này đã được thêm trước đây."
    en = "This passkey was added before."
    status = 409


@dataclass(frozen=True, slots=True)
class Place:
    """Where passkeys hold: the name they are bound to, and the one origin they are used at."""

    name: str
    origin: str


def place() -> Place | None:
    """Give where passkeys hold, by the public address; None where browsers keep none.

    Addresses of numbers have no passkeys. An instance for this machine alone (127.0.0.1) goes by
    the name it has in browsers, `localhost`, which needs no encryption.
    """
    address = urlsplit(settings.MOTCUA_PUBLIC_ADDRESS)
    host, port = address.hostname or "", f":{address.port}" if address.port else ""
    try:
        if not ipaddress.ip_address(host).is_loopback:
            return None
        host = "localhost"
    except ValueError:
        pass  # a name
    if not host or not (address.scheme == "https" or host == "localhost"):
        return None
    return Place(host, f"{address.scheme}://{host}{port}")


def passkeys_of(account_id: int) -> QuerySet[Factor]:
    """Give the passkeys of an account, oldest first."""
    return factors_of(account_id).filter(kind=Factor.Kind.PASSKEY)


def ask(
    *, purpose: Challenge.Purpose, account: Account | None, sender: str, at: datetime.datetime
) -> tuple[str, dict[str, Any]]:
    """Give a new challenge, and what the browser is told to have it signed.

    Raises `NoPasskeysHere` and `TooManyChallenges`.
    """
    server, owner = _server(), account.pk if account else None
    challenge = challenges.ask(purpose=purpose, account_id=owner, sender=sender, at=at)
    known = [to_descriptor(_credential(one)) for one in passkeys_of(owner)] if owner else None
    if account and purpose == Challenge.Purpose.ENROL:
        made, _ = server.register_begin(
            _user(account),
            credentials=known,
            resident_key_requirement=ResidentKeyRequirement.REQUIRED,
            user_verification=_SURE,
            challenge=challenge.encode(),
        )
        return challenge, dict(made)
    asked, _ = server.authenticate_begin(known, _SURE, challenge.encode())
    return challenge, dict(asked)


def add_passkey(
    *, actor: str, at: datetime.datetime, account: Account, name: str, challenge: str, answer: str
) -> Factor:
    """Add the passkey that a device made for this challenge.

    Raises `ChallengeEnded`, `PasskeyWrong` and `PasskeyTaken`.
    """
    challenges.use(challenge, purpose=Challenge.Purpose.ENROL, account_id=account.pk, at=at)
    with _sound():
        response = RegistrationResponse.from_dict(_read(answer))
        data = _server().register_complete(_state(challenge), response)
        credential = _usable(data)
    try:
        with act() as tx:
            factor = Factor.objects.create(
                account=account,
                kind=Factor.Kind.PASSKEY,
                name=clean(name, limit=_NAME),
                secret=bytes(credential),
                credential=credential.credential_id,
                counter=data.counter,
                added_at=at,
            )
            tell(tx, "add_factor", actor=actor, at=at, account=account, data=factor_told(factor))
    except IntegrityError as error:
        raise PasskeyTaken from error
    return factor


def named(answer: str) -> QuerySet[Factor]:
    """Give the passkey that an answer names, if it is known; nothing is proven by that."""
    with _sound():
        credential = AuthenticationResponse.from_dict(_read(answer)).raw_id
    rows = Factor.objects.filter(credential=credential, removed_at=None)
    return rows.select_related("account__officer")


def use_passkey(factor: Factor, *, challenge: str, answer: str, at: datetime.datetime) -> None:
    """Take what a passkey signed; its count of signatures goes on, or stays at none.

    Raises `PasskeyWrong` and `PasskeyCopied`.
    """
    with _sound():
        response = AuthenticationResponse.from_dict(_read(answer))
        _server().authenticate_complete(_state(challenge), [_credential(factor)], response)
        count = response.response.authenticator_data.counter
    held = Factor.objects.filter(pk=factor.pk, removed_at=None)
    # Devices that share a passkey among them do not count: always none.
    fresh = held.filter(counter__lt=count) if count else held.filter(counter=0)
    if not fresh.update(counter=count, used_at=at):
        raise PasskeyCopied


def _server() -> Fido2Server:
    here = place()
    if here is None:
        raise NoPasskeysHere
    only: Callable[[str], bool] = here.origin.__eq__
    entity = PublicKeyCredentialRpEntity(id=here.name, name="Motcua")
    return Fido2Server(entity, verify_origin=only)


def _user(account: Account) -> PublicKeyCredentialUserEntity:
    shown = account.officer.name if account.officer else account.username
    return PublicKeyCredentialUserEntity(
        name=account.username, id=b"%d" % account.pk, display_name=shown
    )


def _state(challenge: str) -> dict[str, Any]:
    """Give what the library wants to know of the beginning."""
    return {"challenge": websafe_encode(challenge.encode()), "user_verification": _SURE}


def _credential(factor: Factor) -> AttestedCredentialData:
    return AttestedCredentialData(bytes(factor.secret))


def _usable(data: AuthenticatorData) -> AttestedCredentialData:
    """Give the new key, if it is one whose signatures can be checked here."""
    credential = data.credential_data
    if credential is None or isinstance(credential.public_key, UnsupportedKey):
        raise PasskeyWrong
    if not 0 < len(credential.credential_id) <= _LONGEST_CREDENTIAL:
        raise PasskeyWrong
    return credential


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > _MOST_ANSWER:
        raise PasskeyWrong
    read = json.loads(answer)
    if not isinstance(read, dict):
        raise PasskeyWrong
    return read


@contextmanager
def _sound() -> Iterator[None]:
    """Refuse, by one name, whatever a decoder or a check stumbles over."""
    try:
        yield
    except _BROKEN as error:
        raise PasskeyWrong from error
