"""What the description of the API says beyond what the operations declare one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]

_NO_NUL = "^[^\\u0000]*$"
_BOUND = {"pattern", "enum", "const", "format"}
_ERROR_HEADERS = {
    "401": ("WWW-Authenticate", "how to sign in (RFC 9110 §11.6.1)", "string"),
    "429": ("Retry-After", "seconds to wait before the next try", "integer"),
    "503": ("Retry-After", "seconds to wait before the next try", "integer"),
}
# After which answer which operation goes on, and where its `code` comes from.
_NEXT = {
    ("fileDossier", "201"): {
        "getDossier": "$response.body#/lookup",
        "moveDossier": "$response.body#/lookup",
    },
    ("fileDossier", "200"): {"getDossier": "$response.body#/lookup"},
    ("moveDossier", "200"): {"getDossier": "$response.body#/lookup"},
    ("listProcedures", "200"): {"getProcedure": "$response.body#/items/0/code"},
    ("listDossiers", "200"): {"getDossier": "$response.body#/items/0/lookup"},
    ("listWork", "200"): {"moveDossier": "$response.body#/items/0/lookup"},
}


def complete(schema: Node) -> Node:
    """Add what holds for every operation: no NUL in any text, headers of errors, what may follow.

    The schema is changed in place and given back.
    """
    for text in _texts(schema):
        text["pattern"] = _NO_NUL
    for members in _open_objects(schema):
        members.setdefault("propertyNames", {"pattern": _NO_NUL})
    for operation in _operations(schema):
        for parameter in operation.get("parameters", ()):
            parameter["schema"] = _never_null(parameter["schema"])
        for status, response in operation["responses"].items():
            _tell(operation["operationId"], str(status), response)
    return schema


def _never_null(told: Node) -> Node:
    """Take null out of a parameter's schema: no address and no header can carry it."""
    kinds = [kind for kind in told.get("anyOf", ()) if kind.get("type") != "null"]
    if len(kinds) != 1:
        return told
    return {**{name: item for name, item in told.items() if name != "anyOf"}, **kinds[0]}


def _tell(operation: str, status: str, response: Node) -> None:
    if status in _ERROR_HEADERS:
        name, words, kind = _ERROR_HEADERS[status]
        told = {"description": words, "schema": {"type": kind}, "required": True}
        response.setdefault("headers", {})[name] = told
    if follows := _NEXT.get((operation, status)):
        response["links"] = {
            f"{operation}-{name}": {"operationId": name, "parameters": {"path.code": source}}
            for name, source in follows.items()
        }


def _operations(schema: Node) -> Iterator[Node]:
    for path in schema["paths"].values():
        yield from path.values()


def _open_objects(value: object) -> Iterator[Node]:
    """Find the schemas of objects whose members have free names."""
    if isinstance(value, dict):
        if value.get("type") == "object" and isinstance(value.get("additionalProperties"), dict):
            yield value
        for item in value.values():
            yield from _open_objects(item)
    elif isinstance(value, list):
        for item in value:
            yield from _open_objects(item)


def _texts(value: object) -> Iterator[Node]:
    """Find the schemas of text that nothing else bounds; neither database keeps a NUL."""
    if isinstance(value, dict):
        if value.get("type") == "string" and not _BOUND & value.keys():
            yield value
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
