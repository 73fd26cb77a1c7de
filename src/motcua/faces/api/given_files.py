"""How the description tells files that are answered: by their media types."""

from __future__ import annotations

from collections.abc import Iterable

from motcua.faces.ui.sending import TABLES

BYTES = {"schema": {"type": "string", "format": "binary"}}
_OBJECT = {"schema": {"type": "object"}}
_OBJECTS = frozenset({"geojson", "json"})
"""Forms of which a reader finds an object, not bytes."""


def file_answer(forms: Iterable[str] = tuple(TABLES)) -> dict[str, object]:
    """Give the answer that is a file in one of these forms, each a key of `TABLES`."""
    content = {TABLES[form]: _OBJECT if form in _OBJECTS else BYTES for form in forms}
    return {"description": "the file", "content": content}
