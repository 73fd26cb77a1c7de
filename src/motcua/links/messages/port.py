"""What every carrier of notices promises, and what it raises.

A notice is an `Outgoing` of the channel `notice` whose payload holds `subject` and `text`
(Vietnamese first, then English, as the sender wrote them) and may hold `link`, an address of this
installation where the matter can be seen. Instead of `text` it may hold `sealed` words, which are
opened only to be sent (`core/exchange/sealed`). `files` may name stored PDF files that go with it,
each by `sha256` and `name`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from motcua.core.exchange.carriers import Carrier, Outgoing, Undelivered
from motcua.core.upkeep.findings import Finding

__all__ = ["AddressOf", "Carrier", "Finding", "NoticeCarrier", "Outgoing", "Undelivered"]

AddressOf = Callable[[str], str | None]
"""From a receiver (`party:12`) to its e-mail address, `None` where there is none."""


class NoticeCarrier(Carrier, Protocol):
    """A carrier of notices that can also look after itself.

    `send` raises `Undelivered`: permanent where the receiver has no address, the address is
    refused for good, or the notice has no text; not permanent where the way is closed just now.
    A repeat is recognisable at the receiver by the id of the message.
    """

    def check(self) -> list[Finding]:
        """Look at the configuration and the way out without sending anything."""
        ...
