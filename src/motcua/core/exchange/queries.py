"""What the operations pages show of the outbox; payloads are left out on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from motcua.core.exchange.models import Message


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that was given up, for a person to look at."""

    id: int
    receiver: str
    channel: str
    topic: str
    dossier: int | None
    tries: int
    last_error: str
    created_at: datetime


def counts() -> dict[str, int]:
    """Give the number of messages in every state, zeros included."""
    found = dict(Message.objects.values_list("state").annotate(Count("id")))
    return {state: found.get(state, 0) for state in Message.State.values}


def dead_letters(limit: int = 100) -> list[DeadLetter]:
    """Give the dead letters, the latest first."""
    rows = Message.objects.filter(state=Message.State.DEAD).order_by("-id")
    fields = (
        "id", "receiver", "channel", "topic", "dossier", "tries", "last_error", "created_at",
    )  # fmt: skip
    return [DeadLetter(*row) for row in rows.values_list(*fields)[:limit]]
