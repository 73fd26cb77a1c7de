"""Taking a body in whole before anybody works on it: bounded in bytes, in seconds and in pace."""

from __future__ import annotations

import asyncio
import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from motcua.core.space import NoSpace, is_full
from motcua.faces.ui.middleware import BodyTooLarge
from motcua.kernel.errors import Refused
from motcua.site.edge.messages import GONE, Gone, Receive, Scope

_IN_MEMORY = 64 * 1024  # of one body; what is beyond lies in a file without a name
_IN_FILES = 4  # of the largest bodies: so much may lie in files of one process together


class BodyTooSlow(Refused):
    """The body came too slowly, or not to its end."""

    code = "edge.body_too_slow"
    vi = "Nội dung gửi lên đến quá chậm nên chưa ghi nhận gì. Hãy gửi lại khi đường truyền tốt hơn."
    en = "What you sent came too slowly, so nothing was recorded. Send it again on a better line."
    status = 408
    retry = True


class BodiesTooMany(Refused):
    """Too many large bodies are on their way in."""

    code = "edge.bodies_too_many"
    vi = "Đang có quá nhiều tệp lớn được gửi lên. Hãy gửi lại sau giây lát."
    en = "Too many large files are being sent. Send it again in a moment."
    status = 503
    retry = True


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a body may take: some seconds for all, more by its bytes, and an end for any."""

    first_seconds: float
    bytes_per_second: int
    longest_seconds: float

    def until(self, arrived: int) -> float:
        """Give the second by which more has to be there, counted from the first."""
        return min(self.longest_seconds, self.first_seconds + arrived / self.bytes_per_second)


@dataclass(frozen=True, slots=True)
class Body:
    """What a request carried, whole; or why it was not taken."""

    file: BinaryIO
    size: int
    refusal: Refused | None = None
    close: Callable[[], None] = lambda: None


NOTHING = Body(io.BytesIO(), 0)


class Bodies:
    """All bodies that come in through one process."""

    def __init__(self, limit: Callable[[str], int], pace: Pace) -> None:
        self._limit, self._pace = limit, pace
        self._in_files = 0

    async def read(self, scope: Scope, receive: Receive) -> Body:
        """Read a body to its end, or tell why not. Raises `Gone`."""
        length = _declared(scope)
        if length == 0:
            return NOTHING
        limit = self._limit(scope["path"])
        if length is not None and length > limit:
            return _refused(BodyTooLarge(limit=limit), length)
        with _Spool(self, limit) as spool:
            try:
                await self._fill(spool, length, receive)
            except Refused as refusal:
                return _refused(refusal, length or spool.size)
            return spool.whole(length)

    async def _fill(self, spool: _Spool, length: int | None, receive: Receive) -> None:
        """Read until everything is there or its time is over. Raises `BodyTooSlow`, `Gone`."""
        first = asyncio.get_running_loop().time()
        ended = False
        try:
            async with asyncio.timeout_at(first + self._pace.until(0)) as bound:
                while spool.size != length and not ended:
                    message = await receive()
                    if message["type"] == GONE:
                        raise Gone
                    spool.add(message["body"])
                    ended = not message["more_body"]
                    bound.reschedule(first + self._pace.until(spool.size))
        except TimeoutError:
            raise BodyTooSlow from None

    def take(self, size: int) -> None:
        """Count bytes that go into files. Raises `BodiesTooMany`."""
        if self._in_files + size > _IN_FILES * self._limit(""):
            raise BodiesTooMany
        self._in_files += size

    def give_back(self, size: int) -> None:
        """Count bytes that lie in files no longer."""
        self._in_files -= size


class _Spool:
    """A body on its way in: in memory, and from some size on in a file without a name."""

    def __init__(self, bodies: Bodies, limit: int) -> None:
        self.size = self._in_file = 0
        self._bodies, self._limit = bodies, limit
        self._file: BinaryIO = io.BytesIO()
        self._kept = False

    def __enter__(self) -> _Spool:
        return self

    def __exit__(self, *fault: object) -> None:
        if not self._kept:
            self._close()

    def add(self, piece: bytes) -> None:
        """Keep a piece. Raises `BodyTooLarge`, `BodiesTooMany` and `NoSpace`."""
        self.size += len(piece)
        if self.size > self._limit:
            raise BodyTooLarge(limit=self._limit)
        if self.size <= _IN_MEMORY:
            self._file.write(piece)
            return
        self._bodies.take(self.size - self._in_file)
        first, self._in_file = not self._in_file, self.size
        try:
            if first:
                self._into_a_file()
            self._write(piece)
        except OSError as error:
            raise (NoSpace() if is_full(error) else error) from error

    def whole(self, length: int | None) -> Body:
        """Give the body, which its request closes. Raises `Gone` when some of it did not come."""
        if length is not None and self.size != length:
            raise Gone
        self._file.seek(0)
        self._kept = True
        return Body(self._file, self.size, close=self._close)

    def _into_a_file(self) -> None:
        held = self._file
        assert isinstance(held, io.BytesIO)
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed with the body
        self._write(held.getvalue())

    def _write(self, piece: bytes) -> None:
        """Write all of it: of what no longer fits, a file takes the beginning."""
        left = memoryview(piece)
        while left:
            left = left[self._file.write(left) :]

    def _close(self) -> None:
        self._bodies.give_back(self._in_file)
        self._file.close()


def _declared(scope: Scope) -> int | None:
    """Give the length that was said, 0 where there is no body, nothing where only its end tells."""
    unsaid = scope["http_version"] == "2"
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value)  # the server lets nothing else through
        unsaid = unsaid or name == b"transfer-encoding"
    return None if unsaid else 0


def _refused(refusal: Refused, size: int) -> Body:
    return Body(io.BytesIO(), size, refusal)
