"""Whose drafts: a browser knows its own by a secret, an account by its sign-in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from motcua.core.accounts.tokens import token_hash
from motcua.core.people.numbers import open_number, seal_number

MAX_BYTES = 64 * 1024
"""How much all answers of a form may be; the longest form there is needs a tenth."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who asks: a browser by its secret, a citizen who signed in, one in the other, or nobody."""

    secret: str = ""
    account_id: int | None = None

    @property
    def hash(self) -> bytes:
        """What is kept of the browser's secret."""
        return token_hash(self.secret) if self.secret else b""

    def theirs(self) -> Q:
        """Give the condition on drafts that this holder may open."""
        found = Q(pk__in=())
        if self.account_id is not None:
            found |= Q(account_id=self.account_id)
        if self.secret:
            found |= Q(holder_hash=self.hash, account=None)
        return found


@dataclass(frozen=True, slots=True)
class Written:
    """What a draft says: answers by the name of their box, and which parts were ever saved."""

    answers: Mapping[str, str] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()

    def sealed(self) -> bytes:
        """Give it encrypted, as the row keeps it: it may hold anything about a person."""
        return seal_number(self._json())

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return len(self._json().encode())

    def _json(self) -> str:
        told = {"answers": dict(self.answers), "seen": sorted(self.seen)}
        return json.dumps(told, ensure_ascii=False)


def opened(sealed: bytes) -> Written:
    """Give what a row keeps; raises `NumberUnreadable`."""
    if not sealed:
        return Written()
    told = json.loads(open_number(bytes(sealed)))
    return Written(told["answers"], frozenset(told["seen"]))
