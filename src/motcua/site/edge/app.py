"""One request from the web server to Django and back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from motcua.site.edge.answers import Answer, whole
from motcua.site.edge.bodies import Bodies, Body, BodyTooSlow
from motcua.site.edge.environ import environ
from motcua.site.edge.messages import Gone, Receive, Scope, Send

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Run = Callable[[Callable[[], Answer]], Awaitable[Answer]]


class Edge:
    """An application of ASGI around one of WSGI."""

    def __init__(self, application: Wsgi, bodies: Bodies, run: Run) -> None:
        self._application, self._bodies, self._run = application, bodies, run

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await self._bodies.read(scope, receive)
        except Gone:
            return
        try:
            answer = await self._run(partial(self._ask, scope, body))
        finally:
            body.close()
        if body.refusal is None:
            await answer.give(receive, send)
        else:
            await answer.refuse(receive, send, linger=not isinstance(body.refusal, BodyTooSlow))

    def _ask(self, scope: Scope, body: Body) -> Answer:
        told: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], _fault: object = None) -> None:
            told.append((status, headers))

        result = self._application(environ(scope, body), start)
        try:
            status, headers = told[-1]
            return whole(status, headers, result if scope["method"] != "HEAD" else ())
        finally:
            if hasattr(result, "close"):
                result.close()


async def in_this_thread(ask: Callable[[], Answer]) -> Answer:
    """Ask in the very thread that waits for clients: nothing else would be done meanwhile.

    What asks is no coroutine and must not take itself for one: Django keeps a connection for each
    thread, but a new one for each task of a running loop.
    """
    loop = asyncio.get_running_loop()
    asyncio._set_running_loop(None)  # noqa: SLF001 - its own words: for who runs a loop
    try:
        return ask()
    finally:
        asyncio._set_running_loop(loop)  # noqa: SLF001


def in_threads(number: int) -> Run:
    """Ask in threads of their own, so that one works while another waits for the database."""
    pool = ThreadPoolExecutor(number, thread_name_prefix="asking")

    async def run(ask: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(pool, ask)

    return run
