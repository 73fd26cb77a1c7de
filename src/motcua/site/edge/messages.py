"""What a web server of ASGI hands over, as types."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

GONE = "http.disconnect"


class Gone(Exception):
    """The client went away before its request was whole."""
