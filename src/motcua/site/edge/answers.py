"""Taking an answer from Django whole, in its thread, and giving it out at the reader's pace."""

from __future__ import annotations

import asyncio
import io
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from motcua.site.edge.messages import GONE, Receive, Send

Headers = list[tuple[bytes, bytes]]

_IN_MEMORY = 1024 * 1024  # of one answer; what is beyond lies in a file
_BLOCK = 64 * 1024
_TAKES_A_BLOCK = 60.0  # seconds in which a reader must take the next block
_LINGERS = 5.0  # seconds in which a refused sender may still send, so that it reads why


class Lying:
    """A file as an answer: what PEP 3333 calls a file wrapper."""

    def __init__(self, file: BinaryIO, _block: int = 0) -> None:
        self.file = file

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self.file.read(_BLOCK), b"")

    def close(self) -> None:
        """End the answer, which Django hung on the file."""
        self.file.close()


@dataclass(slots=True)
class Answer:
    """A whole answer: its bytes, or a file of its own that begins where they do."""

    status: int
    headers: Headers
    body: bytes = b""
    file: BinaryIO | None = None

    async def give(self, receive: Receive, send: Send) -> None:
        """Send all of it; whoever stops reading is left."""
        await self._start(send)
        if self.file is None:
            await send({"type": "http.response.body", "body": self.body})
            return
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await _blocks(self.file, send, gone)
        finally:
            gone.cancel()
            self.file.close()

    async def refuse(self, receive: Receive, send: Send, *, linger: bool) -> None:
        """Send it, hang up, and before that hear some of a body that still comes.

        A socket that is closed with bytes unread takes back what it has sent; the length is left
        out, as the server closes once so much is sent.
        """
        said = [one for one in self.headers if one[0] != b"content-length"]
        self.headers = [*said, (b"connection", b"close")]
        await self._start(send)
        await send({"type": "http.response.body", "body": self.body, "more_body": True})
        heard = asyncio.ensure_future(_heard(receive))
        await asyncio.wait({heard}, timeout=_LINGERS if linger else 0)
        await send({"type": "http.response.body", "body": b""})
        # Whoever waits for more is told that the answer has ended, and lets go of the body; were it
        # cancelled, the server might keep the body, and the connection with it.
        await asyncio.wait({heard}, timeout=_LINGERS)
        heard.cancel()

    async def _start(self, send: Send) -> None:
        start = {"type": "http.response.start", "status": self.status, "headers": self.headers}
        await send(start)


def whole(status: str, headers: Iterable[tuple[str, str]], result: Iterable[bytes]) -> Answer:
    """Take an answer of WSGI; when this returns Django is done with it."""
    spelled = [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in headers]
    answer = Answer(int(status[:3]), spelled)
    if isinstance(result, Lying) and _is_large(result.file):
        answer.file = _own(result.file)
    else:
        _gather(answer, result)
    return answer


def _is_large(file: BinaryIO) -> bool:
    """Tell whether this is a plain file that is better read block by block.

    A file within a file (a range of it, or packed) is none: it is written out.
    """
    raw = getattr(file, "raw", None)
    return isinstance(raw, io.FileIO) and os.fstat(raw.fileno()).st_size > _IN_MEMORY


def _own(file: BinaryIO) -> BinaryIO:
    """Give a handle of our own, so that Django can close its."""
    at = file.tell()
    own = os.fdopen(os.dup(file.fileno()), "rb", buffering=0)
    own.seek(at)
    return own


def _gather(answer: Answer, result: Iterable[bytes]) -> None:
    """Take what comes in pieces: into memory, and from some size on into a file."""
    pieces: list[bytes] = []
    size = 0
    for piece in result:
        pieces.append(piece)
        size += len(piece)
        if size > _IN_MEMORY:
            answer.file = answer.file or tempfile.TemporaryFile()  # noqa: SIM115 - given out
            answer.file.writelines(pieces)
            pieces.clear()
    if answer.file is None:
        answer.body = b"".join(pieces)
    else:
        answer.file.seek(0)


async def _blocks(file: BinaryIO, send: Send, gone: asyncio.Future[None]) -> None:
    """Send a file; each block is read when there is room for it, mostly from the page cache."""
    while not gone.done():
        piece = file.read(_BLOCK)
        try:
            async with asyncio.timeout(_TAKES_A_BLOCK):
                await send({"type": "http.response.body", "body": piece, "more_body": bool(piece)})
        except TimeoutError:
            return
        if not piece:
            return


async def _heard(receive: Receive) -> None:
    while (await receive()).get("more_body"):
        pass


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != GONE:
        pass
