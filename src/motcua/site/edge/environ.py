"""What Django's WSGI handler wants to know of a request (PEP 3333)."""

from __future__ import annotations

import sys
from typing import Any
from urllib.parse import unquote_to_bytes

from motcua.faces.ui.middleware import REFUSAL
from motcua.site.edge.answers import Lying
from motcua.site.edge.bodies import Body
from motcua.site.edge.messages import Scope

_ALWAYS: dict[str, Any] = {
    "SCRIPT_NAME": "",
    "wsgi.errors": sys.stderr,
    "wsgi.file_wrapper": Lying,
    "wsgi.input_terminated": True,
    "wsgi.multiprocess": True,
    "wsgi.multithread": True,
    "wsgi.run_once": False,
    "wsgi.version": (1, 0),
}
_KEYS = {b"content-type": "CONTENT_TYPE", b"content-length": "", b"transfer-encoding": ""}
"""The name in the environment of each header seen so far; an empty one is left out."""
_KNOWN = 500  # names are the client's to invent


def environ(scope: Scope, body: Body) -> dict[str, Any]:
    """Tell Django of a request whose body is there; text is latin-1, as PEP 3333 has it."""
    path: bytes = scope["raw_path"]
    told = _ALWAYS | {
        "REQUEST_METHOD": scope["method"],
        "PATH_INFO": (unquote_to_bytes(path) if b"%" in path else path).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "REMOTE_ADDR": scope["client"][0],
        "SERVER_NAME": scope["server"][0],
        "SERVER_PORT": scope["server"][1],
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body.file,
    }
    for name, value in scope["headers"]:
        key = _KEYS.get(name)
        if key is None:
            key = _key(name)
        if key in told:
            told[key] += (";" if name == b"cookie" else ",") + value.decode("latin-1")
        elif key:
            told[key] = value.decode("latin-1")
    if body.size:
        told["CONTENT_LENGTH"] = str(body.size)
    if body.refusal is not None:
        told[REFUSAL] = body.refusal
    return told


def _key(name: bytes) -> str:
    """Give the name of a header; `X_Forwarded_For` is left out, as it would pass for another."""
    key = "" if b"_" in name else "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
    if len(_KEYS) < _KNOWN:
        _KEYS[name] = key
    return key
