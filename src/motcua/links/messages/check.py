"""The self-check of the link, for whoever keeps the house."""

from __future__ import annotations

import datetime

from motcua.links.messages.connect import chosen
from motcua.links.messages.port import Finding


def check(at: datetime.datetime | None = None) -> list[Finding]:  # noqa: ARG001 - the shape of a look
    """Look at the carrier of notices that this installation uses."""
    return chosen().check()
