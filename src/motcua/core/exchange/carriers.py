"""Who carries the messages of a channel: filled in by the composition root, never imported here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from motcua.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message on its way; `id` is the idempotency key: a repeat carries the same one."""

    id: int
    receiver: str
    channel: str
    topic: str
    payload: dict[str, Any]
    dossier: int | None
    created_at: datetime


class Undelivered(Refused):
    """The message did not reach its receiver; `permanent` says that trying again cannot help."""

    code = "exchange.undelivered"
    vi = "Chưa gửi được thông điệp: {reason}"
    en = "The message was not delivered: {reason}"

    def __init__(self, *, reason: str, permanent: bool) -> None:
        self.permanent = permanent
        super().__init__(reason=reason)


class NoCarrier(Undelivered):
    """No link of this installation carries the channel: it may be connected later."""

    code = "exchange.no_carrier"
    vi = "Chưa có kết nối nào chuyển được loại thông điệp này: {reason}"
    en = "No link of this installation carries such messages yet: {reason}"

    def __init__(self, *, channel: str) -> None:
        super().__init__(reason=channel, permanent=False)


class Carrier(Protocol):
    """Brings one message to its receiver, or raises `Undelivered`.

    Called at least once per message, outside any transaction, and must come back (or give up)
    well within `delivery.LEASE`. A repeat of an id must have no second effect where the outside
    allows it.
    """

    def send(self, message: Outgoing) -> None: ...


_CARRIERS: dict[str, Carrier] = {}


def connect(channel: str, carrier: Carrier) -> None:
    """Let `carrier` carry the messages of `channel`; a later call replaces an earlier one."""
    _CARRIERS[channel] = carrier


def carrier_of(channel: str) -> Carrier:
    """Give the carrier of a channel; raises `NoCarrier`."""
    try:
        return _CARRIERS[channel]
    except KeyError:
        raise NoCarrier(channel=channel) from None
