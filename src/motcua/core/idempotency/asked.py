"""A request key beside an act on a row: the same request again gives the row that it gave."""

from __future__ import annotations

import datetime
import json

from motcua.core.idempotency import keys
from motcua.core.ledger.append import HOUSE, head
from motcua.core.ledger.models import Entry
from motcua.core.places import place
from motcua.core.sql import Tx


class Asked:
    """A writing request, under the house's lock; without a key it is never one of before.

    `of` is the name under which the entry of the act tells the number of its row.
    """

    def __init__(
        self, tx: Tx, actor: str, operation: str, key: str | None, body: object, *, of: str
    ) -> None:
        self._tx, self._of = tx, of
        self._asked = (
            keys.request(actor=actor, operation=operation, key=key, body=body) if key else None
        )

    def before(self) -> int | None:
        """Give the row of an equal request; raises `KeyReused` for another one's key."""
        found = keys.earlier(self._tx, self._asked) if self._asked is not None else None
        if found is None:
            return None
        body = Entry.objects.values_list("body", flat=True).get(pk=place(*found))
        return int(json.loads(body)["data"][self._of])

    def done(self, at: datetime.datetime) -> None:
        """Keep the key with the entry of the house that was just written."""
        if self._asked is not None:
            seq = head(self._tx, HOUSE)[0]
            keys.take(self._tx, self._asked, stream=HOUSE, seq=seq, at=at)
