"""The self-check of the link, for the health page."""

from __future__ import annotations

from motcua.links.messages.connect import chosen
from motcua.links.messages.port import Finding


def check() -> list[Finding]:
    """Look at the carrier of notices that this installation uses."""
    return chosen().check()
