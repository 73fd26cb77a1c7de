"""What a look at the house finds, and who looks: filled in by the composition root."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it is well, and a sentence in both languages."""

    code: str
    ok: bool
    vi: str
    en: str


Look = Callable[[datetime.datetime], Iterable[Finding]]

_LOOKS: dict[str, Look] = {}


def look_at(name: str, look: Look) -> None:
    """Let `look` tell of the part `name` of the house; a later call replaces an earlier one."""
    _LOOKS[name] = look


def looked(at: datetime.datetime) -> list[Finding]:
    """Look at every part, what is not well first; a look that breaks is a finding of its own."""
    found = [finding for name, look in _LOOKS.items() for finding in _tried(name, look, at)]
    return sorted(found, key=lambda finding: finding.ok)


def looked_by_part() -> list[tuple[str, Callable[[datetime.datetime], list[Finding]]]]:
    """Give every part with a look at it that never breaks."""
    return [(name, partial(_tried, name, look)) for name, look in _LOOKS.items()]


def _tried(name: str, look: Look, at: datetime.datetime) -> list[Finding]:
    try:
        return list(look(at))
    except Exception as error:  # a part that cannot even be looked at is not well
        log.exception("the look at %s broke", name)
        told = f"{name}: {type(error).__name__}"
        vi, en = f"Không xem được {told}", f"Could not look at {told}"
        return [Finding("upkeep.not_seen", ok=False, vi=vi, en=en)]
