"""Dossier codes as people type them: without hyphens and dots, with spaces, without zeros."""

from __future__ import annotations

from collections.abc import Iterator

from motcua.core.agencies.queries import tree
from motcua.kernel.codes import DossierCode, dossier_search_key
from motcua.kernel.errors import Refused

_DAY, _NUMBER = 6, 5
_LONGEST = 60  # characters of a code as somebody may type it


def restored(text: str) -> Iterator[str]:
    """Give the codes that may be meant: one for each agency whose code the text begins with.

    “H2612 261102 1” may be H26.12-261102-0001.
    """
    is_typed = len(text) <= _LONGEST and text.isprintable()
    signs = dossier_search_key(text) if is_typed else ""
    for node in tree().nodes.values():
        begin = dossier_search_key(node.code)
        rest = signs.removeprefix(begin)
        if rest != signs and rest.isascii() and rest.isdigit() and _fits(rest):
            try:
                yield str(DossierCode.parse(_written(node.code, rest)))
            except Refused:  # no such day, or a number that no agency gives
                continue


def _fits(rest: str) -> bool:
    return _DAY < len(rest) <= _DAY + _NUMBER


def _written(agency: str, rest: str) -> str:
    return f"{agency}-{rest[:_DAY]}-{int(rest[_DAY:]):04}"
