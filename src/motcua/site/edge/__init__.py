"""The edge: takes whole bodies in and gives answers out, so that no slow client holds a thread.

Between the web server (ASGI) and Django (WSGI); ADR 0029 says why it is ours.
"""

from __future__ import annotations
