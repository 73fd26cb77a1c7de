"""Which answers an operation declares: its success, and the one error shape for the rest."""

from __future__ import annotations

from typing import Any

from motcua.faces.api.schemas import Error

ALWAYS = (400, 422, 500, 503)

_HEADERS = {
    "ETag": {"description": "the revision", "schema": {"type": "string"}, "example": '"3"'},
    "Location": {"description": "where the dossier is read", "schema": {"type": "string"}},
    "Idempotency-Replayed": {
        "description": "`true` where an earlier request under the same key is answered again",
        "schema": {"type": "string", "enum": ["true"]},
    },
}


def heads(statuses: tuple[int, ...], *names: str) -> dict[str, object]:
    """Tell OpenAPI which headers come with the answers about one dossier."""
    told = {"headers": {name: _HEADERS[name] for name in names}}
    return {"responses": dict.fromkeys(statuses, told)}


def answers(good: dict[int, Any], *errors: int) -> dict[Any, Any]:
    """Give ninja's table of answers; unreadable requests and our own faults are always there."""
    return {**good, frozenset({*ALWAYS, *errors}): Error}
