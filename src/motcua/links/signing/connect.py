"""Connecting the link: the composition root calls `connect` wherever one signs or looks."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from motcua.core.official.signing import look_up_in, sign_with, stamp_with
from motcua.core.upkeep.findings import look_at
from motcua.links.signing.fake import TestAuthority
from motcua.links.signing.http import HttpLists, HttpStamps
from motcua.links.signing.port import SigningService
from motcua.links.signing.real import KeyFiles


def chosen() -> SigningService | None:
    """Give the service of this installation: key files where they are named, else none.

    A sample city has its trial authority.
    """
    if settings.MOTCUA_SIGNING:
        return KeyFiles(Path(settings.MOTCUA_SIGNING))
    return TestAuthority() if settings.MOTCUA_SAMPLE else None


def connect() -> None:
    """Let the chosen service sign, with stamps where an authority is named, and look at it."""
    service = chosen()
    sign_with(service)
    stamp_with(HttpStamps(settings.MOTCUA_SIGNING_TSA) if settings.MOTCUA_SIGNING_TSA else None)
    look_up_in(HttpLists())
    if service is not None:
        look_at("signing.link", service.check)
