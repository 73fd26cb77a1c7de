"""What a scanner types: a look-up number, a dossier code, or the link of a receipt's QR symbol."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from motcua.core.access.actors import Actor
from motcua.core.dossiers.queries import find_one
from motcua.core.dossiers.rules import OwnDossier
from motcua.core.dossiers.situation import NotFound
from motcua.faces.desk.pages import shown_code

_LOOKUP = "so"  # of the public address in the QR symbol


def number_in(words: str) -> str:
    """Give the number within what was scanned; a link is read without asking who wrote it."""
    try:
        given = parse_qs(urlsplit(words.strip()).query).get(_LOOKUP)
    except ValueError:  # brackets that are no address
        given = None
    return given[0] if given else words.strip()


def dossier_in(actor: Actor, words: str) -> str:
    """Give the code of the dossier that was scanned; empty where the actor reads none such."""
    try:
        return shown_code(find_one(actor, number_in(words)))
    except (NotFound, OwnDossier):
        return ""
