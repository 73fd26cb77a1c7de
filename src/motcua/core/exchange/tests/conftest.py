"""A carrier that remembers what it carried and can be taken down."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from motcua.core.exchange import carriers
from motcua.core.exchange.carriers import Undelivered, connect
from motcua.core.exchange.outbox import put
from motcua.core.sql import act

DAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def later(**passed):
    """Give the instant so long after the day began."""
    return DAY + timedelta(**passed)


class Recorder:
    """Keeps (receiver, text) of what it carried; refuses whoever is in `down` or `gone`."""

    def __init__(self):
        self.carried, self.ids, self.down, self.gone = [], [], set(), set()

    def send(self, message):
        """Carry one message."""
        for names, permanent in ((self.down, False), (self.gone, True)):
            if message.receiver in names or message.payload["text"] in names:
                raise Undelivered(reason="nobody answers", permanent=permanent)
        self.carried.append((message.receiver, message.payload["text"]))
        self.ids.append(message.id)


@pytest.fixture
def carrier(monkeypatch, db):
    """Give the connected carrier of the channel `notice`."""
    monkeypatch.setattr(carriers, "_CARRIERS", {})
    recorder = Recorder()
    connect("notice", recorder)
    return recorder


@pytest.fixture
def post():
    """Give a function that puts messages, each in an act of its own."""

    def put_all(receiver, *texts, channel="notice"):
        for text in texts:
            with act() as tx:
                put(
                    tx,
                    receiver=receiver,
                    channel=channel,
                    topic="test",
                    payload={"text": text},
                    dossier=7,
                    at=DAY,
                )

    return put_all
