"""Every address of the house, with something plausible in each place of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

_PLACE = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")


def addresses(values: dict[str, str]) -> Iterator[str]:
    """Give each address once; a place takes the value of its name, numbers 1, others `x`."""
    yield from sorted(set(_below(get_resolver().url_patterns, "/", values)))


def _below(patterns, prefix: str, values: dict[str, str]) -> Iterator[str]:
    for one in patterns:
        written = prefix + _filled(str(one.pattern), values)
        if isinstance(one, URLResolver):
            yield from _below(one.url_patterns, written, values)
        elif isinstance(one, URLPattern):
            yield written


def _filled(pattern: str, values: dict[str, str]) -> str:
    def fill(found: re.Match[str]) -> str:
        other = "1" if found["kind"] == "int" else "x"
        return values.get(found["name"], other)

    return _PLACE.sub(fill, pattern)
