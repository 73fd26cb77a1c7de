"""What the columns of a file are called: by keys for programs, by names for people.

A file with names is taken in again as one with keys is. A name that two columns would bear, spelt
alike without accents, is nobody's: both keep their keys.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from motcua.core.procedures.declaration import Text
from motcua.core.registers.declaration import GEOMETRY, Form, RegisterDeclaration
from motcua.kernel.vietnamese import Language, fold

LEFT_OUT: Mapping[str, Text] = {
    "since": Text("Có hiệu lực từ", "In force since"),
    "steward": Text("Mã cơ quan phụ trách", "Code of the steward"),
    "record": Text("Số bản ghi", "Number of the record"),
}
"""Columns of an export that an import does not read, in their order."""

PLACE = Text("Vị trí (WKT)", "Place (WKT)")
"""The name of the shape of a record, as well-known text."""


def headings(declaration: RegisterDeclaration, language: Language | None) -> dict[str, str]:
    """Give what each column is called, by key and in order; without a language by its key."""
    names = {part.key: part.label for part in declaration.parts()}
    if declaration.form is not Form.NONE:
        names[GEOMETRY] = PLACE
    names.update(LEFT_OUT)
    if language is None:
        return {key: key for key in names}
    said = {key: name.text(language) for key, name in names.items()}
    often = Counter(fold(name) for name in said.values())
    return {key: name if often[fold(name)] == 1 else key for key, name in said.items()}
