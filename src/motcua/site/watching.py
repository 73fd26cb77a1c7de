"""Which looks are taken at the house: core's own, and each link's at itself."""

from __future__ import annotations

from motcua.core.upkeep import looks
from motcua.core.upkeep.findings import look_at
from motcua.links.antivirus.connect import connect as scan_files
from motcua.links.messages.check import check
from motcua.links.signing.connect import connect as sign_documents


def connect() -> None:
    """Let all looks be taken, in every process that shows them."""
    looks.connect()
    look_at("messages.link", check)
    scan_files()
    sign_documents()
