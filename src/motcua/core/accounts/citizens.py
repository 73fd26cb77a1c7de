"""Citizens' accounts: made at the first sign-in, and bound to the parties they may act as.

A telephone says who holds it today, not whose dossiers are whose. So it shows a masked list
only; reading and acting needs a binding, which the look-up number of a dossier gives, or having
filed it while signed in. Operators hand numbers on: bindings of an account that nobody used for
`MOTCUA_BINDINGS_DAYS` end before its next sign-in.
"""

from __future__ import annotations

import datetime
import secrets

from django.conf import settings

from motcua.core.accounts import sessions
from motcua.core.accounts.models import Binding, Identity, Session
from motcua.core.accounts.telling import tell
from motcua.core.ledger.append import take_house
from motcua.core.ledger.commitments import MIN_SALT_BYTES, commitment
from motcua.core.people.models import Account
from motcua.core.sql import Tx, act

PHONE = "phone"
ASSURES = {PHONE: Identity.Assurance.LOW}
"""How much each scheme assures; a national login brings a line of its own."""


def arrive(*, phone: str, at: datetime.datetime) -> Account:
    """Give the account of a telephone that was just proven, making it the first time."""
    with act() as tx:
        take_house(tx)  # two first sign-ins at once make one account
        account = Account.objects.filter(username=phone, officer=None).first()
        if account is None:
            return _open(tx, phone, at)
        if _unused(account, at):
            for binding in Binding.objects.filter(account=account).order_by("party_id"):
                _end(tx, account, binding, actor="system:bindings", at=at)
    return account


def bind(*, account_id: int, party_id: int, reason: str, at: datetime.datetime) -> None:
    """Let an account act as a party from now on; a second time changes nothing.

    An account that was closed meanwhile is bound to nothing.
    """
    with act() as tx:
        take_house(tx)
        account = Account.objects.filter(pk=account_id, officer=None, is_active=True).first()
        if account is None:
            return
        _row, is_new = Binding.objects.get_or_create(
            account=account, party_id=party_id, defaults={"reason": reason, "bound_at": at}
        )
        if is_new:
            data = {"party": party_id, "reason": str(reason)}
            tell(tx, "bind_party", actor=actor_key(account_id), at=at, account=account, data=data)


def unbind(*, account_id: int, party_id: int, at: datetime.datetime) -> bool:
    """Take a party away from an account, as its owner wishes; tell whether it was bound."""
    with act() as tx:
        take_house(tx)
        binding = Binding.objects.filter(account_id=account_id, party_id=party_id).first()
        if binding is not None:
            account = Account.objects.get(pk=account_id)
            _end(tx, account, binding, actor=actor_key(account_id), at=at)
    return binding is not None


def close(*, account_id: int, at: datetime.datetime) -> bool:
    """Close a citizen's account, as its owner wishes; tell whether it was open.

    Its sessions and bindings end and its telephone is struck out, with the salt that tied the
    ledger to it: whoever holds the telephone later begins with an account of their own. Dossiers
    stay where they are, and so do the entries.
    """
    with act() as tx:
        take_house(tx)
        account = Account.objects.filter(pk=account_id, officer=None, is_active=True).first()
        if account is None:
            return False
        actor = actor_key(account_id)
        for binding in Binding.objects.filter(account=account).order_by("party_id"):
            _end(tx, account, binding, actor=actor, at=at)
        Identity.objects.filter(account=account).delete()
        sessions.end(account_id=account_id, at=at, by="closed")
        name = closed_name(account_id)
        Account.objects.filter(pk=account_id).update(username=name, is_active=False)
        tell(tx, "close_citizen", actor=actor, at=at, account=account)
    return True


def closed_name(account_id: int) -> str:
    """Give the name of a closed account: neither a telephone nor a name an officer may have."""
    return f"#{account_id}"


def bound_parties(account_id: int) -> tuple[int, ...]:
    """Give the parties an account may act as, the latest bound first."""
    rows = Binding.objects.filter(account_id=account_id).order_by("-id")
    return tuple(rows.values_list("party_id", flat=True))


def actor_key(account_id: int) -> str:
    """Give the name under which the ledger and the access log know an account's own acts."""
    return f"account:{account_id}"


def identity_told(identity: Identity) -> dict[str, object]:
    """Give what the entry tells of an identity, and what the row must still say."""
    told = commitment(bytes(identity.salt), identity.subject)
    return {"scheme": identity.scheme, "assurance": str(identity.assurance), "subject": told}


def _open(tx: Tx, phone: str, at: datetime.datetime) -> Account:
    account = Account(username=phone)
    account.set_unusable_password()
    account.save()
    identity = Identity.objects.create(
        account=account,
        scheme=PHONE,
        subject=phone,
        assurance=ASSURES[PHONE],
        salt=secrets.token_bytes(MIN_SALT_BYTES),
        since=at,
    )
    data = identity_told(identity)
    tell(tx, "open_citizen", actor=actor_key(account.pk), at=at, account=account, data=data)
    return account


def _unused(account: Account, at: datetime.datetime) -> bool:
    last = Session.objects.filter(account=account).order_by("-seen_at").first()
    ends = datetime.timedelta(days=settings.MOTCUA_BINDINGS_DAYS)
    return last is None or last.seen_at < at - ends


def _end(tx: Tx, account: Account, binding: Binding, *, actor: str, at: datetime.datetime) -> None:
    data = {"party": binding.party_id}
    binding.delete()
    tell(tx, "unbind_party", actor=actor, at=at, account=account, data=data)
