"""The edge by itself: how long a body may take, and what happens to a reader who stops."""

from __future__ import annotations

import asyncio
import io

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.space import NoSpace
from motcua.faces.ui.middleware import BodyTooLarge
from motcua.site.edge import answers, bodies
from motcua.site.edge.app import Edge
from motcua.site.edge.bodies import Bodies, BodiesTooMany, BodyTooSlow, Pace
from motcua.site.edge.messages import Gone

PACE = Pace(20, 500, 1800)


def scope(**more) -> dict:
    told = {"type": "http", "http_version": "1.1", "method": "POST", "scheme": "http"}
    address = {"path": "/", "raw_path": b"/", "query_string": b"", "headers": []}
    return told | address | {"client": ("127.0.0.1", "1"), "server": ("127.0.0.1", "2")} | more


def chunked(**more) -> dict:
    return scope(headers=[(b"transfer-encoding", b"chunked")], **more)


def sender(*pieces: bytes, ends: str = "http.request"):
    """Give what the server would: pieces, and an end, a disconnect or nothing any more."""
    left = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    left.append({"type": ends, "body": b"", "more_body": False})

    async def receive() -> dict:
        if left[0]["type"] == "silence":
            await asyncio.Event().wait()
        return left.pop(0)

    return receive


def read(receive, told=None, limit=10**6, pace=PACE, taking=None) -> bodies.Body:
    taking = taking or Bodies(lambda _path: limit, pace)
    return asyncio.run(taking.read(told or chunked(), receive))


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_more_bytes_never_leave_less_time_and_none_leave_more_than_there_is(some, more):
    assert 20 <= PACE.until(some) <= PACE.until(some + more) <= 1800


@given(st.lists(st.binary(max_size=40_000), max_size=8))
def test_a_body_is_what_was_sent_wherever_it_lies(pieces):
    body = read(sender(*pieces))
    assert (body.file.read(), body.size) == (b"".join(pieces), len(b"".join(pieces)))
    body.close()


@pytest.mark.parametrize("size", [1, 10**6])
def test_a_body_that_breaks_off_is_none(size):
    with pytest.raises(Gone):
        read(sender(b"x" * size, ends="http.disconnect"))
    short = scope(headers=[(b"content-length", b"2000001")])
    with pytest.raises(Gone):
        read(sender(b"x" * size), short, limit=10**7)


def test_a_body_that_stops_is_refused():
    assert isinstance(read(sender(b"x", ends="silence"), pace=Pace(0, 500, 9)).refusal, BodyTooSlow)


def test_a_body_that_says_or_turns_out_to_be_too_large_is_refused():
    said = scope(headers=[(b"content-length", b"11")])
    assert isinstance(read(sender(ends="silence"), said, limit=10).refusal, BodyTooLarge)
    assert isinstance(read(sender(b"x" * 11), limit=10).refusal, BodyTooLarge)


def test_only_so_many_large_bodies_lie_in_files_and_their_room_comes_back():
    taking = Bodies(lambda _path: 100_000, PACE)
    held = [read(sender(b"x" * 100_000), taking=taking) for _ in range(4)]
    assert isinstance(read(sender(b"x" * 100_000), taking=taking).refusal, BodiesTooMany)
    assert read(sender(b"x" * 1000), taking=taking).refusal is None
    held.pop().close()
    held.append(read(sender(b"x" * 100_000), taking=taking))
    assert [body.refusal for body in held] == [None] * 4
    for body in held:
        body.close()


def test_a_full_disk_is_told_as_such(monkeypatch):
    def full(**_) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(bodies.tempfile, "TemporaryFile", full)
    assert isinstance(read(sender(b"x" * 100_000)).refusal, NoSpace)


def test_a_reader_who_stops_is_left_and_the_file_closed(monkeypatch):
    monkeypatch.setattr(answers, "_TAKES_A_BLOCK", 0.01)
    file = io.BytesIO(b"x" * 10**6)

    async def send(message) -> None:
        if message.get("body"):
            await asyncio.Event().wait()

    asyncio.run(answers.Answer(200, [], file=file).give(sender(ends="silence"), send))
    assert file.closed


@pytest.mark.django_db
def test_what_is_asked_has_the_connection_of_the_thread():
    """A running loop would make Django open another one, and refuse to use it."""
    connection.ensure_connection()
    found = []

    def application(environ, start):
        start("200 OK", [])
        connection.cursor().execute("SELECT 1")
        found.append(connection.connection)
        return [b"abc"]

    sent = []

    async def send(message) -> None:
        sent.append(message)

    edge = Edge(application, Bodies(lambda _path: 1, PACE))
    asyncio.run(edge(scope(), sender(), send))
    assert found == [connection.connection]
    assert (sent[0]["status"], sent[-1]["body"]) == (200, b"abc")
