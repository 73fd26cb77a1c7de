"""Something small behind the edge, for a server that tests really start."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator

import django
from django.conf import settings

if not settings.configured:  # by whoever imports this for its numbers
    settings.configure()
    django.setup()

from motcua.site.edge.app import Edge
from motcua.site.edge.bodies import Bodies, Pace

LIMIT = 1_000_000
LARGE = 50_000_000
_left = 0  # answers that the application is done with


class Pieces:
    """An answer that comes piece by piece, as an export would."""

    def __iter__(self) -> Iterator[bytes]:
        return iter([b"x" * 50_000] * (LARGE // 50_000))

    def close(self) -> None:
        global _left  # noqa: PLW0603 - one process, and its count
        _left += 1


class Large(Pieces):
    """A file that an application closes when it is done."""

    def __init__(self, environ) -> None:
        self._file = open(os.environ["EDGE_LARGE"], "rb")  # noqa: PTH123, SIM115
        close, mine = self._file.close, super().close
        self._file.close = lambda: (close(), mine())
        self.wrapped = environ["wsgi.file_wrapper"](self._file, 4096)


def told(environ) -> bytes:
    body = environ["wsgi.input"].read()
    return json.dumps(
        {
            "method": environ["REQUEST_METHOD"],
            "path": environ["PATH_INFO"],
            "size": len(body),
            "sha256": hashlib.sha256(body).hexdigest(),
            "length": environ.get("CONTENT_LENGTH"),
            "refusal": type(environ.get("motcua.refusal")).__name__,
            "headers": {key: environ[key] for key in environ if key.startswith("HTTP_")},
            "left": _left,
        }
    ).encode()


def wsgi(environ, start):
    path = environ["PATH_INFO"]
    refusal = environ.get("motcua.refusal")
    if path in {"/large", "/pieces"}:
        start("200 OK", [("Content-Type", "a/b"), ("Content-Length", str(LARGE))])
        return Large(environ).wrapped if path == "/large" else Pieces()
    if path == "/slow":
        time.sleep(1.5)
    answer = told(environ)
    headers = [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("Content-Length", str(len(answer)))]
    start(f"{refusal.status} Refused" if refusal else "200 OK", headers)
    return [answer]


application = Edge(wsgi, Bodies(lambda _path: LIMIT, Pace(2, 500, 60)))
