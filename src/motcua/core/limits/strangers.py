"""What strangers may ask of the house, by the address they come from; officers are not counted."""

from __future__ import annotations

import datetime

from django.conf import settings

from motcua.core.limits.rules import Rate
from motcua.core.limits.usage import Claim, spend

ASKED = Rate("strangers.asked", 600, 60)
FILED = Rate("strangers.filed", 60, 3600)
NUMBERS = Rate("strangers.numbers", 600, 3600)
DRAFTED = Rate("strangers.drafted", 120, 3600)
FILES = Rate("strangers.files", 200, 3600)
_HOUR, _DAY = 3600, 24 * 3600
_AT_ONCE = 20

_left: dict[tuple[str, int], int] = {}


def asks(sender: str, *, at: datetime.datetime) -> None:
    """Count a request; raises `TooMany`.

    Twenty are taken from the database at once and used up here within the minute, so that reading
    costs a write only now and then. What a process took and did not use is lost to the sender.
    """
    minute = int(at.timestamp()) // ASKED.seconds
    left = _left.get((sender, minute), 0)
    if not left:
        spend(Claim(ASKED, sender, _AT_ONCE), at=at)
        for known in [one for one in _left if one[1] != minute]:
            del _left[known]
        left = _AT_ONCE
    _left[sender, minute] = left - 1


def files_dossier(sender: str, *, at: datetime.datetime) -> None:
    """Count a filing; raises `TooMany`."""
    spend(Claim(FILED, sender), at=at)


def takes_number(sender: str, *, at: datetime.datetime) -> None:
    """Count a number taken at a counter: a kiosk gives many, a prank must end; raises `TooMany`."""
    spend(Claim(NUMBERS, sender), at=at)


def begins_draft(sender: str, *, at: datetime.datetime) -> None:
    """Count a draft that is begun; raises `TooMany`."""
    spend(Claim(DRAFTED, sender), at=at)


def sends_files(sender: str, size: int, *, at: datetime.datetime) -> None:
    """Count files before they are read: their number and bytes by address, and the bytes of all.

    What nobody attaches is removed after two days, so the sum of all bounds what strangers can
    make the house keep. Raises `TooMany`.
    """
    by_address = Rate("strangers.bytes", settings.MOTCUA_STRANGER_BYTES_PER_HOUR, _HOUR)
    by_all = Rate("strangers.all_bytes", settings.MOTCUA_STRANGERS_BYTES_PER_DAY, _DAY)
    claims = (Claim(FILES, sender), Claim(by_address, sender, size), Claim(by_all, "", size))
    spend(*claims, at=at)


def forget() -> None:
    """Forget what this process took ahead."""
    _left.clear()
