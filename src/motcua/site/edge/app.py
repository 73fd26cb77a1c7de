"""One request from the web server to Django and back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from motcua.site.edge.answers import Answer, whole
from motcua.site.edge.bodies import Bodies, Body, BodyTooSlow
from motcua.site.edge.environ import environ
from motcua.site.edge.messages import Gone, Receive, Scope, Send

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Edge:
    """An application of ASGI around one of WSGI."""

    def __init__(self, application: Wsgi, bodies: Bodies) -> None:
        self._application, self._bodies = application, bodies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await self._bodies.read(scope, receive)
        except Gone:
            return
        try:
            with _no_loop():
                answer = self._ask(scope, body)
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


@contextmanager
def _no_loop() -> Iterator[None]:
    """Let the loop's own thread work meanwhile, which then hears no client.

    A thread for it would take the interpreter from it at every turn. What works here is no
    coroutine and must not take itself for one: Django keeps a connection for each thread, but a
    new one for each task of a running loop.
    """
    loop = asyncio.get_running_loop()
    asyncio._set_running_loop(None)  # noqa: SLF001 - its own words: for who runs a loop
    try:
        yield
    finally:
        asyncio._set_running_loop(loop)  # noqa: SLF001
