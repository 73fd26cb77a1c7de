"""Connecting the link: the composition root calls `connect` in every process that takes files."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from motcua.core.files.scanning import scan_with
from motcua.core.upkeep.findings import Finding, look_at
from motcua.links.antivirus.real import Clamd

_WAYS = ("unix:/", "tcp://")


def connect() -> None:
    """Let every file be scanned where `MOTCUA_SCANNER` names a scanner, and look at it."""
    address = settings.MOTCUA_SCANNER
    if not address:
        scan_with(None)
        return
    if not address.startswith(_WAYS):
        raise ImproperlyConfigured("MOTCUA_SCANNER is unix:/path or tcp://host:port")
    scanner = Clamd(address)
    scan_with(scanner.scan)

    def look(at: datetime.datetime) -> list[Finding]:  # noqa: ARG001 - the shape of a look
        return scanner.check()

    look_at("antivirus.link", look)
