"""What systems say of documents they drafted: `DOCUMENTS` in `reactions.py` of their packages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from motcua.core.official.models import OutgoingDocument
from motcua.core.procedures.declaration import Text
from motcua.core.procedures.told import each_told

ASKED = frozenset({"review", "sign", "issue"})
"""The moves before which a document must still be what its system wants."""


class Keeper(Protocol):
    """A system that keeps more of a document than the document says; of others it says nothing."""

    def must_hold(self, row: OutgoingDocument) -> None:
        """Refuse what is no longer so."""

    def doubts(self, row: OutgoingDocument) -> list[Text]:
        """Give what whoever reviews or signs has to know."""


def must_hold(row: OutgoingDocument, move: str) -> None:
    """Let every system refuse a move of a document of its own."""
    if move in ASKED:
        for one in _keepers():
            one.must_hold(row)


def doubts(row: OutgoingDocument) -> list[Text]:
    """Give what whoever reviews or signs a document has to know."""
    return [text for one in _keepers() for text in one.doubts(row)]


def _keepers() -> Iterator[Keeper]:
    yield from each_told("reactions", "DOCUMENTS")
