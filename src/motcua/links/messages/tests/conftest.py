"""The two sides of the link, each with a view of what arrived and a way to close it."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

import pytest

from motcua.links.messages.fake import FileCarrier
from motcua.links.messages.port import Outgoing
from motcua.links.messages.real import EmailCarrier
from motcua.links.messages.tests.sink import Sink

ADDRESSES = {"party:1": "binh@example.vn", "party:2": "nobody@example.invalid"}


def notice(number=1, receiver="party:1", **payload):
    """Give a notice about a made-up dossier."""
    payload = {"subject": "Đã nhận hồ sơ", "text": "Hồ sơ của bà đã được nhận.", **payload}
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return Outgoing(number, receiver, "notice", "received", payload, 7, at)


class File:
    """The fake."""

    def __init__(self, tmp_path):
        self.carrier = FileCarrier(ADDRESSES.get, path=tmp_path / "outbox.jsonl")

    def arrived(self):
        """Give (key, to, subject, text) of what arrived."""
        rows = self.carrier.kept()
        return [(str(r["id"]), r["to"], r["subject"], r["text"]) for r in rows]

    def close(self):
        """Let nothing through for now."""
        self.carrier.path.mkdir()

    def open(self):
        """Let everything through again."""
        self.carrier.path.rmdir()


class Mail:
    """The real side, at a server of its own."""

    def __init__(self, sink, carrier):
        self.sink, self.carrier = sink, carrier

    def arrived(self):
        """Give (key, to, subject, text) of what arrived."""
        return [
            (
                m["Message-ID"].removeprefix("<motcua-").partition("@")[0],
                m["To"],
                m["Subject"],
                m.get_content().replace("\r\n", "\n"),
            )
            for m in self.sink.letters
        ]

    def close(self):
        """Let nothing through for now."""
        self.sink.busy = True

    def open(self):
        """Let everything through again."""
        self.sink.busy = False


@pytest.fixture
def sink(settings):
    """Give a running mail server that the settings name."""
    server = Sink()
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
    settings.DEFAULT_FROM_EMAIL = "Một cửa <motcua@example.vn>"
    yield server
    server.stop()


@pytest.fixture
def mail(sink):
    """Give the real carrier, at that server."""
    with closing(EmailCarrier(ADDRESSES.get)) as carrier:
        yield carrier


@pytest.fixture(params=["fake", "real"])
def side(request, tmp_path):
    """Give each side of the link in turn."""
    if request.param == "fake":
        return File(tmp_path)
    return Mail(request.getfixturevalue("sink"), request.getfixturevalue("mail"))
