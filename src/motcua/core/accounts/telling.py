"""How acts on accounts tell the house's own stream; nothing in it helps anybody to sign in."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping

from motcua.core.ledger.append import append_to_house
from motcua.core.people.models import Account
from motcua.core.sql import Tx

DIGEST = 16


def digest(*parts: bytes) -> str:
    """Bind an entry to what a row holds: enough to see a change, useless to find the value."""
    inner = b"".join(hashlib.sha256(part).digest() for part in parts)
    return hashlib.sha256(inner).hexdigest()[: 2 * DIGEST]


def tell(
    tx: Tx,
    act: str,
    *,
    actor: str,
    at: datetime.datetime,
    account: Account,
    data: Mapping[str, object] | None = None,
) -> None:
    """Write the entry of an act on an account."""
    append_to_house(
        tx,
        act=act,
        at=at,
        actor=actor,
        data={"account": account.pk, **(data or {})},
        origin="sample" if account.sample else "live",
    )
