"""What systems say of documents they drafted: `DOCUMENTS` in `reactions.py` of their packages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol

from django.conf import settings

from motcua.core.official.models import OutgoingDocument
from motcua.core.procedures.declaration import Text

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
    yield from _all(tuple(settings.MOTCUA_SYSTEMS))


@lru_cache(maxsize=8)
def _all(packages: tuple[str, ...]) -> tuple[Keeper, ...]:
    named = [f"{package}.reactions" for package in packages]
    found = (import_module(name) for name in named if find_spec(name))
    return tuple(one for module in found for one in getattr(module, "DOCUMENTS", ()))
