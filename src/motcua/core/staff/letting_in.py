"""Tài khoản cán bộ: a system keeper opens an account, starts its sign-in over, closes it.

Whoever may do that could come in as anybody, so each act asks for a fresh proof of the keeper: a
browser left open is not enough.
"""

from __future__ import annotations

import datetime

from django.contrib.auth.hashers import make_password

from motcua.core.access.actors import Actor
from motcua.core.access.keepers import SYSTEM_KEEPER
from motcua.core.accounts import managing
from motcua.core.exchange.outbox import put
from motcua.core.people.models import Account, Officer
from motcua.core.sql import act
from motcua.core.staff.heads import UnknownOfficer
from motcua.core.staff.rules import ProofWanted
from motcua.kernel.errors import Refused

STARTED_OVER = "sign_in_started_over"


class NotTheirAccount(Refused):
    """Somebody keeps their own account, or keeps none."""

    code = "staff.not_their_account"
    vi = "Tài khoản cán bộ do người quản trị hệ thống giữ, và không ai tự giữ tài khoản của mình."
    en = "Officers' accounts are kept by the system keeper, and nobody keeps their own."
    status = 403


class HasAccount(Refused):
    """The officer has an account already."""

    code = "staff.has_account"
    vi = "Cán bộ này đã có tài khoản."
    en = "The officer has an account already."
    status = 409


def keeps_accounts(actor: Actor) -> bool:
    """Tell whether somebody keeps the accounts of officers."""
    return any(held.post == SYSTEM_KEEPER for held in actor.posts)


def officer_to_let_in(actor: Actor, officer_id: int) -> Officer:
    """Give an officer whose account the actor keeps; raises `NotTheirAccount`."""
    if not keeps_accounts(actor) or actor.officer_id == officer_id:
        raise NotTheirAccount
    row = Officer.objects.filter(pk=officer_id).first()
    if row is None:
        raise UnknownOfficer
    return row


def account_of(officer_id: int) -> Account | None:
    """Give an officer's account, open or closed."""
    return Account.objects.filter(officer_id=officer_id).order_by("pk").first()


def open_for(*, actor: Actor, at: datetime.datetime, officer_id: int, username: str) -> str:
    """Open an account for an officer who serves; give the password of the invitation, shown once.

    Raises `ProofWanted`, `HasAccount`, `UsernameWrong`, `UsernameTaken`.
    """
    officer = _proven(actor, officer_id)
    with act():
        if account_of(officer_id) is not None:
            raise HasAccount
        account = managing.open_account(
            actor=actor.key,
            at=at,
            username=username,
            officer=officer,
            password=make_password(None),
        )
        return managing.invite(actor=actor.key, at=at, account=account)


def start_over(*, actor: Actor, at: datetime.datetime, officer_id: int) -> str:
    """Reset password and second factors of an officer; give the password of the invitation.

    Sessions, keys and factors end at once. A closed account is opened again. Its holder is told,
    by a way that does not ask them to sign in: whoever asked for it may not have been them.
    """
    account = _account(actor, officer_id)
    begin = managing.invite if account.is_active else managing.reopen_account
    with act() as tx:
        secret = begin(actor=actor.key, at=at, account=account)
        put(
            tx,
            receiver=f"officer:{officer_id}",
            channel="notice",
            topic=STARTED_OVER,
            payload=_told(account.username),
            dossier=None,
            at=at,
        )
    return secret


def _told(username: str) -> dict[str, object]:
    return {
        "subject": "Một cửa: đăng nhập của bạn được thiết lập lại",
        "text": (
            f"Quản trị hệ thống đã thiết lập lại đăng nhập của tài khoản {username}: mật khẩu và"
            " yếu tố xác thực thứ hai cũ hết hiệu lực, mọi phiên đã kết thúc. Nếu bạn không yêu"
            " cầu, báo ngay cho quản trị hệ thống.\n\n"
            f"A system keeper has started the sign-in of the account {username} over: its old"
            " password and second factors serve no more, and all sessions have ended. If you did"
            " not ask for it, tell the system keeper at once."
        ),
    }


def shut(*, actor: Actor, at: datetime.datetime, officer_id: int) -> None:
    """Close the account of an officer: sessions, keys and factors end at once."""
    account = _account(actor, officer_id)
    if account.is_active:
        managing.close_account(actor=actor.key, at=at, account=account)


def _proven(actor: Actor, officer_id: int) -> Officer:
    officer = officer_to_let_in(actor, officer_id)
    if not actor.proven:
        raise ProofWanted
    return officer


def _account(actor: Actor, officer_id: int) -> Account:
    _proven(actor, officer_id)
    account = account_of(officer_id)
    if account is None:
        raise UnknownOfficer
    return account
