"""The smallest application a web server can answer with."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def application(_environ: object, start_response: Callable[..., object]) -> Iterable[bytes]:
    """Answer every request with one word."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello"]
