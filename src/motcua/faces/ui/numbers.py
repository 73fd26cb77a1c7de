"""Whole numbers in the address of a page."""

from __future__ import annotations

from collections.abc import Mapping

_DIGITS = 7


def number_in(sent: Mapping[str, object], name: str) -> int:
    """Read a number that counts from 1; anything else is 0, which nothing has."""
    text = str(sent.get(name, ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < _DIGITS else 0


def page_in(sent: Mapping[str, object]) -> int:
    """Read which page is asked for; anything that is no page is the first."""
    return max(1, number_in(sent, "page"))
