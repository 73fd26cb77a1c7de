"""Patterns that a field may ask for: a small part of regular expressions that cannot run away.

A pattern is a row of characters, escaped characters and ``[sets]``, each followed by nothing,
``?``, ``{m}`` or ``{m,n}`` (at most 64). No groups, no alternatives, no ``*`` or ``+``, and at
most three parts of varying length, so that matching takes no noticeable time on any input.
"""

from __future__ import annotations

import re

from motcua.kernel.errors import Refused

_PART = re.compile(
    r"(?:\[(?!\^?\])(?:[^\[\]\\]|\\.)+\]|\\[^A-Za-z0-9]|\\d|[^\\\[\](){}*+?|^$.])"
    r"(?P<times>\?|\{(?P<least>\d{1,2})(?:,(?P<most>\d{1,2}))?\})?"
)
_MAX_LENGTH = 100
_MAX_TIMES = 64
_MAX_VARYING = 3


class PatternUnusable(Refused):
    """The pattern has a part that is not allowed, or too many of varying length."""

    code = "procedures.pattern"
    vi = "Mẫu “{pattern}” không dùng được."
    en = "The pattern “{pattern}” cannot be used."


def compiled(pattern: str) -> re.Pattern[str]:
    """Give the pattern ready for ``fullmatch``; raises `PatternUnusable`."""
    if not pattern or len(pattern) > _MAX_LENGTH or _varying(pattern) > _MAX_VARYING:
        raise PatternUnusable(pattern=pattern[:_MAX_LENGTH])
    try:
        return re.compile(pattern, re.ASCII)
    except (re.error, OverflowError) as wrong:
        raise PatternUnusable(pattern=pattern) from wrong


def _varying(pattern: str) -> int:
    at = varying = 0
    while at < len(pattern):
        part = _PART.match(pattern, at)
        if part is None or int(part["most"] or part["least"] or 0) > _MAX_TIMES:
            raise PatternUnusable(pattern=pattern)
        varying += part["times"] == "?" or part["most"] is not None
        at = part.end()
    return varying
